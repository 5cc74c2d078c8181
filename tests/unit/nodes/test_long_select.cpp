// A select as long as its input is wide, with a mistake in each item: reports that need no square of the
// memory.
#include <QtTest/QtTest>

#include "core/pipeline/bind_checks.h"
#include "tests/unit/nodes/driver.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr int kMany = 4000;

const NodeKind& selectNode() {
    static const Catalogue kKinds = builtin();
    return *kKinds.find("select");
}

StreamType wide(Type type) {
    Schema schema;
    for (int i = 0; i < kMany; ++i) schema.fields.push_back({"column_" + std::to_string(i), type});
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(std::move(schema));
    return stream;
}

/// An item for each number.
template <class Item>
Json items(const Item& item) {
    Json list = Json::array();
    for (int i = 0; i < kMany; ++i) list.push_back(item(std::to_string(i)));
    return Json{{"columns", std::move(list)}};
}

}  // namespace

class TestLongSelect : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void allGoodItemsAreBound() {
        const auto bound = bindNode(selectNode(), items([](const auto& i) { return "column_" + i; }),
                                    {{wide(Type::of(TypeId::Int))}});
        QVERIFY(bound.node);
        QCOMPARE(bound.node->outputs.front().schema->size(), std::size_t{kMany});
    }

    void theFirstMistakesAreReported() {
        const auto bound = bindNode(selectNode(), items([](const auto& i) { return "colum_" + i; }),
                                    {{wide(Type::of(TypeId::Int))}});
        QVERIFY(!bound.node);
        QCOMPARE(bound.issues.size(), mostWrongItems(kMany));
        QCOMPARE(bound.issues.back().quickFixes.size(), std::size_t{1});
    }

    void shortListsReportAll() {
        QCOMPARE(mostWrongItems(20'000), std::size_t{20});
        QVERIFY(mostWrongItems(400) >= 400);
    }

    void columnsOfOneNameAreFound() {
        Json params = items([](const auto& i) { return "column_" + i; });
        params["columns"].push_back("column_7");
        const auto bound = bindNode(selectNode(), params, {{wide(Type::of(TypeId::Int))}});
        QCOMPARE(bound.issues.size(), std::size_t{1});
        QCOMPARE(bound.issues.front().item, kMany);
    }
};

QTEST_MAIN(TestLongSelect)
#include "test_long_select.moc"

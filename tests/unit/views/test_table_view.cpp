// A table shows the last rows, or what an updating stream has come to.
#include <QtTest/QtTest>
#include <map>
#include <random>

#include "core/data/text.h"
#include "core/views/table_view.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"name", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Bigint)}});

TableInfo infoOf() {
    TableInfo info;
    info.columns = {{0, "name", Type::of(TypeId::String)}, {1, "n", Type::of(TypeId::Bigint)}};
    return info;
}

std::vector<Value> row(Value name, std::int64_t n) {
    return {std::move(name), n};
}

QStringList shown(const TableSnapshot& snapshot) {
    QStringList rows;
    for (const TableRowRef& each : snapshot.rows) {
        rows << QString::fromStdString(toText(each->front(), Type::of(TypeId::String))) + QLatin1Char('=') +
                    QString::number(std::get<std::int64_t>((*each)[1]));
    }
    return rows;
}

}  // namespace

class TestTableView : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theNewestRowsAreKept() {
        TableInfo info = infoOf();
        info.keep = 3;
        TableView view(info);
        Rows rows;
        for (std::int64_t n = 0; n < 10; ++n) rows.push_back(row(std::string("a"), n));
        view.add(batchOf(kSchema, rows));
        view.add(batchOf(kSchema, {row(std::string("b"), 10)}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"b=10", "a=9", "a=8"}));
        QCOMPARE(shown(view.snapshot(1)), (QStringList{"b=10"}));
        QCOMPARE(view.snapshot(1).kept, std::size_t{3});
        QCOMPARE(view.snapshot().totals.rows, std::uint64_t{11});
    }

    void orderSortsWithNullLowest() {
        TableInfo info = infoOf();
        info.order = {{0, false}, {1, true}};
        TableView view(info);
        view.add(batchOf(kSchema, {row(std::string("b"), 1), row(Value{}, 2), row(std::string("a"), 3),
                                   row(std::string("a"), 4)}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"=2", "a=4", "a=3", "b=1"}));
    }

    void keysOfAnUpdatingStreamNameRows() {
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[0]};
        TableView view(info);
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("b"), 2), row(Value{}, 3)}));
        view.add(batchOf(kSchema, {row(std::string("a"), 1), row(std::string("a"), 5), row(Value{}, 3)},
                         {RowKind::UpdateBefore, RowKind::UpdateAfter, RowKind::Delete}));
        QCOMPARE(shown(view.snapshot()), (QStringList{"a=5", "b=2"}));
    }

    /// Random upserts and deletes: the table equals a map, whatever the batches.
    void theTableIsWhatTheStreamDescribes() {
        std::mt19937 random(9);
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[0]};
        info.order = {{0, false}};
        TableView view(info);
        std::map<std::string, std::int64_t> expected;
        for (int batch = 0; batch < 200; ++batch) {
            Rows rows;
            std::vector<RowKind> kinds;
            for (unsigned i = 0; i < 1 + random() % 20; ++i) {
                const std::string name = "k" + std::to_string(random() % 30);
                const auto n = static_cast<std::int64_t>(random() % 100);
                const bool gone = random() % 3 == 0;
                rows.push_back(row(name, n));
                kinds.push_back(gone ? RowKind::Delete : RowKind::UpdateAfter);
                if (gone) {
                    expected.erase(name);
                } else {
                    expected[name] = n;
                }
            }
            view.add(batchOf(kSchema, rows, kinds));
        }
        QStringList wanted;
        for (const auto& [name, n] : expected)
            wanted << QString::fromStdString(name) + QLatin1Char('=') + QString::number(n);
        QCOMPARE(shown(view.snapshot()), wanted);
    }

    void keysStayBounded() {
        TableInfo info = infoOf();
        info.updating = true;
        info.key = {info.columns[1]};
        TableView view(info);
        constexpr std::int64_t kKeys = 25'000;
        Rows rows;
        for (std::int64_t n = 0; n < kKeys; ++n) rows.push_back(row(std::string("a"), n));
        view.add(batchOf(kSchema, rows));
        QCOMPARE(view.snapshot().forgotten, static_cast<std::size_t>(kKeys) - TableView::kMaxKeys);
        QCOMPARE(view.snapshot().rows.size(), info.keep);
        QCOMPARE(std::get<std::int64_t>((*view.snapshot().rows.front())[1]), kKeys - 1);
    }
};

QTEST_APPLESS_MAIN(TestTableView)
#include "test_table_view.moc"

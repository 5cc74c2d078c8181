// Where a row is from, as `rillwright why` says it: to people, and to programs with all digits.
#include <QtTest/QtTest>

#include "app/cli/lineage/why_report.h"
#include "core/base/figures.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The answer to a question whose only row is from there.
Lineage answerFrom(const RowOrigin& origin) {
    Lineage lineage;
    lineage.matched = 1;
    lineage.row = batchOf(schemaOf({{"v", Type::of(TypeId::Int)}}), {{std::int32_t{1}}});
    LineageStep step;
    step.from = {"orders", "out"};
    step.to = "seen";
    step.count = 1;
    step.rows.push_back({lineage.row, 0, {}, origin});
    lineage.steps.push_back(std::move(step));
    return lineage;
}

RowOrigin inTopic(std::optional<std::int64_t> offset) {
    RowOrigin origin;
    origin.number = 4;
    origin.partition = "orders/3";
    origin.topic = TopicPartition{"orders", 3};
    origin.offset = offset;
    origin.taped = 0;
    return origin;
}

Json originIn(const Lineage& lineage) {
    return cli::lineageJson(lineage)["steps"][0]["rows"][0]["origin"];
}

}  // namespace

class TestWhyReport : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowOfATopicNamesItsOffset() {
        const Lineage lineage = answerFrom(inTopic(41'207));
        const std::string text = cli::lineageText(lineage);
        QVERIFY2(text.find("(orders, partition 3, offset " + figures::count(41'207) +
                           ", read 1970-01-01 00:00:00.000)") != std::string::npos,
                 text.c_str());
        const Json origin = originIn(lineage);
        QCOMPARE(origin["topic"].get<std::string>(), std::string("orders"));
        QCOMPARE(origin["partition"].get<int>(), 3);
        QCOMPARE(origin["offset"].get<std::int64_t>(), std::int64_t{41'207});
        QCOMPARE(origin["row"].get<int>(), 5);
    }

    void largeOffsetsHaveAllDigits() {
        const Lineage lineage = answerFrom(inTopic((std::int64_t{1} << 53) + 1));
        const std::string json = cli::lineageJson(lineage).dump();
        QVERIFY2(json.find("\"offset\":9007199254740993") != std::string::npos, json.c_str());
    }

    void anOlderTapeLacksIt() {
        const Lineage lineage = answerFrom(inTopic({}));
        const std::string text = cli::lineageText(lineage);
        QVERIFY2(text.find("(orders, partition 3, offset unknown, row 5, read ") != std::string::npos,
                 text.c_str());
        const Json origin = originIn(lineage);
        QVERIFY(origin.contains("offset") && origin["offset"].is_null());
        QCOMPARE(origin["topic"].get<std::string>(), std::string("orders"));
    }

    void otherPartitionsHaveTheirNames() {
        RowOrigin origin;
        origin.number = 4;
        origin.partition = "north";
        const Lineage lineage = answerFrom(origin);
        const std::string text = cli::lineageText(lineage);
        QVERIFY2(text.find("(north, row 5)") != std::string::npos, text.c_str());
        const Json json = originIn(lineage);
        QCOMPARE(json["partition"].get<std::string>(), std::string("north"));
        QVERIFY(!json.contains("topic") && !json.contains("offset"));
    }
};

QTEST_APPLESS_MAIN(TestWhyReport)
#include "test_why_report.moc"

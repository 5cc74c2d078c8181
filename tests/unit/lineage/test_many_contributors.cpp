// Of a million rows that made a row, the last thousand are kept at each port, and all are counted.
#include <QtTest/QtTest>

#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"
#include "core/runtime/planning/plan.h"

using namespace rw;

namespace {

/// Generated rows, summed up by day.
std::string textOf(std::uint64_t rows) {
    return R"json({ "rill": 1, "name": "t", "nodes": [
        { "id": "made", "type": "generator", "params": { "rate": 0, "rows": )json" +
           std::to_string(rows) + R"json(, "event_time": "ts", "columns": [ "n BIGINT = i",
            "ts TIMESTAMP(3) = TIMESTAMPADD(MILLISECOND, i, TIMESTAMP '2024-03-01 12:00:00')" ] } },
        { "id": "days", "type": "window_aggregate", "params": { "window": "tumble", "size": "1d",
            "aggregates": [ "COUNT(*) AS n", "MAX(n) AS most" ] } },
        { "id": "seen", "type": "table_view" } ],
        "wires": [ { "from": "made", "to": "days" },
                   { "from": "days", "to": "seen" } ] })json";
}

const Catalogue& kinds() {
    static const Catalogue kKinds = builtin();
    return kKinds;
}

}  // namespace

class TestManyContributors : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theLastAreKeptAndAllAreCounted_data() {
        QTest::addColumn<quint64>("rows");
        QTest::newRow("as many as are kept") << quint64{1'000};
        QTest::newRow("some more") << quint64{1'001};
        QTest::newRow("a million") << quint64{1'000'000};
    }
    void theLastAreKeptAndAllAreCounted() {
        QFETCH(quint64, rows);
        const auto loaded = loadPipeline(textOf(rows));
        QVERIFY2(loaded.ok(), loaded.ok() ? "" : english(loaded.error()).c_str());
        PlanOptions options;
        options.parallelism = 1;
        const Planned planned = makePlan(loaded->pipeline, kinds(), options);
        QVERIFY(planned.plan);
        LineageQuestion question;
        question.plan = planned.plan;
        question.catalogue = &kinds();
        question.node = "days";
        question.where = "n > 0";
        const Result<Lineage> lineage = whyRow(question);
        QVERIFY2(lineage.ok(), lineage.ok() ? "" : english(lineage.error()).c_str());
        QCOMPARE(lineage->steps.size(), std::size_t{1});
        const LineageStep& step = lineage->steps.front();
        QCOMPARE(step.count, rows);
        QCOMPARE(step.rows.size(), std::size_t{1'000});
        const Batch& last = step.rows.back().row;
        QCOMPARE(last.column(0).at<std::int64_t>(0), static_cast<std::int64_t>(rows - 1));
    }

    void aQuestionThatIsDroppedEnds() {
        const auto loaded = loadPipeline(textOf(100'000'000));
        QVERIFY(loaded.ok());
        PlanOptions options;
        options.parallelism = 1;
        LineageQuestion question;
        question.plan = makePlan(loaded->pipeline, kinds(), options).plan;
        QVERIFY(question.plan);
        question.catalogue = &kinds();
        question.node = "days";
        question.where = "n > 0";
        int asked = 0;
        question.isCancelled = [&asked] { return ++asked > 2; };
        const Result<Lineage> lineage = whyRow(question);
        QVERIFY(!lineage.ok());
        QCOMPARE(lineage.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(TestManyContributors)
#include "test_many_contributors.moc"

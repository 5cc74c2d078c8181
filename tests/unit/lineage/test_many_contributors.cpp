// Of a million rows that made a row, the last thousand are kept at each port, and all are counted; the ones
// behind them can be asked for.
#include <QtTest/QtTest>

#include "core/lineage/lineage.h"
#include "core/lineage/passed_by.h"
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

/// The day of so many rows, which come through a filter.
struct Asked {
    LineageQuestion question{};

    Asked(std::uint64_t rows, const char* condition) {
        auto loaded = loadPipeline(textOf(rows));
        if (!loaded.ok()) return;
        Pipeline& pipeline = loaded->pipeline;
        Node some;
        some.id = "some";
        some.type = "filter";
        some.params = Json{{"condition", condition}};
        pipeline.nodes.push_back(some);
        for (Wire& wire : pipeline.wires) {
            if (wire.to.node == "days") wire.from.node = "some";
        }
        pipeline.wires.push_back({{"made", "out"}, {"some", "in"}, Json::object()});
        PlanOptions options;
        options.parallelism = 1;
        question.plan = makePlan(pipeline, kinds(), options).plan;
        question.catalogue = &kinds();
        question.node = "days";
        question.where = "n > 0";
    }
};

std::int64_t numberOf(const LineageRow& row) {
    return row.row.column(0).at<std::int64_t>(0);
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
        // The newest stands first.
        QCOMPARE(numberOf(step.rows.front()), static_cast<std::int64_t>(rows - 1));
        QCOMPARE(numberOf(step.rows.back()), static_cast<std::int64_t>(rows - 1'000));
    }

    /// Page by page no row is told twice, and none is left out; what is above is of the page alone.
    void thoseBehindTheNewestCanBeAskedFor() {
        Asked asked(3'500, "n % 2 = 0 OR n % 2 = 1");
        QVERIFY(asked.question.plan);
        std::int64_t next = 3'499;
        for (std::size_t after = 0; after < 3'500; after += 1'000) {
            asked.question.after = after;
            const Result<Lineage> lineage = whyRow(asked.question);
            QVERIFY2(lineage.ok(), lineage.ok() ? "" : english(lineage.error()).c_str());
            QCOMPARE(lineage->steps.size(), std::size_t{2});
            const LineageStep &below = lineage->steps[0], &above = lineage->steps[1];
            QCOMPARE(below.count, std::uint64_t{3'500});
            QCOMPARE(below.after, static_cast<std::uint64_t>(after));
            QVERIFY(!below.rows.empty());
            QCOMPARE(above.after, std::uint64_t{0});
            QCOMPARE(above.count, static_cast<std::uint64_t>(below.rows.size()));
            QCOMPARE(numberOf(above.rows.front()), numberOf(below.rows.front()));
            QCOMPARE(leadsOn(*lineage, below), after < 2'500);
            QVERIFY(!leadsOn(*lineage, above));
            for (const LineageRow& row : below.rows) QCOMPARE(numberOf(row), next--);
        }
        QCOMPARE(next, std::int64_t{-1});
    }

    void whereNoneAreBehindThemThatIsAnError() {
        Asked few(900, "n >= 0"), many(1'500, "n >= 0");
        for (const std::size_t after : {std::size_t{1}, std::size_t{1'500}, kMostPassedBy + 1}) {
            few.question.after = after;
            const Result<Lineage> all = whyRow(few.question);
            QVERIFY(!all.ok());
            QCOMPARE(all.error().code, ErrorCode::Invalid);
            QVERIFY(!english(all.error().fix).empty());
        }
        many.question.after = 1'500;
        const Result<Lineage> none = whyRow(many.question);
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::Invalid);
        many.question.after = 1'499;
        const Result<Lineage> last = whyRow(many.question);
        QVERIFY2(last.ok(), last.ok() ? "" : english(last.error()).c_str());
        QCOMPARE(last->steps.front().rows.size(), std::size_t{1});
        QCOMPARE(numberOf(last->steps.front().rows.front()), std::int64_t{0});
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

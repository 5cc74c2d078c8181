// A question about a port of a pipeline that does not run as a whole, by the values of a row.
#include <QtTest/QtTest>

#include "core/data/text.h"
#include "core/lineage/lineage.h"
#include "core/lineage/plan_for.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

using namespace rw;

namespace {

// No sink, a node with an error, and one that nothing reaches.
constexpr const char* kPipeline = R"json({ "rill": 1, "name": "t", "nodes": [
  { "id": "orders", "type": "rows", "params": { "columns": ["k STRING", "v INT", "d DOUBLE"],
    "rows": [["x", 1, 0.5], ["x", 2, null], ["it\u0027s", 3, 1.5], [null, 4, 2.5], ["x", 1, 0.5]] } },
  { "id": "good", "type": "filter", "params": { "condition": "v > 0" } },
  { "id": "broken", "type": "filter", "params": { "condition": "nowhere > 0" } },
  { "id": "alone", "type": "filter", "params": { "condition": "v > 0" } } ],
  "wires": [ { "from": "orders", "to": "good" }, { "from": "good", "to": "broken" } ] })json";

const Catalogue& kinds() {
    static const Catalogue kAll = builtin();
    return kAll;
}

Result<PlanToAsk> planFor(const char* node, const Trust& trust = {}) {
    const Result<Loaded> loaded = loadPipeline(kPipeline);
    if (!loaded.ok()) return loaded.status();
    return planToAsk(loaded->pipeline, kinds(), {}, trust, {node, "out"});
}

LineageQuestion questionFor(const PlanToAsk& planned) {
    LineageQuestion question;
    question.plan = planned.plan;
    question.catalogue = &kinds();
    question.node = planned.from.node;
    question.port = planned.from.port;
    return question;
}

std::string told(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

}  // namespace

class TestPlanToAsk : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void errorsElsewhereDoNotMatter() {
        const auto planned = planFor("good");
        QVERIFY2(planned.ok(), told(planned.status()).c_str());
        LineageQuestion question = questionFor(*planned);
        question.where = "v = 3";
        const auto found = whyRow(question);
        QVERIFY2(found.ok(), told(found.status()).c_str());
        QCOMPARE(rowText(found->row, 0), std::string("k=it's, v=3, d=1.5"));
        QCOMPARE(found->steps.back().rows.front().origin->number, std::int64_t{2});
    }

    void whatCannotBePlannedIsSaid() {
        QVERIFY(told(planFor("broken").status()).find("nowhere") != std::string::npos);
        QVERIFY(!planFor("alone").ok());
        QVERIFY(told(planFor("gone").status()).find("gone") != std::string::npos);
        Trust stranger;
        stranger.agreed = false;
        const auto refused = planFor("good", stranger);
        QVERIFY(!refused.ok());
        QCOMPARE(refused.status().error().code, ErrorCode::Denied);
    }

    // Each row is found by what is in it, NULL and quotes as well; of equal ones the last.
    void aRowIsKnownByItsValues() {
        const auto planned = planFor("good");
        QVERIFY(planned.ok());
        LineageQuestion all = questionFor(*planned);
        all.where = "TRUE";
        const auto every = whyRow(all);
        QVERIFY2(every.ok(), told(every.status()).c_str());
        QCOMPARE(every->matched, std::uint64_t{5});
        std::vector<Batch> rows{every->row};
        rows.insert(rows.end(), every->others.begin(), every->others.end());
        QCOMPARE(rows.size(), std::size_t{5});
        for (const Batch& row : rows) {
            LineageQuestion one = questionFor(*planned);
            one.row = row;
            const auto found = whyRow(one);
            QVERIFY2(found.ok(), told(found.status()).c_str());
            QCOMPARE(rowText(found->row, 0), rowText(row, 0));
            QCOMPARE(found->matched, std::uint64_t{rowText(row, 0) == "k=x, v=1, d=0.5" ? 2U : 1U});
        }
        // A column that is not known may be anything.
        LineageQuestion some = questionFor(*planned);
        some.row = every->row;
        some.row.columns[1] = nullptr;
        some.row.columns[2] = nullptr;
        const auto found = whyRow(some);
        QVERIFY(found.ok());
        QCOMPARE(found->matched, std::uint64_t{3});
        // By values a missing one is asked about, too; here it is there.
        const auto missing = whyNoRow(some);
        QVERIFY2(missing.ok(), told(missing.status()).c_str());
        QCOMPARE(missing->there, std::uint64_t{3});
    }

    void valuesThatNothingIsComparedWith() {
        const auto planned = planFor("good");
        QVERIFY(planned.ok());
        LineageQuestion question = questionFor(*planned);
        const Schema other{{{"k", Type::of(TypeId::Int)}, {"z", Type::of(TypeId::String)}}};
        question.row.schema = std::make_shared<Schema>(other);
        question.row.rows = 1;
        for (const Field& field : other.fields) question.row.columns.push_back(Column::nulls(field.type, 1));
        QVERIFY(told(whyRow(question).status()).find("none of the columns") != std::string::npos);
        const auto missing = whyNoRow(question);
        QVERIFY(!missing.ok());
        QCOMPARE(missing.status().error().code, ErrorCode::Invalid);
    }
};

QTEST_GUILESS_MAIN(TestPlanToAsk)
#include "test_plan_to_ask.moc"

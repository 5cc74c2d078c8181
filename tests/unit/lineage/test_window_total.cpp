// What the rows of a window come to together: the values of the row that they made. Where not all rows are
// kept it can't be told.
#include <QtTest/QtTest>

#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

Node orders(const char* id, Json rows) {
    return node(id, "rows",
                Json{{"columns", Json::array({"k STRING", "v INT", "d DOUBLE", "ts TIMESTAMP(3)"})},
                     {"rows", std::move(rows)},
                     {"event_time", "ts"}});
}

Json row(const char* key, Json v, Json d, const char* time) {
    return Json::array({key, std::move(v), std::move(d), std::string("2024-03-01 12:00:") + time});
}

/// Aggregates of every kind over windows of 10 s; COUNT(*) FILTER leaves some rows out of it alone.
Node sums(const char* id) {
    return node(id, "window_aggregate",
                Json{{"window", "tumble"},
                     {"size", "10s"},
                     {"keys", Json::array({"k"})},
                     {"aggregates", Json::array({"COUNT(*) AS orders", "COUNT(v) AS given", "SUM(v) AS total",
                                                 "MIN(v) AS least", "MAX(d * 2) AS most", "AVG(d) AS mean",
                                                 "COUNT(*) FILTER (WHERE v > 3) AS large",
                                                 "COUNT(DISTINCT v) AS kinds", "LAST_VALUE(v) AS last"})}});
}

Json someOrders() {
    return Json::array({row("x", 1, 1.5, "01"), row("x", Json(), 2.5, "02"), row("y", 100, 9.5, "03"),
                        row("x", 4, 0.5, "04"), row("x", 4, 3.25, "05"), row("x", 50, 8.5, "14")});
}

std::string wordsOf(const LineageStep& step) {
    return english(totalWords(step.together));
}

/// The step that leads to the node.
const LineageStep* stepTo(const Lineage& lineage, const char* node) {
    const LineageStep* found = nullptr;
    for (const LineageStep& step : lineage.steps) {
        if (step.to == node) found = &step;
    }
    return found;
}

}  // namespace

class TestWindowTotal : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theRowsOfAWindowComeToItsValues() {
        const AskedPlan asked =
            askedInRow({orders("in", someOrders()), sums("sums")}, "k = 'x' AND orders = 4");
        QVERIFY(asked.plan);
        const Result<Lineage> lineage = whyRow(asked.question);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageStep* const step = stepTo(*lineage, "sums");
        QVERIFY(step != nullptr);
        const WindowTotal& together = step->together;
        QVERIFY(!together.tooMany);
        QCOMPARE(together.values.rows, std::size_t{1});
        // LAST_VALUE is of one row, not of all.
        QCOMPARE(together.values.schema->size(), std::size_t{8});
        QCOMPARE(wordsOf(*step),
                 std::string("Together: orders = 4, given = 3, total = 9, least = 1, most = 6.5, "
                             "mean = 1.9375, large = 2, kinds = 2"));
        // As the row has them.
        for (std::size_t i = 0; i < together.values.schema->size(); ++i) {
            const Field& field = together.values.schema->fields[i];
            const auto column = lineage->schema->find(field.name);
            QVERIFY(column.has_value());
            QVERIFY2(lineage->schema->fields[static_cast<std::size_t>(*column)].type == field.type,
                     field.name.c_str());
        }
    }

    void ofAGroupAllRowsOfTheKey() {
        const Node groups = node("groups", "group_aggregate",
                                 Json{{"keys", Json::array({"k"})},
                                      {"aggregates", Json::array({"SUM(v) AS total", "COUNT(*) AS n"})}});
        const AskedPlan asked = askedInRow({orders("in", someOrders()), groups}, "k = 'x'");
        QVERIFY(asked.plan);
        const Result<Lineage> lineage = whyRow(asked.question);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageStep* const step = stepTo(*lineage, "groups");
        QVERIFY(step != nullptr);
        QCOMPARE(wordsOf(*step), std::string("Together: total = 59, n = 5"));
    }

    // Rows that are left away are not added up as if they were none.
    void ofMoreRowsThanAreKeptNothingIsAddedUp() {
        AskedPlan asked = askedInRow({orders("in", someOrders()), sums("sums")}, "k = 'x' AND orders = 4");
        QVERIFY(asked.plan);
        asked.question.rows = 3;
        const Result<Lineage> lineage = whyRow(asked.question);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageStep* const step = stepTo(*lineage, "sums");
        QVERIFY(step != nullptr);
        QCOMPARE(step->count, std::uint64_t{4});
        QVERIFY(step->together.tooMany);
        QCOMPARE(step->together.values.rows, std::size_t{0});
        QVERIFY2(wordsOf(*step).find("not all of them are kept") != std::string::npos,
                 wordsOf(*step).c_str());
    }

    // The rows of two windows come to neither of the two.
    void windowsThatWentIntoAWindowAreNotAddedUp() {
        const Node more = node("more", "window_aggregate",
                               Json{{"window", "tumble"},
                                    {"size", "1min"},
                                    {"keys", Json::array({"k"})},
                                    {"aggregates", Json::array({"SUM(orders) AS all_orders"})}});
        const AskedPlan asked = askedInRow({orders("in", someOrders()), sums("sums"), more}, "k = 'x'");
        QVERIFY(asked.plan);
        const Result<Lineage> lineage = whyRow(asked.question);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageStep *const below = stepTo(*lineage, "more"), *const above = stepTo(*lineage, "sums");
        QVERIFY(below != nullptr && above != nullptr);
        QCOMPARE(wordsOf(*below), std::string("Together: all_orders = 5"));
        QVERIFY(above->together.empty());
        QVERIFY(wordsOf(*above).empty());
    }

    void whatPassesRowsOnComesToNothing() {
        const AskedPlan asked = askedInRow(
            {orders("in", someOrders()), node("good", "filter", Json{{"condition", "v > 0"}})}, "v = 50");
        QVERIFY(asked.plan);
        const Result<Lineage> lineage = whyRow(asked.question);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        for (const LineageStep& step : lineage->steps) QVERIFY(step.together.empty());
    }
};

QTEST_APPLESS_MAIN(TestWindowTotal)
#include "test_window_total.moc"

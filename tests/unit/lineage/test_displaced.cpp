// Which rows had to go for a row that has a place at a ranking, or is the one that is kept of a key.
#include <QtTest/QtTest>

#include "core/data/text.h"
#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

Node ranking(Json more) {
    Json params{{"by", Json::array({"v DESC"})}};
    params.update(more);
    return node("best", "top_n", std::move(params));
}

Node oneOfKey(const char* keep) {
    return node("one", "deduplicate", Json{{"keys", Json::array({"k"})}, {"keep", keep}});
}

Result<Lineage> askedAbout(std::vector<Node> nodes, const char* where, bool displaced = true,
                           std::size_t rows = 1'000) {
    AskedPlan asked = askedInRow(std::move(nodes), where);
    asked.question.displaced = displaced;
    asked.question.rows = rows;
    return asked.why();
}

/// The numbers in the column v, in the order of the answer.
std::vector<std::int64_t> numbersOf(const LineageDisplaced& told) {
    std::vector<std::int64_t> numbers;
    for (const LineageRow& row : told.rows) {
        const auto column = row.row.schema->find("v");
        numbers.push_back(row.row.column(*column).at<std::int64_t>(0));
    }
    return numbers;
}
using Numbers = std::vector<std::int64_t>;

std::string said(const LineageDisplaced& told) {
    std::string all;
    for (const Text& each : told.words) all += english(each) + '\n';
    return all;
}

const std::vector<Given> kOrders{{"x", 4, 1}, {"y", 9, 2}, {"x", 1, 3}, {"x", 7, 4}, {"x", 5, 5}};

}  // namespace

class TestDisplaced : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void ofARankingTheNextStandsFirst() {
        const auto lineage = askedAbout(
            {givenRows("in", kOrders), ranking(Json{{"limit", 2}, {"partition_by", Json::array({"k"})}})},
            "v = 7");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QCOMPARE(lineage->displacers, std::vector<NodeId>{"best"});
        QCOMPARE(lineage->displaced.size(), std::size_t{1});
        const LineageDisplaced& told = lineage->displaced.front();
        QCOMPARE(told.count, std::uint64_t{2});
        QCOMPARE(numbersOf(told), (Numbers{4, 1}));
        // Each leads on to its source.
        QVERIFY(told.rows.front().origin.has_value());
        QCOMPARE(told.rows.front().origin->number, std::int64_t{0});
    }

    /// Of rows that tie for the last place those without one are told.
    void ofTiesThoseWithoutAPlace() {
        const auto lineage =
            askedAbout({givenRows("in", {{"a", 5, 1}, {"b", 5, 2}, {"c", 5, 3}, {"d", 1, 4}, {"e", 8, 5}}),
                        ranking(Json{{"limit", 2}})},
                       "k = 'e'");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageDisplaced& told = lineage->displaced.front();
        QCOMPARE(told.count, std::uint64_t{3});
        QCOMPARE(numbersOf(told), (Numbers{5, 5, 1}));
        std::string keys;
        for (const LineageRow& row : told.rows) keys += row.row.column(0).string(0);
        QCOMPARE(keys, std::string("bcd"));
    }

    /// The ones that came first have the places, also where their event times are later.
    void tiesGoByTheOrderOfTheInput() {
        const auto lineage =
            askedAbout({givenRows("in", {{"a", 5, 4}, {"b", 5, 3}, {"c", 5, 2}, {"d", 8, 1}}),
                        ranking(Json{{"limit", 2}})},
                       "k = 'd'");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        std::string keys;
        for (const LineageRow& row : lineage->displaced.front().rows) keys += row.row.column(0).string(0);
        QCOMPARE(keys, std::string("bc"));
    }

    /// Of more ties than are kept, those with a place are not told as displaced.
    void ofManyTiesNoneThatHasAPlace() {
        const std::vector<Given> rows{{"a", 5, 1}, {"b", 5, 2}, {"c", 5, 3},
                                      {"d", 5, 4}, {"e", 5, 5}, {"f", 5, 6}};
        const auto lineage =
            askedAbout({givenRows("in", rows), ranking(Json{{"limit", 4}})}, "k = 'a'", true, 2);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageDisplaced& told = lineage->displaced.front();
        QCOMPARE(told.count, std::uint64_t{2});
        for (const LineageRow& row : told.rows) QVERIFY(row.row.column(0).string(0) >= "e");
    }

    /// More than are kept are counted, and the nearest are kept.
    void ofManyTheNearestAreKept() {
        std::vector<Given> rows;
        for (int i = 0; i < 60; ++i) rows.push_back({"x", i, i});
        const auto lineage =
            askedAbout({givenRows("in", rows), ranking(Json{{"limit", 5}})}, "v = 59", true, 10);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        const LineageDisplaced& told = lineage->displaced.front();
        QCOMPARE(told.count, std::uint64_t{55});
        QVERIFY(told.rows.size() <= 10 && !told.rows.empty());
        QCOMPARE(numbersOf(told).front(), std::int64_t{54});
    }

    void withMorePlacesThanRowsNoneHasToGo() {
        const auto lineage = askedAbout({givenRows("in", kOrders), ranking(Json{{"limit", 9}})}, "v = 7");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QCOMPARE(lineage->displaced.size(), std::size_t{1});
        QCOMPARE(lineage->displaced.front().count, std::uint64_t{0});
        QVERIFY2(said(lineage->displaced.front()).find("fewer rows than places") != std::string::npos,
                 said(lineage->displaced.front()).c_str());
    }

    /// Also of a node behind it, and only of the row's own window.
    void ofTheWindowsOfARankingAbove() {
        const Node counts = node("counts", "window_aggregate",
                                 Json{{"window", "tumble"},
                                      {"size", "10s"},
                                      {"keys", Json::array({"k"})},
                                      {"aggregates", Json::array({"COUNT(*) AS v"})}});
        const auto lineage = askedAbout(
            {givenRows("in",
                       {{"x", 0, 1}, {"x", 0, 2}, {"y", 0, 3}, {"z", 0, 14}, {"y", 0, 15}, {"y", 0, 16}}),
             counts, ranking(Json{{"limit", 1}}), node("good", "filter", Json{{"condition", "v > 0"}})},
            "k = 'x'");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QCOMPARE(lineage->displaced.size(), std::size_t{1});
        const LineageDisplaced& told = lineage->displaced.front();
        QCOMPARE(told.node, NodeId("best"));
        QCOMPARE(told.count, std::uint64_t{1});
        QVERIFY2(rowText(told.rows.front().row, 0).find("k=y") != std::string::npos,
                 rowText(told.rows.front().row, 0).c_str());
    }

    /// The others of the key: the first ones come first, or the newest.
    void ofAKeyAllOthers() {
        const auto last = askedAbout({givenRows("in", kOrders), oneOfKey("last")}, "k = 'x'");
        QVERIFY2(last.ok(), failureOf(last).c_str());
        QCOMPARE(last->displaced.front().count, std::uint64_t{3});
        QCOMPARE(numbersOf(last->displaced.front()), (Numbers{7, 1, 4}));
        const auto first = askedAbout({givenRows("in", kOrders), oneOfKey("first")}, "k = 'x'");
        QVERIFY2(first.ok(), failureOf(first).c_str());
        QCOMPARE(first->displaced.front().count, std::uint64_t{3});
        QCOMPARE(numbersOf(first->displaced.front()), (Numbers{1, 7, 5}));
    }

    /// Rows that are the same in all columns are as many as there were.
    void equalRowsAreCounted() {
        const auto lineage = askedAbout(
            {givenRows("in", {{"x", 1, 1}, {"x", 1, 1}, {"x", 1, 1}}), oneOfKey("last")}, "k = 'x'");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QCOMPARE(lineage->displaced.front().count, std::uint64_t{2});
        QCOMPARE(lineage->displaced.front().rows.size(), std::size_t{2});
    }

    void itIsToldOnDemandAlone() {
        const auto lineage =
            askedAbout({givenRows("in", kOrders), ranking(Json{{"limit", 2}})}, "v = 7", false);
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QCOMPARE(lineage->displacers, std::vector<NodeId>{"best"});
        QVERIFY(lineage->displaced.empty());
        const auto none = askedAbout(
            {givenRows("in", kOrders), node("good", "filter", Json{{"condition", "v > 0"}})}, "v = 7");
        QVERIFY(!none.ok());
        QCOMPARE(none.error().code, ErrorCode::Invalid);
        QVERIFY(!english(none.error().fix).empty());
    }
};

QTEST_APPLESS_MAIN(TestDisplaced)
#include "test_displaced.moc"

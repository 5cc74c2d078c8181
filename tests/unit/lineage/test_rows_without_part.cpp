// Rows that a row is not made of, and are told of all the same: those that a model had learnt before, which
// are counted, those that a node rejected, with the reason, and late ones, with the delay that lets them in.
#include <QtTest/QtTest>

#include "core/data/text.h"
#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Rows with their number once more, as one that a model learns from.
Node given(const char* id, const std::vector<Given>& rows) {
    Json cells = Json::array();
    for (const Given& row : rows)
        cells.push_back(Json::array(
            {row.key, row.number, static_cast<double>(row.number), secondsBehindNoon(row.second)}));
    return node(id, "rows",
                Json{{"columns", Json::array({"k STRING", "v INT", "x DOUBLE", "ts TIMESTAMP(3)"})},
                     {"rows", std::move(cells)},
                     {"event_time", "ts"}});
}

/// The answer about a row of the node behind the rows.
Result<Lineage> answerOf(Node source, std::vector<Node> nodes, const char* where) {
    nodes.insert(nodes.begin(), std::move(source));
    return askedInRow(std::move(nodes), where).why();
}

Node sums() {
    return node("sums", "window_aggregate",
                Json{{"window", "tumble"},
                     {"size", "10s"},
                     {"keys", Json::array({"k"})},
                     {"aggregates", Json::array({"SUM(v) AS total"})}});
}

std::string said(const std::vector<Text>& words) {
    std::string all;
    for (const Text& each : words) all += english(each) + '\n';
    return all;
}

}  // namespace

class TestRowsWithoutPart : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatAModelHadLearntIsCounted() {
        const auto lineage = answerOf(
            given("orders", {{"x", 1, 1}, {"y", 2, 2}, {"x", 3, 3}, {"x", 4, 4}, {"y", 5, 5}, {"x", 9, 9}}),
            {node("line", "regress",
                  Json{{"target", "x"}, {"features", Json::array({"v"})}, {"keys", Json::array({"k"})}})},
            "v = 4");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QCOMPARE(lineage->steps.size(), std::size_t{2});
        const LineageStep &own = lineage->steps[0], &learnt = lineage->steps[1];
        QVERIFY(!own.counted && own.rows.size() == 1);
        QCOMPARE(own.rows.front().row.positions.at(0), std::int64_t{3});
        // Those of its key up to it: neither the other key's, nor the later one.
        QVERIFY(learnt.counted);
        QCOMPARE(learnt.count, std::uint64_t{3});
        QVERIFY(learnt.rows.empty() && learnt.leftOut.empty());
        QVERIFY2(said(learnt.words).find("which the model has learnt") != std::string::npos,
                 said(learnt.words).c_str());
    }

    void whatANodeRejectedIsToldWithTheReason() {
        const auto lineage =
            answerOf(given("orders", {{"x", 3, 1}, {"x", 0, 2}, {"x", 9, 3}, {"y", 0, 4}, {"y", 1, 5}}),
                     {node("good", "filter", Json{{"condition", "12 / v > 2"}}), sums()}, "k = 'x'");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        QVERIFY2(rowText(lineage->row, 0).find("total=3") != std::string::npos,
                 rowText(lineage->row, 0).c_str());
        std::vector<LeftOut> left;
        for (const LineageStep& step : lineage->steps)
            left.insert(left.end(), step.leftOut.begin(), step.leftOut.end());
        QCOMPARE(left.size(), std::size_t{2});
        QVERIFY(!left[0].rejected && left[1].rejected);
        for (const LeftOut& each : left) {
            QCOMPARE(each.node, NodeId("good"));
            QCOMPARE(each.count, std::uint64_t{1});
            QCOMPARE(each.rows.size(), std::size_t{1});
        }
        QCOMPARE(left[0].rows.front().row.positions.at(0), std::int64_t{2});
        QCOMPARE(left[1].rows.front().row.positions.at(0), std::int64_t{1});
        const std::string why = english(left[1].rows.front().why);
        QVERIFY2(why.find("Division by zero") != std::string::npos, why.c_str());
        QVERIFY(english(left[0].rows.front().why).find("Division") == std::string::npos);
    }

    /// With the delay that is named they are in time.
    void theDelayThatWouldHaveLetThemInIsEnough() {
        const auto answerWith = [](const char* delay) {
            Node source = given("orders", {{"x", 1, 1}, {"y", 2, 30}, {"x", 3, 2}});
            source.params["watermark_delay"] = delay;
            return answerOf(std::move(source), {sums()}, "k = 'x'");
        };
        const Result<Lineage> missed = answerWith("0s");
        QVERIFY2(missed.ok(), failureOf(missed).c_str());
        const LineageStep& step = missed->steps.front();
        QCOMPARE(step.count, std::uint64_t{1});
        QCOMPARE(step.lateCount, std::uint64_t{1});
        QCOMPARE(
            QString::fromStdString(english(step.lateMend)),
            QStringLiteral("a watermark delay of at least 21\u2009s at “orders” would have let them in"));
        const Result<Lineage> mended = answerWith("21s");
        QVERIFY2(mended.ok(), failureOf(mended).c_str());
        QCOMPARE(mended->steps.front().count, std::uint64_t{2});
        QCOMPARE(mended->steps.front().lateCount, std::uint64_t{0});
        QVERIFY(mended->steps.front().lateMend.empty());
    }

    /// Of more than are kept all are counted.
    void allThatWereRejectedAreCounted() {
        std::vector<Given> rows{{"x", 3, 1}};
        for (int i = 0; i < 1'100; ++i) rows.push_back({"x", 0, 2});
        const auto lineage =
            answerOf(given("orders", rows),
                     {node("good", "filter", Json{{"condition", "12 / v > 2"}}), sums()}, "k = 'x'");
        QVERIFY2(lineage.ok(), failureOf(lineage).c_str());
        std::vector<LeftOut> left;
        for (const LineageStep& step : lineage->steps)
            left.insert(left.end(), step.leftOut.begin(), step.leftOut.end());
        QCOMPARE(left.size(), std::size_t{1});
        QVERIFY(left.front().rejected);
        QCOMPARE(left.front().count, std::uint64_t{1'100});
        QCOMPARE(left.front().rows.size(), std::size_t{1'000});
    }
};

QTEST_APPLESS_MAIN(TestRowsWithoutPart)
#include "test_rows_without_part.moc"

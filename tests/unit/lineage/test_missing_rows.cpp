// Why there is no row: each node once and each of its rows once, however many ways lead on from it; why two
// rows are no pair, with the rows that the reason is about.
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <set>

#include "core/data/text.h"
#include "core/stream/lineage/row_match.h"
#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

using Fate = MissingEnd::Fate;

/// A row each `seconds` from noon on: its number, “north” and “south” in turn, its time.
Node orders(const char* id, int rows, int seconds = 1) {
    Json cells = Json::array();
    for (int i = 0; i < rows; ++i) {
        const int at = i * seconds;
        cells.push_back(
            {i, i % 2 == 0 ? "north" : "south", fmt::format("2024-03-01 12:{:02}:{:02}", at / 60, at % 60)});
    }
    return node(
        id, "rows",
        {{"columns", {"n INT", "region STRING", "ts TIMESTAMP(3)"}}, {"rows", cells}, {"event_time", "ts"}});
}

Node window(const char* id) {
    return node(
        id, "window_aggregate",
        {{"window", "tumble"}, {"size", "1min"}, {"keys", {"region"}}, {"aggregates", {"COUNT(*) AS c"}}});
}

AskedPlan asked(const Pipeline& pipeline, const char* node, const char* where) {
    return AskedPlan(pipeline.nodes, pipeline.wires, {node, {}}, where);
}

std::string said(const MissingEnd& end) {
    std::string all;
    for (const Text& each : end.words) all += english(each) + '\n';
    return all;
}

const MissingStep* stepOf(const MissingAnswer& answer, const char* node) {
    const auto found =
        std::ranges::find_if(answer.steps, [node](const auto& each) { return each.from.node == node; });
    return found == answer.steps.end() ? nullptr : &*found;
}

const MissingEnd* endOf(const MissingAnswer& answer, Fate fate) {
    const auto found =
        std::ranges::find_if(answer.ends, [fate](const auto& each) { return each.fate == fate; });
    return found == answer.ends.end() ? nullptr : &*found;
}

/// By id, so that a node that is told of twice is seen.
std::vector<std::string> nodesOf(const MissingAnswer& answer) {
    std::vector<std::string> nodes;
    for (const MissingStep& each : answer.steps) nodes.push_back(each.from.node);
    return nodes;
}

}  // namespace

class TestMissingRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// A node that keeps nothing runs once for each source that feeds it, and is one node all the same.
    void aNodeBehindTwoSourcesIsToldOnce() {
        Pipeline pipeline;
        pipeline.nodes = {orders("web", 60),
                          orders("till", 10),
                          node("all", "union", Json::object()),
                          node("big", "filter", {{"condition", "region <> 'north'"}}),
                          window("per_region"),
                          node("out", "table_view", Json::object())};
        pipeline.wires = {wire("web", "all"), wire("till", "all"), wire("all", "big"),
                          wire("big", "per_region"), wire("per_region", "out")};
        const auto answer = asked(pipeline, "per_region", "region = 'north'").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const std::vector<std::string> nodes = nodesOf(*answer);
        QCOMPARE(nodes.size(), std::size_t{4});
        QCOMPARE(std::set<std::string>(nodes.begin(), nodes.end()).size(), nodes.size());
        QCOMPARE(stepOf(*answer, "all")->count, std::uint64_t{35});
        QCOMPARE(stepOf(*answer, "web")->count, std::uint64_t{30});
        QCOMPARE(stepOf(*answer, "big")->count, std::uint64_t{0});
        QCOMPARE(answer->ends.size(), std::size_t{1});
        QVERIFY(answer->ends.front().fate == Fate::Filtered);
        QCOMPARE(answer->ends.front().count, std::uint64_t{35});
        // Why a row is there: once, too.
        const auto why = asked(pipeline, "per_region", "region = 'south'").why();
        QVERIFY2(why.ok(), failureOf(why).c_str());
        std::vector<std::string> ways;
        for (const LineageStep& step : why->steps) ways.push_back(step.from.node + '>' + step.to);
        QCOMPARE(std::set<std::string>(ways.begin(), ways.end()).size(), ways.size());
        QVERIFY(why->steps.front().judged && why->steps.front().lateCount == 0);
    }

    /// Two ways from a source come together again.
    void aRowThatGoesTwoWaysIsCountedOnce() {
        Pipeline pipeline;
        pipeline.nodes = {orders("web", 40),
                          node("left", "filter", {{"condition", "n < 10 AND region <> 'north'"}}),
                          node("right", "filter", {{"condition", "n >= 10 AND region <> 'north'"}}),
                          node("both", "union", Json::object()),
                          window("per_region"),
                          node("out", "table_view", Json::object())};
        pipeline.wires = {wire("web", "left"),   wire("web", "right"),       wire("left", "both"),
                          wire("right", "both"), wire("both", "per_region"), wire("per_region", "out")};
        const auto answer = asked(pipeline, "per_region", "region = 'north'").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const std::vector<std::string> nodes = nodesOf(*answer);
        QCOMPARE(std::count(nodes.begin(), nodes.end(), "web"), std::ptrdiff_t{1});
        QCOMPARE(stepOf(*answer, "web")->count, std::uint64_t{20});
        QCOMPARE(stepOf(*answer, "web")->rows.size(), std::size_t{20});
        for (const MissingEnd& end : answer->ends) QVERIFY(end.count <= 20);
    }

    /// A source that has none of the rows is told of once, whichever way they would have gone.
    void aSourceWithoutSuchRowsIsToldOnce() {
        Pipeline pipeline;
        pipeline.nodes = {orders("web", 6), node("left", "filter", {{"condition", "n < 3"}}),
                          node("right", "filter", {{"condition", "n >= 3"}}),
                          node("both", "union", Json::object()), node("out", "table_view", Json::object())};
        pipeline.wires = {wire("web", "left"), wire("web", "right"), wire("left", "both"),
                          wire("right", "both"), wire("both", "out")};
        const auto answer = asked(pipeline, "both", "region = 'North'").whyNot();
        QVERIFY(answer.ok());
        QCOMPARE(answer->ends.size(), std::size_t{1});
        QVERIFY(answer->ends.front().fate == Fate::NoSuchRow);
        QVERIFY2(said(answer->ends.front()).find("the nearest: region = “north”") != std::string::npos,
                 said(answer->ends.front()).c_str());
        // One that passes by another output is not left out.
        const auto passed = asked(pipeline, "both", "n = 2 AND region = 'south'").whyNot();
        QVERIFY(passed.ok());
        QVERIFY(endOf(*passed, Fate::NoSuchRow) != nullptr);
    }

    /// The pair whose reason is told is the one that is shown, in whichever order its rows came.
    void thePairThatIsToldIsShown() {
        Json left = Json::array(), right = Json::array();
        for (int i = 0; i < 30; ++i) {
            left.push_back({i, fmt::format("2024-03-01 12:00:{:02}", i)});
            // An hour ahead, and out of order: the nearest of all is not the last by its time.
            right.push_back({i, fmt::format("2024-03-01 13:{:02}:{:02}", i == 25 ? 0 : 30 + i % 20, i)});
        }
        Pipeline pipeline;
        const Json columns{"k INT", "ts TIMESTAMP(3)"};
        pipeline.nodes = {
            node("a", "rows", {{"columns", columns}, {"rows", left}, {"event_time", "ts"}}),
            node("b", "rows",
                 {{"columns", columns}, {"rows", right}, {"event_time", "ts"}, {"watermark_delay", "2h"}}),
            node("near", "interval_join", {{"on", "left.k = right.k"}, {"lower", "0s"}, {"upper", "2min"}}),
            node("out", "table_view", Json::object())};
        pipeline.wires = {
            {{"a", "out"}, {"near", "left"}}, {{"b", "out"}, {"near", "right"}}, wire("near", "out")};
        const auto answer = asked(pipeline, "near", "").whyNoPair();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QCOMPARE(answer->ends.size(), std::size_t{2});
        const Batch &own = answer->ends[0].rows.front().row, &other = answer->ends[1].rows.front().row;
        QCOMPARE(rowText(own, 0), std::string("k=25, ts=2024-03-01 12:00:25.000"));
        QCOMPARE(rowText(other, 0), std::string("k=25, ts=2024-03-01 13:00:25.000"));
        const std::string words = said(answer->ends[0]);
        QVERIFY2(words.find("time zones") != std::string::npos, words.c_str());
        // With the mend: what the bounds would have to be.
        QVERIFY2(words.find("lower bound of 1\u2009h and an upper bound of 1\u2009h 2\u2009min") !=
                     std::string::npos,
                 words.c_str());
    }

    void aJoinThatGetsNothingSaysSo() {
        Pipeline pipeline;
        pipeline.nodes = {orders("a", 5), orders("b", 5), node("none", "filter", {{"condition", "n < 0"}}),
                          node("same", "join", {{"on", "left.n = right.n"}}),
                          node("out", "table_view", Json::object())};
        pipeline.wires = {{{"a", "out"}, {"same", "left"}},
                          wire("b", "none"),
                          {{"none", "out"}, {"same", "right"}},
                          wire("same", "out")};
        const auto answer = asked(pipeline, "same", "").whyNoPair();
        QVERIFY(answer.ok());
        QCOMPARE(answer->ends.size(), std::size_t{1});
        QVERIFY2(said(answer->ends[0]).find("no row of “none” has come") != std::string::npos,
                 said(answer->ends[0]).c_str());
    }

    /// A partner that came too late is the reason, and not that there is none.
    void aLatePartnerIsNamed() {
        Pipeline pipeline;
        const Json columns{"k INT", "ts TIMESTAMP(3)"};
        pipeline.nodes = {
            node("a", "rows",
                 {{"columns", columns}, {"rows", {{7, "2024-03-01 12:00:10"}}}, {"event_time", "ts"}}),
            node("b", "rows",
                 {{"columns", columns},
                  {"rows", {{1, "2024-03-01 13:00:40"}, {7, "2024-03-01 13:00:15"}}},
                  {"event_time", "ts"}}),
            node("near", "interval_join", {{"on", "left.k = right.k"}, {"lower", "0s"}, {"upper", "2min"}}),
            node("out", "table_view", Json::object())};
        pipeline.wires = {
            {{"a", "out"}, {"near", "left"}}, {{"b", "out"}, {"near", "right"}}, wire("near", "out")};
        const auto answer = asked(pipeline, "near", "k = 7").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const MissingEnd* const alone = endOf(*answer, Fate::Alone);
        QVERIFY(alone != nullptr);
        const std::string words = said(*alone);
        QVERIFY2(words.find("came too late by 25\u2009s") != std::string::npos, words.c_str());
        QVERIFY2(words.find("is 1\u2009h") != std::string::npos, words.c_str());
        QVERIFY(endOf(*answer, Fate::Late) != nullptr);
    }

    /// Of many the last are shown; blanks are seen.
    void theLastRowsWithoutAPartner() {
        Pipeline pipeline;
        pipeline.nodes = {orders("a", 40),
                          node("b", "rows", {{"columns", {"name STRING"}}, {"rows", {{"north "}}}}),
                          node("same", "join", {{"on", "left.region = right.name"}}),
                          node("out", "table_view", Json::object())};
        pipeline.wires = {
            {{"a", "out"}, {"same", "left"}}, {{"b", "out"}, {"same", "right"}}, wire("same", "out")};
        const auto answer = asked(pipeline, "same", "region = 'north'").whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        const MissingEnd* const alone = endOf(*answer, Fate::Alone);
        QVERIFY(alone != nullptr);
        QCOMPARE(alone->count, std::uint64_t{20});
        QCOMPARE(alone->rows.size(), std::size_t{5});
        QVERIFY2(rowText(alone->rows.back().row, 0).starts_with("n=38,"),
                 rowText(alone->rows.back().row, 0).c_str());
        QVERIFY2(said(*alone).find("name = “north ”") != std::string::npos, said(*alone).c_str());
    }
};

QTEST_GUILESS_MAIN(TestMissingRows)
#include "test_missing_rows.moc"

// What helps where a row is missed: the condition of the branch that took it, the delay with which a late one
// would have been in time; and what the row would need is always said.
#include <QtTest/QtTest>
#include <algorithm>

#include "tests/unit/lineage/asked_plan.h"

using namespace rw;
using namespace rw::test;

namespace {

using Fate = MissingEnd::Fate;

using rw::test::wire;

Wire wire(PortRef from, PortRef to) {
    return {std::move(from), std::move(to), Json::object()};
}

/// Rows of k and ts at these seconds behind noon.
Node timed(const char* id, const std::vector<std::pair<int, const char*>>& rows, Json more) {
    Json cells = Json::array();
    for (const auto& [k, at] : rows) cells.push_back(Json::array({k, std::string("2024-03-01 12:") + at}));
    Json params{{"columns", Json::array({"k INT", "ts TIMESTAMP(3)"})}, {"rows", std::move(cells)}};
    params.update(more);
    return node(id, "rows", std::move(params));
}

struct Asked {
    Result<MissingAnswer> answer;

    Asked(std::vector<Node> nodes, std::vector<Wire> wires, PortRef of, const char* where)
        : answer(AskedPlan(std::move(nodes), std::move(wires), std::move(of), where).whyNot()) {}
    std::string failure() const { return failureOf(answer); }
    const MissingEnd* end(Fate fate) const {
        if (!answer.ok()) return nullptr;
        const auto found =
            std::ranges::find_if(answer->ends, [fate](const auto& each) { return each.fate == fate; });
        return found == answer->ends.end() ? nullptr : &*found;
    }
};

std::string said(const MissingEnd& end) {
    std::string all;
    for (const Text& each : end.words) all += english(each) + '\n';
    return all;
}

bool contains(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
}

/// Three branches, each of whose outputs is read.
Asked routed(const char* port, const char* where) {
    std::vector<Node> nodes{
        node("in", "rows",
             Json{{"columns", Json::array({"v INT"})},
                  {"rows", Json::array({Json::array({20}), Json::array({1}), Json::array({60}),
                                        Json::array({500})})}}),
        node("way", "route",
             Json{{"branches", Json::array({"big: v >= 100", "mid: v >= 50", "small: v >= 10"})}})};
    std::vector<Wire> wires{wire("in", "way")};
    for (const char* each : {"big", "mid", "small", "otherwise"}) {
        const std::string view = std::string("view_") + each;
        nodes.push_back(node(view.c_str(), "table_view"));
        wires.push_back(wire(PortRef{"way", each}, PortRef{view, "in"}));
    }
    return Asked(std::move(nodes), std::move(wires), {"way", port}, where);
}

/// Left meets right where that is in time; its row of key 7 comes 25 s too late.
Asked joined(const char* type, Json params, const char* delay,
             const std::vector<std::pair<int, const char*>>& right = {{1, "00:40"}, {7, "00:15"}}) {
    params["on"] = "left.k = right.k";
    return Asked({timed("a", {{7, "00:50"}}, Json{{"event_time", "ts"}}),
                  timed("b", right, Json{{"event_time", "ts"}, {"watermark_delay", delay}}),
                  node("join", type, std::move(params)), node("seen", "table_view")},
                 {wire(PortRef{"a", "out"}, PortRef{"join", "left"}),
                  wire(PortRef{"b", "out"}, PortRef{"join", "right"}), wire("join", "seen")},
                 {"join", "out"}, "k = 7");
}

Node perKey() {
    return node("per_key", "window_aggregate",
                Json{{"window", "tumble"},
                     {"size", "1min"},
                     {"keys", Json::array({"k"})},
                     {"aggregates", Json::array({"COUNT(*) AS n"})}});
}

}  // namespace

class TestMissingMends : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theBranchThatTookARowIsNamed_data() {
        QTest::addColumn<QByteArray>("port");
        QTest::addColumn<QByteArray>("where");
        QTest::addColumn<QByteArray>("why");
        QTest::newRow("a later one") << QByteArray("big") << QByteArray("v = 20")
                                     << QByteArray(
                                            "big: v >= 100 is false for v = 20; the branch “small: v "
                                            ">= 10” took it");
        QTest::newRow("an earlier one")
            << QByteArray("small") << QByteArray("v = 60") << QByteArray("the branch “mid: v >= 50” took it");
        QTest::newRow("not by otherwise") << QByteArray("otherwise") << QByteArray("v = 500")
                                          << QByteArray("the branch “big: v >= 100” took it");
        QTest::newRow("none") << QByteArray("small") << QByteArray("v = 1")
                              << QByteArray(
                                     "small: v >= 10 is false for v = 1; no branch took it, and it left "
                                     "by “otherwise”");
    }
    void theBranchThatTookARowIsNamed() {
        QFETCH(QByteArray, port);
        QFETCH(QByteArray, where);
        QFETCH(QByteArray, why);
        const Asked asked = routed(port.constData(), where.constData());
        QVERIFY2(asked.answer.ok(), asked.failure().c_str());
        const MissingEnd* const end = asked.end(Fate::Filtered);
        QVERIFY(end != nullptr);
        QCOMPARE(end->node, std::string("way"));
        QCOMPARE(end->rows.size(), std::size_t{1});
        QCOMPARE(QByteArray::fromStdString(english(end->rows.front().why)), why);
        QVERIFY2(contains(said(*end), "they left by another output of it"), said(*end).c_str());
    }

    void whatTheRowWouldNeedIsAlwaysSaid() {
        const Asked passed = routed("big", "v = 20");
        QVERIFY2(passed.answer.ok(), passed.failure().c_str());
        QCOMPARE(passed.answer->sought.size(), std::size_t{1});
        QCOMPARE(english(passed.answer->sought.front()), std::string("a row with v = 20"));
        const Asked window(
            {timed("in", {{1, "00:01"}}, Json{{"event_time", "ts"}}), perKey(), node("seen", "table_view")},
            {wire("in", "per_key"), wire("per_key", "seen")}, {"per_key", "out"}, "k = 2");
        QVERIFY2(window.answer.ok(), window.failure().c_str());
        QVERIFY(!window.answer->sought.empty());
        for (const Text& each : window.answer->sought) QVERIFY(!english(each).empty());
    }

    void theDelayThatALateRowOfAJoinNeedsIsNamed_data() {
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("bounds");
        QTest::newRow("interval") << QByteArray("interval_join") << QByteArray("-1min");
        QTest::newRow("temporal") << QByteArray("temporal_join") << QByteArray();
    }
    void theDelayThatALateRowOfAJoinNeedsIsNamed() {
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, bounds);
        Json params = Json::object();
        if (!bounds.isEmpty()) {
            params["lower"] = bounds.toStdString();
            params["upper"] = "0s";
        }
        const Asked asked = joined(type.constData(), params, "0s");
        QVERIFY2(asked.answer.ok(), asked.failure().c_str());
        QCOMPARE(asked.answer->there, std::uint64_t{0});
        const char* const mend = "a watermark delay of at least 26\u2009s at “b” would have let them in";
        const MissingEnd* const late = asked.end(Fate::Late);
        QVERIFY(late != nullptr);
        QVERIFY2(contains(said(*late), "they came too late for “join”"), said(*late).c_str());
        QVERIFY2(contains(said(*late), mend), said(*late).c_str());
        QVERIFY2(!contains(said(*late), "allowed lateness"), said(*late).c_str());
        const MissingEnd* const alone = asked.end(Fate::Alone);
        QVERIFY(alone != nullptr);
        QVERIFY2(contains(said(*alone), mend), said(*alone).c_str());
        // It is enough; a second less is not.
        const Asked enough = joined(type.constData(), params, "26s");
        QVERIFY2(enough.answer.ok(), enough.failure().c_str());
        QCOMPARE(enough.answer->there, std::uint64_t{1});
        const Asked less = joined(type.constData(), params, "25s");
        QVERIFY2(less.answer.ok(), less.failure().c_str());
        QCOMPARE(less.answer->there, std::uint64_t{0});
    }

    // The one that was latest came first, and is not kept.
    void theDelayIsEnoughForRowsThatAreNotKept() {
        std::vector<std::pair<int, const char*>> right{{1, "00:40"}, {7, "00:05"}};
        right.resize(1'002, {7, "00:15"});
        const Asked asked = joined("interval_join", Json{{"lower", "-1min"}, {"upper", "0s"}}, "0s", right);
        QVERIFY2(asked.answer.ok(), asked.failure().c_str());
        const MissingEnd* const late = asked.end(Fate::Late);
        QVERIFY(late != nullptr);
        QCOMPARE(late->count, std::uint64_t{1'001});
        QVERIFY2(
            contains(said(*late), "a watermark delay of at least 36\u2009s at “b” would have let them in"),
            said(*late).c_str());
    }

    // Where what can't be computed is NULL no row is rejected.
    void whatIsNullOnErrorIsNotRejected() {
        const Node rows =
            node("in", "rows",
                 Json{{"columns", Json::array({"v INT"})}, {"rows", Json::array({Json::array({0})})}});
        const Json null{{"on_error", "null"}};
        Json branches{{"branches", Json::array({"big: 10 / v > 4"})}}, condition{{"condition", "10 / v > 4"}};
        branches.update(null);
        condition.update(null);
        const Asked branched({rows, node("way", "route", branches), node("seen", "table_view")},
                             {wire("in", "way"), wire(PortRef{"way", "big"}, PortRef{"seen", "in"})},
                             {"way", "big"}, "v = 0");
        QVERIFY2(branched.answer.ok(), branched.failure().c_str());
        const MissingEnd* const left = branched.end(Fate::Filtered);
        QVERIFY(left != nullptr && left->rows.size() == 1);
        QCOMPARE(english(left->rows.front().why),
                 std::string("big: 10 / v > 4 is NULL for v = 0; no branch took it, and it left by "
                             "“otherwise”"));
        const Asked filtered({rows, node("good", "filter", condition), node("seen", "table_view")},
                             {wire("in", "good"), wire("good", "seen")}, {"good", "out"}, "v = 0");
        QVERIFY2(filtered.answer.ok(), filtered.failure().c_str());
        const MissingEnd* const out = filtered.end(Fate::Filtered);
        QVERIFY(out != nullptr && out->rows.size() == 1);
        QCOMPARE(english(out->rows.front().why), std::string("10 / v > 4 is NULL for v = 0"));
    }

    // The watermark is made where event time is given.
    void theDelayIsThatOfTheNodeThatGivesEventTime() {
        const Asked asked({timed("in", {{7, "00:01"}, {1, "05:00"}, {7, "00:02"}}, Json::object()),
                           node("given", "event_time", Json{{"column", "ts"}, {"watermark_delay", "1s"}}),
                           perKey(), node("seen", "table_view")},
                          {wire("in", "given"), wire("given", "per_key"), wire("per_key", "seen")},
                          {"per_key", "out"}, "k = 7 AND n = 2 AND window_end = '2024-03-01 12:01:00'");
        QVERIFY2(asked.answer.ok(), asked.failure().c_str());
        const MissingEnd* const late = asked.end(Fate::Late);
        QVERIFY(late != nullptr);
        QVERIFY2(contains(said(*late), "at “given” would have let them in"), said(*late).c_str());
        QVERIFY2(contains(said(*late), "so would allowed lateness"), said(*late).c_str());
    }

    // A row that missed all of its windows is used by none of them; nor by what stands behind them.
    void whereNoWindowIsNamedLateRowsAreLate_data() {
        QTest::addColumn<QByteArray>("behind");
        QTest::newRow("the window") << QByteArray();
        QTest::newRow("a filter behind it") << QByteArray("filter");
        QTest::newRow("a group behind it") << QByteArray("group_aggregate");
        QTest::newRow("a session") << QByteArray("session");
    }
    void whereNoWindowIsNamedLateRowsAreLate() {
        QFETCH(QByteArray, behind);
        const Json params = behind == "filter" ? Json{{"condition", "n > 0"}}
                                               : Json{{"keys", Json::array({"k"})},
                                                      {"aggregates", Json::array({"SUM(n) AS total"})}};
        std::vector<Node> nodes{
            timed("in", {{7, "00:01"}, {1, "05:00"}, {7, "00:02"}}, Json{{"event_time", "ts"}}), perKey()};
        if (behind == "session") {
            nodes.back().params["window"] = "session";
            nodes.back().params["gap"] = "10s";
            nodes.back().params.erase("size");
        } else if (!behind.isEmpty()) {
            nodes.push_back(node("last", behind.constData(), params));
        }
        const Result<MissingAnswer> answer =
            askedInRow(std::move(nodes),
                       behind == "group_aggregate" ? "k = 7 AND total = 2" : "k = 7 AND n = 2")
                .whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        QCOMPARE(answer->there, std::uint64_t{0});
        std::uint64_t late = 0, used = 0;
        for (const MissingEnd& end : answer->ends) {
            if (end.fate == Fate::Late) {
                late += end.count;
                QCOMPARE(end.node, NodeId("per_key"));
                QVERIFY2(contains(said(end), "at “in” would have let them in"), said(end).c_str());
            } else if (end.fate == Fate::Used) {
                used += end.count;
            }
        }
        QCOMPARE(late, std::uint64_t{1});
        QCOMPARE(used, std::uint64_t{1});
    }

    // It is late for the first of its windows, and counts in the other.
    void aRowThatIsInTimeForOneOfItsWindowsIsNotLate() {
        Node hop = perKey();
        hop.params["window"] = "hop";
        hop.params["slide"] = "30s";
        const Result<MissingAnswer> answer =
            askedInRow(
                {timed("in", {{7, "00:01"}, {1, "00:40"}, {7, "00:02"}}, Json{{"event_time", "ts"}}), hop},
                "k = 7 AND n = 5")
                .whyNot();
        QVERIFY2(answer.ok(), failureOf(answer).c_str());
        for (const MissingEnd& end : answer->ends) QVERIFY(end.fate != Fate::Late);
        QVERIFY(!answer->ends.empty());
        QCOMPARE(answer->ends.front().count, std::uint64_t{2});
    }

    void ofSeveralSourcesNoneIsNamed() {
        const Json time{{"event_time", "ts"}};
        const Asked asked(
            {timed("a", {{7, "00:01"}, {1, "05:00"}, {7, "00:02"}}, time), timed("b", {{1, "00:03"}}, time),
             node("both", "union"), perKey(), node("seen", "table_view")},
            {wire("a", "both"), wire("b", "both"), wire("both", "per_key"), wire("per_key", "seen")},
            {"per_key", "out"}, "k = 7 AND n = 2 AND window_end = '2024-03-01 12:01:00'");
        QVERIFY2(asked.answer.ok(), asked.failure().c_str());
        const MissingEnd* const late = asked.end(Fate::Late);
        QVERIFY(late != nullptr);
        QVERIFY2(contains(said(*late), "a watermark delay that is longer by "), said(*late).c_str());
    }
};

QTEST_APPLESS_MAIN(TestMissingMends)
#include "test_missing_mends.moc"

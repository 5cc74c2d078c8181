// The counts of a run that goes on with an edit: those of nodes that the edit does not reach go on.
#include <QtTest/QtTest>

#include "widgets/session/earlier_counts.h"

using namespace rw;
using namespace rw::ui;

namespace {

Node node(const char* id, const char* type, Json params = Json::object()) {
    Node made;
    made.id = id;
    made.type = type;
    made.params = std::move(params);
    return made;
}

Wire wire(const char* from, const char* to) {
    return {{from, "out"}, {to, "in"}, Json::object()};
}

Pipeline twoWays() {
    Pipeline pipeline;
    pipeline.nodes = {node("a", "csv_source"),       node("big", "filter", {{"condition", "v > 1"}}),
                      node("w", "window_aggregate"), node("b", "csv_source"),
                      node("j", "interval_join"),    node("t", "table_view")};
    pipeline.wires = {wire("a", "big"),
                      wire("big", "w"),
                      {{"a", "out"}, {"j", "left"}},
                      {{"b", "out"}, {"j", "right"}},
                      wire("j", "t")};
    return pipeline;
}

RunMetrics counted() {
    RunMetrics metrics;
    for (const char* each : {"a", "big", "w", "b", "j", "t"}) {
        NodeMetrics& node = metrics.nodes[each];
        node.rowsIn = node.rowsOut = 100;
        node.late = 5;
        node.largestLateBy = 7'000;
    }
    metrics.nodes["j"].hasPair = false;
    return metrics;
}

}  // namespace

class TestEarlierCounts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void anEditReachesWhatItFeeds() {
        const Pipeline before = twoWays();
        Pipeline now = before;
        now.find("big")->params["condition"] = "v > 2";
        const std::set<NodeId> same = unchangedNodes(before, now);
        QCOMPARE(same, (std::set<NodeId>{"a", "b", "j", "t"}));
        now.wires.erase(now.wires.begin());
        QVERIFY(!unchangedNodes(before, now).contains("w"));
        now = before;
        now.find("b")->params["path"] = "other.csv";
        QCOMPARE(unchangedNodes(before, now), (std::set<NodeId>{"a", "big", "w"}));
    }

    void theOthersGoOnCounting() {
        const Pipeline before = twoWays();
        Pipeline now = before;
        now.find("big")->params["condition"] = "v > 2";
        EarlierCounts earlier;
        QVERIFY(earlier.empty());
        earlier.goOn(counted(), before, now);
        RunMetrics metrics;
        for (const char* each : {"w", "j"}) metrics.nodes[each].rowsIn = 3;
        metrics.nodes["j"].hasPair = metrics.nodes["w"].hasPair = false;
        earlier.addTo(metrics);
        QCOMPARE(metrics.nodes["j"].rowsIn, std::uint64_t{103});
        QCOMPARE(metrics.nodes["j"].late, std::uint64_t{5});
        QCOMPARE(metrics.nodes["j"].largestLateBy, Millis{7'000});
        QVERIFY(!metrics.nodes["j"].hasPair);
        QCOMPARE(metrics.nodes["w"].rowsIn, std::uint64_t{3});
        QCOMPARE(metrics.nodes["w"].late, std::uint64_t{0});
        // What a card shows has all rows, edited or not.
        QCOMPARE(earlier.rowsOf("w").first, std::uint64_t{100});
        QCOMPARE(earlier.sinceEdit("w").first, std::uint64_t{0});
        QCOMPARE(earlier.sinceEdit("j").second, std::uint64_t{100});
        // Once more, with the node gone.
        Pipeline last = now;
        std::erase_if(last.nodes, [](const Node& each) { return each.id == "t"; });
        std::erase_if(last.wires, [](const Wire& each) { return each.to.node == "t"; });
        earlier.goOn(counted(), now, last);
        QCOMPARE(earlier.rowsOf("t").first, std::uint64_t{0});
        QCOMPARE(earlier.rowsOf("j").first, std::uint64_t{200});
        earlier.clear();
        QVERIFY(earlier.empty());
    }

    void whatWasLateAndWhoGaveRowsIsRemembered() {
        const Pipeline before = twoWays();
        Pipeline now = before;
        now.find("a")->params["watermark_delay"] = "9s";
        RunMetrics last = counted();
        last.nodes["b"].rowsOut = 0;
        EarlierCounts earlier;
        QCOMPARE(earlier.lateRows(), std::uint64_t{0});
        earlier.goOn(last, before, now);
        QCOMPARE(earlier.lateRows(), std::uint64_t{30});
        QCOMPARE(earlier.nodesWithRows(), (std::set<NodeId>{"a", "big", "w", "j", "t"}));
        earlier.goOn({}, now, before);  // taken back: nothing is added
        QCOMPARE(earlier.lateRows(), std::uint64_t{30});
        earlier.clear();
        QCOMPARE(earlier.lateRows(), std::uint64_t{0});
        QVERIFY(earlier.nodesWithRows().empty());
    }
};

QTEST_APPLESS_MAIN(TestEarlierCounts)
#include "test_earlier_counts.moc"

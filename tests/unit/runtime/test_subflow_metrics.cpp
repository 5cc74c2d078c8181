// The figures of a subflow, made of those of the nodes inside.
#include <QtTest>

#include "core/runtime/metrics/subflow_metrics.h"

using namespace rw;

namespace {

/// A subflow “sub” with the inputs “a” and “b”, and another one in it.
struct Inside {
    RunMetrics metrics{};
    std::map<NodeId, SubflowFileRef> subflows{};

    Inside() {
        auto file = std::make_shared<SubflowFile>();
        file->inputs = {"a", "b"};
        file->outputs = {"out"};
        subflows = {{"sub", file}, {"sub/inner", std::make_shared<SubflowFile>()}};
        add("sub/a", 10, 9).inputWatermarks = {100};
        add("sub/b", 20, 20).inputWatermarks = {200};
        add("sub/inner/keep", 29, 5).late = 3;
        metrics.nodes["sub/inner/keep"].nullDropped = 2;
        add("sub/out", 5, 4);
        add("subs", 7, 7).late = 7;  // another node
    }
    NodeMetrics& add(const char* id, std::uint64_t in, std::uint64_t out) {
        NodeMetrics& node = metrics.nodes[id];
        node.rowsIn = in;
        node.rowsOut = out;
        return node;
    }
    NodeMetrics sum() {
        addSubflows(subflows, metrics);
        return metrics.nodes.at("sub");
    }
};

}  // namespace

class TestSubflowMetrics : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void figuresAreThoseInside() {
        Inside inside;
        inside.metrics.nodes["sub/a"].stateSpilled = 1'000;
        inside.metrics.nodes["sub/a"].memoryForState = 3'000;
        inside.metrics.nodes["sub/inner/keep"].stateSpilled = 200;
        inside.metrics.nodes["sub/inner/keep"].memoryForState = 4'000;
        const NodeMetrics sum = inside.sum();
        QCOMPARE(sum.stateSpilled, std::uint64_t{1'200});
        QCOMPARE(sum.memoryForState, std::uint64_t{4'000});
        QCOMPARE(sum.rowsIn, std::uint64_t{30});
        QCOMPARE(sum.rowsOut, std::uint64_t{4});
        QCOMPARE(sum.late, std::uint64_t{3});
        QCOMPARE(sum.nullDropped, std::uint64_t{2});
        QCOMPARE(inside.metrics.nodes.at("sub/inner").late, std::uint64_t{3});
        QVERIFY((sum.inputWatermarks == std::vector<Instant>{100, 200}));
    }

    void aPortThatIsOffTakesNoOthersWatermark() {
        Inside inside;
        inside.metrics.nodes.erase("sub/a");
        const NodeMetrics sum = inside.sum();
        QCOMPARE(sum.rowsIn, std::uint64_t{20});
        QVERIFY(sum.inputWatermarks.empty());
        QVERIFY(inside.metrics.nodes.contains("sub/inner"));
    }
};

QTEST_APPLESS_MAIN(TestSubflowMetrics)
#include "test_subflow_metrics.moc"

// Figures of random pipelines: for any plan, known figures are true.
#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "tests/support/pipeline_of.h"
#include "tests/unit/cluster/layout_case.h"

using namespace rw;
using namespace rw::test;

namespace {

using Random = std::mt19937;

std::size_t pick(Random& random, std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
}

/// A pipeline of nodes without state, the plan that Flink would make of it, and the counts of its job.
class RandomJob {
 public:
    RandomJob(unsigned seed, std::size_t nodes) : m_random(seed) {
        for (int i = 0; i < 2; ++i) addSource(fmt::format("s{}", i));
        for (std::size_t i = 0; i < nodes; ++i) addNode(fmt::format("n{}", i));
        for (const std::string& out : m_outputs) {
            if (!m_read.contains(out)) addSink(fmt::format("k{}", sinks.size()), out);
        }
        writeEnds();
    }

    Pipeline pipeline{};
    FlinkGraph graph{};
    std::vector<NodeId> sinks{};
    std::vector<OperatorCounters> counters{};
    std::map<NodeId, std::uint64_t> truth{};  ///< rows that each node gives

 private:
    using Feeds = std::vector<std::size_t>;

    std::size_t addOperator(std::string type, std::string text, Feeds inputs, std::uint64_t in,
                            std::uint64_t out) {
        const bool numbered = type != "StreamingFileWriter";
        graph.operators.push_back({numbered ? static_cast<int>(graph.operators.size()) : -1, std::move(type),
                                   std::move(text), std::move(inputs)});
        counters.push_back({in, out, std::nullopt, std::nullopt, std::nullopt});
        return graph.operators.size() - 1;
    }
    std::uint64_t sent(const Feeds& feeds) const {
        std::uint64_t sum = 0;
        for (const std::size_t feed : feeds) sum += *counters[feed].rowsOut;
        return sum;
    }
    void remember(const NodeId& node, Feeds feeds) {
        truth[node] = sent(feeds);
        m_feeds[node] = std::move(feeds);
        m_outputs.push_back(node);
    }
    void connect(const NodeId& from, const NodeId& to) {
        pipeline.wires.push_back(wire(from.c_str(), to.c_str()));
        m_read.insert(from);
    }

    void addSource(const NodeId& id) {
        pipeline.nodes.push_back(
            node(id.c_str(), "csv_source", {{"path", id + ".csv"}, {"columns", Json::array({"a BIGINT"})}}));
        const std::uint64_t rows = 100 + pick(m_random, 1'000);
        const std::size_t scan = addOperator(
            "TableSourceScan", fmt::format("table=[[c, d, {}$cells]], fields=[a]", id), {}, 0, rows + 1);
        remember(id, {addOperator("Calc", "select=[a], where=[header]", {scan}, rows + 1, rows)});
    }

    void addNode(const NodeId& id) {
        const std::size_t kind = pick(m_random, 3);
        const NodeId from = m_outputs[pick(m_random, m_outputs.size())];
        if (kind == 0) {
            pipeline.nodes.push_back(node(id.c_str(), "filter", {{"condition", "a > 1"}}));
            connect(from, id);
            // Each branch of a union is filtered by itself.
            Feeds kept;
            for (const std::size_t feed : m_feeds[from]) {
                const std::uint64_t in = *counters[feed].rowsOut;
                kept.push_back(
                    addOperator("Calc", "select=[a], where=[(a > 1)]", {feed}, in, pick(m_random, in + 1)));
            }
            remember(id, kept);
        } else if (kind == 1) {
            pipeline.nodes.push_back(node(id.c_str(), "select", {{"columns", Json::array({"a"})}}));
            connect(from, id);
            Feeds feeds = m_feeds[from];
            const std::uint64_t rows = sent(feeds);
            if (pick(m_random, 2) == 0) feeds = {addOperator("Calc", "select=[a]", feeds, rows, rows)};
            remember(id, feeds);
        } else {
            pipeline.nodes.push_back(node(id.c_str(), "union"));
            Feeds feeds;
            std::set<NodeId> taken;
            for (std::size_t left = 1 + pick(m_random, 3); left > 0; --left) {
                const NodeId each = m_outputs[pick(m_random, m_outputs.size())];
                if (!taken.insert(each).second) continue;
                // More than this no person draws.
                if (feeds.size() + m_feeds[each].size() > 40 && !feeds.empty()) break;
                connect(each, id);
                feeds.insert(feeds.end(), m_feeds[each].begin(), m_feeds[each].end());
            }
            remember(id, feeds);
        }
    }

    void addSink(const NodeId& id, const NodeId& from) {
        pipeline.nodes.push_back(node(id.c_str(), "csv_sink", {{"path", id + ".csv"}}));
        pipeline.wires.push_back(wire(from.c_str(), id.c_str()));
        sinks.push_back(id);
        m_ends.push_back(m_feeds[from]);
    }
    void writeEnds() {
        for (const Feeds& feeds : m_ends) addOperator("StreamingFileWriter", "", feeds, 0, 0);
    }

    Random m_random;
    std::map<NodeId, Feeds> m_feeds{};  ///< the operators that a node's rows come from
    std::vector<NodeId> m_outputs{};
    std::set<NodeId> m_read{};
    std::vector<Feeds> m_ends{};
};

/// Another graph of as many operators.
FlinkGraph randomGraph(Random& random, std::size_t operators) {
    static const std::vector<std::string> kTypes{
        "Calc",       "WatermarkAssigner", "WindowTableFunction",  "WindowAggregate",      "OverAggregate",
        "WindowJoin", "TableSourceScan",   "StreamingFileWriter",  "LocalWindowAggregate", "Deduplicate",
        "Values",     "IntervalJoin",      "GlobalWindowAggregate"};
    FlinkGraph graph;
    for (std::size_t i = 0; i < operators; ++i) {
        FlinkOperator made;
        made.number = static_cast<int>(i);
        made.type = kTypes[pick(random, kTypes.size())];
        made.text =
            pick(random, 2) == 0 ? "table=[[c, d, s0$cells]], where=[" : "window=[TUMBLE(time_col=[ts])]";
        for (std::size_t before = pick(random, 4); before > 0 && i > 0; --before)
            made.inputs.push_back(pick(random, i));
        graph.operators.push_back(std::move(made));
    }
    return graph;
}

}  // namespace

class TestLayoutRandom : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsKnownIsTrue() {
        const Catalogue catalogue = builtin();
        std::size_t known = 0, toSinks = 0;
        for (unsigned seed = 0; seed < 30; ++seed) {
            const RandomJob job(seed, 50);
            const JobFigures figures =
                FlinkLayout(job.pipeline, catalogue, job.graph, job.sinks).figures(job.counters);
            QCOMPARE(figures.wires.size(), job.pipeline.wires.size());
            for (std::size_t i = 0; i < figures.wires.size(); ++i) {
                const Wire& wire = job.pipeline.wires[i];
                const bool ends = job.pipeline.find(wire.to.node)->type == "csv_sink";
                toSinks += ends ? 1 : 0;
                if (figures.wires[i]) {
                    ++known;
                    QCOMPARE(*figures.wires[i], job.truth.at(wire.from.node));
                }
                QVERIFY2(figures.wires[i] || !ends, wire.to.node.c_str());
            }
        }
        QVERIFY(known > toSinks);
    }

    void noGraphCrashes() {
        const Catalogue catalogue = builtin();
        for (unsigned seed = 0; seed < 30; ++seed) {
            const RandomJob job(seed, 50);
            Random random(seed);
            for (int i = 0; i < 5; ++i) {
                const FlinkGraph graph = randomGraph(random, 1 + pick(random, 80));
                std::vector<NodeId> sinks = job.sinks;
                sinks.resize(std::min(sinks.size(), static_cast<std::size_t>(std::count_if(
                                                        graph.operators.begin(), graph.operators.end(),
                                                        [](const FlinkOperator& made) {
                                                            return made.type == "StreamingFileWriter";
                                                        }))));
                const FlinkLayout layout(job.pipeline, catalogue, graph, sinks);
                QCOMPARE(layout.figures(job.counters).wires.size(), job.pipeline.wires.size());
            }
        }
    }

    void noGraphCrashesWhatHasWindows() {
        Random random(7);
        for (const char* name : {"late_and_rejected", "window_join_full", "temporal_join", "two_phases"}) {
            LayoutCase of(name);
            for (int i = 0; i < 100; ++i) {
                of.graph = randomGraph(random, 1 + pick(random, 30));
                // The walk begins at writers: as many as there are sinks.
                for (FlinkOperator& made : of.graph.operators) {
                    if (made.type == "StreamingFileWriter") made.type = "Calc";
                }
                for (std::size_t sink = 0; sink < of.sinks.size(); ++sink)
                    of.graph.operators.push_back(
                        {-1, "StreamingFileWriter", "", {pick(random, of.graph.operators.size())}});
                const FlinkLayout layout = of.layout();
                QCOMPARE(layout.figures({}).wires.size(), of.pipeline.wires.size());
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestLayoutRandom)
#include "test_layout_random.moc"

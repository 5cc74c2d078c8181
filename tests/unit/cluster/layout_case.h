// Pipelines with the plans that a Flink made of them, and counters by hand.
#pragma once
#include <fmt/format.h>

#include <QtTest/QtTest>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "core/cluster/layout/flink_layout.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/json/json.h"

namespace rw::test {

inline std::string planText(const std::string& name) {
    const std::string path = std::string(RILLWRIGHT_SOURCE) + "/tests/unit/cluster/plans/" + name + ".txt";
    std::ifstream file(path, std::ios::binary);
    if (!file) qFatal("%s can't be read", path.c_str());
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

inline FlinkGraph graphNamed(const std::string& name) {
    Result<FlinkGraph> graph = readFlinkGraph(planText(name));
    if (!graph.ok()) qFatal("%s: %s", name.c_str(), english(graph.error()).c_str());
    return std::move(*graph);
}

/// A pipeline of the folder “plans”, and the operators that Flink 2.3.0 made of it.
struct LayoutCase {
    Pipeline pipeline{};
    FlinkGraph graph{};
    std::vector<NodeId> sinks{};

    explicit LayoutCase(const std::string& name) : graph(graphNamed(name)) {
        const std::string path =
            std::string(RILLWRIGHT_SOURCE) + "/tests/unit/cluster/plans/" + name + ".rill";
        const Result<Loaded> loaded = loadPipelineFile(path);
        if (!loaded.ok()) qFatal("%s: %s", name.c_str(), english(loaded.error()).c_str());
        pipeline = loaded->pipeline;
        for (const Node& node : pipeline.nodes) {
            if (node.type == "csv_sink" || node.type == "ndjson_sink") sinks.push_back(node.id);
        }
    }

    FlinkLayout layout() const { return FlinkLayout(pipeline, builtin(), graph, sinks); }

    /// “Calc[21]”; “StreamingFileWriter#1”: the second of those without a number.
    std::string operatorName(std::size_t index) const {
        const FlinkOperator& made = graph.operators[index];
        if (made.number >= 0) return fmt::format("{}[{}]", made.type, made.number);
        int before = 0;
        for (std::size_t i = 0; i < index; ++i) before += graph.operators[i].type == made.type ? 1 : 0;
        return fmt::format("{}#{}", made.type, before);
    }
};

/// Counters of some of a graph's operators, by their numbers; nothing is known of the others.
class MadeCounters {
 public:
    explicit MadeCounters(const FlinkGraph& graph) : m_graph(graph), m_counters(graph.operators.size()) {}

    MadeCounters& rows(int number, std::uint64_t in, std::uint64_t out) {
        at(number).rowsIn = in;
        at(number).rowsOut = out;
        return *this;
    }
    MadeCounters& watermark(int number, Instant watermark) {
        at(number).inputWatermark = watermark;
        return *this;
    }
    MadeCounters& busy(int number, double busy, double backpressure) {
        at(number).busy = busy;
        at(number).backpressure = backpressure;
        return *this;
    }
    const std::vector<OperatorCounters>& all() const { return m_counters; }

 private:
    OperatorCounters& at(int number) {
        for (std::size_t i = 0; i < m_graph.operators.size(); ++i) {
            if (m_graph.operators[i].number == number) return m_counters[i];
        }
        qFatal("there is no operator %d", number);
    }

    const FlinkGraph& m_graph;
    std::vector<OperatorCounters> m_counters;
};

/// “100”, “?” for an unknown one.
template <class T>
std::string written(const std::optional<T>& number) {
    return number ? fmt::format("{}", *number) : "?";
}

/// “in 100 out 6 late 7 rejected ?”
inline std::string rowsAt(const JobFigures& figures, const NodeId& node) {
    const auto found = figures.nodes.find(node);
    if (found == figures.nodes.end()) return "no figures";
    const NodeFigures& of = found->second;
    return fmt::format("in {} out {} late {} rejected {}", written(of.rowsIn), written(of.rowsOut),
                       written(of.late), written(of.rejected));
}

/// “100 6 ?”
inline std::string wiresOf(const JobFigures& figures) {
    std::string out;
    for (const auto& wire : figures.wires) out += (out.empty() ? "" : " ") + written(wire);
    return out;
}

}  // namespace rw::test

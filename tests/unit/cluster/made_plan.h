// Compiled plans as Flink 2.3 writes them, made of its explanations.
#pragma once
#include <cctype>
#include <set>
#include <string>
#include <vector>

#include "core/cluster/flink_graph.h"

namespace rw::test {

/// “stream-exec-table-source-scan_1” of “TableSourceScan”.
inline std::string execType(const std::string& type) {
    std::string out = "stream-exec";
    for (const char c : type) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isupper(letter) != 0) out += '-';
        out += static_cast<char>(std::tolower(letter));
    }
    return out + "_1";
}

inline Json execNode(int id, const std::string& type, const std::string& description) {
    return {{"id", id},
            {"type", execType(type)},
            {"description", description},
            {"inputProperties", Json::array()}};
}

inline Json execEdge(int source, int target) {
    return {{"source", source},
            {"target", target},
            {"shuffle", {{"type", "FORWARD"}}},
            {"shuffleMode", "PIPELINED"}};
}

inline std::string execPlan(const Json& nodes, const Json& edges) {
    return Json{{"flinkVersion", "2.3"}, {"nodes", nodes}, {"edges", edges}}.dump();
}

/// Of the same statements, numbered on by `shift`. `sinks`: whose writers are in the graph, in their order.
inline std::string compiledPlan(const FlinkGraph& graph, const std::vector<NodeId>& sinks, int shift = 40) {
    Json nodes = Json::array(), edges = Json::array();
    std::vector<int> ids;  // by which each operator is known to those behind it
    std::size_t sink = 0;
    std::set<int> used;
    for (const FlinkOperator& made : graph.operators) {
        if (made.number >= 0) used.insert(made.number + shift);
    }
    for (const FlinkOperator& made : graph.operators) {
        const bool inserter = made.type == "StreamRecordTimestampInserter";
        if (inserter) {  // it is part of the sink, and has its number
            ids.push_back(-made.number - shift);
            edges.push_back(execEdge(ids[made.inputs.front()], made.number + shift));
            continue;
        }
        if (made.number < 0 && made.type != "StreamingFileWriter") {
            ids.push_back(0);
            continue;
        }
        int id = made.number + shift;
        std::string type = made.type, description = made.type + "(" + made.text + ")";
        if (made.number < 0) {
            const int before = ids[made.inputs.front()];
            id = before < 0 ? -before : before + 1;
            while (before > 0 && !used.insert(id).second) ++id;
            type = "Sink";
            description =
                "Sink(table=[default_catalog.default_database." + sinks.at(sink++) + "], fields=[k])";
            if (before > 0) edges.push_back(execEdge(before, id));
        } else {
            for (const std::size_t input : made.inputs) edges.push_back(execEdge(ids[input], id));
        }
        nodes.push_back(execNode(id, type, description));
        ids.push_back(id);
    }
    return execPlan(nodes, edges);
}

}  // namespace rw::test

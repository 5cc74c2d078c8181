// The steps of buildGraph(), apart from the graph that they give.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/pipeline/graph.h"

namespace rw {

class GraphBuilder {
 public:
    GraphBuilder(const Pipeline& pipeline, const Catalogue& catalogue, std::vector<Issue>& issues);
    Graph build();

 private:
    /// Why no rows come along a wire.
    enum class Source { Found, Nothing, Broken };

    void addNodes();
    void addWires();
    bool addWire(std::size_t index);
    bool hasPort(const PortRef& end, const std::vector<PortSpec>& ports, int port, const Wire& wire,
                 bool output);
    void refuseExtraWires();
    void sortNodes();
    void reportLoop(std::vector<char>& state, std::size_t start);
    void connect(std::size_t index);
    Source follow(Link& link, std::size_t consumer);
    void reportUnwired(GraphNode& node, std::size_t port);
    void reportUnused();
    void reportUnknownTypes();

    Issue& issue(Severity severity, const NodeId& node, Text message, Text fix = {});
    QuickFix removal(const Wire& wire) const;
    const std::string& title(std::size_t index) const { return m_graph.nodes[index].node->shownTitle(); }

    const Pipeline& m_pipeline;
    const Catalogue& m_catalogue;
    std::vector<Issue>& m_issues;
    Graph m_graph;
    std::unordered_map<std::string_view, std::size_t> m_index;  ///< node by id
    /// The wires as drawn, per node; for inputs of unknown types all at port 0.
    std::vector<std::vector<Link>> m_in, m_out;
    std::vector<char> m_badInput;       ///< a wrong wire at this node was reported: no word of missing ones
    std::vector<char> m_neededByKnown;  ///< of an unknown type, and a node that runs wants its rows
};

}  // namespace rw

// A subflow of the document seen from inside: the nodes, wires and comments of its file as this pipeline uses
// them. Plain data, taken from the document's last check, that nobody edits. GUI thread; looks at no disk.
#pragma once
#include <QString>
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"

namespace rw::ui {

class PipelineDocument;

/// The way to a graph: the path of a subflow from the document down (“outer/inner”); empty: the document's
/// own.
struct GraphRef {
    NodeId subflow{};

    bool isDocument() const { return subflow.empty(); }
    GraphRef outer() const;               ///< the graph that the subflow is a node of
    std::vector<GraphRef> chain() const;  ///< the subflows on the way, the outermost first
    /// The graph that a node is in, by its path.
    static GraphRef around(const NodeId& node);
    bool operator==(const GraphRef&) const = default;
};

struct LevelParam {
    QString name{}, value{};  ///< with the values that the subflow sets for variables of its file
    bool operator==(const LevelParam&) const = default;
};

struct LevelNode {
    Node node{};  ///< its id is the path by which run, checks and messages name it
    Text summary{};
    std::vector<LevelParam> params{};  ///< those that are set
    std::vector<Text> errors{}, warnings{};
    bool isSubflow = false;
};

struct LevelGraph {
    QString file{};  ///< absolute; empty: none is named
    std::vector<LevelNode> nodes{};
    std::vector<Wire> wires{};  ///< between the paths of nodes
    std::vector<Note> notes{};
    /// Why there is nothing to show, and what to do; empty: `nodes` are all.
    QString reason{}, remedy{};
};

/// Whether there is a subflow at each step of the way, as far as is known.
bool exists(const PipelineDocument& document, const GraphRef& graph);
/// The title of the subflow's node, or the document's name.
QString levelTitle(const PipelineDocument& document, const GraphRef& graph);
LevelGraph levelGraph(const PipelineDocument& document, const GraphRef& graph);

}  // namespace rw::ui

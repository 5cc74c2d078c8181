// One of the two pipelines that a forecast compares, typed, as a graph of the nodes that run.
#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/forecast/state_rules.h"
#include "core/pipeline/subflow.h"
#include "core/pipeline/validate.h"

namespace rw::forecasting {

struct SideWire {
    std::size_t from = 0, to = 0;  ///< in Side::nodes
    int fromPort = 0, toPort = 0;
};

struct SideNode {
    NodeId id{};
    std::string title{};  ///< as people see it
    const NodeKind* kind = nullptr;
    const StateRule* rule = nullptr;  ///< never null
    Json params{};                    ///< variables put in
    TypedNode typed{};
    std::vector<std::size_t> in{}, out{};  ///< wires, in the order in which they enter nodes
    /// Of each input port, the columns that the node or one behind it reads.
    std::vector<ColumnSet> read{};
    /// Whether it is part of the job that keeps state: charts of a cluster are fed by a query of their own.
    bool takesPart = true;
    std::string folder{};  ///< where its relative paths start

    bool isSink() const { return kind->outputs.empty(); }
    bool isSource() const { return kind->inputs.empty(); }
    /// Whether it keeps anything that could be lost.
    bool keepsState() const { return takesPart && rule->sort != StateSort::None; }
};

struct Side {
    std::vector<SideNode> nodes{};  ///< sources first
    std::vector<SideWire> wires{};
    std::set<NodeId> subflows{};  ///< that were replaced by the nodes inside them

    std::optional<std::size_t> find(const NodeId& id) const;
};

/// An error names the first problem. `chartsTakePart`: as SideNode::takesPart. `everyColumn`: all columns
/// count as read.
Result<Side> makeSide(const Pipeline& pipeline, const Catalogue& catalogue, const ValidateOptions& options,
                      bool chartsTakePart, bool everyColumn = false);

}  // namespace rw::forecasting

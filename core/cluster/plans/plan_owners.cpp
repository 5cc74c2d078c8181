#include "core/cluster/plans/plan_owners.h"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <string_view>

namespace rw {

namespace {

constexpr std::size_t kMostHeads = 3;
constexpr std::string_view kSinkType = "stream-exec-sink";

void insertSorted(std::vector<NodeId>& nodes, const std::vector<NodeId>& more) {
    for (const NodeId& node : more) {
        const auto at = std::lower_bound(nodes.begin(), nodes.end(), node);
        if (at == nodes.end() || *at != node) nodes.insert(at, node);
    }
}

/// The node that is called like the table that a sink writes; empty: none of these.
NodeId nodeWritten(const std::string& text, const std::vector<NodeId>& sinks) {
    // “Sink(table=[default_catalog.default_database.out], fields=[…])”
    static const RE2 kWritten(R"(table=\[[^\]]*\.([^.\]$]+)[^.\]]*\])");
    NodeId table;
    if (!RE2::PartialMatch(text, kWritten, &table)) return {};
    return std::find(sinks.begin(), sinks.end(), table) == sinks.end() ? NodeId() : table;
}

}  // namespace

std::optional<std::vector<PlanOwner>> planOwners(const FlinkPlan& plan, const FlinkGraph& graph,
                                                 const std::vector<std::vector<NodeId>>& byOperator,
                                                 const std::vector<NodeId>& sinks) {
    const std::vector<PlanOperator>& operators = plan.operators();
    const auto places = placesInPlan(graph, plan);
    if (places.empty() || places.size() != byOperator.size()) return std::nullopt;
    std::vector<PlanOwner> owners(operators.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (places[i]) insertSorted(owners[*places[i]].nodes, byOperator[i]);
    }
    std::vector<NodeId> written;
    for (std::size_t i = 0; i < operators.size(); ++i) {
        if (operators[i].type != kSinkType) continue;
        const NodeId sink = nodeWritten(operators[i].text, sinks);
        insertSorted(owners[i].nodes, {sink});
        insertSorted(written, {sink});
    }
    std::vector<NodeId> wanted;
    insertSorted(wanted, sinks);
    if (written != wanted) return std::nullopt;
    // The reader of the rows comes later in the list.
    for (std::size_t i = operators.size(); i-- > 0;) {
        const PlanOwner& reader = owners[i];
        for (const std::size_t input : operators[i].inputs)
            insertSorted(owners[input].into, reader.nodes.empty() ? reader.into : reader.nodes);
    }
    return owners;
}

std::vector<std::string> planHeads(const std::vector<PlanOwner>& owners) {
    std::vector<std::string> heads;
    for (const PlanOwner& owner : owners) {
        const std::vector<NodeId>& nodes = owner.nodes.empty() ? owner.into : owner.nodes;
        heads.push_back(nodes.size() > kMostHeads ? std::string()
                                                  : fmt::format("{}", fmt::join(nodes, ", ")));
    }
    return heads;
}

}  // namespace rw

#include "core/runtime/requests/run_requests.h"

namespace rw {

RunRequests::RunRequests(const Plan& plan) : m_plan(plan) {
    for (const Stage& stage : plan.stages) {
        for (const PlannedNode& node : stage.nodes) {
            if (const auto takes = node.kind->takes)
                m_nodes.try_emplace(node.node, OfNode{*takes, std::make_shared<NodeRequests>()});
        }
    }
}

Status RunRequests::ask(const NodeId& node, NodeRequest request) const {
    RW_TRY(check(node, request));
    return of(node)->ask().at(node);
}

Status RunRequests::refusedAtEnd(const NodeId& node, NodeRequest request) const {
    RW_TRY(check(node, request));
    return Status(ErrorCode::Invalid,
                  RW_TEXT("run", "The run has ended or is being stopped, so “%1” takes no requests.")
                      .with(titleOf(node)),
                  RW_TEXT("run", "Ask while the pipeline runs."))
        .at(node);
}

Status RunRequests::check(const NodeId& node, NodeRequest request) const {
    const auto found = m_nodes.find(node);
    if (found != m_nodes.end() && found->second.takes == request) return {};
    if (m_plan.pipeline.find(node) == nullptr) {
        return {ErrorCode::NotFound, RW_TEXT("run", "No node of the run is called “%1”.").with(node),
                RW_TEXT("run", "Give the id of one of its nodes.")};
    }
    return Status(ErrorCode::Invalid,
                  RW_TEXT("run", "“%1” has no model that can be reset.").with(titleOf(node)),
                  RW_TEXT("run", "Choose a node that learns and is part of the run."))
        .at(node);
}

std::shared_ptr<NodeRequests> RunRequests::of(const NodeId& node) const {
    const auto found = m_nodes.find(node);
    return found == m_nodes.end() ? nullptr : found->second.requests;
}

void RunRequests::beginFrom(std::uint64_t checkpoint) const {
    for (const auto& [id, node] : m_nodes) node.requests->beginFrom(checkpoint);
}

void RunRequests::setAtBarriers(bool atBarriers) const {
    for (const auto& [id, node] : m_nodes) node.requests->setAtBarriers(atBarriers);
}

std::vector<std::pair<NodeId, Text>> RunRequests::end() const {
    std::vector<std::pair<NodeId, Text>> notes;
    for (const auto& [id, node] : m_nodes) {
        if (!node.requests->end()) continue;
        notes.emplace_back(id, RW_TEXT("run", "The model was not reset: the run ended before it could be."));
    }
    return notes;
}

std::string RunRequests::titleOf(const NodeId& node) const {
    const Node* const found = m_plan.pipeline.find(node);
    return found != nullptr ? found->shownTitle() : node;
}

}  // namespace rw

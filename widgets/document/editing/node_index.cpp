#include "widgets/document/editing/node_index.h"

#include <algorithm>
#include <set>

#include "core/pipeline/subflow.h"

namespace rw::ui {

namespace {

bool same(const Issue& a, const Issue& b) {
    return a.severity == b.severity && a.message == b.message && a.fix == b.fix && a.param == b.param &&
           a.item == b.item && a.position == b.position && a.length == b.length && a.port == b.port &&
           a.missing == b.missing && a.offered == b.offered && a.quickFixes == b.quickFixes;
}

bool same(const std::vector<const Issue*>& a, const std::vector<const Issue*>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Issue* x, const Issue* y) { return same(*x, *y); });
}

bool alikeChanging(const std::vector<StreamType>& a, const std::vector<StreamType>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const StreamType& x, const StreamType& y) { return x.updating == y.updating; });
}

bool same(const TypedNode& a, const TypedNode& b) {
    if ((a.bound == nullptr) != (b.bound == nullptr)) return false;
    if (a.bound != nullptr &&
        !(a.bound->summary == b.bound->summary && alikeChanging(a.bound->outputs, b.bound->outputs)))
        return false;
    return std::equal(a.inputs.begin(), a.inputs.end(), b.inputs.begin(), b.inputs.end(), alikeChanging);
}

/// Subflows of one whose files are others in the other: so may their ports be.
void addOtherFiles(const Validated& one, const Validated& other, std::set<NodeId>& nodes) {
    if (!one.expanded) return;
    for (const auto& [id, file] : one.expanded->subflows) {
        const bool same = other.expanded && other.expanded->subflows.contains(id) &&
                          other.expanded->subflows.at(id) == file;
        if (!same) nodes.insert(id);
    }
}

}  // namespace

const Node* NodeIndex::find(const Pipeline& pipeline, std::uint64_t structure, const NodeId& id) const {
    if (structure != m_structure) {
        m_places.clear();
        m_places.reserve(pipeline.nodes.size());
        for (std::size_t i = 0; i < pipeline.nodes.size(); ++i) m_places.emplace(pipeline.nodes[i].id, i);
        m_structure = structure;
        m_visited += pipeline.nodes.size();
    }
    ++m_visited;
    const auto found = m_places.find(id);
    return found != m_places.end() ? &pipeline.nodes[found->second] : nullptr;
}

IssueIndex::IssueIndex(const Validated& validated) {
    for (const Issue& issue : validated.issues) m_issues[issue.node].push_back(&issue);
}

const std::vector<const Issue*>& IssueIndex::of(const NodeId& node) const {
    const auto found = m_issues.find(node);
    return found != m_issues.end() ? found->second : m_none;
}

std::vector<NodeId> nodesWithOtherResults(const Validated& before, const Validated& now) {
    std::set<NodeId> nodes;
    const TypedNode nothing;
    const auto typedIn = [&nothing](const Validated& all, const NodeId& id) -> const TypedNode& {
        const auto found = all.nodes.find(id);
        return found != all.nodes.end() ? found->second : nothing;
    };
    for (const auto& [id, typed] : now.nodes) {
        if (!same(typed, typedIn(before, id))) nodes.insert(id);
    }
    for (const auto& [id, typed] : before.nodes) {
        if (now.nodes.count(id) == 0) nodes.insert(id);
    }
    addOtherFiles(before, now, nodes);
    addOtherFiles(now, before, nodes);
    const IssueIndex old(before), current(now);
    for (const Validated* each : {&before, &now}) {
        for (const Issue& issue : each->issues) {
            if (nodes.count(issue.node) == 0 && !same(old.of(issue.node), current.of(issue.node)))
                nodes.insert(issue.node);
        }
    }
    return {nodes.begin(), nodes.end()};
}

}  // namespace rw::ui

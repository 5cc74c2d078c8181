// The data of a node of a document, found by its id without looking through everything: asked for every
// card and wire, a search would make large pipelines quadratic.
#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/pipeline/validate.h"

namespace rw::ui {

/// The places of a pipeline's nodes. Built again when nodes have come or gone since.
class NodeIndex {
 public:
    /// The first node of that id, null when there is none. `structure` changes whenever nodes come or go.
    const Node* find(const Pipeline& pipeline, std::uint64_t structure, const NodeId& id) const;
    /// How many nodes were looked at so far, to make the index or to find one. For tests: a count is the same
    /// on every machine, a time is not.
    std::uint64_t visited() const { return m_visited; }

 private:
    mutable std::unordered_map<NodeId, std::size_t> m_places{};
    mutable std::uint64_t m_structure = 0;  ///< of an empty document
    mutable std::uint64_t m_visited = 0;
};

/// The issues of a validation by their nodes, in the order in which they were found. Points into it.
class IssueIndex {
 public:
    IssueIndex() = default;
    explicit IssueIndex(const Validated& validated);
    const std::vector<const Issue*>& of(const NodeId& node) const;

 private:
    std::unordered_map<NodeId, std::vector<const Issue*>> m_issues{};
    std::vector<const Issue*> m_none{};
};

/// The nodes whose results differ between `before` and `now`: other issues, another summary, other rows that
/// change. With the empty id among them the results of the pipeline as a whole differ.
std::vector<NodeId> nodesWithOtherResults(const Validated& before, const Validated& now);

}  // namespace rw::ui

// The wires of a pipeline by the nodes at their ends, for looking at many nodes at once.
#pragma once
#include <unordered_map>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

/// Valid until the pipeline changes.
class WireIndex {
 public:
    explicit WireIndex(const Pipeline& pipeline);
    const std::vector<const Wire*>& into(const NodeId& node) const { return at(m_into, node); }
    const std::vector<const Wire*>& outOf(const NodeId& node) const { return at(m_outOf, node); }

 private:
    using Map = std::unordered_map<NodeId, std::vector<const Wire*>>;
    const std::vector<const Wire*>& at(const Map& map, const NodeId& node) const;
    Map m_into, m_outOf;
    const std::vector<const Wire*> m_none;
};

}  // namespace rw::ui

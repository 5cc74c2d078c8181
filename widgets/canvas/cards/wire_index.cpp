#include "widgets/canvas/cards/wire_index.h"

namespace rw::ui {

WireIndex::WireIndex(const Pipeline& pipeline) {
    for (const Wire& wire : pipeline.wires) {
        m_into[wire.to.node].push_back(&wire);
        m_outOf[wire.from.node].push_back(&wire);
    }
}

const std::vector<const Wire*>& WireIndex::at(const Map& map, const NodeId& node) const {
    const auto found = map.find(node);
    return found != map.end() ? found->second : m_none;
}

}  // namespace rw::ui

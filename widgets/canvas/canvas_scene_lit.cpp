// The way of an answer on the canvas: what is off it is faint, and cards on it say what they did to the rows.
#include <utility>

#include "widgets/canvas/canvas_scene.h"

namespace rw::ui {

void CanvasScene::setLit(const LitPath& path) {
    if (path == m_lit) return;
    Ids others;
    for (const LitPath* each : {&std::as_const(m_lit), &path}) {
        for (const auto& [node, words] : each->cards) others.insert(node);
    }
    const bool begins = !path.empty() && path.asked != m_lit.asked;
    m_lit = path;
    m_litWires.clear();
    for (const LitPath::Lit& each : path.wires) m_litWires[ItemRef(each.wire)] = each.rows;
    if (m_awake) {
        if (refreshCards(others)) Q_EMIT contentMoved();
    } else {
        m_behind = true;
        m_putOff.merge(others);
    }
    // Opacity alone: no picture of a card is made anew by it.
    for (const auto& [id, item] : m_nodes) refreshFaint(*item);
    for (WireItem* item : m_wires) {
        refreshFaint(*item);
        refreshWire(*item);
    }
    Q_EMIT litChanged();
    if (begins) Q_EMIT askedAbout(m_lit.asked);
}

// It stands where the card else has what its node waits for, or what is wrong with it, which the badge says
// still.
void CanvasScene::showPath(CardModel& card) const {
    const auto found = m_lit.cards.find(card.id);
    if (found == m_lit.cards.end() || found->second.isEmpty()) return;
    card.strip = found->second;
    card.stripKind = StripKind::Path;
}

/// Rows of the answer that came by the wire; nothing: it is off its way, or that is not known.
std::optional<std::uint64_t> CanvasScene::rowsTraced(const ItemRef& wire) const {
    const auto found = m_litWires.find(wire);
    if (found == m_litWires.end() || found->second == 0) return std::nullopt;
    return found->second;
}

void CanvasScene::refreshFaint(NodeItem& item) {
    item.setFaint(!m_lit.empty() && !m_lit.cards.contains(item.id()));
}

void CanvasScene::refreshFaint(WireItem& item) {
    item.setFaint(!m_lit.empty() && !m_litWires.contains(item.item()));
}

}  // namespace rw::ui

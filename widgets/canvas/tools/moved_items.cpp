#include "widgets/canvas/tools/moved_items.h"

#include <algorithm>

namespace rw::ui {

std::vector<ItemRef> movedWithSelection(const CanvasScene& scene) {
    const Selection& selection = scene.document().selection();
    std::vector<ItemRef> items;
    std::vector<QRectF> frames;
    for (const ItemRef& item : selection.items()) {
        const QRectF rect = drawnRect(scene, item);
        if (rect.isNull()) continue;
        items.push_back(item);
        if (item.note() != nullptr) frames.push_back(rect);
    }
    if (frames.empty()) return items;
    for (const auto& [id, card] : scene.nodes()) {
        const bool inside = std::any_of(frames.begin(), frames.end(), [&](const QRectF& frame) {
            return frame.contains(card->cardRect());
        });
        if (inside && !selection.contains(id)) items.emplace_back(id);
    }
    return items;
}

QRectF drawnRect(const CanvasScene& scene, const ItemRef& item) {
    const NodeItem* card = item.node() != nullptr ? scene.node(*item.node()) : nullptr;
    const NoteItem* frame = item.note() != nullptr ? scene.note(*item.note()) : nullptr;
    if (card != nullptr) return {card->pos(), card->layout().card.size()};
    return frame != nullptr ? frame->frame() : QRectF();
}

}  // namespace rw::ui

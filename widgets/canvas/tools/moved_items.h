// The items that move with the selection, by mouse or by keyboard.
#pragma once
#include <vector>

#include "widgets/canvas/canvas_scene.h"

namespace rw::ui {

/// The selected nodes and comments, and the cards that lie wholly inside a selected comment; each once.
std::vector<ItemRef> movedWithSelection(const CanvasScene& scene);

/// Where a card or a comment is drawn; null: it is gone.
QRectF drawnRect(const CanvasScene& scene, const ItemRef& item);

}  // namespace rw::ui

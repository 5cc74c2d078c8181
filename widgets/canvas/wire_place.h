// Finds a place for a new card between the two cards of a wire.
#pragma once
#include <QRectF>
#include <map>
#include <optional>
#include <vector>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

struct WirePlace {
    QPointF corner;
    /// Cards that go right to make room, all by the same, and how far; none: there is room.
    std::vector<NodeId> moved{};
    double by = 0;
};

/// For a card of `size` on `wire` of `pipeline`, whose cards are `cards`; `y` is where its top is wanted.
/// Right of the first card and left of the second one, on none of the others, with room for the wires. Where
/// there is too little of it, what is downstream of the wire goes right, and whatever that would run into.
/// Nothing where the wire does not lead to the right, or where others fill the room.
std::optional<WirePlace> placeOnWire(const Pipeline& pipeline, const std::map<NodeId, QRectF>& cards,
                                     const Wire& wire, QSizeF size, double y);

}  // namespace rw::ui

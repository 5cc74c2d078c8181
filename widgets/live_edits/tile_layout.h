// Tiles of one width in a row, which go on in further rows where the width is used up.
#pragma once
#include "widgets/theme/flow_layout.h"

namespace rw::ui {

/// All tiles are as wide as the widest needs at least, or wider; rows have as many as each other, but for the
/// last. Hidden ones take no place.
class TileLayout final : public FlowLayout {
 public:
    using FlowLayout::FlowLayout;

    Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
    int heightForWidth(int width) const override;
    void setGeometry(const QRect& rect) override;

 private:
    /// Returns the height used; moves the tiles only if `place`.
    int arrange(const QRect& rect, bool place) const;
};

}  // namespace rw::ui

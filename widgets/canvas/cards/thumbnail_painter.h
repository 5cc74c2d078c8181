// The small live pictures on sink cards, painted from copies of what core/views holds.
#pragma once
#include <QPainter>
#include <QString>
#include <memory>

#include "core/stream/live_view.h"

namespace rw::ui {

/// Paints the view's newest state into `rect`; false when there is nothing to show yet.
bool paintThumbnail(QPainter& painter, const QRectF& rect, const LiveView& view);

/// Axes in dim and one line of words: nothing to show yet.
void paintEmptyThumbnail(QPainter& painter, const QRectF& rect, const QString& words);

}  // namespace rw::ui

// The small live pictures on sink cards of the canvas, in scene units, painted from copies of the data of
// core/views. Each chart paints its own; chart_kinds.h knows which.
#pragma once
#include <QPainter>
#include <QString>
#include <memory>

#include "core/stream/live_view.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

/// Paints the view's newest state into `rect`; false when there is nothing to show yet.
bool paintThumbnail(QPainter& painter, const QRectF& rect, const LiveView& view);

/// Axes in dim and one line of words: nothing to show yet.
void paintEmptyThumbnail(QPainter& painter, const QRectF& rect, const QString& words);

/// A line of text as thumbnails have them, cut at its end where it is too long.
void paintThumbnailText(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color,
                        Qt::Alignment align = Qt::AlignLeft, TextStyle style = TextStyle::CodeTiny);

}  // namespace rw::ui

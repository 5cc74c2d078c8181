#include "widgets/charts/thumbnail.h"

#include "widgets/charts/chart_kinds.h"
#include "widgets/theme/scene_fonts.h"

namespace rw::ui {

bool paintThumbnail(QPainter& painter, const QRectF& rect, const LiveView& view) {
    const ChartKind* kind = chartKindOf(view);
    if (kind == nullptr) return false;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setClipRect(rect, Qt::IntersectClip);
    const bool shown = kind->thumbnail(painter, rect.adjusted(1, 1, -1, -1), view);
    painter.restore();
    return shown;
}

void paintEmptyThumbnail(QPainter& painter, const QRectF& rect, const QString& words) {
    const Tokens& tokens = Theme::of().tokens();
    painter.setPen(QPen(tokens.line, 1));
    for (int i = 1; i < 4; ++i) {
        const double y = rect.top() + rect.height() * i / 4;
        painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y));
    }
    // As many lines as they need: the words are the only thing there is to see.
    constexpr int kWrapped = static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap);
    painter.setFont(sceneFont(TextStyle::Caption));
    const QRectF room = rect.adjusted(6, 2, -6, -2);
    const QRectF place = painter.boundingRect(room, kWrapped, words).intersected(room);
    painter.fillRect(place.adjusted(-4, -1, 4, 1), tokens.field);
    painter.setPen(tokens.dim);
    painter.drawText(room, kWrapped, words);
}

void paintThumbnailText(QPainter& painter, const QRectF& rect, const QString& text, const QColor& color,
                        Qt::Alignment align, TextStyle style) {
    const QFont font = sceneFont(style);
    painter.setFont(font);
    painter.setPen(color);
    painter.drawText(rect, static_cast<int>(align | Qt::AlignVCenter | Qt::TextSingleLine),
                     elided(text, font, rect.width(), Qt::ElideRight));
}

}  // namespace rw::ui

#include "widgets/theme/scene_fonts.h"

#include <QFontMetricsF>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

QFont sceneFont(TextStyle style) {
    const Theme& theme = Theme::of();
    QFont font = theme.font(style);
    font.setPixelSize(qMax(1, qRound(font.pixelSize() * 100.0 / theme.settings().textZoomPercent)));
    return font;
}

QString elided(const QString& text, const QFont& font, double width, Qt::TextElideMode mode) {
    return QFontMetricsF(font).elidedText(shownText(text), mode, width);
}

double textWidth(const QString& text, const QFont& font) {
    return QFontMetricsF(font).horizontalAdvance(shownText(text));
}

}  // namespace rw::ui

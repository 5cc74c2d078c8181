#include "widgets/charts/drawing/figure.h"

#include <QFontMetrics>

#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr int kUnitAboveGround = 4;  ///< its smaller type stands on the line of the number
}

double paintFigure(QPainter& painter, const QRectF& rect, const Figure& figure, const Theme& theme,
                   Qt::AlignmentFlag align) {
    const Tokens& tokens = theme.tokens();
    const QFont large = theme.font(TextStyle::NumberCard), small = theme.font(TextStyle::Body);
    const int number = QFontMetrics(large).horizontalAdvance(figure.number);
    const QString words = shownText(figure.unit);
    const int unit = words.isEmpty() ? 0 : metrics::kGrid + QFontMetrics(small).horizontalAdvance(words);
    const double aside = align == Qt::AlignHCenter ? (rect.width() - number - unit) / 2 : 0;
    const QRectF place = rect.adjusted(aside, 0, 0, 0);
    painter.setFont(large);
    painter.setPen(figure.beyond ? tokens.error.text : tokens.text);
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, figure.number);
    painter.setFont(small);
    painter.setPen(tokens.dim);
    painter.drawText(place.adjusted(number + metrics::kGrid, 0, 0, -kUnitAboveGround),
                     Qt::AlignLeft | Qt::AlignBottom, words);
    return number + unit;
}

}  // namespace rw::ui

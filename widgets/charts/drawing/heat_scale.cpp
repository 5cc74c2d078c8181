#include "widgets/charts/drawing/heat_scale.h"

#include <QPainter>
#include <algorithm>

#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kBlock = 16;               ///< pixels, of a colour
constexpr qsizetype kMostNameLetters = 60;  ///< of a name from the data

}  // namespace

QColor heatColor(const Tokens& tokens, double value, const Range& values) {
    const double step = (value - values.from) / values.length() * static_cast<double>(tokens.heat.size());
    return tokens
        .heat[static_cast<std::size_t>(std::clamp(step, 0.0, static_cast<double>(tokens.heat.size() - 1)))];
}

HeatScale::HeatScale(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void HeatScale::set(const Range& values, const QString& name) {
    m_values = values;
    m_name = shownText(name, kMostNameLetters);
    setAccessibleName(tr("%1 from %2 to %3").arg(m_name, roundedText(values.from), roundedText(values.to)));
    updateGeometry();
    update();
}

void HeatScale::setIndent(int pixels) {
    m_indent = pixels;
    update();
}

QSize HeatScale::sizeHint() const {
    return {0, Theme::of(this).lineHeight(TextStyle::Caption) + metrics::kStep};
}

void HeatScale::paintInto(QPainter& painter, const QRectF& rect) const {
    const Theme& theme = Theme::of(this);
    const Tokens& tokens = theme.tokens();
    double x = rect.left() + m_indent;
    const auto say = [&](const QString& words, TextStyle style) {
        painter.setFont(theme.font(style));
        painter.setPen(tokens.dim);
        const double wide = painter.fontMetrics().horizontalAdvance(words) + 1;
        painter.drawText(QRectF(x, rect.top(), wide, rect.height()), Qt::AlignLeft | Qt::AlignVCenter, words);
        x += wide + metrics::kGrid;
    };
    say(roundedText(m_values.from), TextStyle::CodeSmall);
    const double height = std::min(rect.height(), static_cast<double>(metrics::kIconTiny));
    for (const QColor& color : tokens.heat) {
        painter.fillRect(QRectF(x, rect.center().y() - height / 2, kBlock, height), color);
        x += kBlock;
    }
    x += metrics::kGrid;
    say(roundedText(m_values.to), TextStyle::CodeSmall);
    say(m_name, TextStyle::Caption);
}

void HeatScale::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintInto(painter, rect());
}

}  // namespace rw::ui

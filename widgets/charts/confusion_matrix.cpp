// A heat map as a confusion matrix: the numbers in its cells, the frames on its diagonal, its shares.
#include <QPainter>
#include <cmath>

#include "widgets/charts/drawing/heat_scale.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/heat_map_chart.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr double kFrame = 2;  ///< pixels

/// The one of these that is read best on the colour.
QColor onColor(const Tokens& tokens, const QColor& below) {
    return contrastRatio(tokens.text, below) >= contrastRatio(tokens.bg, below) ? tokens.text : tokens.bg;
}

}  // namespace

std::size_t HeatMapChart::columnPlace(const HeatCell& cell) const {
    return static_cast<std::size_t>(std::lround(cell.x - m_shot.picture.left));
}

double HeatMapChart::sumOfRow(const HeatCell& cell) const {
    double sum = 0;
    for (const HeatCell& each : m_shot.picture.cells) {
        if (rowPlace(each) == rowPlace(cell)) sum += each.value;
    }
    return sum;
}

QString HeatMapChart::matrixText() const {
    double all = 0, equal = 0;
    for (const HeatCell& cell : m_shot.picture.cells) {
        all += cell.value;
        if (rowPlace(cell) == columnPlace(cell)) equal += cell.value;
    }
    if (all <= 0) return tr("%1 in all").arg(shownNumber(all));
    return tr("%1 in all, %2 on the diagonal").arg(shownNumber(all), shareText(equal / all));
}

// Of a number that does not fit the tooltip tells.
void HeatMapChart::paintNumber(QPainter& painter, const QRectF& box, const HeatCell& cell) const {
    const Theme& theme = Theme::of(this);
    painter.setFont(theme.font(TextStyle::Code));
    const QString number = shownNumber(cell.value);
    const QFontMetricsF figures(painter.font());
    if (figures.horizontalAdvance(number) > box.width() || figures.height() > box.height()) return;
    painter.setPen(onColor(theme.tokens(), heatColor(theme.tokens(), cell.value, m_values)));
    painter.drawText(box, Qt::AlignCenter, number);
}

// Also where no row is of a pair.
void HeatMapChart::paintDiagonal(QPainter& painter) const {
    const HeatPicture& picture = m_shot.picture;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::of(this).tokens().ok.line, kFrame));
    for (std::size_t i = 0; i < picture.names.size(); ++i) {
        const auto place = static_cast<double>(i);
        const QRectF box = boxOf({picture.left + place, picture.top - 1 - place, 0});
        painter.drawRect(box.adjusted(kFrame / 2, kFrame / 2, -kFrame / 2, -kFrame / 2));
    }
}

ChartTable HeatMapChart::matrixTable() const {
    ChartTable table{{{QString::fromStdString(cells().info().y.name)},
                      {QString::fromStdString(cells().info().x.name)},
                      {QStringLiteral("value"), true},
                      {QStringLiteral("share_of_row"), true}}};
    for (const HeatCell& cell : m_shot.picture.cells) {
        const double sum = sumOfRow(cell);
        table.rows.push_back({rowText(cell), QString::fromStdString(m_shot.picture.names[columnPlace(cell)]),
                              csvNumber(cell.value), sum > 0 ? csvNumber(cell.value / sum) : QString()});
    }
    return table;
}

}  // namespace rw::ui

// The strips of states below a plot, and what they mean for the picture above.
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <cmath>

#include "widgets/charts/drawing/plot.h"
#include "widgets/theme/control_painter.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"

namespace rw::ui {

namespace {

constexpr int kBesideStrip = 6;
constexpr int kLeastForStrips = 150;          ///< height, in pixels: in less the picture needs it all
constexpr std::size_t kMostRaisedLines = 12;  ///< more would hide the picture

}  // namespace

int Plot::heightOfStrips() const {
    if (m_strips.empty() || height() < m_theme.scaled(kLeastForStrips)) return 0;
    return static_cast<int>(m_strips.size()) * (stripHeight(m_theme) + metrics::kStep) + metrics::kStep;
}

QRectF Plot::placeOfStrip(std::size_t strip) const {
    const QRectF area = plotArea();
    const int height = stripHeight(m_theme), step = height + metrics::kStep;
    return {area.left(), area.bottom() + 2 * metrics::kStep + static_cast<int>(strip) * step, area.width(),
            static_cast<double>(height)};
}

void Plot::paintStrips(QPainter& painter) const {
    if (heightOfStrips() == 0) return;
    painter.save();
    painter.setFont(m_theme.font(TextStyle::Caption));
    const QFontMetrics words(painter.font());
    for (std::size_t i = 0; i < m_strips.size(); ++i) {
        const QRectF place = placeOfStrip(i);
        paintStrip(painter, m_theme, m_strips[i], place,
                   [this](double time) { return toScene(time, 0).x(); });
        const QRectF beside(0, place.top(), place.left() - kBesideStrip, place.height());
        painter.setPen(m_theme.tokens().dim);
        painter.drawText(
            beside, Qt::AlignRight | Qt::AlignVCenter,
            words.elidedText(m_strips[i].name, Qt::ElideRight, static_cast<int>(beside.width())));
    }
    painter.restore();
}

// Where there were no rows nobody should read anything into the picture; and where an alert was raised is
// told by a line to its block.
void Plot::paintStates(QPainter& painter) const {
    if (heightOfStrips() == 0) return;
    const Tokens& tokens = m_theme.tokens();
    const QRectF area = plotArea();
    std::vector<double> raised;
    for (const StateStrip& strip : m_strips) {
        for (const StateStrip::Block& block : strip.blocks) {
            const auto from = static_cast<double>(block.span.from), to = static_cast<double>(block.span.to);
            if (to <= m_x.from || from >= m_x.to) continue;
            if (block.span.sign == RuleSign::Raised && from >= m_x.from) raised.push_back(from);
            if (block.span.sign != RuleSign::Quiet) continue;
            const QRectF gap(QPointF(toScene(from, 0).x(), area.top()),
                             QPointF(toScene(to, 0).x(), area.bottom()));
            painter.fillRect(gap.intersected(area), hatchBrush(shaded(tokens.dim, Shade::Hatch),
                                                               painter.device()->devicePixelRatioF()));
        }
    }
    if (raised.size() > kMostRaisedLines) return;
    painter.setPen(QPen(tokens.error.line, 1, Qt::DotLine));
    for (const double at : raised) {
        const double x = std::round(toScene(at, 0).x());
        painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
    }
}

QString Plot::tipAt(const QPointF& place) const {
    for (std::size_t i = 0; heightOfStrips() > 0 && i < m_strips.size(); ++i) {
        if (!placeOfStrip(i).contains(place)) continue;
        const StateStrip::Block* const block = m_strips[i].at(valueAt(place.x()));
        return block == nullptr ? m_strips[i].title : stripTip(m_strips[i].title, block->span, m_lookX.zone);
    }
    return {};
}

bool Plot::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto& help = *static_cast<QHelpEvent*>(event);
        QToolTip::showText(help.globalPos(), tipText(tipAt(help.pos())), this);
        return true;
    }
    return QChartView::viewportEvent(event);
}

}  // namespace rw::ui

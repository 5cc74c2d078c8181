#include "widgets/welcome/demo_sketch.h"

#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "widgets/theme/control_painter.h"
#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr QSizeF kDrawnFor(408, 136);  // the picture is laid out for this and scaled into its place
constexpr QRect kSource(24, 32, 108, 40), kWindow(156, 32, 92, 40);
constexpr QRect kLines(270, 12, 120, 53), kBars(270, 74, 120, 51);

void paintNode(QPainter& painter, const QRect& at, const KindColors& kind, const QString& name) {
    const Theme& theme = Theme::of();
    paintBox(painter, at, theme.tokens().panel2, theme.tokens().line2, metrics::kControlRadius);
    painter.setPen(Qt::NoPen);
    painter.setBrush(kind.fill);
    painter.drawRoundedRect(QRect(at.left(), at.top(), 4, at.height()), metrics::kBarRadius,
                            metrics::kBarRadius);
    painter.setFont(sceneFont(TextStyle::CaptionStrong));
    painter.setPen(theme.tokens().text);
    const QRect room = at.adjusted(12, 0, -6, 0);
    painter.drawText(room, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(name, Qt::ElideRight, room.width()));
}

void paintWire(QPainter& painter, QPointF from, QPointF to) {
    const double handle = std::max(12.0, (to.x() - from.x()) / 2);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(handle, 0), to - QPointF(handle, 0), to);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(Theme::of().tokens().wireFlowing, 2));
    painter.drawPath(path);
}

/// Three series that look like load: sums of waves, the same each time.
void paintLines(QPainter& painter, const QRect& at) {
    const Tokens& tokens = Theme::of().tokens();
    paintBox(painter, at, tokens.field, tokens.line2, metrics::kControlRadius);
    const QRect plot = at.adjusted(6, 8, -6, -8);
    const QRect open(plot.right() - plot.width() / 3, at.top() + 2, plot.width() / 3, at.height() - 4);
    painter.fillRect(open, mixed(tokens.accent, tokens.field, Shade::Zone));
    painter.setBrush(Qt::NoBrush);
    for (std::size_t series = 0; series < 4; ++series) {
        const double level = 0.2 + 0.22 * static_cast<double>(series),
                     turn = static_cast<double>(series) * 1.7;
        QPainterPath path;
        for (int x = 0; x <= plot.width(); x += 3) {
            const double wave = 0.07 * std::sin(x / 7.0 + turn) + 0.05 * std::sin(x / 2.9 + 3 * turn);
            const QPointF point(plot.left() + x, plot.top() + plot.height() * (level + wave));
            x == 0 ? path.moveTo(point) : path.lineTo(point);
        }
        painter.setPen(QPen(tokens.series[series], 1.4));
        painter.drawPath(path);
    }
}

/// A bell with a tail to the right, as loads are spread.
void paintBars(QPainter& painter, const QRect& at) {
    const Tokens& tokens = Theme::of().tokens();
    paintBox(painter, at, tokens.field, tokens.line2, metrics::kControlRadius);
    constexpr int bars = 24;
    const QRectF plot = QRectF(at).adjusted(7, 6, -7, -5);
    const double step = plot.width() / bars;
    for (int bar = 0; bar < bars; ++bar) {
        const double off = bar - 9;
        const double height = std::exp(-off * off / (off < 0 ? 16 : 42)) * plot.height();
        painter.fillRect(QRectF(plot.left() + bar * step, plot.bottom() - height, step - 1, height),
                         tokens.series[0]);
    }
    painter.setPen(QPen(tokens.text, 1, Qt::DotLine));
    for (const double share : {0.42, 0.76}) {
        const double x = plot.left() + share * plot.width();
        painter.drawLine(QPointF(x, plot.top()), QPointF(x, plot.bottom()));
    }
}

}  // namespace

DemoSketch::DemoSketch(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

QSize DemoSketch::sizeHint() const {
    return {kDrawnFor.toSize().width(), Theme::of(this).scaled(kDrawnFor.toSize().height())};
}

void DemoSketch::paintEvent(QPaintEvent*) {
    const Tokens& tokens = Theme::of(this).tokens();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const double scale = std::min(width() / kDrawnFor.width(), height() / kDrawnFor.height());
    painter.translate((width() - kDrawnFor.width() * scale) / 2, (height() - kDrawnFor.height() * scale) / 2);
    painter.scale(scale, scale);
    const double middle = kSource.center().y() + 0.5;
    paintWire(painter, {kSource.right() + 1.0, middle}, {1.0 * kWindow.left(), middle});
    for (const QRect& chart : {kLines, kBars})
        paintWire(painter, {kWindow.right() + 1.0, middle}, {1.0 * chart.left(), chart.center().y() + 0.5});
    paintNode(painter, kSource, tokens.source, tr("CPU per core"));
    paintNode(painter, kWindow, tokens.op, tr("Average"));
    paintLines(painter, kLines);
    paintBars(painter, kBars);
}

}  // namespace rw::ui

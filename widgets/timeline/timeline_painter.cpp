#include "widgets/timeline/timeline_painter.h"

#include <algorithm>
#include <cmath>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/theme/control_painter.h"
#include "widgets/timeline/timeline_words.h"

namespace rw::ui {

namespace {

constexpr int kBaseLine = 6;       // of an early result
constexpr int kLatenessEnd = 18;   // the hatched end of a window that takes late rows
constexpr int kTriangle = 8;       // wide
constexpr int kMostTriangles = 4;  // for the late rows of a window
constexpr int kMarkLine = 3;       // of a watermark
constexpr int kRing = 6;
constexpr int kLabelWidth = 96;  // of a time on the axis
constexpr double kFar = 1e6;     // pixels beyond which nothing is drawn

}  // namespace

double TimeScale::at(Instant time) const {
    if (time == kMinTimestamp) return -kFar;
    if (time == kMaxTimestamp) return kFar;
    const double share =
        static_cast<double>(time - span.from) / static_cast<double>(std::max<Millis>(span.length(), 1));
    return std::clamp(left + share * width, -kFar, kFar);
}

Instant TimeScale::timeAt(double x) const {
    return span.from +
           static_cast<Millis>((x - left) / std::max(width, 1) * static_cast<double>(span.length()));
}

std::vector<Tick> ticksOf(const TimeScale& scale, const QTimeZone& zone) {
    return timeTicks(scale.span.from, scale.span.to, std::max(scale.width / kLabelWidth, 1), zone);
}

BarLook lookOf(const LaneWindow& window) {
    switch (window.state) {
        case LaneWindow::State::Open:
            return BarLook::Open;
        case LaneWindow::State::Early:
            return BarLook::Early;
        case LaneWindow::State::Lateness:
            return BarLook::Lateness;
        case LaneWindow::State::Waits:
            return BarLook::Waits;
        case LaneWindow::State::Fired:
            break;
    }
    return BarLook::Fired;
}

void paintBar(QPainter& painter, const Theme& theme, const QRect& bar, BarLook look, int early) {
    const Tokens& t = theme.tokens();
    const double ratio = painter.device()->devicePixelRatioF();
    painter.save();
    painter.setBrushOrigin(bar.topLeft());
    if (look == BarLook::Fired || look == BarLook::Lateness) {
        paintBox(painter, bar, t.firedWindow, t.firedWindow, metrics::kBarRadius);
        if (look == BarLook::Lateness) {
            QRect end = bar.adjusted(1, 1, -1, -1);
            end.setLeft(std::max(end.left(), end.right() - kLatenessEnd + 1));
            painter.fillRect(end, t.op.tint);
            painter.fillRect(end, hatchBrush(t.op.text, ratio));
        }
    } else {
        const bool waits = look == BarLook::Waits;
        const QColor& edge = waits ? t.accent : t.op.text;
        paintBox(painter, bar, waits ? t.selected : t.op.tint, edge, metrics::kBarRadius, 1,
                 waits ? Qt::DashLine : Qt::SolidLine);
        painter.fillRect(bar.adjusted(1, 1, -1, -1), hatchBrush(shaded(edge, Shade::Hatch), ratio));
        if (look == BarLook::Early) {
            const QRect inside = bar.adjusted(1, 1, -1, -1);
            const int base = std::min(kBaseLine, inside.height() / 2);
            painter.fillRect(QRect(inside.left(), inside.bottom() - base + 1,
                                   std::clamp(early - inside.left(), 0, inside.width()), base),
                             t.accent);
        }
    }
    painter.restore();
}

void paintLateMark(QPainter& painter, const Theme& theme, const QPoint& tip) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.tokens().warn.line);
    painter.drawPolygon(QPolygon({{tip.x() - kTriangle / 2, tip.y() - kTriangle + 1},
                                  {tip.x() + kTriangle / 2, tip.y() - kTriangle + 1},
                                  tip}));
    painter.restore();
}

int TimelinePainter::heightOf(const Theme& theme, const TimelineLine& line) {
    if (line.kind != TimelineLine::Kind::Lane) return theme.scaled(kLine);
    std::size_t rows = line.strips.size();
    for (const LaneStrip& strip : line.strips) {
        for (const LaneWindow& window : strip.windows)
            rows = std::max(rows, static_cast<std::size_t>(window.row) + 1);
    }
    const int stacked = static_cast<int>(rows) * theme.scaled(kStackedBar + 2) + theme.scaled(kLine);
    return std::max(theme.scaled(kLane), rows > 1 ? stacked : 0);
}

void TimelinePainter::paintGrid(QPainter& painter, const QRect& room) const {
    const Tokens& t = m_theme.tokens();
    painter.save();
    painter.setClipRect(times(room), Qt::IntersectClip);
    painter.setPen(t.line);
    for (const Tick& tick : ticksOf(m_scale, m_model.zone())) {
        const int x = static_cast<int>(m_scale.at(static_cast<Instant>(tick.at)));
        painter.drawLine(x, room.top(), x, room.bottom());
    }
    if (m_model.newest() != kMinTimestamp) {
        const int x = static_cast<int>(m_scale.at(m_model.newest()));
        painter.setPen(QPen(t.dim, 1, Qt::DashLine));
        painter.drawLine(x, room.top(), x, room.bottom());
    }
    painter.restore();
}

void TimelinePainter::paintLine(QPainter& painter, const QRect& room, const TimelineLine& line,
                                const QColor& ground) const {
    const Tokens& t = m_theme.tokens();
    paintNames(painter, room, line);
    if (line.kind == TimelineLine::Kind::Heading) return;
    paintGrid(painter, room);
    painter.save();
    painter.setClipRect(times(room), Qt::IntersectClip);
    if (line.kind == TimelineLine::Kind::Lane) {
        paintLane(painter, room, line);
    } else {
        paintMark(painter, room, line.mark, ground);
    }
    if (m_model.held()) {
        const int x = static_cast<int>(m_scale.at(*m_model.held()));
        painter.fillRect(QRect(x, room.top(), 2, room.height()), t.accent);
    }
    painter.restore();
    if (line.kind == TimelineLine::Kind::Lane) {
        painter.setPen(t.line);
        painter.drawLine(room.bottomLeft(), room.bottomRight());
    }
}

void TimelinePainter::paintNames(QPainter& painter, const QRect& room, const TimelineLine& line) const {
    const Tokens& t = m_theme.tokens();
    QRect names = room.adjusted(metrics::kListPadding, 0, 0, 0);
    names.setRight(m_scale.left - metrics::kGrid);
    const auto write = [&](TextStyle style, const QColor& color, const QRect& place, const QString& words) {
        painter.setFont(m_theme.font(style));
        painter.setPen(color);
        painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                         painter.fontMetrics().elidedText(words, Qt::ElideRight, place.width()));
    };
    if (line.kind == TimelineLine::Kind::Heading) {
        names.setRight(room.right() - metrics::kListPadding);
        painter.fillRect(room, t.panel2);
        write(TextStyle::BodyStrong, t.text, names, TimelineWords::heading());
        return;
    }
    if (line.kind == TimelineLine::Kind::Watermark) {
        const bool holds = !line.mark.holds.isEmpty();
        if (holds) {
            QRect sign(names.right() - metrics::kIconTiny + 1, 0, metrics::kIconTiny, metrics::kIconTiny);
            sign.moveTop(names.center().y() - metrics::kIconTiny / 2);
            paintGlyph(painter, sign, u"hourglass", metrics::kIconTiny, t.accent);
            names.setRight(sign.left() - metrics::kStep);
        }
        const bool live = line.mark.state == PartitionState::Live && line.mark.others == 0;
        return write(TextStyle::CodeSmall,
                     holds  ? t.accent
                     : live ? t.text
                            : t.dim,
                     names, TimelineWords::nameOf(line.mark));
    }
    QStringList below{line.about};
    if (line.otherKeys > 0) below << TimelineWords::otherKeys(line.otherKeys);
    const int head = m_theme.lineHeight(TextStyle::BodyMedium), more = m_theme.lineHeight(TextStyle::Caption);
    int y = names.top() + (names.height() - head - more * static_cast<int>(below.size())) / 2;
    write(TextStyle::BodyStrong, t.text, {names.left(), y, names.width(), head}, line.title);
    y += head;
    for (const QString& words : below) {
        write(TextStyle::Caption, t.dim, {names.left(), y, names.width(), more}, words);
        y += more;
    }
}

QRect TimelinePainter::barOf(const QRect& room, const TimelineLine& line, std::size_t strip,
                             const LaneWindow& window) const {
    std::size_t rows = line.strips.size();
    for (const LaneStrip& each : line.strips) {
        for (const LaneWindow& of : each.windows) rows = std::max(rows, static_cast<std::size_t>(of.row) + 1);
    }
    const int height = m_theme.scaled(rows > 1 ? kStackedBar : kBar), gap = rows > 1 ? 2 : 0;
    const int all = static_cast<int>(rows) * (height + gap) - gap;
    const int top = room.top() + (room.height() - all) / 2 + (rows > 1 ? metrics::kStep : 0);
    const auto row = static_cast<int>(line.strips.size() > 1 ? strip : static_cast<std::size_t>(window.row));
    const int left = static_cast<int>(std::floor(m_scale.at(window.window.start)));
    const int right = static_cast<int>(std::floor(m_scale.at(window.window.end)));
    return {left + 1, top + row * (height + gap), std::max(right - left - 1, 2), height};
}

void TimelinePainter::paintLane(QPainter& painter, const QRect& room, const TimelineLine& line) const {
    const auto& chosen = m_model.chosen();
    bool next = true;
    for (std::size_t strip = 0; strip < line.strips.size(); ++strip) {
        const QString key = QString::fromStdString(line.strips[strip].key);
        for (const LaneWindow& window : line.strips[strip].windows) {
            const QRect bar = barOf(room, line, strip, window);
            const bool waits = window.state == LaneWindow::State::Waits;
            if (bar.right() >= m_scale.left && bar.left() <= m_scale.left + m_scale.width) {
                const bool isChosen = chosen && chosen->node == line.lane.node && chosen->key == key &&
                                      chosen->window == window.window;
                paintWindow(painter, bar, window, waits && next, isChosen);
            }
            next = next && !waits;
        }
    }
    paintLate(painter, room, line);
}

void TimelinePainter::paintWindow(QPainter& painter, const QRect& bar, const LaneWindow& window, bool next,
                                  bool chosen) const {
    const Tokens& t = m_theme.tokens();
    const BarLook look = lookOf(window);
    paintBar(painter, m_theme, bar, look,
             static_cast<int>(m_scale.at(std::min(window.earlyAt, window.window.end))));
    if (chosen) paintFocusRing(painter, bar.adjusted(-2, -2, 2, 2), t, metrics::kControlRadius);
    QRect room = bar.adjusted(metrics::kStep, 0, -metrics::kStep, look == BarLook::Early ? -kBaseLine : 0);
    if (look == BarLook::Lateness) room.setRight(room.right() - kLatenessEnd);
    // Words stand in the part that is in sight.
    room.setLeft(std::max(room.left(), m_scale.left + metrics::kStep));
    room.setRight(std::min(room.right(), m_scale.left + m_scale.width - metrics::kStep));
    const QString words = TimelineWords::insideOf(window, next);
    painter.setFont(m_theme.font(look == BarLook::Waits ? TextStyle::Caption : TextStyle::CodeSmall));
    const bool waits = look == BarLook::Waits;
    const int sign = waits ? metrics::kIconTiny + metrics::kStep : 0;
    const int wide = words.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(words);
    QRect place(0, 0, wide + sign, std::min(painter.fontMetrics().height(), room.height()));
    if (wide == 0 || place.width() > room.width()) {
        if (!waits || room.width() < metrics::kIconTiny) return;
        place.setWidth(metrics::kIconTiny);
    }
    place.moveCenter(room.center());
    if (look != BarLook::Fired && look != BarLook::Lateness)
        painter.fillRect(place.adjusted(-2, 0, 2, 0), waits ? t.selected : t.op.tint);
    if (waits) {
        paintGlyph(painter, QRect(place.left(), place.top(), metrics::kIconTiny, place.height()),
                   u"hourglass", metrics::kIconTiny, t.accent);
        if (place.width() == metrics::kIconTiny) return;
    }
    painter.setPen(waits ? t.accent : look == BarLook::Early ? t.text : t.onFiredWindow);
    painter.drawText(place.adjusted(sign, 0, 0, 0), Qt::AlignCenter, words);
}

void TimelinePainter::paintLate(QPainter& painter, const QRect& room, const TimelineLine& line) const {
    for (const auto& [end, rows] : line.late) {
        const double x = m_scale.at(end);
        if (x < m_scale.left - kTriangle || x > m_scale.left + m_scale.width + kTriangle) continue;
        // As many as rows, up to four: the hover text has the number.
        const int count = static_cast<int>(std::min<std::uint64_t>(rows, kMostTriangles));
        for (int i = 0; i < count; ++i) {
            paintLateMark(
                painter, m_theme,
                {static_cast<int>(x) - (count - 1 - i) * (kTriangle / 2 + 1), room.top() + kTriangle + 2});
        }
    }
}

void TimelinePainter::paintMark(QPainter& painter, const QRect& room, const WatermarkRow& mark,
                                const QColor& ground) const {
    const Tokens& t = m_theme.tokens();
    const int middle = room.center().y();
    const bool holds = !mark.holds.isEmpty(), ended = mark.watermark == kMaxTimestamp;
    const bool idle = mark.state == PartitionState::Idle;
    const auto line = [&](double from, double to, const QPen& pen) {
        painter.setPen(pen);
        painter.drawLine(QPointF(std::max<double>(from, m_scale.left), middle),
                         QPointF(std::min<double>(to, m_scale.left + m_scale.width), middle));
    };
    const double at = m_scale.at(mark.watermark), own = idle ? m_scale.at(mark.own) : at;
    const QColor color = holds ? t.accent : idle || ended ? t.dim : t.wireIdle;
    line(m_scale.left, own, {color, kMarkLine, holds ? Qt::DashLine : Qt::SolidLine, Qt::FlatCap});
    if (idle) line(own, at, {t.dim, 1, Qt::DotLine});
    if (!ended) painter.fillRect(QRectF(at - 1, middle - kRing, 2, 2 * kRing), holds ? t.accent : t.text);
    if (mark.newest != kMinTimestamp && !ended) {
        painter.save();
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(holds ? t.accent : t.text, 1.5));
        painter.setBrush(ground);
        painter.drawEllipse(QPointF(m_scale.at(mark.newest), middle + 0.5), kRing / 2.0, kRing / 2.0);
        painter.restore();
    }
    // Words stand before the end of the line, or behind it where there is no room.
    const QString clock = TimelineWords::clock(mark.watermark, m_model.zone()),
                  remark = TimelineWords::remarkOf(mark, m_model.zone());
    const QString words = remark.isEmpty() ? clock
                          : holds          ? clock + QStringLiteral(" · ") + remark
                                           : remark + QStringLiteral("  ") + clock;
    painter.setFont(m_theme.font(TextStyle::CodeSmall));
    const int wide = painter.fontMetrics().horizontalAdvance(words) + 2 * metrics::kStep;
    QRect place(0, room.top() + 1, wide, room.height() - 2);
    const int end = static_cast<int>(std::min<double>(own, m_scale.left + m_scale.width));
    const int right = static_cast<int>(std::max(at, m_scale.at(mark.newest))) + kRing + metrics::kStep;
    if (right + wide <= m_scale.left + m_scale.width) {
        place.moveLeft(std::max(right, m_scale.left));
    } else {
        place.moveRight(std::max(end - kRing - metrics::kStep, m_scale.left + wide));
    }
    painter.fillRect(place, ground);
    painter.setPen(holds ? t.accent : remark.isEmpty() ? t.text : t.dim);
    painter.drawText(place, Qt::AlignCenter, words);
}

const LaneWindow* TimelinePainter::windowAt(const QRect& room, const TimelineLine& line, const QPoint& place,
                                            QString& key) const {
    if (!times(room).contains(place)) return nullptr;  // bars go on behind the names
    const LaneWindow* nearest = nullptr;
    for (std::size_t strip = 0; strip < line.strips.size(); ++strip) {
        for (const LaneWindow& window : line.strips[strip].windows) {
            // The triangles of its late rows stand above it.
            QRect bar = barOf(room, line, strip, window);
            if (window.row == 0 && strip == 0) bar.setTop(room.top());
            if (!bar.contains(place)) continue;
            nearest = &window;
            key = QString::fromStdString(line.strips[strip].key);
        }
    }
    return nearest;
}

}  // namespace rw::ui

// Paints windows and watermarks on the axis of event time: flat fills, lines and hatch, in the colours of the
// theme.
#pragma once
#include <QPainter>
#include <QRect>
#include <optional>

#include "widgets/theme/theme.h"
#include "widgets/timeline/timeline_model.h"

namespace rw::ui {

/// Where event time lies across.
struct TimeScale {
    TimelineSpan span{};
    int left = 0, width = 1;  ///< pixels

    double at(Instant time) const;
    Instant timeAt(double x) const;
};

/// The states of a window, as the legend has them.
enum class BarLook { Fired, Open, Early, Lateness, Waits };
BarLook lookOf(const LaneWindow& window);

/// The bar of a window; `early`: where its base line ends.
void paintBar(QPainter& painter, const Theme& theme, const QRect& bar, BarLook look, int early);
/// A row that was too late: a triangle whose tip is at `tip`.
void paintLateMark(QPainter& painter, const Theme& theme, const QPoint& tip);

class TimelinePainter {
 public:
    static constexpr int kNames = 156, kAxis = 28, kLane = 60, kBar = 28, kStackedBar = 18, kLine = 20;

    TimelinePainter(const Theme& theme, const TimelineModel& model, const TimeScale& scale)
        : m_theme(theme), m_model(model), m_scale(scale) {}

    static int heightOf(const Theme& theme, const TimelineLine& line);
    /// Ticks, the newest row and the watermark that is waited at, over the height of `room`.
    void paintGrid(QPainter& painter, const QRect& room) const;
    /// `ground`: the colour that it stands on.
    void paintLine(QPainter& painter, const QRect& room, const TimelineLine& line,
                   const QColor& ground) const;
    /// The bar of a window of a lane that is drawn in `room`; `strip`: its number.
    QRect barOf(const QRect& room, const TimelineLine& line, std::size_t strip,
                const LaneWindow& window) const;
    /// The window at a place, with its key; null: there is none.
    const LaneWindow* windowAt(const QRect& room, const TimelineLine& line, const QPoint& place,
                               QString& key) const;

 private:
    void paintLane(QPainter& painter, const QRect& room, const TimelineLine& line) const;
    void paintWindow(QPainter& painter, const QRect& bar, const LaneWindow& window, bool next,
                     bool chosen) const;
    void paintLate(QPainter& painter, const QRect& room, const TimelineLine& line) const;
    void paintMark(QPainter& painter, const QRect& room, const WatermarkRow& mark,
                   const QColor& ground) const;
    void paintNames(QPainter& painter, const QRect& room, const TimelineLine& line) const;
    QRect times(const QRect& room) const { return {m_scale.left, room.top(), m_scale.width, room.height()}; }

    const Theme& m_theme;
    const TimelineModel& m_model;
    const TimeScale m_scale;
};

/// Marks at round times of `span` for an axis of that width.
struct Tick;
std::vector<Tick> ticksOf(const TimeScale& scale, const QTimeZone& zone);

}  // namespace rw::ui

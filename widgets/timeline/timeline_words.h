// What the timeline says of windows and watermarks: names, hover texts, and lines for screen readers. Times
// of events are in the zone that its axis has.
#pragma once
#include <QCoreApplication>
#include <QString>
#include <QTimeZone>

#include "widgets/timeline/lane_windows.h"
#include "widgets/timeline/watermark_rows.h"

namespace rw::ui {

class TimelineWords {
    Q_DECLARE_TR_FUNCTIONS(rw::ui::TimelineWords)

 public:
    static QString heading();                        ///< of the watermarks
    static QString otherKeys(std::uint64_t number);  ///< “+ 211 keys”
    /// “Hop 2 min / 1 min · late +1 min”.
    static QString windowsOf(const WindowLane& lane);
    /// “14:30:00 – 14:31:00 · 3 810 rows · 8 results · open”. `key`: of a session.
    static QString lineOf(const LaneWindow& window, const QString& key, const QTimeZone& zone);
    /// The same in lines, with more; `why`: why it waits, empty: that is not known.
    static QString tipOf(const LaneWindow& window, const QString& key, const QString& why,
                         const QTimeZone& zone);
    /// What a bar says inside; empty: nothing. `next`: it is the first of those that wait.
    static QString insideOf(const LaneWindow& window, bool next);
    /// “3 fired, 1 open, 2 wait; 18 late rows”.
    static QString sumOf(const std::vector<LaneStrip>& strips, std::uint64_t late);
    /// “idle since 14:32:14, raised to 14:32:55.6”, “holds back “Paid at once””; empty: there is nothing to
    /// say.
    static QString remarkOf(const WatermarkRow& row, const QTimeZone& zone);
    static QString nameOf(const WatermarkRow& row);
    static QString tipOf(const WatermarkRow& row, const QTimeZone& zone);
    /// “14:32:55.6”, “–” before the first, “end” behind the last.
    static QString clock(Instant watermark, const QTimeZone& zone);

 private:
    static QString stateOf(const LaneWindow& window);
    static QString rowsOf(const LaneWindow& window);
};

}  // namespace rw::ui

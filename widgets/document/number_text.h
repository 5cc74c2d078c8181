// Numbers, sizes, durations and clock times as the window shows them: core/base/figures.h, where the rules
// stand, in the language of the interface.
#pragma once
#include <QDateTime>
#include <QString>

#include "core/base/time.h"

namespace rw::ui {

QString countText(std::uint64_t count);  ///< all digits, “12 400”
QString roundedText(double value);       ///< three digits for a card or an axis, “12.4 k”
QString shownNumber(double value);       ///< up to 15 digits, grouped, “2 494.47”: for tooltips
/// A mark of a scale whose marks are `step` apart and no larger than `farthest`: all have one form, so many
/// decimals as the step has, and the k or M of the farthest.
QString markText(double at, double step, double farthest);
QString rateText(double rowsPerSecond);  ///< “0/s”, “1.6/s”, “712/s”, “10.8 k/s”
QString sizeText(std::uint64_t bytes);   ///< “12.3 MiB”
QString shareText(double ofOne);         ///< “43 %”, “<1 %”
QString ageText(Millis age);             ///< “6.8 s”, “2 min 10 s”, “3 h”, “12 d”
QString wholeAgeText(Millis age);        ///< the same without tenths, for texts that change with every look
QString tookText(double seconds);      ///< the same, below a second in milliseconds; “–” of less than 0
QString lastingText(Millis duration);  ///< of a setting, exact: “90 s”

/// A moment of wall time as the clock here shows it: “14:03:07”, of another day than `now` “2026-11-21
/// 14:03”.
QString momentText(const QDateTime& at, const QDateTime& now = QDateTime::currentDateTime());
QString momentText(Instant at);  ///< the same; empty for 0, which is no moment
/// A moment of event time, in UTC: “2024-03-01 10:02:30”, with milliseconds only where there are any.
QString eventTimeText(Instant at);
/// How far a watermark is behind the clock: an age, “–” before the first one or years after its data, “end”
/// at the end of the input.
QString watermarkAge(Instant watermark, Instant now);
/// A watermark in the room of an age: how far it is behind the clock, or where it stands, “12:00:11”, where
/// its data are years old.
QString watermarkText(Instant watermark, Instant now);

}  // namespace rw::ui

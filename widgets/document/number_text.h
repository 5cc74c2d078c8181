// Rates, counts, ages and clock times as people read them on cards, wires and bars.
#pragma once
#include <QDateTime>
#include <QString>

#include "core/base/time.h"

namespace rw::ui {

QString rateText(double rowsPerSecond);  ///< “0/s”, “1.6/s”, “712/s”, “10.8 k/s”
QString countText(std::uint64_t count);  ///< thin space between thousands, all digits
QString ageText(Millis age);             ///< “6.8 s”, “2 min 10 s”, “3 h”, “12 d”
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

// Where axes put their marks, and the words beside them.
#pragma once
#include <QString>
#include <QTimeZone>
#include <vector>

#include "core/base/time.h"

namespace rw::ui {

struct Tick {
    double at = 0;
    QString label{};
    bool operator==(const Tick&) const = default;
};

/// About `wanted` round marks (1, 2, 5 × a power of ten) within [from, to]; labels of one form, k, M, G from
/// 10 000.
std::vector<Tick> numberTicks(double from, double to, int wanted);

/// Milliseconds from 1970, which all instants on an axis lie within.
inline constexpr double kFarthestInstant = 9e18;

/// About `wanted` marks at round clock times (seconds, minutes, hours, days) of `zone` within [from, to],
/// milliseconds since the epoch. A mark that begins another day says the date.
std::vector<Tick> timeTicks(Instant from, Instant to, int wanted, const QTimeZone& zone);

/// The smallest range of round numbers that holds [from, to]; from 0 where `fromZero`.
struct Range {
    double from = 0, to = 1;
    double length() const { return to - from; }
    bool operator==(const Range&) const = default;
};
Range roundRange(double from, double to, bool fromZero);

/// “avg_load, %”: the name and unit of an axis; the unit once where both are the same word.
QString axisTitle(const QString& name, const QString& unit);
/// Clock time with seconds, with milliseconds where the instant has any.
QString clockText(Instant at, const QTimeZone& zone);
/// “14:31:10 – 14:31:20”; with dates where the two are of different days, and only the date where both are
/// midnights: “2024-03-05”, “2024-03-01 – 2024-03-08”, the end not included.
QString spanText(Instant from, Instant to, const QTimeZone& zone);
/// “UTC”, “UTC+1”: of the zone at `at`.
QString offsetText(const QTimeZone& zone, Instant at);
/// “UTC”, “Europe/Vienna, UTC+1”: the zone as an axis names it, with its offset at `at`.
QString zoneText(const QTimeZone& zone, Instant at);
/// `name`: an IANA name, or “local”; UTC where there is no such zone.
QTimeZone zoneOf(const std::string& name);

}  // namespace rw::ui

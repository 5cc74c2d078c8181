#include "widgets/charts/drawing/ticks.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/document/number_text.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr double kShortest = 1e-300;  ///< a length that round steps cut; DOUBLEs below it lose their digits
constexpr Millis kSecond = 1000, kMinute = 60 * kSecond, kHour = 60 * kMinute, kDay = 24 * kHour;

/// The round step (1, 2, 5 × 10ⁿ) that cuts `length` into about `wanted` parts.
double roundStep(double length, int wanted) {
    const double rough = length / std::max(1, wanted);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (rough <= factor * power * 1.0001) return factor * power;
    }
    return 10 * power;
}

QDateTime local(Instant at, const QTimeZone& zone) {
    return QDateTime::fromMSecsSinceEpoch(at, zone);
}

bool isUtc(const QTimeZone& zone) {
    return zone.id() == "UTC" || zone.id() == "Etc/UTC";
}

}  // namespace

std::vector<Tick> numberTicks(double from, double to, int wanted) {
    std::vector<Tick> ticks;
    const double length = to - from;  // of two DOUBLEs it may be none
    if (!(length >= kShortest) || !std::isfinite(length)) return ticks;
    const double step = roundStep(length, wanted);
    const double first = std::ceil(from / step - 1e-9);
    if (first + 1 == first) return ticks;  // DOUBLEs lie farther apart there
    const double farthest = std::max(std::fabs(from), std::fabs(to));
    // Counting in steps keeps marks at 0.30000000000000004 from showing.
    for (double n = first; n * step <= to + step * 1e-9; ++n)
        ticks.push_back({n * step, n == 0 ? QStringLiteral("0") : markText(n * step, step, farthest)});
    return ticks;
}

std::vector<Tick> timeTicks(Instant from, Instant to, int wanted, const QTimeZone& zone) {
    std::vector<Tick> ticks;
    constexpr Instant kFarthest = 2'000'000'000'000'000'000;  // sums of steps are Instants, too
    from = std::max(from, -kFarthest);
    to = std::min(to, kFarthest);
    if (to <= from) return ticks;
    constexpr std::array<Millis, 24> kSteps{
        1,         2,           5,           10,           20,           50,           100,
        200,       500,         kSecond,     2 * kSecond,  5 * kSecond,  10 * kSecond, 30 * kSecond,
        kMinute,   2 * kMinute, 5 * kMinute, 10 * kMinute, 30 * kMinute, kHour,        3 * kHour,
        6 * kHour, 12 * kHour,  kDay};
    const Millis rough = std::max<Millis>(1, (to - from) / std::max(1, wanted));
    Millis step = 0;
    for (const Millis known : kSteps) {
        if (known >= rough) {
            step = known;
            break;
        }
    }
    if (step == 0) step = (rough + kDay - 1) / kDay * kDay;
    // Round in the zone's own clock; the offset is looked up at each mark, so that it may change between
    // them.
    const auto offsetAt = [&](Instant at) {
        return Millis{1000} * zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(at, Qt::UTC));
    };
    const Instant shifted = from + offsetAt(from);
    Instant wall = shifted / step * step;
    if (wall < shifted) wall += step;
    QDate day = local(from, zone).date();
    for (;; wall += step) {
        Instant at = wall - offsetAt(wall - offsetAt(from));
        if (at > to) break;
        if (at < from) continue;
        const QDateTime time = local(at, zone);
        QString label;
        if (step >= kDay) {
            label = QLocale::c().toString(time.date(), QStringLiteral("yyyy-MM-dd"));
        } else if (time.date() != day) {
            label = time.toString(QStringLiteral("MM-dd HH:mm"));
        } else {
            label = time.toString(step < kSecond   ? QStringLiteral("HH:mm:ss.zzz")
                                  : step < kMinute ? QStringLiteral("HH:mm:ss")
                                                   : QStringLiteral("HH:mm"));
        }
        day = time.date();
        ticks.push_back({static_cast<double>(at), label});
    }
    return ticks;
}

Range roundRange(double from, double to, bool fromZero) {
    constexpr double kFarthest = 5e307;  // the length of the range is a number, too
    if (!std::isfinite(from) || !std::isfinite(to) || to < from) return {0, 1};
    from = std::clamp(from, -kFarthest, kFarthest);
    to = std::clamp(to, -kFarthest, kFarthest);
    if (fromZero) {
        from = std::min(from, 0.0);
        to = std::max(to, 0.0);
    }
    if (to - from >= kShortest) {
        const double step = roundStep(to - from, 5);
        const Range round{std::floor(from / step + 1e-9) * step, std::ceil(to / step - 1e-9) * step};
        if (round.length() > 0) return round;
    }
    const double around = std::fabs(from) < kShortest ? 1 : std::fabs(from) * 0.1;
    return {fromZero ? from : from - around, to + around};
}

QString axisTitle(const QString& name, const QString& unit) {
    return shownText(unit.isEmpty() || unit == name ? name : name + QStringLiteral(", ") + unit);
}

QString clockText(Instant at, const QTimeZone& zone) {
    return local(at, zone).toString(at % 1000 == 0 ? QStringLiteral("HH:mm:ss")
                                                   : QStringLiteral("HH:mm:ss.zzz"));
}

QString spanText(Instant from, Instant to, const QTimeZone& zone) {
    const QString dash = QStringLiteral(" – "), date = QStringLiteral("yyyy-MM-dd");
    const QDateTime start = local(from, zone), end = local(to, zone);
    const QTime midnight(0, 0);
    if (to > from && start.time() == midnight && end.time() == midnight) {
        const QString first = start.toString(date), after = end.toString(date);
        return start.date().addDays(1) == end.date() ? first : first + dash + after;
    }
    if (start.date() == end.date()) return clockText(from, zone) + dash + clockText(to, zone);
    const QString both = QStringLiteral("MM-dd HH:mm");
    return start.toString(both) + dash + end.toString(both);
}

QString offsetText(const QTimeZone& zone, Instant at) {
    const int offset = zone.offsetFromUtc(QDateTime::fromMSecsSinceEpoch(at, Qt::UTC));
    if (isUtc(zone)) return QStringLiteral("UTC");
    QString utc = QStringLiteral("UTC%1%2")
                      .arg(offset < 0 ? QStringLiteral("−") : QStringLiteral("+"))
                      .arg(std::abs(offset) / 3600);
    if (offset % 3600 != 0)
        utc += QStringLiteral(":%1").arg(std::abs(offset) % 3600 / 60, 2, 10, QLatin1Char('0'));
    return utc;
}

QString zoneText(const QTimeZone& zone, Instant at) {
    if (isUtc(zone)) return offsetText(zone, at);
    return QString::fromUtf8(zone.id()) + QStringLiteral(", ") + offsetText(zone, at);
}

QTimeZone zoneOf(const std::string& name) {
    const QTimeZone zone =
        name == "local" ? QTimeZone::systemTimeZone() : QTimeZone(QByteArray::fromStdString(name));
    return zone.isValid() ? zone : QTimeZone::utc();
}

}  // namespace rw::ui

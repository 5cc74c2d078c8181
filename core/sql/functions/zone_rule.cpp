#include "core/sql/functions/zone_rule.h"

#include <date/tz.h>

#include <map>
#include <mutex>

#include "core/base/time.h"
#include "core/base/whole_file.h"
#include "core/data/text.h"
#include "core/sql/time_math.h"

namespace rw::sql {

namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

/// The line at the end of a zone's file (RFC 8536); empty: there is none.
std::string footerOf(const std::string& zone) {
    constexpr std::size_t kLargestFile = std::size_t{1} << 20;
    std::string bytes;
    if (readWhole("/usr/share/zoneinfo/" + zone, kLargestFile, bytes)) return {};
    if (bytes.size() < 2 || bytes.back() != '\n') return {};
    const std::size_t before = bytes.rfind('\n', bytes.size() - 2);
    return before == std::string::npos ? std::string() : bytes.substr(before + 1, bytes.size() - before - 2);
}

/// The rule of a zone, read once; null: it has none.
const ZoneRule* ruleOf(const date::time_zone& zone) {
    static std::mutex mutex;
    static std::map<const date::time_zone*, std::optional<ZoneRule>> known;
    const std::lock_guard lock(mutex);
    auto found = known.find(&zone);
    if (found == known.end()) found = known.emplace(&zone, ZoneRule::parse(footerOf(zone.name()))).first;
    return found->second ? &*found->second : nullptr;
}

}  // namespace

/// Takes a rule apart from left to right.
class ZoneRule::Reader {
 public:
    explicit Reader(std::string_view text) : m_rest(text) {}
    bool done() const { return m_rest.empty(); }

    bool name() {
        const bool quoted = take('<');
        const auto isPart = [quoted](char c) {
            const char lower = static_cast<char>(c | 0x20);
            const bool letter = lower >= 'a' && lower <= 'z';
            return letter || (quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-'));
        };
        std::size_t size = 0;
        while (size < m_rest.size() && isPart(m_rest[size])) ++size;
        m_rest.remove_prefix(size);
        return size > 0 && (!quoted || take('>'));
    }
    /// [+-]hh[:mm[:ss]] in seconds.
    std::optional<std::int64_t> time() {
        const bool negative = take('-');
        if (!negative) take('+');
        std::int64_t seconds = 0;
        for (int unit = 3'600; unit > 0; unit /= 60) {
            if (unit < 3'600 && !take(':')) break;
            const auto part = number();
            if (!part) return std::nullopt;
            seconds += *part * unit;
        }
        return negative ? -seconds : seconds;
    }
    std::optional<Change> change() {
        if (!take(',')) return std::nullopt;
        Change out;
        out.kind = take('M')   ? Change::Kind::MonthWeekDay
                   : take('J') ? Change::Kind::Julian
                               : Change::Kind::Day;
        const auto first = number();
        if (!first) return std::nullopt;
        if (out.kind == Change::Kind::MonthWeekDay) {
            out.month = *first;
            out.week = behindPoint();
            out.day = behindPoint();
            if (out.month < 1 || out.month > 12 || out.week < 1 || out.week > 5 || out.day < 0 || out.day > 6)
                return std::nullopt;
        } else {
            out.day = *first;
        }
        if (take('/')) {
            const auto seconds = time();
            if (!seconds) return std::nullopt;
            out.seconds = *seconds;
        }
        return out;
    }

 private:
    bool take(char c) {
        if (m_rest.empty() || m_rest.front() != c) return false;
        m_rest.remove_prefix(1);
        return true;
    }
    /// -1 where no point with a number follows.
    int behindPoint() { return take('.') ? number().value_or(-1) : -1; }
    std::optional<int> number() {
        int value = 0;
        std::size_t size = 0;
        for (; size < m_rest.size() && size < 4 && m_rest[size] >= '0' && m_rest[size] <= '9'; ++size)
            value = value * 10 + (m_rest[size] - '0');
        m_rest.remove_prefix(size);
        return size > 0 ? std::optional(value) : std::nullopt;
    }

    std::string_view m_rest;
};

std::optional<ZoneRule> ZoneRule::parse(std::string_view text) {
    Reader reader(text);
    if (!reader.name()) return std::nullopt;
    const auto standard = reader.time();
    if (!standard) return std::nullopt;
    ZoneRule rule;
    rule.m_standard = -*standard;  // POSIX counts to the west
    rule.m_summer = rule.m_standard + 3'600;
    if (reader.done()) return rule;
    if (!reader.name()) return std::nullopt;
    auto toSummer = reader.change();
    if (!toSummer) {
        const auto summer = reader.time();
        if (!summer) return std::nullopt;
        rule.m_summer = -*summer;
        toSummer = reader.change();
    }
    const auto toStandard = reader.change();
    if (!toSummer || !toStandard || !reader.done()) return std::nullopt;
    rule.m_changes = true;
    rule.m_toSummer = *toSummer;
    rule.m_toStandard = *toStandard;
    return rule;
}

std::int64_t ZoneRule::Change::in(std::int64_t year) const {
    std::int64_t date = daysFromCivil(year, 1, 1) + day;
    if (kind == Kind::Julian) {
        // Days 1 to 365: 29 February is never counted.
        const bool leap = daysFromCivil(year, 3, 1) - daysFromCivil(year, 2, 28) == 2;
        date += leap && day >= 60 ? 0 : -1;
    } else if (kind == Kind::MonthWeekDay) {
        const std::int64_t first = daysFromCivil(year, month, 1);
        const std::int64_t next =
            month == 12 ? daysFromCivil(year + 1, 1, 1) : daysFromCivil(year, month + 1, 1);
        const std::int64_t weekday = ((first + 4) % 7 + 7) % 7;  // 0 on Sunday; the epoch was a Thursday
        date = first + (day - weekday + 7) % 7 + (week - 1) * 7;
        if (date >= next) date -= 7;  // week 5 is the last one
    }
    return date * kSecondsPerDay + seconds;
}

std::int64_t ZoneRule::offsetSeconds(std::int64_t local) const {
    if (!m_changes) return m_standard;
    const std::int64_t year = civilFromDays(floorDivide(local, kSecondsPerDay)).year;
    // A change counts from the time that the clocks show after it. So the hour that they skip is still before
    // it, and of the hour that they show twice all is behind it.
    const std::int64_t ahead = m_summer - m_standard;
    const std::int64_t toSummer = m_toSummer.in(year) + ahead, toStandard = m_toStandard.in(year)-ahead;
    const bool summer = toSummer < toStandard ? local >= toSummer && local < toStandard
                                              : local >= toSummer || local < toStandard;
    return summer ? m_summer : m_standard;
}

ZoneClock::ZoneClock(const date::time_zone* zone)
    : m_zone(zone), m_rule(zone != nullptr ? ruleOf(*zone) : nullptr) {}

std::int64_t ZoneClock::offsetSeconds(std::int64_t local) const {
    if (m_zone == nullptr) return 0;
    const date::local_info found = m_zone->get_info(date::local_seconds{std::chrono::seconds(local)});
    // Behind the last change of the table its last entry has no end that anybody reaches.
    const auto farAway = date::sys_days(date::year(20'000) / 1 / 1);
    if (m_rule != nullptr && found.result == date::local_info::unique && found.first.end > farAway)
        return m_rule->offsetSeconds(local);
    const bool twice = found.result == date::local_info::ambiguous;
    return (twice ? found.second : found.first).offset.count();
}

}  // namespace rw::sql

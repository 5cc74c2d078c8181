// Clocks behind the last change that a time zone's file lists, by the rule at its end.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace date {
class time_zone;
}

namespace rw::sql {

/// A rule as POSIX writes it in TZ, such as CET-1CEST,M3.5.0,M10.5.0/3: an offset, and perhaps another one
/// for a part of each year.
class ZoneRule {
 public:
    /// Nothing when the text is no rule.
    static std::optional<ZoneRule> parse(std::string_view text);

    /// How far clocks are ahead of UTC when they show `local` (seconds since 1970-01-01 00:00 there). When
    /// they show it twice, the second time; when they jump over it, as if they had not.
    std::int64_t offsetSeconds(std::int64_t local) const;

 private:
    /// A day of the year and a time on it, on the clocks before the change.
    struct Change {
        enum class Kind { MonthWeekDay, Julian, Day } kind = Kind::Day;
        int month = 0, week = 0, day = 0;
        std::int64_t seconds = 2 * 3'600;
        std::int64_t in(std::int64_t year) const;
    };
    class Reader;

    std::int64_t m_standard = 0, m_summer = 0;
    bool m_changes = false;
    Change m_toSummer{}, m_toStandard{};
};

/// How far clocks in `zone` are ahead of UTC when they show `local`, as ZoneRule::offsetSeconds() has it, at
/// any time. The library's table of a zone ends with its file (2037, or the last change of its rules), and it
/// uses the last offset for all later times.
class ZoneClock {
 public:
    /// Null: UTC. The first caller reads the zone's file. Any thread.
    explicit ZoneClock(const date::time_zone* zone);
    std::int64_t offsetSeconds(std::int64_t local) const;

 private:
    const date::time_zone* m_zone;
    const ZoneRule* m_rule = nullptr;  ///< null: the file has none
};

}  // namespace rw::sql

// Patterns of dates and times, as Java's DateTimeFormatter writes them: yyyy-MM-dd HH:mm:ss.SSS.
//
// Letters: y u year · M L month (MMM Mar, MMMM March) · d day · D day of the year · E weekday (EEEE Monday) ·
// H k K h hour (0–23, 1–24, 0–11, 1–12) · a AM or PM · m minute · s second · S fraction · Q quarter. Text
// stands in single quotes, '' is a quote; other letters are refused.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/text.h"
#include "core/base/time.h"

namespace rw::sql {

class DatePattern {
 public:
    /// The pattern, or the error in it.
    static std::variant<DatePattern, Text> compile(std::string_view pattern);

    void format(std::string& out, Instant time) const;
    /// The time that the whole text gives; none when it does not fit the pattern or there is no such time.
    /// Fields that the pattern lacks are those of 1970-01-01 00:00:00.
    std::optional<Instant> parse(std::string_view text) const;

 private:
    struct Part {
        char letter = 0;  ///< 0: literal text
        int width = 0;    ///< how often the letter stands
        std::string literal{};
    };
    /// Digits of the parts after `part` that follow it without a gap and have a fixed width.
    std::size_t reservedAfter(std::size_t part) const;

    std::vector<Part> m_parts;
};

}  // namespace rw::sql

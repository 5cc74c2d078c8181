#include "tests/golden/late_facts.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace rw::golden {

namespace {

using Millis = std::chrono::sys_time<std::chrono::milliseconds>;

Millis timeOf(const Cell& cell) {
    int year = 0;
    unsigned month = 0, day = 0;
    int hours = 0, minutes = 0, seconds = 0, millis = 0;
    std::sscanf(cell.value_or("").c_str(), "%d-%u-%u %d:%d:%d.%d", &year, &month, &day, &hours, &minutes,
                &seconds, &millis);
    const auto civil = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
    return std::chrono::sys_days(civil) + std::chrono::hours(hours) + std::chrono::minutes(minutes) +
           std::chrono::seconds(seconds) + std::chrono::milliseconds(millis);
}

std::string textOf(Millis time) {
    const auto date = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day civil(date);
    const std::chrono::hh_mm_ss clock(time - date);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}", static_cast<int>(civil.year()),
                       static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
                       clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                       clock.subseconds().count());
}

}  // namespace

Table lateRowsOf(Table facts) {
    facts.header.resize(facts.header.size() - 2);
    facts.header.insert(facts.header.end(), {"late_by", "late_for"});
    for (Row& row : facts.rows) {
        const Millis stamp = timeOf(row[row.size() - 2]), lastMoment = timeOf(row.back());
        row[row.size() - 2] = std::to_string((stamp - lastMoment).count());
        row.back() = textOf(lastMoment + std::chrono::milliseconds(1));
    }
    return facts;
}

}  // namespace rw::golden

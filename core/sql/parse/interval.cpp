#include <array>
#include <charconv>

#include "core/sql/parse/parser.h"

namespace rw::sql {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t amount;  ///< milliseconds or months
    bool months;
    int rank;               ///< place in a compound: DAY TO SECOND goes from a lower to a higher one
    std::string_view mark;  ///< the separator before it in a compound
};
constexpr std::array<Unit, 8> kUnits{{{"YEAR", 12, true, 0, ""},
                                      {"QUARTER", 3, true, -1, ""},
                                      {"MONTH", 1, true, 1, "-"},
                                      {"WEEK", 604'800'000, false, -1, ""},
                                      {"DAY", 86'400'000, false, 2, ""},
                                      {"HOUR", 3'600'000, false, 3, " "},
                                      {"MINUTE", 60'000, false, 4, ":"},
                                      {"SECOND", 1'000, false, 5, ":"}}};

const Unit* find(std::string_view name) {
    if (name.ends_with('S')) name.remove_suffix(1);
    for (const Unit& unit : kUnits) {
        if (unit.name == name) return &unit;
    }
    return nullptr;
}

const Unit* unitOfRank(int rank) {
    for (const Unit& unit : kUnits) {
        if (unit.rank == rank) return &unit;
    }
    return nullptr;
}

/// Reads digits off the front of `text`.
std::optional<std::int64_t> digits(std::string_view& text) {
    std::int64_t number = 0;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

/// Reads a fraction of a second off the front of `text`, as milliseconds; 0 when there is none.
std::optional<std::int64_t> fraction(std::string_view& text) {
    if (!text.starts_with('.')) return 0;
    text.remove_prefix(1);
    if (text.empty()) return std::nullopt;
    std::int64_t millis = 0, weight = 100;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), weight /= 10) {
        millis += (text.front() - '0') * weight;
    }
    return millis;
}

}  // namespace

std::optional<IntervalValue> parseInterval(std::string_view text, std::string_view from,
                                           std::string_view to) {
    const Unit* const first = find(from);
    const Unit* const last = to.empty() ? first : find(to);
    if (first == nullptr || last == nullptr || first->months != last->months) return std::nullopt;
    if (first != last && (first->rank < 0 || last->rank <= first->rank)) return std::nullopt;
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) text.remove_prefix(1);

    IntervalValue value{0, first->months};
    for (const Unit* unit = first; unit != nullptr; unit = unitOfRank(unit->rank + 1)) {
        if (unit != first) {
            if (!text.starts_with(unit->mark)) return std::nullopt;
            text.remove_prefix(unit->mark.size());
        }
        const auto number = digits(text);
        std::int64_t part = 0;
        if (!number || __builtin_mul_overflow(*number, unit->amount, &part) ||
            __builtin_add_overflow(value.amount, part, &value.amount)) {
            return std::nullopt;
        }
        if (unit->name == "SECOND") {
            const auto millis = fraction(text);
            if (!millis || __builtin_add_overflow(value.amount, *millis, &value.amount)) return std::nullopt;
        }
        if (unit == last) break;
    }
    if (!text.empty()) return std::nullopt;
    if (negative) value.amount = -value.amount;
    return value;
}

}  // namespace rw::sql

// Parses the text that a user types to find rows of a table.
#include <algorithm>
#include <array>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/connect/sqlite/browser.h"
#include "core/data/trim.h"

namespace rw {
namespace {

// Of two that begin alike the longer one first.
constexpr std::array<std::string_view, 8> kComparisons = {"<=", ">=", "!=", "<>", "==", "<", ">", "="};
constexpr std::string_view kAnd = "and";
constexpr std::size_t kShownPart = 60;

/// The parts of a condition as they were typed; `comparison` is empty where there is none.
struct Typed {
    std::string_view name, comparison, value;
    bool known = false;  ///< the table has the column
};

// A column's name may contain a comparison sign, and a quoted value, too.
Typed typedCondition(std::string_view part, const std::vector<SqliteColumn>& columns) {
    Typed first;
    for (std::size_t at = 0; at < part.size(); ++at) {
        for (const std::string_view comparison : kComparisons) {
            if (part.substr(at, comparison.size()) != comparison) continue;
            Typed typed{trimmed(part.substr(0, at)), comparison,
                        trimmed(part.substr(at + comparison.size()))};
            typed.known = std::any_of(columns.begin(), columns.end(),
                                      [&](const SqliteColumn& column) { return column.name == typed.name; });
            if (typed.known) return typed;
            if (first.comparison.empty()) first = typed;
            break;
        }
    }
    return first;
}

/// Whether `and` stands at `at` as a word of its own.
bool isAnd(std::string_view text, std::size_t at) {
    const std::size_t end = at + kAnd.size();
    if (end > text.size()) return false;
    return at > 0 && isBlank(text[at - 1]) && (end == text.size() || isBlank(text[end])) &&
           sameAsciiWord(text.substr(at, kAnd.size()), kAnd);
}

// A quote opens a text where a value may begin: those within words, as in “don't”, do not.
std::vector<std::string_view> partsOf(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    bool quoted = false, compared = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (quoted && text.substr(at, 2) == "''") {
            ++at;
        } else if (c == '\'' && (quoted || compared)) {
            quoted = !quoted;
        } else if (!quoted && isAnd(text, at)) {
            parts.push_back(trimmed(text.substr(begin, at - begin)));
            begin = at + kAnd.size();
            compared = false;
            continue;
        }
        if (!isBlank(c)) compared = quoted || c == '=' || c == '<' || c == '>';
    }
    parts.push_back(trimmed(text.substr(begin)));
    return parts;
}

SqliteCondition conditionOf(const Typed& typed) {
    const bool quoted = typed.value.size() >= 2 && typed.value.front() == '\'' && typed.value.back() == '\'';
    SqliteCondition condition{std::string(typed.name), std::string(typed.comparison), {}, quoted};
    const std::string_view value = quoted ? typed.value.substr(1, typed.value.size() - 2) : typed.value;
    for (std::size_t at = 0; at < value.size(); ++at) {
        condition.value += value[at];
        if (quoted && value.substr(at, 2) == "''") ++at;
    }
    return condition;
}

Status noCondition(std::string_view part, const Typed& typed) {
    const std::string shown = shortened(part, kShownPart);
    if (part.empty())
        return {ErrorCode::Invalid, RW_TEXT("sqlite", "A condition is missing beside “and”."),
                RW_TEXT("sqlite", "Write one on each side: total > 100 and name = 'a'.")};
    if (typed.comparison.empty())
        return {ErrorCode::Invalid, RW_TEXT("sqlite", "“%1” is not a condition.").with(shown),
                RW_TEXT("sqlite",
                        "Write conditions on both sides of “and”, and put a value that holds the word into "
                        "quotes: name = 'salt and pepper'.")};
    if (typed.value.empty())
        return {ErrorCode::Invalid, RW_TEXT("sqlite", "“%1” has no value to compare with.").with(shown),
                RW_TEXT("sqlite", "Write one behind “%1”.").with(typed.comparison)};
    return {ErrorCode::Invalid,
            RW_TEXT("sqlite", "The table has no column “%1”.").with(shortened(typed.name, kShownPart)),
            RW_TEXT("sqlite", "Write the name as it stands above the column.")};
}

}  // namespace

Result<SqliteFilter> parseSqliteFilter(std::string_view text, const std::vector<SqliteColumn>& columns) {
    SqliteFilter filter;
    Status wrong;
    for (const std::string_view part : partsOf(text)) {
        const Typed typed = typedCondition(part, columns);
        if (typed.known && !typed.value.empty()) {
            filter.conditions.push_back(conditionOf(typed));
        } else if (wrong.ok()) {
            wrong = noCondition(part, typed);
        }
    }
    if (filter.conditions.empty()) return SqliteFilter{std::string(trimmed(text)), {}};
    if (!wrong.ok()) return wrong;
    return filter;
}

}  // namespace rw

#include "core/sql/parse/keywords.h"

#include <algorithm>
#include <array>

#include "core/sql/parse/ast.h"

namespace rw::sql {

namespace {

constexpr std::array<std::string_view, 25> kReserved{
    "AND",   "AS",   "BETWEEN", "CASE", "CAST",     "DISTINCT", "ELSE", "END", "ESCAPE",
    "FALSE", "FOR",  "FROM",    "IN",   "INTERVAL", "IS",       "LIKE", "NOT", "NULL",
    "OR",    "THEN", "TO",      "TRUE", "TRY_CAST", "WHEN",     "WHERE"};

constexpr std::array<std::string_view, 14> kAggregates{"APPROX_COUNT_DISTINCT",
                                                       "AVG",
                                                       "COUNT",
                                                       "FIRST_VALUE",
                                                       "LAST_VALUE",
                                                       "LISTAGG",
                                                       "MAX",
                                                       "MIN",
                                                       "PERCENTILE",
                                                       "STDDEV_POP",
                                                       "STDDEV_SAMP",
                                                       "SUM",
                                                       "VAR_POP",
                                                       "VAR_SAMP"};

static_assert(std::is_sorted(kReserved.begin(), kReserved.end()));
static_assert(std::is_sorted(kAggregates.begin(), kAggregates.end()));

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace

std::string upperCase(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    }
    return out;
}

bool isReserved(std::string_view word) {
    return std::binary_search(kReserved.begin(), kReserved.end(), word);
}

bool isAggregateName(std::string_view name) {
    return std::binary_search(kAggregates.begin(), kAggregates.end(), name);
}

bool beginsName(char c) {
    return isLetter(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool continuesName(char c) {
    return beginsName(c) || (c >= '0' && c <= '9') || c == '$';
}

std::string quoteIdentifier(std::string_view name) {
    const bool plain = !name.empty() && beginsName(name.front()) &&
                       std::all_of(name.begin(), name.end(), continuesName) && !isReserved(upperCase(name));
    if (plain) return std::string(name);
    std::string out = "`";
    for (const char c : name) {
        if (c == '`') out += '`';
        out += c;
    }
    return out + '`';
}

}  // namespace rw::sql

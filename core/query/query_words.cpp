#include "core/query/query_words.h"

#include <sqlite3.h>

#include <algorithm>

#include "core/base/ascii.h"

namespace rw {

namespace {

/// By their names. A function that this SQLite was built without is refused by SQLite itself.
constexpr QueryFunction kFunctions[] = {
    {"->", "->"},
    {"->>", "->>"},
    {"abs", "abs(x)"},
    {"acos", "acos(x)"},
    {"acosh", "acosh(x)"},
    {"asin", "asin(x)"},
    {"asinh", "asinh(x)"},
    {"atan", "atan(x)"},
    {"atan2", "atan2(y, x)"},
    {"atanh", "atanh(x)"},
    {"avg", "avg(x)", true},
    {"ceil", "ceil(x)"},
    {"ceiling", "ceiling(x)"},
    {"char", "char(code, …)"},
    {"coalesce", "coalesce(x, y, …)"},
    {"cos", "cos(x)"},
    {"cosh", "cosh(x)"},
    {"count", "count(*)", true},
    {"cume_dist", "cume_dist() OVER (…)", true},
    {"current_date", "CURRENT_DATE"},
    {"current_time", "CURRENT_TIME"},
    {"current_timestamp", "CURRENT_TIMESTAMP"},
    {"date", "date(time, modifier, …)"},
    {"datetime", "datetime(time, modifier, …)"},
    {"degrees", "degrees(x)"},
    {"dense_rank", "dense_rank() OVER (…)", true},
    {"exp", "exp(x)"},
    {"first_value", "first_value(x) OVER (…)", true},
    {"floor", "floor(x)"},
    {"format", "format(pattern, …)"},
    {"glob", "glob(pattern, text)"},
    {"group_concat", "group_concat(x, separator)", true},
    {"hex", "hex(x)"},
    {"ifnull", "ifnull(x, y)"},
    {"iif", "iif(condition, x, y)"},
    {"instr", "instr(text, part)"},
    {"json", "json(text)"},
    {"json_array", "json_array(x, …)"},
    {"json_array_length", "json_array_length(json, path)"},
    {"json_extract", "json_extract(json, path)"},
    {"json_group_array", "json_group_array(x)", true},
    {"json_group_object", "json_group_object(name, x)", true},
    {"json_object", "json_object(name, x, …)"},
    {"json_quote", "json_quote(x)"},
    {"json_type", "json_type(json, path)"},
    {"json_valid", "json_valid(text)"},
    {"julianday", "julianday(time, modifier, …)"},
    {"lag", "lag(x, rows, default) OVER (…)", true},
    {"last_value", "last_value(x) OVER (…)", true},
    {"lead", "lead(x, rows, default) OVER (…)", true},
    {"length", "length(x)"},
    {"like", "like(pattern, text)"},
    {"likelihood", "likelihood(x, share)"},
    {"likely", "likely(x)"},
    {"ln", "ln(x)"},
    {"log", "log(base, x)"},
    {"log10", "log10(x)"},
    {"log2", "log2(x)"},
    {"lower", "lower(text)"},
    {"ltrim", "ltrim(text, characters)"},
    {"max", "max(x)", true},
    {"min", "min(x)", true},
    {"mod", "mod(x, y)"},
    {"nth_value", "nth_value(x, row) OVER (…)", true},
    {"ntile", "ntile(parts) OVER (…)", true},
    {"nullif", "nullif(x, y)"},
    {"percent_rank", "percent_rank() OVER (…)", true},
    {"pi", "pi()"},
    {"pow", "pow(x, y)"},
    {"power", "power(x, y)"},
    {"printf", "printf(pattern, …)"},
    {"quote", "quote(x)"},
    {"radians", "radians(x)"},
    {"random", "random()"},
    {"rank", "rank() OVER (…)", true},
    {"replace", "replace(text, part, other)"},
    {"round", "round(x, digits)"},
    {"row_number", "row_number() OVER (…)", true},
    {"rtrim", "rtrim(text, characters)"},
    {"sign", "sign(x)"},
    {"sin", "sin(x)"},
    {"sinh", "sinh(x)"},
    {"sqrt", "sqrt(x)"},
    {"strftime", "strftime(pattern, time, modifier, …)"},
    {"substr", "substr(text, from, length)"},
    {"substring", "substring(text, from, length)"},
    {"sum", "sum(x)", true},
    {"tan", "tan(x)"},
    {"tanh", "tanh(x)"},
    {"time", "time(time, modifier, …)"},
    {"total", "total(x)", true},
    {"trim", "trim(text, characters)"},
    {"trunc", "trunc(x)"},
    {"typeof", "typeof(x)"},
    {"unicode", "unicode(text)"},
    {"unixepoch", "unixepoch(time, modifier, …)"},
    {"unlikely", "unlikely(x)"},
    {"upper", "upper(text)"},
    {"zeroblob", "zeroblob(bytes)"},
};

constexpr std::string_view kKeywords[] = {
    "SELECT",    "FROM",         "WHERE",     "GROUP BY",      "HAVING",  "ORDER BY",  "LIMIT",
    "OFFSET",    "DISTINCT",     "AS",        "AND",           "OR",      "NOT",       "IN",
    "IS NULL",   "IS NOT NULL",  "BETWEEN",   "LIKE",          "GLOB",    "EXISTS",    "CASE",
    "WHEN",      "THEN",         "ELSE",      "END",           "CAST(",   "JOIN",      "LEFT JOIN",
    "FULL JOIN", "CROSS JOIN",   "ON",        "USING",         "UNION",   "UNION ALL", "INTERSECT",
    "EXCEPT",    "WITH",         "RECURSIVE", "VALUES",        "ASC",     "DESC",      "NULLS LAST",
    "OVER (",    "PARTITION BY", "WINDOW",    "FILTER (WHERE", "COLLATE", "ESCAPE",    "EXPLAIN QUERY PLAN",
};

}  // namespace

std::span<const QueryFunction> queryFunctions() {
    return kFunctions;
}

const QueryFunction* queryFunction(std::string_view name) {
    const std::string small = inAsciiSmall(name);
    const auto found = std::lower_bound(
        std::begin(kFunctions), std::end(kFunctions), small,
        [](const QueryFunction& each, const std::string& wanted) { return each.name < wanted; });
    return found != std::end(kFunctions) && found->name == small ? found : nullptr;
}

std::span<const std::string_view> queryKeywords() {
    return kKeywords;
}

bool isSqliteKeyword(std::string_view word) {
    return sqlite3_keyword_check(word.data(), static_cast<int>(word.size())) != 0;
}

}  // namespace rw

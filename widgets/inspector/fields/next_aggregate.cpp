#include "widgets/inspector/fields/next_aggregate.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/ascii.h"
#include "core/sql/parse/lexer.h"
#include "widgets/inspector/fields/aggregate_row.h"

namespace rw::ui {

namespace {

using Call = std::pair<std::string, std::string>;  // function and argument

bool holds(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::vector<Call> candidates(const Schema& columns, const std::vector<std::string>& keys) {
    const std::vector<std::string> numbers = numbersOf(columns, keys);
    std::vector<Call> calls;
    for (const std::string& number : numbers) calls.emplace_back("AVG", number);
    for (const std::string& number : numbers) {
        calls.emplace_back("MIN", number);
        calls.emplace_back("MAX", number);
    }
    calls.emplace_back("COUNT", "*");
    for (const Field& field : columns.fields) {
        if (field.type.is(TypeId::String) && !holds(keys, field.name))
            calls.emplace_back("COUNT", "DISTINCT " + sql::quoteIdentifier(field.name));
    }
    return calls;
}

Call callOf(const std::string& text) {
    const auto cells = aggregateCells(text);
    if (!cells) return {};
    const auto cut = [&text](sql::Span span) { return text.substr(span.begin, span.end - span.begin); };
    return {inAsciiCapitals(cut(cells->function)), cut(cells->argument)};
}

/// The name behind AS; empty: there is none.
std::string nameIn(const std::string& text) {
    const auto read = sql::tokenize(text);
    const auto* tokens = std::get_if<std::vector<sql::Token>>(&read);
    if (tokens == nullptr || tokens->size() < 3) return {};
    const sql::Token& as = (*tokens)[tokens->size() - 3];
    return as.isKeyword("AS") ? (*tokens)[tokens->size() - 2].text : std::string();
}

/// The name without quotes, with a number where it is taken. SQLite tells no case.
std::string freeName(const Call& call, const std::vector<std::string>& present,
                     const std::vector<std::string>& keys) {
    constexpr std::string_view kDistinct = "DISTINCT ";
    const bool distinct = call.second.starts_with(kDistinct);
    const std::string usual =
        usualName(call.first, distinct ? call.second.substr(kDistinct.size()) : call.second);
    const auto read = sql::tokenize(usual);
    const std::string name = std::get<std::vector<sql::Token>>(read).front().text;
    std::set<std::string> taken;
    for (const std::string& key : keys) taken.insert(inAsciiSmall(key));
    for (const std::string& text : present) taken.insert(inAsciiSmall(nameIn(text)));
    std::string free = name;
    for (int number = 2; taken.contains(inAsciiSmall(free)); ++number)
        free = name + "_" + std::to_string(number);
    return sql::quoteIdentifier(free);
}

}  // namespace

std::vector<std::string> numbersOf(const Schema& columns, const std::vector<std::string>& keys) {
    std::vector<std::string> numbers;
    for (const bool integers : {false, true}) {
        for (const Field& field : columns.fields) {
            if (field.type.isNumeric() && field.type.isInteger() == integers && !holds(keys, field.name))
                numbers.push_back(sql::quoteIdentifier(field.name));
        }
    }
    return numbers;
}

std::string nextAggregate(const std::vector<std::string>& present, const Schema& columns,
                          const std::vector<std::string>& keys) {
    std::vector<Call> calls;
    if (!present.empty()) calls = candidates(columns, keys);
    std::set<Call> there;
    for (const std::string& text : present) there.insert(callOf(text));
    const auto next = std::find_if(calls.begin(), calls.end(),
                                   [&there](const Call& call) { return !there.contains(call); });
    const Call call = next == calls.end() ? Call("COUNT", "*") : *next;
    return aggregateText(call.first, call.second, freeName(call, present, keys));
}

}  // namespace rw::ui

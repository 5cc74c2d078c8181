#include "app/cli/what_if/what_if_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/base/figures.h"
#include "core/base/readable.h"
#include "core/base/table_text.h"
#include "core/data/text.h"

namespace rw::cli {

namespace {

constexpr std::size_t kLongestCell = 80;    ///< bytes of a text
constexpr std::size_t kLongestLabel = 120;  ///< of a variant

std::string nameOf(std::size_t side) {
    return std::string(1, static_cast<char>('A' + side));
}

std::string joinedWords(const std::vector<std::string>& words) {
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : ", ") + word;
    return out;
}

/// `exact`: all digits of a DOUBLE.
std::string cellText(const Value& value, Type type, bool exact = false) {
    if (isNull(value)) return "NULL";
    if (type.is(TypeId::Double) && !exact) return figures::shown(std::get<double>(value));
    std::string text;
    if (type.is(TypeId::Bytes)) {
        appendShownBytes(text, std::get<std::string>(value));
        return text;
    }
    text = toText(value, type);
    return shortened(text, kLongestCell);
}

std::string namedCell(const Schema& schema, const WhatIfRow& row, std::size_t column) {
    return schema.fields[column].name + "=" + cellText(row[column], schema.fields[column].type);
}

/// The last millisecond of a window says no more than its end.
bool isRepeated(const Schema& schema, std::size_t column) {
    return schema.fields[column].name == "window_time" && schema.find("window_end");
}

std::string wholeRow(const Schema& schema, const WhatIfRow& row) {
    std::vector<std::string> cells;
    for (std::size_t column = 0; column < row.size(); ++column) {
        if (!isRepeated(schema, column)) cells.push_back(namedCell(schema, row, column));
    }
    return joinedWords(cells);
}

/// “total 4 → 8”.
std::string changedCell(const Field& field, const Value& a, const Value& b) {
    const std::string before = cellText(a, field.type), after = cellText(b, field.type);
    // Of numbers that differ in their last digits these are shown.
    if (before != after) return field.name + " " + before + " → " + after;
    return field.name + " " + cellText(a, field.type, true) + " → " + cellText(b, field.type, true);
}

/// “window_start=…, k=x: n 2 → 3”.
std::string changedRow(const WhatIfDifference& difference, const WhatIfChange& change) {
    const Schema& schema = *difference.schema;
    std::vector<std::string> key, changed;
    for (const int column : difference.key)
        key.push_back(namedCell(schema, change.a, static_cast<std::size_t>(column)));
    for (std::size_t column = 0; column < change.changed.size(); ++column) {
        if (change.changed[column] && !isRepeated(schema, column))
            changed.push_back(changedCell(schema.fields[column], change.a[column], change.b[column]));
    }
    return (key.empty() ? "" : joinedWords(key) + ": ") + joinedWords(changed);
}

template <class List, class Line>
std::string firstLines(const List& list, std::size_t rows, const char* sign, Line line) {
    std::string out;
    for (std::size_t i = 0; i < std::min(list.size(), rows); ++i)
        out += fmt::format("    {} {}\n", sign, printableLine(line(list[i])));
    if (list.size() > rows)
        out += fmt::format("    {} … {} more\n", sign, figures::count(list.size() - rows));
    return out;
}

std::string differenceText(const WhatIfDifference& difference, std::size_t side, std::size_t rows) {
    const std::string name = nameOf(side);
    if (!difference.compared()) {
        const std::string fix = difference.fix.empty() ? "" : " " + english(difference.fix);
        return fmt::format("  {}: not compared. {}{}\n", name, english(difference.missing), fix);
    }
    std::string out;
    if (difference.isSame()) return fmt::format("  {}: the same\n", name);
    out = fmt::format("  {}: {} same, {} changed, {} only in A, {} only in {}\n", name,
                      figures::count(difference.same), figures::count(difference.changed.size()),
                      figures::count(difference.onlyACount()), figures::count(difference.onlyBCount()), name);
    if (difference.counted) out += "    too many rows to show which\n";
    if (!difference.columnsOnlyA.empty())
        out += "    columns only in A: " + printableLine(joinedWords(difference.columnsOnlyA)) + "\n";
    if (!difference.columnsOnlyB.empty())
        out += fmt::format("    columns only in {}: {}\n", name,
                           printableLine(joinedWords(difference.columnsOnlyB)));
    const Schema& schema = *difference.schema;
    const auto whole = [&](const WhatIfRow& row) { return wholeRow(schema, row); };
    out += firstLines(difference.changed, rows, "~",
                      [&](const WhatIfChange& change) { return changedRow(difference, change); });
    out += firstLines(difference.onlyA, rows, "-", whole);
    out += firstLines(difference.onlyB, rows, "+", whole);
    return out;
}

std::string matchedText(const WhatIfPort& port) {
    for (const WhatIfDifference& difference : port.differences) {
        if (!difference.compared() || difference.key.empty()) continue;
        std::vector<std::string> names;
        for (const int column : difference.key)
            names.push_back(difference.schema->fields[static_cast<std::size_t>(column)].name);
        return "; matched by " + joinedWords(names);
    }
    return {};
}

/// How long after a window its result comes, where that differs.
std::string delayText(const WhatIfPort& port) {
    std::vector<std::string> delays;
    bool differs = false;
    for (std::size_t side = 0; side < port.sides.size(); ++side) {
        const std::optional<Millis> after = port.sides[side].resultAfter;
        if (!after) continue;
        differs = differs || after != port.sides.front().resultAfter;
        delays.push_back(formatDuration(*after) + " in " + nameOf(side));
    }
    return differs ? "  results come after the end of their window by " + joinedWords(delays) + "\n" : "";
}

std::string portText(const WhatIfPort& port, std::size_t rows) {
    std::vector<std::string> counts;
    for (std::size_t side = 0; side < port.sides.size(); ++side) {
        if (side > 0 && !port.differences[side - 1].compared() && port.sides[side].rows == 0) continue;
        counts.push_back(nameOf(side) + " " + figures::counted(port.sides[side].rows, "row", "rows"));
    }
    const std::string from = writeOutput(port.from);
    const bool sink = port.shown.size() > 1 || port.shown.front() != port.from.node;
    const std::string rowsOf = sink ? joinedWords(port.shown) + " ← " + from : from;
    std::string out = "\n" + printableLine(rowsOf + ": " + joinedWords(counts) + matchedText(port)) + "\n";
    out += delayText(port);
    for (std::size_t i = 0; i < port.differences.size(); ++i)
        out += differenceText(port.differences[i], i + 1, rows);
    return out;
}

std::string sidesText(const WhatIfAnswer& answer, const std::string& file) {
    std::vector<std::vector<std::string>> table{{"", "rows read", "late", "rejected", ""}};
    for (std::size_t side = 0; side < answer.sides.size(); ++side) {
        const WhatIfSide& each = answer.sides[side];
        table.push_back({nameOf(side), figures::count(each.sourceRows), figures::count(each.late),
                         figures::count(each.rejected),
                         printableLine(shortened(side == 0 ? file : each.label, kLongestLabel))});
    }
    std::string out = tableText(table);
    for (std::size_t side = 0; side < answer.sides.size(); ++side) {
        const WhatIfSide& each = answer.sides[side];
        if (!each.failed.ok())
            out += fmt::format("{} failed: {}\n", nameOf(side), printableLine(english(each.failed.error())));
        for (const Text& note : each.notes)
            out += fmt::format("note: {}: {}\n", nameOf(side), printableLine(english(note)));
    }
    return out;
}

Json cellJson(const Value& value, Type type) {
    if (isNull(value)) return {};
    if (type.is(TypeId::Boolean)) return std::get<bool>(value);
    if (type.is(TypeId::Int)) return std::get<std::int32_t>(value);
    if (type.is(TypeId::Bigint)) return std::get<std::int64_t>(value);
    if (type.is(TypeId::Double) && std::isfinite(std::get<double>(value))) return std::get<double>(value);
    return toText(value, type);
}

Json rowJson(const Schema& schema, const WhatIfRow& row) {
    Json out = Json::object();
    for (std::size_t column = 0; column < row.size(); ++column)
        out[schema.fields[column].name] = cellJson(row[column], schema.fields[column].type);
    return out;
}

template <class List, class Item>
Json countedJson(const List& list, std::uint64_t count, std::size_t rows, Item item) {
    Json first = Json::array();
    for (std::size_t i = 0; i < std::min(list.size(), rows); ++i) first.push_back(item(list[i]));
    return {{"count", count}, {"rows", std::move(first)}};
}

Json namesJson(const Schema& schema, const std::vector<int>& columns) {
    Json out = Json::array();
    for (const int column : columns) out.push_back(schema.fields[static_cast<std::size_t>(column)].name);
    return out;
}

Json differenceJson(const WhatIfDifference& difference, std::size_t side, std::size_t rows) {
    Json out{{"side", nameOf(side)}, {"compared", difference.compared()}};
    if (!difference.compared()) {
        out["reason"] = english(difference.missing);
        return out;
    }
    const Schema& schema = *difference.schema;
    const auto whole = [&](const WhatIfRow& row) { return rowJson(schema, row); };
    out["same"] = difference.isSame();
    out["counted"] = difference.counted;
    out["matched_by"] = namesJson(schema, difference.key);
    out["columns_only_a"] = difference.columnsOnlyA;
    out["columns_only_b"] = difference.columnsOnlyB;
    out["rows_same"] = difference.same;
    out["changed"] =
        countedJson(difference.changed, difference.changed.size(), rows, [&](const WhatIfChange& change) {
            std::vector<int> columns;
            for (std::size_t column = 0; column < change.changed.size(); ++column) {
                if (change.changed[column]) columns.push_back(static_cast<int>(column));
            }
            return Json{
                {"a", whole(change.a)}, {"b", whole(change.b)}, {"columns", namesJson(schema, columns)}};
        });
    out["only_a"] = countedJson(difference.onlyA, difference.onlyACount(), rows, whole);
    out["only_b"] = countedJson(difference.onlyB, difference.onlyBCount(), rows, whole);
    return out;
}

Json sideJson(const WhatIfSide& side, std::size_t number) {
    Json nodes = Json::array(), notes = Json::array();
    for (const WhatIfNode& node : side.nodes)
        nodes.push_back({{"node", node.node},
                         {"rows_in", node.in},
                         {"rows_out", node.out},
                         {"late", node.late},
                         {"rejected", node.rejected}});
    for (const Text& note : side.notes) notes.push_back(english(note));
    return {{"side", nameOf(number)},
            {"with", number == 0 ? Json() : Json(side.label)},
            {"failed", side.failed.ok() ? Json() : Json(english(side.failed.error()))},
            {"source_rows", side.sourceRows},
            {"late", side.late},
            {"rejected", side.rejected},
            {"nodes", std::move(nodes)},
            {"notes", std::move(notes)}};
}

Json portJson(const WhatIfPort& port, std::size_t rows) {
    Json sides = Json::array(), differences = Json::array();
    for (std::size_t side = 0; side < port.sides.size(); ++side) {
        const WhatIfPortSide& each = port.sides[side];
        sides.push_back({{"side", nameOf(side)},
                         {"rows", each.rows},
                         {"result_after_ms", each.resultAfter ? Json(*each.resultAfter) : Json()}});
    }
    for (std::size_t i = 0; i < port.differences.size(); ++i)
        differences.push_back(differenceJson(port.differences[i], i + 1, rows));
    return {{"nodes", port.shown},
            {"from", writeOutput(port.from)},
            {"sides", std::move(sides)},
            {"differences", std::move(differences)}};
}

}  // namespace

std::string whatIfText(const WhatIfAnswer& answer, const std::string& file, std::size_t rows) {
    std::string out = sidesText(answer, file);
    for (const WhatIfPort& port : answer.ports) out += portText(port, rows);
    return out;
}

Json whatIfJson(const WhatIfAnswer& answer, std::size_t rows) {
    Json out{{"same", answer.isSame()}, {"sides", Json::array()}, {"ports", Json::array()}};
    for (std::size_t side = 0; side < answer.sides.size(); ++side)
        out["sides"].push_back(sideJson(answer.sides[side], side));
    for (const WhatIfPort& port : answer.ports) out["ports"].push_back(portJson(port, rows));
    out["error"] = Json();
    return out;
}

}  // namespace rw::cli

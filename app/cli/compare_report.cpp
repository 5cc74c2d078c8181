#include "app/cli/compare_report.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/cli/output.h"

namespace rw::cli {

namespace {

using Table = std::vector<std::vector<std::string>>;

std::string cellText(const CompareCell& cell) {
    return cell.value_or("NULL");
}

void addRow(Table& table, const std::string& side, const CompareRow& row) {
    std::vector<std::string>& line = table.emplace_back();
    line.push_back("  " + side);
    for (const CompareCell& cell : row) line.push_back(cellText(cell));
}

template <class List>
std::size_t shownOf(const List& list, std::size_t rows) {
    return std::min(list.size(), rows);
}

Table rowsTable(const ComparedNode& node, const ComparedNames& names, std::size_t rows) {
    const RowDifference& difference = node.difference;
    Table table;
    std::vector<std::string>& head = table.emplace_back();
    head.emplace_back("  ROWS");
    for (const Field& field : node.schema->fields) head.push_back(field.name);
    for (std::size_t i = 0; i < shownOf(difference.onlyA, rows); ++i)
        addRow(table, "only " + names.a, difference.onlyA[i]);
    for (std::size_t i = 0; i < shownOf(difference.onlyB, rows); ++i)
        addRow(table, "only " + names.b, difference.onlyB[i]);
    for (std::size_t i = 0; i < shownOf(difference.different, rows); ++i) {
        addRow(table, "different " + names.a, difference.different[i].first);
        addRow(table, "different " + names.b, difference.different[i].second);
    }
    return table;
}

std::string causeText(const Cause& cause) {
    const std::string rows = cause.rows > 0 ? fmt::format(" ({} rows)", cause.rows) : std::string();
    return fmt::format("  cause: {}{}. {}\n", causeName(cause.kind), rows, english(cause.evidence));
}

std::string nodeText(const ComparedNode& node, const ComparedNames& names, std::size_t rows) {
    const RowDifference& difference = node.difference;
    std::string out;
    if (difference.same()) {
        out = fmt::format("{}: the same, {} rows\n", node.node, node.rowsA);
    } else {
        out = fmt::format("{}: {} rows and {}; {} only in {}, {} only in {}, {} different\n", node.node,
                          node.rowsA, node.rowsB, difference.onlyA.size(), names.a, difference.onlyB.size(),
                          names.b, difference.different.size());
        if (rows > 0) out += tableText(rowsTable(node, names, rows));
    }
    for (const Cause& cause : node.causes) out += causeText(cause);
    return out;
}

const char* heldWord(CheckedCondition::Held held) {
    switch (held) {
        case CheckedCondition::Held::Yes:
            return "held";
        case CheckedCondition::Held::No:
            return "not held";
        case CheckedCondition::Held::Unknown:
            break;
    }
    return "unknown";
}

std::string conditionsText(const std::vector<CheckedCondition>& conditions) {
    if (conditions.empty()) return {};
    std::string out = "conditions of the verdicts\n";
    for (const CheckedCondition& checked : conditions)
        out += fmt::format("  {}, {}: {}: {}\n", checked.target, checked.node, english(checked.condition),
                           heldWord(checked.held));
    return out;
}

Json rowJson(const CompareRow& row) {
    Json out = Json::array();
    for (const CompareCell& cell : row) out.push_back(cell ? Json(*cell) : Json());
    return out;
}

Json onlyJson(const std::vector<CompareRow>& only, std::size_t rows) {
    Json first = Json::array();
    for (std::size_t i = 0; i < shownOf(only, rows); ++i) first.push_back(rowJson(only[i]));
    return {{"count", only.size()}, {"rows", std::move(first)}};
}

Json nodeJson(const ComparedNode& node, std::size_t rows) {
    const RowDifference& difference = node.difference;
    Json columns = Json::array(), pairs = Json::array(), causes = Json::array();
    for (const Field& field : node.schema->fields) columns.push_back(field.name);
    for (std::size_t i = 0; i < shownOf(difference.different, rows); ++i)
        pairs.push_back(
            {{"a", rowJson(difference.different[i].first)}, {"b", rowJson(difference.different[i].second)}});
    for (const Cause& cause : node.causes)
        causes.push_back({{"cause", causeName(cause.kind)},
                          {"rows", cause.rows > 0 ? Json(cause.rows) : Json()},
                          {"evidence", english(cause.evidence)}});
    Json out = Json::object();
    out["node"] = node.node;
    out["same"] = difference.same();
    out["columns"] = std::move(columns);
    out["rows_a"] = node.rowsA;
    out["rows_b"] = node.rowsB;
    out["only_a"] = onlyJson(difference.onlyA, rows);
    out["only_b"] = onlyJson(difference.onlyB, rows);
    out["different"] = {{"count", difference.different.size()}, {"rows", std::move(pairs)}};
    out["close"] = difference.close;
    out["causes"] = std::move(causes);
    return out;
}

}  // namespace

std::string compareText(const CompareReport& report, const ComparedNames& names, std::size_t rows) {
    std::string out;
    for (const ComparedNode& node : report.nodes) out += nodeText(node, names, rows);
    return out + conditionsText(report.conditions);
}

Json compareJson(const CompareReport& report, const ComparedNames& names, std::size_t rows) {
    Json out = Json::object();
    out["a"] = names.a;
    out["b"] = names.b;
    out["same"] = !report.nodes.empty() && report.same();
    out["nodes"] = Json::array();
    for (const ComparedNode& node : report.nodes) out["nodes"].push_back(nodeJson(node, rows));
    out["conditions"] = Json::array();
    for (const CheckedCondition& checked : report.conditions)
        out["conditions"].push_back({{"target", checked.target},
                                     {"node", checked.node},
                                     {"condition", english(checked.condition)},
                                     {"held", heldWord(checked.held)}});
    out["refused"] = Json::array();
    for (const CompareRefusal& refusal : report.refusals)
        out["refused"].push_back({{"target", refusal.target.empty() ? Json() : Json(refusal.target)},
                                  {"node", refusal.node},
                                  {"param", refusal.param},
                                  {"message", english(refusal.what)},
                                  {"mend", english(refusal.fix)}});
    return out;
}

}  // namespace rw::cli

#include "core/compare/report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/figures.h"
#include "core/base/table_text.h"

namespace rw {

namespace {

using ReportTable = std::vector<std::vector<std::string>>;

void addReportRow(ReportTable& table, const std::string& side, const CompareRow& row) {
    std::vector<std::string>& line = table.emplace_back();
    line.push_back("  " + side);
    for (const CompareCell& cell : row) line.push_back(cell.value_or("NULL"));
}

ReportTable reportTable(const ComparedNode& node, const ComparedNames& names, std::size_t rows) {
    const RowDifference& difference = node.difference;
    ReportTable table;
    std::vector<std::string>& head = table.emplace_back();
    head.emplace_back("  ROWS");
    for (const Field& field : node.schema->fields) head.push_back(field.name);
    for (std::size_t i = 0; i < std::min(difference.onlyA.size(), rows); ++i)
        addReportRow(table, "only " + names.a, difference.onlyA[i]);
    for (std::size_t i = 0; i < std::min(difference.onlyB.size(), rows); ++i)
        addReportRow(table, "only " + names.b, difference.onlyB[i]);
    for (std::size_t i = 0; i < std::min(difference.different.size(), rows); ++i) {
        addReportRow(table, "different " + names.a, difference.different[i].first);
        addReportRow(table, "different " + names.b, difference.different[i].second);
    }
    return table;
}

std::string reportCause(const Cause& cause) {
    const std::string rows =
        cause.rows > 0 ? " (" + figures::counted(cause.rows, "row", "rows") + ")" : std::string();
    return fmt::format("  cause: {}{}. {}\n", causeName(cause.kind), rows, english(cause.evidence));
}

std::string reportNode(const ComparedNode& node, const ComparedNames& names, std::size_t rows) {
    const RowDifference& difference = node.difference;
    std::string out;
    if (difference.same()) {
        out = fmt::format("{}: the same, {}\n", node.node, figures::counted(node.rowsA, "row", "rows"));
    } else {
        out = fmt::format("{}: {} and {}; {} only in {}, {} only in {}, {} different\n", node.node,
                          figures::counted(node.rowsA, "row", "rows"), figures::count(node.rowsB),
                          figures::count(difference.onlyA.size()), names.a,
                          figures::count(difference.onlyB.size()), names.b,
                          figures::count(difference.different.size()));
        if (rows > 0) out += tableText(reportTable(node, names, rows));
    }
    for (const Cause& cause : node.causes) out += reportCause(cause);
    return out;
}

std::string reportConditions(const std::vector<CheckedCondition>& conditions) {
    if (conditions.empty()) return {};
    std::string out = "conditions of the verdicts\n";
    for (const CheckedCondition& checked : conditions)
        out += fmt::format("  {}, {}: {}: {}\n", checked.target, checked.node, english(checked.condition),
                           english(heldWord(checked.held)));
    return out;
}

}  // namespace

ComparedNames comparedNames(const std::string& a, const std::string& b) {
    if (a != b) return {a, b};
    return {a + " (1)", b + " (2)"};
}

Text heldWord(CheckedCondition::Held held) {
    switch (held) {
        case CheckedCondition::Held::Yes:
            return RW_TEXT("compare", "held");
        case CheckedCondition::Held::No:
            return RW_TEXT("compare", "not held");
        case CheckedCondition::Held::Unknown:
            break;
    }
    return RW_TEXT("compare", "unknown");
}

std::string refusalText(const CompareRefusal& refusal) {
    std::string place = refusal.target.empty() ? std::string() : refusal.target + ": ";
    if (!refusal.node.empty()) place += refusal.node;
    if (!refusal.param.empty()) place += "." + refusal.param;
    if (!refusal.node.empty()) place += ": ";
    const std::string fix = refusal.fix.empty() ? std::string() : " " + english(refusal.fix);
    return place + english(refusal.what) + fix;
}

// Its names come from foreign files, and go to a terminal.
std::string compareText(const CompareReport& report, const ComparedNames& names, std::size_t rows) {
    std::string out;
    for (const CompareRefusal& refusal : report.refusals) out += "refused: " + refusalText(refusal) + "\n";
    if (!report.refusals.empty()) return printable(out);
    for (const ComparedNode& node : report.nodes) out += reportNode(node, names, rows);
    return printable(out + reportConditions(report.conditions));
}

}  // namespace rw

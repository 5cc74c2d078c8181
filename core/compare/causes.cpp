#include "core/compare/causes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace rw {

namespace {

/// The rows that differ, those of a pair apart.
struct Differing {
    std::vector<CompareRow> a{}, b{};
};

Differing differingOf(const RowDifference& difference) {
    Differing rows{difference.onlyA, difference.onlyB};
    for (const auto& [inA, inB] : difference.different) {
        rows.a.push_back(inA);
        rows.b.push_back(inB);
    }
    return rows;
}

/// The newest end of a window among the rows.
CompareCell newestEnd(const std::vector<CompareRow>& rows, std::size_t column) {
    CompareCell newest;
    for (const CompareRow& row : rows) {
        if (row[column] && (!newest || *newest < *row[column])) newest = row[column];
    }
    return newest;
}

/// Takes the rows of windows off `mine` that end behind all that `others` have, or are the very last where
/// those have none; how many.
std::uint64_t takeUnfired(std::vector<CompareRow>& mine, const CompareCell& newest, const CompareCell& others,
                          std::size_t column) {
    if (!newest || (others && *newest <= *others)) return 0;
    const auto unfired = [&](const CompareRow& row) {
        return row[column] && (others ? *row[column] > *others : *row[column] == *newest);
    };
    return static_cast<std::uint64_t>(std::erase_if(mine, unfired));
}

std::uint64_t takeUnfiredWindows(Differing& left, const std::vector<CompareRow>& a,
                                 const std::vector<CompareRow>& b, const Schema& schema) {
    const std::optional<int> found = schema.find("window_end");
    if (!found || !schema.fields[static_cast<std::size_t>(*found)].type.is(TypeId::Timestamp)) return 0;
    const auto column = static_cast<std::size_t>(*found);
    const CompareCell lastA = newestEnd(a, column), lastB = newestEnd(b, column);
    return takeUnfired(left.a, lastA, lastB, column) + takeUnfired(left.b, lastB, lastA, column);
}

/// The columns that hang on the order of rows: those named, else those in which rows of one key differ.
std::set<std::size_t> orderedColumnsOf(const RowDifference& difference, const Schema& schema,
                                       const SinkEvidence& evidence) {
    std::set<std::size_t> columns;
    for (const std::string& name : evidence.orderedColumns) {
        if (const std::optional<int> at = schema.find(name)) columns.insert(static_cast<std::size_t>(*at));
    }
    if (!columns.empty()) return columns;
    for (const auto& [inA, inB] : difference.different) {
        for (std::size_t i = 0; i < inA.size(); ++i) {
            if (inA[i] != inB[i]) columns.insert(i);
        }
    }
    return columns;
}

std::vector<CompareRow> withoutColumns(const std::vector<CompareRow>& rows,
                                       const std::set<std::size_t>& columns) {
    std::vector<CompareRow> out;
    for (const CompareRow& row : rows) {
        CompareRow& kept = out.emplace_back();
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (!columns.contains(i)) kept.push_back(row[i]);
        }
    }
    std::sort(out.begin(), out.end());
    return out;
}

bool onlyOrderDiffers(const Differing& left, const RowDifference& difference, const Schema& schema,
                      const SinkEvidence& evidence) {
    if (evidence.orderedNodes.empty()) return false;
    const std::set<std::size_t> columns = orderedColumnsOf(difference, schema, evidence);
    return !columns.empty() && columns.size() < schema.size() && left.a.size() == left.b.size() &&
           withoutColumns(left.a, columns) == withoutColumns(left.b, columns);
}

/// “per_minute (3), ranked (1)”.
std::string countedNodes(const std::vector<std::pair<std::string, std::uint64_t>>& nodes) {
    std::string out;
    for (const auto& [node, rows] : nodes) {
        out += out.empty() ? "" : ", ";
        out += fmt::format("{} ({})", node, rows);
    }
    return out;
}

/// Possible causes of differences that neither windows nor the order of rows explain.
std::vector<Cause> causesOnTheWay(const SinkEvidence& evidence) {
    std::vector<Cause> causes;
    if (!evidence.late.empty())
        causes.push_back({CauseKind::Late,
                          RW_TEXT("compare", "Rows were late in the run here: %1. Which ones are may differ.")
                              .with(countedNodes(evidence.late)),
                          0});
    if (!evidence.rejected.empty())
        causes.push_back(
            {CauseKind::Rejected,
             RW_TEXT("compare", "Rows were rejected here: %1. A cluster tells them in other words, and copies of a source have none.")
                 .with(countedNodes(evidence.rejected)),
             0});
    for (const SinkEvidence::Word& word : evidence.words)
        causes.push_back({CauseKind::Dialect,
                          RW_TEXT("compare", "“%1” in “%2” is the same only while %3.")
                              .with(word.function, word.node, word.condition),
                          0});
    return causes;
}

}  // namespace

Text causeWord(CauseKind kind) {
    switch (kind) {
        case CauseKind::Late:
            return RW_TEXT("compare", "late");
        case CauseKind::Rejected:
            return RW_TEXT("compare", "rejected");
        case CauseKind::Order:
            return RW_TEXT("compare", "order");
        case CauseKind::FloatSum:
            return RW_TEXT("compare", "float sum");
        case CauseKind::Dialect:
            return RW_TEXT("compare", "dialect");
        case CauseKind::UnfiredWindows:
            return RW_TEXT("compare", "unfired windows");
        case CauseKind::Unexplained:
            break;
    }
    return RW_TEXT("compare", "unexplained");
}

std::string_view causeName(CauseKind kind) {
    return causeWord(kind).key;
}

std::vector<Cause> causesOf(const RowDifference& difference, const std::vector<CompareRow>& a,
                            const std::vector<CompareRow>& b, const Schema& schema,
                            const SinkEvidence& evidence) {
    std::vector<Cause> causes;
    if (difference.close > 0)
        causes.push_back({CauseKind::FloatSum,
                          RW_TEXT("compare", "Last digits of DOUBLEs differ; such rows count as the same."),
                          difference.close});
    if (difference.same()) return causes;
    Differing left = differingOf(difference);
    if (const std::uint64_t unfired = takeUnfiredWindows(left, a, b, schema); unfired > 0)
        causes.push_back(
            {CauseKind::UnfiredWindows,
             RW_TEXT("compare", "These rows are of the last windows, which one side did not close."),
             unfired});
    const std::uint64_t rest = std::max(left.a.size(), left.b.size());
    if (rest == 0) return causes;
    if (onlyOrderDiffers(left, difference, schema, evidence)) {
        causes.push_back({CauseKind::Order,
                          RW_TEXT("compare", "What %1 gives goes by the order of rows; all else is the same.")
                              .with(fmt::format("{}", fmt::join(evidence.orderedNodes, ", "))),
                          rest});
        return causes;
    }
    std::vector<Cause> onTheWay = causesOnTheWay(evidence);
    if (onTheWay.empty())
        onTheWay.push_back(
            {CauseKind::Unexplained,
             RW_TEXT("compare", "Nothing that is known of the way to here makes a difference."), rest});
    for (Cause& cause : onTheWay) causes.push_back(std::move(cause));
    return causes;
}

}  // namespace rw

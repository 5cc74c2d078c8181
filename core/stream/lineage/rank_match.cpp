#include "core/stream/lineage/rank_match.h"

#include <utility>

#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

/// As SQL compares: −0.0 equals 0.0.
std::strong_ordering compareSorted(const Column& a, std::size_t rowA, const Column& b, std::size_t rowB) {
    const bool numbers = a.type().is(TypeId::Double) && !a.isNull(rowA) && !b.isNull(rowB);
    if (numbers && a.at<double>(rowA) == b.at<double>(rowB)) return std::strong_ordering::equal;
    return compareCells(a.type(), ColumnCell{&a, rowA}, ColumnCell{&b, rowB});
}

/// How the row of `rows` is ranked against `asked`: less, the better one. Columns that are not known decide
/// nothing.
std::strong_ordering ranked(const std::vector<SortColumn>& by, const Batch& rows, std::size_t row,
                            const Batch& asked) {
    for (const SortColumn& each : by) {
        const auto column = static_cast<std::size_t>(each.column);
        if (!asked.columns[column] || !rows.columns[column]) break;
        const auto order = compareSorted(*rows.columns[column], row, *asked.columns[column], 0);
        if (order != 0) return each.descending ? 0 <=> order : order;
    }
    return std::strong_ordering::equal;
}

/// Rows of the window and the partition of that row.
std::shared_ptr<RowMatch> sameRanking(const TopNPlan& plan, const AskedRow& asked) {
    auto match = std::make_shared<RowMatch>();
    match->asked = asked.row;
    match->asKeys = true;
    for (const int column : plan.partition) match->equal.push_back({column, column});
    if (plan.ofWindows()) {
        match->equal.push_back({plan.windowStart, plan.windowStart});
        match->equal.push_back({plan.windowEnd, plan.windowEnd});
    }
    return match;
}

/// Those of the input, of which some come too late.
std::shared_ptr<RowMatch> sameRankingIn(const TopNPlan& plan, const AskedRow& asked) {
    auto match = sameRanking(plan, asked);
    if (plan.ofWindows()) {
        match->eventTime = plan.input.eventTime;
        match->late = RowMatch::Late::ByTime;
    }
    return match;
}

}  // namespace

std::vector<Contributors> rowsUpTo(const TopNPlan& plan, const AskedRow& asked) {
    auto match = sameRankingIn(plan, asked);
    match->also = [&plan, row = asked.row](const Batch& rows, std::size_t at) {
        return ranked(plan.by, rows, at, row) <= 0;
    };
    return {{0, std::move(match), RW_TEXT("lineage", "the row itself, and those ranked before it")}};
}

RowPredicateRef lastRanked(const TopNPlan& plan, const AskedRow& asked) {
    auto match = sameRanking(plan, asked);
    match->also = [&plan](const Batch& rows, std::size_t at) {
        const ColumnRef& ranks = rows.columns.back();
        return ranks && !ranks->isNull(at) &&
               ranks->at<std::int64_t>(at) == static_cast<std::int64_t>(plan.limit);
    };
    return match;
}

Displaced rowsBehind(const TopNPlan& plan, const AskedRow& last) {
    auto rows = sameRankingIn(plan, last), placed = sameRanking(plan, last);
    rows->also = [&plan, row = last.row](const Batch& some, std::size_t at) {
        return ranked(plan.by, some, at, row) >= 0;
    };
    placed->also = [&plan, row = last.row](const Batch& some, std::size_t at) {
        return ranked(plan.by, some, at, row) == 0;
    };
    const auto order = [&plan](const Batch& a, const Batch& b) { return ranked(plan.by, a, 0, b); };
    return {std::move(rows), std::move(placed), order, true,
            RW_TEXT("lineage", "rows that are ranked behind the last place, the next one first")};
}

}  // namespace rw

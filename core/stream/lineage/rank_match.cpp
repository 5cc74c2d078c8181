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

/// Whether the row of `rows` does not come behind `asked`.
bool notBehind(const std::vector<SortColumn>& by, const Batch& rows, std::size_t row, const Batch& asked) {
    for (const SortColumn& each : by) {
        const auto column = static_cast<std::size_t>(each.column);
        if (!asked.columns[column] || !rows.columns[column]) return true;
        const auto order = compareSorted(*rows.columns[column], row, *asked.columns[column], 0);
        if (order != 0) return each.descending ? order > 0 : order < 0;
    }
    return true;
}

}  // namespace

std::vector<Contributors> rowsUpTo(const TopNPlan& plan, const AskedRow& asked) {
    auto match = std::make_shared<RowMatch>();
    match->asked = asked.row;
    match->asKeys = true;
    for (const int column : plan.partition) match->equal.push_back({column, column});
    if (plan.ofWindows()) {
        match->equal.push_back({plan.windowStart, plan.windowStart});
        match->equal.push_back({plan.windowEnd, plan.windowEnd});
        match->eventTime = plan.input.eventTime;
        match->late = RowMatch::Late::ByTime;
    }
    match->also = [&plan, row = asked.row](const Batch& rows, std::size_t at) {
        return notBehind(plan.by, rows, at, row);
    };
    return {{0, std::move(match), RW_TEXT("lineage", "the row itself, and those ranked before it")}};
}

}  // namespace rw

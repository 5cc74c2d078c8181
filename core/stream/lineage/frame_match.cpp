#include "core/stream/lineage/frame_match.h"

#include <utility>

#include "core/base/figures.h"
#include "core/stream/lineage/keyed_match.h"

namespace rw {

namespace {

std::shared_ptr<RowMatch> ofPartition(const OverPlan& plan, const AskedRow& asked) {
    auto match = rowsOfKeys(asked, plan.keys, -1);
    match->eventTime = plan.input.eventTime;
    match->late = RowMatch::Late::ByTime;
    match->also = computable(plan.aggregates, asked);
    return match;
}

}  // namespace

std::vector<Contributors> frameRows(const OverPlan& plan, const AskedRow& asked) {
    auto match = ofPartition(plan, asked);
    const int timeColumn = plan.input.eventTime;  // the columns of the input come first
    Text words = RW_TEXT("lineage", "the row itself, and the rows of its frame");
    if (!asked.knows(timeColumn) || asked.row.column(timeColumn).isNull(0))
        return {{0, std::move(match), std::move(words)}};
    const Instant time = asked.row.column(timeColumn).at<Instant>(0);
    match->until = saturatingAdd(time, 1);
    const Frame& frame = plan.frame;
    if (frame.unbounded()) return {{0, std::move(match), std::move(words)}};
    if (frame.unit == Frame::Unit::Range) {
        match->from = saturatingAdd(time, -*frame.preceding);
        return {{0, std::move(match), std::move(words)}};
    }
    match->from = time;
    auto before = ofPartition(plan, asked);
    before->until = time;
    return {{0, std::move(match), RW_TEXT("lineage", "the row itself, and those of its time")},
            {0, std::move(before),
             figures::counted(static_cast<std::uint64_t>(*frame.preceding),
                              RW_TEXT("lineage", "the last row before it"),
                              RW_TEXT("lineage", "the last %1 rows before it")),
             false, static_cast<std::size_t>(*frame.preceding)}};
}

}  // namespace rw

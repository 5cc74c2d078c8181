// The operator of patterns (event-time rules, 31): rows wait until the watermark has reached them, go in
// order to their partitions, and matches become rows as soon as no row to come can change them.
//
// A partition is searched from one row at a time. Its attempt stops where a row decides that has not come,
// and goes on when it has. The result is a function of the partition's rows in their order, so it does not
// depend on batches, degree or restarts: after a restart the attempt begins anew, and takes the same steps.
#pragma once
#include <deque>
#include <vector>

#include "core/patterns/made_rows.h"
#include "core/patterns/row_tests.h"
#include "core/stream/call_budget.h"
#include "core/stream/late_rows.h"
#include "core/stream/operator.h"
#include "core/stream/rows/held_state.h"

namespace rw::patterns {

class MatchRows final : public Operator {
 public:
    MatchRows(MatchPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;

 private:
    HeldShape shape() const;
    /// Takes rows out of m_inTime whose computed columns fail.
    Status rejectFailed(const Batch& batch, const sql::RowErrors& errors, Output& out);
    bool ended() const { return m_watermark == kMaxTimestamp && !m_held.due(m_watermark); }
    /// Rows that have not come to their partitions are at this time or later.
    Instant next() const;

    void gather(CallBudget& budget);
    void enqueue(RowSlot partition);
    /// Searches the first partition of the list.
    Status search(CallBudget& budget, Output& out);
    /// The outcome of one attempt: goes on behind it. False: the partition waits, or the call is over.
    Result<bool> finish(Partition& partition, Outcome outcome, Output& out);
    Status take(Partition& partition, Output& out);
    Status rejectRow(RowSlot row, const Text& reason, Output& out) const;
    Status rejectFailedConditions(Output& out);
    Status emit(Output& out);

    const MatchPlanRef m_plan;
    const MakeContext m_context;
    HeldRows m_held;
    LateRows m_late;
    Partitions m_partitions;
    ConditionTests m_tests;
    MadeRows m_made;
    Instant m_watermark = kMinTimestamp;
    Instant m_lastTaken = kMinTimestamp;    ///< the time of the last row that came to its partition
    std::deque<RowSlot> m_work{};           ///< partitions to be searched; none at a barrier
    std::vector<std::uint32_t> m_inTime{};  // of one call; kept for their memory
    std::vector<RowSlot> m_slots{}, m_touched{};
};

}  // namespace rw::patterns

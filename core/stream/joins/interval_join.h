// Joins rows of two streams whose keys are equal and whose event times lie within bounds of each other.
//
// A pair goes on at once. A row is kept until the other input has passed all that it could meet, and goes on
// alone then, in outer joins, when it has met none (event-time rules, the table of rule 12).
#pragma once
#include <memory>
#include <vector>

#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/finds_pairs.h"
#include "core/stream/joins/interval_rows.h"
#include "core/stream/joins/joined_rows.h"
#include "core/stream/late_rows.h"

namespace rw {

/// Output ports.
enum IntervalJoinPort : int { kJoinOut = 0, kJoinLateLeft = 1, kJoinLateRight = 2 };

/// The bound form of an interval join: inner, left, right or full.
struct IntervalJoinPlan {
    JoinPlan join{};
    Millis lower = 0, upper = 0;       ///< of right's event time − left's, both included
    std::vector<ColumnSet> looksAt{};  ///< by JoinPort: the columns that the join itself reads
};

class IntervalJoin final : public Operator, public ChangingState, public FindsPairs {
 public:
    IntervalJoin(std::shared_ptr<const IntervalJoinPlan> plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onPortWatermark(int port, Instant watermark, Output& out) override;
    /// Of the late ports: rows leave by them as they are.
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    bool hasPair() const override { return m_hasPair; }
    void forgetPairs() override { m_hasPair = false; }

 private:
    struct Input {
        IntervalRows rows;
        LateRows late;
        Instant watermark = kMinTimestamp;
    };
    /// A batch whose rows look for others, and how far they are.
    struct Search {
        int port = kLeft;
        Batch batch{};
        std::vector<const Column*> keys{};    ///< of the batch
        std::vector<std::uint64_t> hashes{};  ///< by row
        std::vector<std::uint32_t> inTime{};  ///< rows
        std::vector<std::uint32_t> keyed{};   ///< those of them without NULL in their key
        std::vector<RowsByKeyAndTime::Look> looks{};
        std::size_t at = 0;  ///< in `looks`, whose slot there is the next to be looked at
    };

    static IntervalRows::Shape shapeOf(const IntervalJoinPlan& plan, JoinPort port);
    Input& input(int port) { return port == kLeft ? m_left : m_right; }
    bool searching() const { return m_search.at < m_search.looks.size(); }
    RowsByKeyAndTime::Distance distance() const;
    std::span<const Instant> searchedTimes() const;
    Status search(CallBudget& budget, Output& out);
    std::size_t collect();
    Status emitPairs(Output& out);
    void letGo(JoinPort port, CallBudget& budget, Output& out);
    Instant bound() const;

    const std::shared_ptr<const IntervalJoinPlan> m_plan;
    const std::size_t m_batchRows;
    Input m_left, m_right;
    JoinedRows m_joined;
    DisorderMeter m_disorder;
    Search m_search{};
    bool m_hasPair = false;          ///< as hasPair()
    std::vector<RowSlot> m_alone{};  ///< of one call; kept for its memory
};

}  // namespace rw

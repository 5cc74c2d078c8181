// Each left row with the version of its key that was valid when it happened.
//
// Which one that is may change until the right watermark has reached the left row's event time: the row waits
// for that. Versions are kept as long as a left row may still ask for them.
#pragma once
#include <memory>
#include <vector>

#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/finds_pairs.h"
#include "core/stream/joins/pair_evaluator.h"
#include "core/stream/late_rows.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/version_store.h"

namespace rw {

/// A temporal join as it was bound: shared by all its parallel instances. Immutable.
struct TemporalJoinPlan {
    StreamType left{}, right{};
    std::vector<int> leftKeys{}, rightKeys{};  ///< pairs of columns that must be equal
    SchemaRef joined{};                        ///< the columns of left, then those of right
    sql::BoundRef rest{};              ///< the further condition on a pair, over `joined`; null: none
    bool keepsLeft = false;            ///< left rows that meet nothing go on, too
    std::vector<ColumnSet> looksAt{};  ///< by input port: columns that decide the fate of rows
};
using TemporalJoinPlanRef = std::shared_ptr<const TemporalJoinPlan>;

/// Inputs and outputs of a temporal join.
enum TemporalJoinInput : int { kTemporalLeft = 0, kTemporalRight = 1 };
enum TemporalJoinPort : int { kTemporalOut = 0, kTemporalLateLeft = 1, kTemporalLateRight = 2 };

class TemporalJoin final : public Operator, public ChangingState, public FindsPairs {
 public:
    TemporalJoin(TemporalJoinPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onPortWatermark(int port, Instant watermark, Output& out) override;
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
    /// In m_found: the condition could not be computed, and the row has left by another port.
    static constexpr RowSlot kFailed = kNoRow - 1;

    Status takeLeft(const Batch& batch, Output& out);
    Status join(const Batch& left, Output& out);
    Status checkPairs(const Batch& left, Output& out);
    Batch paired(const Batch& left, std::span<const std::uint32_t> rows) const;
    HeldShape heldShape() const;

    const TemporalJoinPlanRef m_plan;
    const std::size_t m_batchRows;
    PairEvaluator m_rest;
    VersionStore m_versions;
    HeldRows m_held;  ///< left rows
    LateRows m_lateLeft, m_lateRight;
    DisorderMeter m_disorder;
    Instant m_rightWatermark = kMinTimestamp;
    bool m_hasPair = false;  ///< as hasPair()
    Instant m_watermark = kMinTimestamp;
    // Of one call; kept for their memory
    std::vector<std::uint32_t> m_inTime, m_ready, m_waiting, m_rows;
    std::vector<RowSlot> m_found;  ///< by left row: its version, kNoRow, or kFailed
};

}  // namespace rw

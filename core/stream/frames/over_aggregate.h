// Aggregates over the rows before each row: rows wait until the watermark has reached them, go through the
// frames of their partitions in order, and leave with the aggregates of that moment.
//
// Rows are taken a piece at a time. Those of a piece that do not meet in a frame are worked together, in
// rounds: the first row of every partition, then the second of every partition, and so on; of RANGE frames
// rows of one time, which are in each other's frames, count as one. Where such rows are more than a piece
// holds, the pieces behind it with the others are gathered first, and all of them are its last round.
#pragma once
#include <span>
#include <vector>

#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/frames/over_frames.h"
#include "core/stream/late_rows.h"
#include "core/stream/operator.h"
#include "core/stream/rows/held_state.h"

namespace rw {

class OverAggregate final : public Operator, public ChangingState {
 public:
    OverAggregate(OverPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;

 private:
    enum class Step {
        Gather,  ///< rows are taken from those that wait; there are no pieces, or not all
        Enter,   ///< the rows of the round go into the frames
        Answer,  ///< the aggregates of its partitions are read
        Emit     ///< all rounds are done; the pieces leave
    };
    struct Piece {
        OverRows placed{};
        std::vector<std::uint32_t> answers{};  ///< for each row the result that is its
    };
    /// Of a partition: where it was met last.
    struct Met {
        std::uint64_t division = 0, asking = 0;  ///< numbers of m_division and m_asking
        Instant time = 0;                        ///< of that division, its latest row's
        std::uint32_t round = 0;                 ///< of that row
        std::uint32_t answer = 0;                ///< of that asking
    };

    /// Lets rows wait that m_input has taken.
    Status hold(const Batch& batch, Output& out);
    /// Rejects the rows of m_inTime whose operands can't be computed.
    Status rejectFailed(const Batch& batch, Output& out);
    HeldShape shape() const;

    Status proceed(CallBudget& budget, Output& out);
    void gather(CallBudget& budget);
    /// Deals the rows of the first piece out to rounds.
    void divide();
    void enter(CallBudget& budget);
    std::span<const std::uint32_t> rowsOfRound(std::size_t piece);
    /// Notes whose result each of these rows is to get.
    void ask(Piece& piece, std::span<const std::uint32_t> rows);
    void answer(CallBudget& budget);
    void collect(std::span<const RowSlot> partitions);
    void beginRound(std::size_t round);
    Status emit(CallBudget& budget, Output& out);
    /// Takes rows out whose aggregates do not fit their types.
    Status rejectOverflown(Batch& made, const std::vector<std::uint32_t>& answers, Output& out) const;

    const OverPlanRef m_plan;
    const MakeContext m_context;
    const OverColumns m_columns;
    const std::size_t m_pieceRows;
    AggregateRows m_input;
    HeldRows m_held;
    LateRows m_late;
    DisorderMeter m_disorder;
    OverFrames m_frames;
    Instant m_watermark = kMinTimestamp;

    // The pieces under way; none at a barrier
    Step m_step = Step::Gather;
    std::vector<Piece> m_pieces{};
    Instant m_last = kMinTimestamp;        ///< the time of the last row in them
    std::vector<std::uint32_t> m_order{};  ///< rows of the first piece, round by round
    std::vector<std::size_t> m_ends{};     ///< of each round in m_order
    std::size_t m_round = 0;
    std::size_t m_piece = 0;          ///< that enters, or leaves
    std::vector<RowSlot> m_asked{};   ///< partitions of the round, once each
    std::size_t m_answered = 0;       ///< of them
    std::size_t m_resultsBefore = 0;  ///< those of earlier rounds
    std::vector<ColumnBuilder> m_results{};
    std::vector<ColumnRef> m_finished{};
    sql::RowErrors m_errors{};  ///< by result
    std::vector<Met> m_met{};   ///< by slot of the partition
    std::uint64_t m_division = 0, m_asking = 0;

    std::vector<std::uint32_t> m_inTime{}, m_every{};  ///< of one call; kept for their memory
};

}  // namespace rw

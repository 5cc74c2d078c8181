// Joins the rows of two streams whose keys are equal, whenever they come.
//
// A row meets those of the other side that are there when it comes, and those that come later. One that is
// taken back takes its pairs back. In outer joins a row goes on alone, beside NULLs, while it has no partner.
// Streams may change; what leaves is inserts and deletes that describe the joined table at every moment.
#pragma once
#include <array>
#include <memory>
#include <vector>

#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/finds_pairs.h"
#include "core/stream/joins/join_ttl_index.h"
#include "core/stream/joins/joined_rows.h"
#include "core/stream/joins/regular_rows.h"
#include "core/stream/state_ttl.h"

namespace rw {

/// Output ports, before the one of rejected rows.
enum RegularJoinPort : int { kPairsOut = 0 };

/// The bound form of a regular join: inner, left, right or full.
struct RegularJoinPlan {
    JoinPlan join{};
    /// By JoinPort: the columns, those of the join among them, that tell which row of a stream is taken back;
    /// none: its rows stay.
    std::array<std::vector<int>, 2> names{};
    std::vector<ColumnSet> looksAt{};  ///< by JoinPort: the columns that the join itself reads
    Millis ttl = 0;                    ///< keys are forgotten after so long without a row; 0: never
};

class RegularJoin final : public Operator, public ChangingState, public FindsPairs {
 public:
    RegularJoin(std::shared_ptr<const RegularJoinPlan> plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override { return m_more; }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    void writeRest(StateWriter&) const override {}
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    bool hasPair() const override { return m_hasPair; }
    void forgetPairs() override { m_hasPair = false; }

 private:
    /// A row that comes or is taken back, and meets the rows of the other side.
    struct Turn {
        RowSlot slot = kNoRow;
        bool takesBack = false;
        RowKind kind() const { return takesBack ? RowKind::Delete : RowKind::Insert; }
    };
    /// A batch whose rows have their turns, and how far they are.
    struct Work {
        int port = kLeft;
        Batch batch{};
        std::vector<const Column*> keys{}, names{};         ///< of the batch
        std::vector<std::uint64_t> hashes{}, nameHashes{};  ///< by row
        JoinTtlIndex::Keys lives{};                         ///< with a time to live
        std::size_t at = 0;                                 ///< row
        bool meeting = false;                               ///< `turn` is that of row `at`, and not over
        Turn turn{};
        RowSlot next = kNoRow;  ///< to be looked at in that turn
    };
    /// A key that is being forgotten, and how far that is.
    struct Ending {
        RowSlot life = kNoRow;  ///< kNoRow: none is
        JoinTtlIndex::Keys key{};
        int port = kLeft;
        RowSlot next = kNoRow;
    };
    /// Rows to be emitted, by JoinPort; kNoRow: NULLs.
    struct Changes {
        std::array<std::vector<RowSlot>, 2> rows{};
        std::vector<RowKind> kinds{};
    };

    static RegularRows::Shape shapeOf(const RegularJoinPlan& plan, JoinPort port);
    static std::vector<Type> keyTypes(const RegularJoinPlan& plan, JoinPort port);
    RegularRows& rows(int port) { return port == kLeft ? m_left : m_right; }
    bool busy() const { return m_ending.life != kNoRow || m_work.at < m_work.batch.rows; }
    std::size_t collect();
    void step();
    void begin();
    bool hasKey(std::uint32_t row) const;
    void endTurn();
    void look();
    void forget(RowSlot life);
    void forgetNext();
    bool someKeyIsOver() const;
    bool forgetOldest();
    Status flush(Output& out);
    void settle(const Joined& joined, Output& out);
    std::size_t settlePairs(const Turn& turn, const Joined& joined, std::size_t pair, Output& out);
    void change(RowSlot own, RowSlot other, RowKind kind, Output& out);
    void emitChanges(Output& out);

    const std::shared_ptr<const RegularJoinPlan> m_plan;
    const std::size_t m_batchRows;
    RegularRows m_left, m_right;
    JoinedRows m_joined;
    StateTtl m_ttl;
    JoinTtlIndex m_lives;
    Instant m_watermark = kMinTimestamp;
    bool m_more = false;
    Work m_work{};
    Ending m_ending{};
    bool m_hasPair = false;  ///< as hasPair()
    // Until the next flush()
    std::vector<Turn> m_turns{};  ///< those that are over
    Changes m_changes{};
    std::array<std::vector<RowSlot>, 2> m_gone{};  ///< by JoinPort: hidden rows
};

}  // namespace rw

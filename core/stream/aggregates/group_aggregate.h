// Aggregates over all rows of a key, without windows: an updating stream with a row for each key.
#pragma once
#include <deque>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/store/state_memory.h"
#include "core/stream/aggregates/keyed_groups.h"
#include "core/stream/aggregates/waiting_rows.h"
#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/operator.h"

namespace rw {

/// One change a batch and key: results between are left out, and nothing is sent where a result stays the
/// same. The last result sent is not stored: before a batch is counted in, the state gives it.
///
/// A key that ends by its time to live is forgotten and not withdrawn: its last row stays with the receivers
/// until the key comes again (event-time rules, 17). So a key may end and come again inside a batch; its
/// rows are then taken in rounds, one for each life of it.
///
/// Groups beyond a share of memory are in files. Rows of keys that have no group here wait then, until there
/// are many, or for a second: their groups are brought here, key group by key group, and they are taken as if
/// they came just now. So rows of one key are taken in their order, whatever is where; only how many changes
/// tell of them is another matter. While rows wait, no watermark that came behind them is passed on.
class GroupAggregate : public Operator, public ChangingState {
 public:
    GroupAggregate(GroupPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    Status onEnd(Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    std::int64_t wakesAt() const override;
    bool takesMore() const override { return !m_waiting || m_waiting->hasRoom(); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    StateSize heldSize() const override;
    StateLookups stateLookups() const override { return m_lookups; }
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override { m_groups.freeze(whole); }
    bool writePiece(StateWriter& out) override { return m_groups.writePiece(out); }
    Status writing() const override { return m_groups.writing(); }

 private:
    /// A group that takes rows in this round.
    struct Touched {
        bool stood = false;  ///< it had rows before
        bool ended = false;  ///< its state ends behind the rows of this round
    };
    /// The aggregates of some groups.
    struct Results {
        std::vector<ColumnRef> columns{};
        sql::RowErrors errors{};  ///< one a row; none where failed ones are NULL
        const sql::RowError* error(std::size_t row) const;
    };
    /// A change of a group, one of those that are being shown.
    struct Change {
        RowKind kind = RowKind::Insert;
        std::uint32_t row = 0;  ///< of the results: those before for a row that is taken back, else the new
    };

    Status proceed(Output& out);
    /// Lets rows wait that m_input has taken.
    Status take(const Batch& rows, Output& out);
    // Rows of keys that have no group here.
    bool rowsWait() const { return m_waiting && m_waiting->any(); }
    /// Finds the groups of m_rows; rows of `rows` that have none wait from now on.
    void findOrWait(const Batch& rows);
    std::unique_ptr<WaitingRows> makeWaiting() const;
    void takeWaitingIfDue();
    Status takeWaiting(CallBudget& budget, Output& out);
    Status takeNextBatch(Output& out);
    void passWatermark(Output& out);
    // Groups that leave.
    bool wantsLeaving();
    Status leave(CallBudget& budget);
    Status leaveAtOnce();
    std::size_t mostToStay();

    void beginRound(CallBudget& budget);
    /// How many of the rows that wait may begin a group's part in this round: as many as there are, but for
    /// texts, whose results before and after are held until they are shown. Rows behind them are taken where
    /// one of their group was.
    std::size_t admitRows();
    /// Takes a row into the round. False: it has to wait for the next one.
    bool take(std::uint32_t row, std::uint32_t group);
    Status showSome(CallBudget& budget, Output& out);
    Status reject(const std::vector<ColumnRef>& keys, const Results& now, std::uint32_t row,
                  const Text& reason, Output& out) const;
    // `from`: the place among the touched groups of the first of `keys` and `now`.
    void emitChanges(std::size_t from, const std::vector<ColumnRef>& keys, const Results& now,
                     Output& out) const;
    void emit(std::span<const Change> changes, std::size_t from, const std::vector<ColumnRef>& keys,
              const Results& now, Output& out) const;
    void endRound();
    Results resultsOf(std::span<const std::uint32_t> groups) const;

    const GroupPlanRef m_plan;
    const MakeContext m_context;
    StateTtl m_ttl;
    AggregateRows m_input;
    KeyedGroups m_groups;
    Instant m_watermark = kMinTimestamp;
    // Groups in files.
    StateShare m_share;                        ///< of what may be in memory
    bool m_hasGrown = false;                   ///< it is to be looked at whether groups have to leave
    bool m_leaving = false;                    ///< they have to, or leave
    std::uint64_t m_stayed = 0;                ///< bytes of those that stayed when some left last
    std::unique_ptr<WaitingRows> m_waiting{};  ///< null: no row ever waited
    bool m_takesWaiting = false;               ///< those that wait are being taken …
    bool m_takesAll = false;                   ///< … before anything else
    std::deque<Batch> m_batches{};             ///< of those whose groups are here
    bool m_areHere = false;                    ///< … of which one is m_batch
    std::int64_t m_goesOnAt = 0;               ///< steady milliseconds
    Instant m_closedAt = kMinTimestamp;        ///< the watermark when they began to be taken …
    Instant m_takenUpTo = kMinTimestamp;       ///< … the last time that all were
    Instant m_passed = kMinTimestamp;          ///< the watermark that was passed on
    StateLookups m_lookups{};
    std::vector<Text> m_notes{};

    Batch m_batch{};                                     ///< as long as rows of it wait
    std::vector<std::uint32_t> m_rows{}, m_rowGroups{};  ///< those, and their groups
    // The round
    std::vector<std::uint32_t> m_touched{};  ///< groups
    std::vector<Touched> m_marks{};          ///< one for each of them
    std::vector<std::uint32_t> m_places{};   ///< by group: its place among them, or kNoPlace
    Results m_before{};                      ///< their results before; no columns: none had rows
    std::size_t m_next = 0;                  ///< the first of them that has not been shown
    std::size_t m_shownBytes = 0;            ///< of texts, most at once in the last call
    bool m_dropping = false;                 ///< groups whose state is over are to be dropped
    std::optional<Instant> m_forward{};      ///< a watermark to pass on when all is done
    // Of one call; kept for their memory
    std::vector<std::uint32_t> m_coming{}, m_comingGroups{}, m_going{}, m_goingGroups{}, m_unknown{};
    std::vector<Change> m_changes{};
};

}  // namespace rw

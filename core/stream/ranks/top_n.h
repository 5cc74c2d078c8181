// The best rows of each window and partition, numbered and let out when the window is complete; and the plan
// that the best rows without windows (updating_top_n.h) share with them.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <vector>

#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/late_rows.h"
#include "core/stream/operator.h"
#include "core/stream/ranks/named_rows.h"
#include "core/stream/ranks/ranked_rows.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/window_assigner.h"

namespace rw {

/// The bound form, shared by all parallel instances. Immutable.
struct TopNPlan {
    StreamType input{}, output{}, late{};  ///< of output the last column is the rank
    std::vector<SortColumn> by{};
    std::vector<int> partition{};          ///< columns, without those of the window
    int windowStart = -1, windowEnd = -1;  ///< -1: the rows carry no windows
    std::size_t limit = 1;                 ///< rows of a window and partition that go on

    bool ofWindows() const { return windowEnd >= 0; }
    /// The columns that spread the rows: a partition of one window is with one instance.
    std::vector<int> keys() const;
    std::vector<Type> partitionTypes() const;
    /// Whether all columns decide ties: rows have no place of their own, or none that counts.
    bool needsWholeRows() const;
    /// The columns that the operator looks at.
    ColumnSet lookedAt() const;
    /// The rows that it keeps.
    HeldShape shape() const;
    /// These rows, behind their columns the ranks.
    Batch numbered(const RankedRows& rows, std::span<const RowSlot> slots,
                   std::span<const std::int64_t> ranks) const;
};
using TopNPlanRef = std::shared_ptr<const TopNPlan>;

enum TopNPort : int { kTopNOut = 0, kTopNLate = 1 };

/// Of rows that stay as they are never more than `limit` of a window and partition are kept. Of rows that
/// change all are: a window is ranked once, when the watermark says that no change of it can come any more
/// (event-time rules, 15).
class TopN final : public Operator, public ChangingState {
 public:
    TopN(TopNPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    Span firstOpen() const override;
    /// The watermark: the windows that it has completed were let out, and no piece tells of their rows.
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override { m_rows.freeze(whole); }
    bool writePiece(StateWriter& out) override;

 private:
    /// The rows of a partition that are the best so far: a heap, the worst of them on top. Of rows that
    /// change all there are, in no order.
    using Best = std::vector<RowSlot>;
    struct OpenWindow {
        explicit OpenWindow(std::span<const Type> partitionTypes) : partitions(partitionTypes) {}
        KeyTable partitions;
        std::vector<Best> best{};  ///< by group of `partitions`
        std::size_t bytes() const;
    };

    void take(const Batch& batch, std::span<const std::uint32_t> rows);
    /// Takes rows that are all of one window.
    void takeInto(const Window& window, const Batch& batch, std::span<const std::uint32_t> rows);
    /// A row that stays as it is.
    void offer(Best& best, const Batch& batch, std::uint32_t row);
    /// A row of an updating stream.
    void apply(Best& rows, const Batch& batch, std::uint32_t row);
    void forget(RowSlot slot);
    /// Goes on with the window that completes first.
    void fire(CallBudget& budget, Output& out);
    /// Makes a heap of the best of all rows of a partition, as far as the budget goes. False: there is more.
    bool choose(Best& rows, CallBudget& budget);
    /// Sorts the heap of the partition that is let out, as far as the budget goes. False: there is more.
    bool sort(Best& best, CallBudget& budget);
    void flush(Output& out);

    const TopNPlanRef m_plan;
    const std::vector<Type> m_partitionTypes;
    const std::size_t m_batchRows;
    RankedRows m_rows;
    NamedRows m_names;
    std::vector<std::uint32_t> m_places{};  ///< of rows that change, by slot: their places in their Best
    LateRows m_late;
    std::map<Window, OpenWindow> m_windows{};
    std::size_t m_groups = 0;  ///< of all windows
    std::size_t m_bytes = 0;   ///< of m_windows: a million sessions are too many to be measured again
    Instant m_watermark = kMinTimestamp;

    // Of the window that is being let out: its partition, and how many rows of that are looked at, sorted,
    // let out
    std::size_t m_group = 0, m_looked = 0, m_sorted = 0, m_emitted = 0;
    std::vector<RowSlot> m_ready{};  ///< rows of the next batch
    std::vector<std::int64_t> m_ranks{};
    std::size_t m_readyBytes = 0;  ///< of their texts

    // Of one call; kept for their memory
    std::vector<std::uint32_t> m_inTime{}, m_found{};
    std::vector<const Column*> m_columns{};
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw

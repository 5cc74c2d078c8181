// Rows of two inputs that meet in a window.
//
// Rows wait in their windows (window_side.h) until the watermark of both inputs completes one. Then those of
// right are put into an index by their keys, those of left look for them there, and the further condition is
// evaluated for many pairs at a time. All of that is done some rows at a time, for a key that both sides have
// often makes more pairs than there is time or memory for in a call.
//
// Rows beyond a share of memory wait in files. A window that has such rows is joined some key groups at a
// time, for rows that meet are of one (a partitioned hash join, as Grace's): the rows of right that fit into
// memory, then all of left that are of these key groups, which are read past them. Where a key group of right
// does not fit, its rows of left are read once for each part of it that does (a block nested loop).
#pragma once
#include <array>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/store/spill_folder.h"
#include "core/store/state_memory.h"
#include "core/stream/changing_state.h"
#include "core/stream/disorder.h"
#include "core/stream/finds_pairs.h"
#include "core/stream/joins/join_plan.h"
#include "core/stream/joins/key_filter.h"
#include "core/stream/joins/pair_evaluator.h"
#include "core/stream/joins/window_scan.h"
#include "core/stream/windows/window_reporter.h"

namespace rw {

/// Ports of a window join, before the one of rejected rows.
enum WindowJoinPort : int { kJoined = 0, kLateLeft = 1, kLateRight = 2 };

/// A window join as it was bound.
struct WindowJoinPlan {
    JoinPlan join{};
    std::array<WindowPlan, 2> windows{};  ///< of left and right: the same windows of other inputs
    std::array<ColumnSet, 2> looked{};    ///< the columns of left and right that `on` names
    /// The columns of a result before window_start, window_end and window_time: columns of join.both.
    std::vector<int> columns{};
    StreamType output{};
    std::array<StreamType, 2> late{};
};
using WindowJoinPlanRef = std::shared_ptr<const WindowJoinPlan>;

class WindowJoin final : public Operator, public ChangingState, public FindsPairs {
 public:
    WindowJoin(WindowJoinPlanRef plan, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    bool hasMore() const override { return m_step != Step::None; }
    Status resume(Output& out) override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    void writeRest(StateWriter& out) const override;
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    Status writing() const override { return m_writing; }
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }
    bool hasPair() const override { return m_hasPair || !m_hasTried; }
    void forgetPairs() override { m_hasPair = false; }
    Span firstOpen() const override;

 private:
    /// The work that a call may leave; of the window m_fired, but for None, Next and Forget.
    enum class Step {
        None,
        Index,   ///< its rows of right are put into the index
        Probe,   ///< its rows of left look for partners
        Left,    ///< its rows of left leave by themselves where the kind of join says so
        Right,   ///< so do those of right, and all of them are taken out of the index
        Next,    ///< the next window that is complete, if there is one
        Forget,  ///< rows that no window needs any more are forgotten
        // Of a window with rows in files, besides:
        Groups,  ///< the next of its key groups begin with Index
        Chunk,   ///< their next rows of left; behind the last of them comes Right
        // Between windows:
        Spill  ///< rows in memory go to files
    };
    struct Input {
        WindowSide side;
        LateRows late;
        std::vector<std::uint8_t> met{};  ///< by slot: 1: a partner in m_fired was found
    };
    /// Pairs of rows; kNoRow: no partner.
    struct Pairs {
        std::vector<RowSlot> left{}, right{};
        std::size_t size() const { return left.size(); }
        void add(RowSlot a, RowSlot b) {
            left.push_back(a);
            right.push_back(b);
        }
        void clear() {
            left.clear();
            right.clear();
        }
    };

    /// A window with rows in files.
    struct Stored {
        Stored(WindowSide& leftSide, WindowSide& rightSide, const Window& window)
            : left(leftSide, window), right(rightSide, window) {}
        WindowScan left, right;
        KeyGroups groups{0, 0};        ///< at work
        std::vector<RowSlot> block{};  ///< their rows of right that are in the index
        bool rightOver = false;        ///< there are none behind the block
        bool several = false;          ///< there are several blocks of them
        std::vector<RowSlot> chunk{};  ///< their rows of left that look for partners
        std::size_t number = 0;        ///< how many came before the chunk
        std::vector<bool> met{};       ///< of several blocks: rows of left that met one of a block before
    };

    Input& input(int port) { return port == kLeft ? m_left : m_right; }
    Status proceed(CallBudget& budget, Output& out);
    void reportRows();
    void reportFired();
    void open(CallBudget& budget);
    void makeKnown(CallBudget& budget);
    void index(std::span<const RowSlot> slots, CallBudget& budget);
    Status probe(CallBudget& budget, Output& out);
    void lookFrom(CallBudget& budget);
    void look(CallBudget& budget);
    Status meet(RowSlot left, RowSlot right, Output& out);
    Status judge(Output& out);
    Status reject(const sql::RowErrors& errors, Output& out);
    void match(RowSlot left, RowSlot right, Output& out);
    void settle(int port, CallBudget& budget, Output& out);
    void forget(CallBudget& budget, Output& out);

    // Rows in files (window_join_files.cpp).
    std::uint64_t kept() const;
    static std::uint64_t blockOf(std::uint64_t share);
    bool wantsToSpill();
    Status spill(CallBudget& budget);
    Status spillSome(CallBudget& budget);
    void openStored(CallBudget& budget);
    void nextGroups();
    Status loadBlock(CallBudget& budget);
    Status loadChunk(CallBudget& budget, Output& out);
    void settleChunk(CallBudget& budget, Output& out);
    void settleBlock(CallBudget& budget, Output& out);

    bool leaves(int port, bool met) const;
    /// Rows that a call may take at once.
    std::size_t some(const CallBudget& budget) const;
    /// Column `number` of both inputs for some pairs; null where it is not read.
    ColumnRef columnOf(int number, const Pairs& pairs) const;
    /// Some columns of both inputs.
    Batch batchOf(const Pairs& pairs, const ColumnSet& columns) const;
    void give(RowSlot left, RowSlot right, Output& out);
    void flush(Output& out);

    const WindowJoinPlanRef m_plan;
    const std::size_t m_batchRows;
    const bool m_settlesLeft;  ///< some rows of left leave by how they met, beside pairs
    const bool m_oneIsEnough;  ///< a row of left that has met one need not look for another
    PairEvaluator m_rest;
    const ColumnSet m_onRest;  ///< the columns of both inputs that the rest of `on` reads
    Input m_left, m_right;
    RowsByKey m_index;      ///< the rows of right in m_fired
    KeyFilter m_keysThere;  ///< their keys

    WindowReporter m_report;
    DisorderMeter m_disorder;
    std::uint64_t m_given = 0;  ///< results of m_fired
    bool m_rightHasRows = false;  ///< of m_fired, with keys
    bool m_hasTried = false;      ///< a window with rows of both inputs has closed
    bool m_hasPair = false;       ///< or may have had one before it resumed

    Window m_fired{kMinTimestamp, kMinTimestamp};
    Instant m_watermark = kMinTimestamp;
    bool m_restored = false;

    Step m_step = Step::None;
    WindowSide::Walk m_walk{};
    std::vector<RowSlot> m_slots{};   ///< rows of the walk that are at work
    std::size_t m_at = 0;             ///< the first of them that has not begun to look
    RowSlot m_partner = kNoRow;       ///< for the one before m_at, to be paired next
    std::vector<ColumnRef> m_keys{};  ///< of m_slots
    std::vector<const Column*> m_keyColumns{};
    Pairs m_pairs{};                  ///< of equal keys, the rest of `on` yet to be asked
    Pairs m_results{};                ///< to be emitted
    std::vector<Window> m_windows{};  ///< of the results
    // Rows in files
    StateShare m_share;           ///< of what may be in memory
    const std::uint64_t m_block;  ///< bytes of rows of right that are looked at together, from files
    std::shared_ptr<SpillFolder> m_folder;
    std::vector<int> m_toSpill{};        ///< ports whose rows in memory go to files, the last one first
    std::unique_ptr<Stored> m_stored{};  ///< null: all rows of m_fired are in memory
    Status m_writing{};                  ///< why a state could not be written
    std::vector<Text> m_notes{};
    // Of one call; kept for their memory
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw

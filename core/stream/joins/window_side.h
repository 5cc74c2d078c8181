// The rows of one input of a window join, for as long as a window needs them.
//
// A row is kept once, however many windows it is in: in a part of its slice that has the rows that count from
// one window on, for windows before may be passed for a row before they have fired (event-time rules, 13).
#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/call_budget.h"
#include "core/stream/operator.h"
#include "core/stream/rows/row_store.h"
#include "core/stream/windows/slice_assignment.h"

namespace rw {

/// Single-threaded. Rows leave in two steps: retire() takes them out of their windows, forget() out of
/// memory, when nothing that was made of them waits any more.
///
/// Checkpoints by change need no bit for each row, as RowsByChange has it, and no copies: a row never
/// changes, and a part only grows at its end until it goes as a whole. So two numbers for each part tell
/// which of its rows a checkpoint has, which are frozen, and which came later; and they are written in the
/// order in which they came, which slots, that are used again, would not tell. Rows that retire while they
/// are frozen stay in memory until they are written. Nothing tells of those that went: who restores finds out
/// from the watermark which windows have fired.
class WindowSide {
    /// Rows of a slice that count in the same of its windows.
    struct Part {
        std::vector<RowSlot> slots{};
        // Since the first freeze:
        std::size_t written = 0;  ///< rows before this are in checkpoints, or in pieces of the one to be
        std::size_t frozen = 0;   ///< … and those before this were there at its barrier

        bool anyFrozen() const { return written < frozen; }
    };
    using Parts = std::map<SliceAssignment, Part>;

 public:
    /// `keys`: the columns that rows meet by. `looked`: the columns that must be there. `keepsKeyless`: rows
    /// with NULL in their key, which meet none, are kept, too.
    WindowSide(const WindowPlan& plan, std::vector<int> keys, ColumnSet looked, bool keepsKeyless);
    WindowSide(const WindowSide&) = delete;
    WindowSide& operator=(const WindowSide&) = delete;

    const WindowSlicing& slicing() const { return m_slicing; }
    const RowStore& rows() const { return m_rows; }
    std::uint64_t hash(RowSlot slot) const { return m_hashes[slot]; }
    /// Whether the row may meet others: nothing in its key is NULL.
    bool hasKey(RowSlot slot) const;

    /// Takes the rows of a batch, but for those that are rejected and those that are added to `late`.
    /// `hashes`: one a row, as hashKeys() gives them for the key columns.
    Status add(const Batch& batch, std::span<const std::uint64_t> hashes, LateRows& late, Output& out);

    /// Adds the places of the parts that have rows to `places`: of those that are new since the last call, or
    /// of all. For those who watch the run.
    void tellParts(bool all, std::vector<SliceAssignment>& places);
    /// How many rows a window has.
    std::int64_t rowsIn(const Window& window) const;

    /// The window with rows that completes first after `fired`.
    std::optional<Window> nextWindow(const Window& fired) const;

    /// A walk over the rows of a window; none may be added or retired meanwhile.
    struct Walk {
        Window window{};
        Parts::const_iterator part{};
        std::size_t row = 0;  ///< in the part
    };
    Walk rowsOf(const Window& window) const;
    bool over(const Walk& walk) const;
    /// Puts the next rows of the walk into `slots`, as many as `atMost`; fewer, even none, where others lie
    /// between.
    void take(Walk& walk, std::size_t atMost, std::vector<RowSlot>& slots) const;

    /// Takes rows that no window behind `fired` needs out of their windows. False: there are more.
    bool retire(const Window& fired, CallBudget& budget);
    /// Takes the rows that retired out of memory. False: there are more.
    bool forget(CallBudget& budget);

    /// Bytes, and rows.
    Operator::StateSize size() const;
    /// Writes the rows as keyed records `name`.
    void snapshot(std::string_view name, StateWriter& out) const;
    // As ChangingState has them; frozen when no window is at work. The records are those of snapshot(), and
    // each row is in one of them.
    void freeze(bool whole);
    bool anyFrozen() const { return !m_frozen.empty(); }
    /// Writes some of what is frozen, of which there is some.
    void writePiece(std::string_view name, StateWriter& out);
    /// Takes over one of the records, but for rows that no window behind `fired` needs.
    Status restore(const StateReader& record, int keyGroup, const Window& fired);

 private:
    /// Rows with their places, which are kept elsewhere.
    struct PlacedSlots {
        std::vector<RowSlot> slots{};
        std::vector<const SliceAssignment*> places{};
        void add(RowSlot slot, const SliceAssignment& place) {
            slots.push_back(slot);
            places.push_back(&place);
        }
    };

    void addTo(const SliceAssignment& place, const Batch& batch, std::span<const std::uint32_t> rows,
               std::span<const std::uint64_t> hashes);
    std::span<const std::uint32_t> kept(const Batch& batch, std::span<const std::uint32_t> rows);
    bool isKeyless(const Batch& batch, std::uint32_t row) const;
    bool counts(const SliceAssignment& part, const Window& window) const;
    bool isOver(const SliceAssignment& part, const Window& fired) const {
        return m_slicing.lastWindow(part.slice) <= fired;
    }
    bool fits(const Batch& batch) const;
    void write(std::string_view name, const PlacedSlots& some, StateWriter& out) const;
    void letGo(Parts::value_type& part);

    const WindowSlicing m_slicing;
    const std::vector<int> m_keys;
    const ColumnSet m_looked;
    const bool m_keepsKeyless;
    RowStore m_rows;
    std::vector<std::uint64_t> m_hashes{};  ///< by slot
    Parts m_parts{};                        ///< none is empty
    Parts::value_type* m_last = nullptr;    ///< the part that took a row last, or null
    std::vector<std::vector<RowSlot>> m_retired{};
    std::vector<SliceAssignment> m_new{};  ///< parts, as tellParts() has them
    // From the first freeze on
    bool m_byChange = false;
    std::set<SliceAssignment> m_changed{};       ///< parts of m_parts with rows that came since the last one
    std::vector<Parts::value_type*> m_frozen{};  ///< parts with frozen rows; the last is written next
    Parts m_leaving{};                           ///< those of them that have retired
    // Of one call; kept for their memory
    PlacedRows m_placed;
    std::vector<std::uint32_t> m_kept{};
};

}  // namespace rw

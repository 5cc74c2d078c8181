// The rows of one input of a window join, for as long as a window needs them.
//
// A row is kept once, however many windows it is in: in a part of its slice that has the rows that count from
// one window on, for windows before may be passed for a row before they have fired (event-time rules, 13).
#pragma once
#include <map>
#include <optional>
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
class WindowSide {
    /// Rows of a slice that count in the same of its windows.
    using Parts = std::map<SliceAssignment, std::vector<RowSlot>>;

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
    /// Takes over one of the records.
    Status restore(const StateReader& record, int keyGroup);

 private:
    void addTo(const SliceAssignment& place, const Batch& batch, std::span<const std::uint32_t> rows,
               std::span<const std::uint64_t> hashes);
    std::span<const std::uint32_t> kept(const Batch& batch, std::span<const std::uint32_t> rows);
    bool isKeyless(const Batch& batch, std::uint32_t row) const;
    bool counts(const SliceAssignment& part, const Window& window) const;
    bool fits(const Batch& batch) const;

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
    // Of one call; kept for their memory
    PlacedRows m_placed;
    std::vector<std::uint32_t> m_kept{};
};

}  // namespace rw

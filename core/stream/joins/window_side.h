// The rows of one input of a window join, for as long as a window needs them.
//
// A row is kept once, however many windows it is in: in a part of its slice that has the rows that count from
// one window on, for windows before may be passed for a row before they have fired (event-time rules, 13).
//
// Beyond a share of memory all rows in memory become one file, part by part, and rows that come later gather
// in memory anew: a row is written once. A part is what it has in files, and what is in memory.
#pragma once
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <vector>

#include "core/data/state_reader.h"
#include "core/stream/call_budget.h"
#include "core/stream/operator.h"
#include "core/stream/rows/row_store.h"
#include "core/stream/rows/stored_rows.h"
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
    /// Rows of a part in files.
    struct Files {
        std::vector<StoredRows> pieces{};  ///< in the order in which their rows came
        // Of the pieces, as Part has them of rows:
        std::size_t written = 0, frozen = 0;
        std::size_t section = 0;  ///< of piece `written`: those before are written
        std::uint64_t rows = 0;   ///< of all pieces
    };
    /// Rows of a slice that count in the same of its windows.
    struct Part {
        std::vector<RowSlot> slots{};
        // Since the first freeze:
        std::size_t written = 0;  ///< rows before this are in checkpoints, or in pieces of the one to be
        std::size_t frozen = 0;   ///< … and those before this were there at its barrier
        std::unique_ptr<Files> files{};  ///< rows that came before; null: none

        bool anyFrozen() const { return written < frozen || anyFrozenInFiles(); }
        bool anyFrozenInFiles() const { return files && files->written < files->frozen; }
        std::size_t rows() const {
            return slots.size() + (files ? static_cast<std::size_t>(files->rows) : 0);
        }
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
    std::span<const std::uint64_t> hashes() const { return m_hashes; }  ///< by slot
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

    // Rows in files (window_side_files.cpp).
    /// Goes on to write all rows in memory to a file; false: that was all, and none is there any more. None
    /// may be added or retired before that, nor any be taken from outside.
    Result<bool> spill(const std::shared_ptr<SpillFolder>& folder, CallBudget& budget);
    /// What spill() began is not done: all is as it was.
    void giveUpSpill() { m_spill.reset(); }
    /// Whether there are rows of a window in files; and which.
    bool anyStored(const Window& window) const;
    std::vector<const StoredRows*> storedIn(const Window& window) const;
    /// Takes the rows of a section that are of some key groups into memory, as rows of no part, until
    /// unload(). Their slots go behind those in `slots`.
    Status load(const StoredRows& stored, std::size_t section, const KeyGroups& groups,
                std::vector<RowSlot>& slots);
    void unload(std::span<const RowSlot> slots);
    // Of the bytes of size() those that files take in memory, and those of rows.
    std::size_t bytesOfFiles() const { return m_stored.memory; }
    std::size_t bytesOfRows() const {
        return m_rows.memoryBytes() + m_hashes.capacity() * sizeof(std::uint64_t) +
               m_rows.size() * sizeof(RowSlot);
    }

    /// Bytes, and rows.
    Operator::StateSize size() const;
    /// Writes the rows as keyed records `name`.
    Status snapshot(std::string_view name, StateWriter& out) const;
    // As ChangingState has them; frozen when no window is at work. The records are those of snapshot(), and
    // each row is in one of them.
    void freeze(bool whole);
    bool anyFrozen() const { return !m_frozen.empty(); }
    /// Writes some of what is frozen, of which there is some. After an error the state is of no use any more.
    Status writePiece(std::string_view name, StateWriter& out);
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
    /// Rows on their way into a file. What was there before stands until all of them are written.
    struct Spill {
        struct Piece {
            Part* part;
            std::size_t begin, end;  ///< of its rows in the part
        };
        StoredRowsWriter writer;
        std::vector<Piece> pieces{};
        std::size_t next = 0;  ///< the first piece that has not begun
    };
    /// What is in files: of the parts that are there, and that have retired with frozen rows.
    struct Stored {
        std::size_t rows = 0, bytes = 0, memory = 0;
        std::size_t loaded = 0;  ///< rows in memory besides
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
    static void write(std::string_view name, const RowStore& rows, std::span<const std::uint64_t> hashes,
                      const PlacedSlots& some, StateWriter& out);
    static void write(std::string_view name, int keyGroup, const Batch& rows,
                      std::span<const SliceAssignment* const> places, StateWriter& out);
    void letGo(Parts::value_type& part);
    // Of rows in files.
    Status beginSpill(const std::shared_ptr<SpillFolder>& folder);
    Status finishSpill();
    void forgetAll();
    void count(const StoredRows& stored, bool comes);
    void leave(const Part& part);
    Result<Batch> read(const StoredRows& stored, std::size_t section,
                       std::vector<std::uint64_t>& hashes) const;
    Status snapshotStored(std::string_view name, StateWriter& out) const;
    /// The next frozen section of a part: how many rows.
    Result<std::size_t> writeSection(std::string_view name, Parts::value_type& part, StateWriter& out) const;

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
    // In files
    std::unique_ptr<Spill> m_spill{};
    Stored m_stored{};
    // Of one call; kept for their memory
    PlacedRows m_placed;
    std::vector<std::uint32_t> m_kept{};
};

}  // namespace rw

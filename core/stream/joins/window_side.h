// The rows of one input of a window join, for as long as a window needs them.
//
// A row is kept once, however many windows it is in: in a part of its slice that has the rows that count from
// one window on, for windows before may be passed for a row before they have fired (event-time rules, 13).
//
// Beyond a share of memory all rows in memory become one file, part by part, and rows that come later gather
// in memory anew: a row is written once. Small parts that follow each other share a piece of the file: what
// is known of files in memory goes by their bytes, not by the number of slices.
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
/// are frozen stay in memory, or in files, until they are written. Nothing tells of those that went: who
/// restores finds out from the watermark which windows have fired.
class WindowSide {
    /// Rows of a slice that count in the same of its windows.
    struct Part {
        std::vector<RowSlot> slots{};
        // Since the first freeze:
        std::size_t written = 0;  ///< rows before this are in checkpoints, or in pieces of the one to be
        std::size_t frozen = 0;   ///< … and those before this were there at its barrier
        std::size_t inFiles = 0;  ///< rows besides, which came before

        bool anyFrozen() const { return written < frozen; }
        std::size_t rows() const { return slots.size() + inFiles; }
    };
    using Parts = std::map<SliceAssignment, Part>;
    /// What becomes of rows on their way into a file.
    enum class Known { Yes, Frozen, No };

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
    /// Rows of a part, or of several that follow each other. Those of a part are in the order in which they
    /// came, and behind those in pieces before.
    struct Piece {
        StoredRows rows{};
        SliceAssignment first{}, last{};  ///< parts
        bool known = false;               ///< a checkpoint has them, or is to have them
    };
    /// Whether there may be rows of a window in files; and which pieces may have some.
    bool anyStored(const Window& window) const;
    std::vector<const Piece*> storedIn(const Window& window) const;
    /// Takes the rows of a section that are of a window and some key groups into memory, as rows of no part,
    /// until unload(). Their slots go behind those in `slots`.
    Status load(const Piece& piece, std::size_t section, const Window& window, const KeyGroups& groups,
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
    bool anyFrozen() const { return !m_frozen.empty() || !m_frozenPieces.empty(); }
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
        /// Rows begin … end − 1 of a part.
        struct Some {
            Parts::value_type* part;
            std::size_t begin, end;
        };
        struct Made {
            std::vector<Some> of{};
            Known known = Known::No;
            bool retired = false;  ///< for the checkpoint alone

            std::size_t rows() const {
                std::size_t sum = 0;
                for (const Some& some : of) sum += some.end - some.begin;
                return sum;
            }
        };
        StoredRowsWriter writer;
        std::vector<Made> pieces{};
        std::size_t next = 0;  ///< the first piece that has not begun
    };
    /// What is in files.
    struct Stored {
        std::size_t rows = 0;  ///< of the parts that are there
        std::size_t bytes = 0, memory = 0;
        std::size_t loaded = 0;  ///< rows in memory besides
    };
    /// Rows that were read from a piece.
    struct Read {
        Batch rows{};
        std::vector<std::uint64_t> hashes{};
        std::vector<SliceAssignment> places{};
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
    void planPieces(Parts& parts, Known known, bool retired);
    void beginPiece(const Spill::Made& piece);
    Status finishSpill();
    void forgetAll();
    void count(const Piece& piece, bool comes);
    void leavePieces(const Window& fired);
    SliceAssignment beforePartsOf(const Window& window) const;
    bool isBehind(const SliceAssignment& part, const Window& window) const;
    Result<Read> read(const Piece& piece, std::size_t section) const;
    Status snapshotStored(std::string_view name, StateWriter& out) const;
    /// The next frozen section of a piece: how many rows.
    Result<std::size_t> writeSection(std::string_view name, StateWriter& out);

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
    std::vector<std::shared_ptr<Piece>> m_pieces{};  ///< that windows need, in the order in which they came
    std::optional<SliceAssignment> m_firstLast{};    ///< the least `last` of them
    std::vector<std::shared_ptr<const Piece>> m_frozenPieces{};
    std::size_t m_nextFrozen = 0, m_nextSection = 0;  ///< of them: those before are written
    Window m_over{kMinTimestamp, kMinTimestamp};      ///< parts up to it have retired
    Window m_overAtBarrier{kMinTimestamp, kMinTimestamp};
    Stored m_stored{};
    // Of one call; kept for their memory
    PlacedRows m_placed;
    std::vector<std::uint32_t> m_kept{};
};

}  // namespace rw

// The sums of a window aggregation, slice by slice, for as long as a window needs them.
//
// A row that is late for the first windows of its slice but not for all is kept in a part of the slice that
// only counts from a later window on, for those windows may be passed for this row before they have fired
// (event-time rules, 13).
//
// Beyond a share of memory the largest parts go to files: their groups become a sorted run, and rows that
// come later are added up in memory anew, in the room that those had: to give it back and to ask for it
// again, step by step, costs memory, for a heap gives nothing back at once, and time. A part is its runs and
// what is in memory, merged. Once many runs have about as many groups they are merged into one, some with
// each batch: so a part has few runs, and a group is written few times (tiers, as in trees of sorted runs:
// O’Neil and others, “The log-structured merge-tree”, 1996; Lakshman and Malik, “Cassandra”, 2010).
#pragma once
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/data/state_writer.h"
#include "core/store/spill_folder.h"
#include "core/store/state_memory.h"
#include "core/stream/aggregates/group_changes.h"
#include "core/stream/aggregates/groups_spill.h"
#include "core/stream/changing_state.h"
#include "core/stream/operator.h"
#include "core/stream/windows/slide_blocks.h"
#include "core/stream/windows/window_slicing.h"

namespace rw {

class SliceStore final : public SlideBlocks::Slides {
 public:
    /// The rows that count in the windows of a slice that end at `from` or later.
    struct Part {
        Part(Instant first, const WindowPlan& plan) : from(first), state(plan) {}
        Instant from;
        GroupState state;  ///< takes rows; all of the part where no others are
        /// Groups that do not take rows any more: in a file, or in memory as `state` was at a barrier.
        struct Piece {
            std::shared_ptr<const SortedRun> run{};
            std::unique_ptr<GroupState> state{};  ///< null: the run
            std::string name{};                   ///< in checkpoints; empty: it has had none
            bool written = false;  ///< … of one in memory: since the last freeze of the whole
            std::uint64_t groups() const { return state ? state->keys.size() : run->items(); }
            void addTo(KeyGroupMerge& merge) const;
        };
        /// Apart, for most parts have none.
        struct Others {
            std::vector<Piece> pieces{};  ///< in the order in which their rows came
            std::size_t frozen = 0;       ///< so many are what a checkpoint writes, while `frozen` is set
            std::size_t index = 0;        ///< bytes that runs take in memory, as measured last
            bool alike = false;           ///< runs merged last had many groups in common
            /// Files that the checkpoint has of it, with the bytes in them.
            std::map<std::string, std::uint64_t> named{};
        };
        std::unique_ptr<Others> others{};
        bool spilled() const { return others != nullptr; }
        void addTo(KeyGroupMerge& merge) const;
        /// The first piece that goes to a file together with `state`; as many as there are: none.
        std::size_t firstToSpill() const;
        /// Runs that are to be merged: the first one, and that behind the last; the same: none.
        std::pair<std::size_t, std::size_t> runsToMerge() const;
        std::uint64_t bytesToSpill() const;  ///< in memory
        /// Rows that it took; far below 0 once some are in it from a saved state, which has no count.
        std::int64_t counted = 0;
        std::vector<std::uint32_t> rows{};   ///< of the batch being taken
        bool grows = false;                  ///< its room is full, or nearly
        mutable Operator::StateSize size{};  ///< when it was measured last
        mutable bool measured = true;        ///< it has not changed since
        // Where the state is written by change (freeze()).
        bool changed = false;                     ///< since the last freeze
        bool frozen = false;                      ///< with all of its groups, which are few, and not written
        std::unique_ptr<GroupChanges> changes{};  ///< of many groups
        bool anyFrozen() const { return frozen || (changes && changes->anyFrozen()); }
    };
    using Slice = std::map<Instant, Part>;  ///< by `from`
    /// A part that does not count in all windows of its slice: from when on it does, and the slice.
    using Tag = std::pair<Instant, Window>;

    /// `slicing` is that of the plan, and outlives this.
    SliceStore(WindowPlanRef plan, const WindowSlicing& slicing, const MakeContext& context)
        : m_plan(std::move(plan)),
          m_slicing(slicing),
          m_share(context.spill ? context.stateMemory : 0, context.moreStateMemory),
          m_folder(context.spill),
          m_namesRuns(context.namesRuns),
          m_savedRuns(context.savedRuns) {}

    /// The part that counts from the window on that ends at `from`; made where there is none. It stays where
    /// it is until it is dropped.
    Part& part(const Window& slice, Instant from);
    /// The state of the part is about to change; and has changed.
    void willChange(const Window& slice, Part& part);
    void changed(const Window& slice, Part& part);
    /// So many new groups came into the part, as they may next.
    void grew(Part& part, std::size_t groups) {
        if (!m_share.isBounded() || groups == 0) return;
        const std::size_t growth = part.state.growth(2 * groups);
        part.grows = growth > 0;
        m_growth += growth;
    }

    const std::map<Window, Slice>& slices() const { return m_slices; }
    const std::set<Tag>& tags() const { return m_tags; }
    /// The window with rows that completes first after `window`.
    std::optional<Window> nextWindow(const Window& window) const;
    /// How many rows a window has; WindowEvent::kUnknown: they were not all counted, or it is of very many
    /// slices. For those who watch the run.
    std::int64_t rowsIn(const Window& window) const;
    /// Forgets slices whose windows are all at most `upTo` and passed. False: there are more.
    bool drop(const Window& upTo, Instant watermark, CallBudget& budget);

    // Parts in files (slice_store_spill.cpp).
    /// Whether more is in memory than may be, or will be with the next rows, and some of it can go to a file.
    /// Room without groups is given back first. Of a part in memory whose groups a checkpoint has to write
    /// yet nothing can go; of one with runs what came behind the barrier.
    bool wantsToSpill();
    /// Goes on with that; false: that was all. No part may change, nor be asked for its groups, before that.
    /// Where nobody has asked for files and none can be made, all stays in memory from then on.
    Result<bool> spillSome(CallBudget& budget);
    /// Goes on to merge runs of parts. They may take rows meanwhile, and be asked for their groups.
    Status compactSome(CallBudget& budget);
    std::vector<Text> takeNotes() { return std::exchange(m_notes, {}); }
    /// Whether a part of the window's slices has groups in a file.
    bool anySpilled(const Window& window) const;
    /// Adds the parts that count in the window.
    void addTo(KeyGroupMerge& merge, const Window& window) const;
    /// Bytes of a portion of a merge: they are in memory besides.
    std::uint64_t portion() const;

    Operator::StateSize size() const;
    /// Writes the parts by key group.
    Status snapshot(StateWriter& out) const;
    // As ChangingState has them; of an input that withdraws nothing.
    void freeze(bool whole);
    bool writePiece(StateWriter& out);
    const Status& writing() const { return m_writing; }
    bool mayNameRuns() const { return m_namesPieces; }
    std::vector<NamedRun> takeRuns() { return std::exchange(m_toName, {}); }
    std::map<std::string, std::uint64_t> runsNamed() const;
    /// Takes over what these wrote, but for slices that no window needs behind `fired` and the watermark.
    Status restore(const StateReader& state, const KeyGroups& own, const Window& fired, Instant watermark);

    // Slides of a hop by number.
    std::int64_t slideAt(Instant start) const { return (start - m_plan->offset) / m_plan->step; }
    Instant startOf(std::int64_t slide) const { return slide * m_plan->step + m_plan->offset; }
    bool any(std::int64_t first, std::int64_t last) const override;
    void addPieces(std::int64_t slide, std::vector<const GroupState*>& pieces) const override;

 private:
    /// A part that is being written to a file: its groups in memory from a piece on.
    struct Spilling {
        std::size_t first = 0;
        GroupsSpill groups;
    };
    /// Runs of a part that are being merged.
    struct Compaction {
        Tag tag;
        std::size_t first = 0, end = 0;
        GroupsSpill groups;
        std::shared_ptr<const SortedRun> made{};  ///< once they are
    };

    bool isOver(const Window& slice, const Window& upTo, Instant watermark) const;
    Part* find(const Tag& tag);
    void freeze(const Tag& tag, Part& part, bool whole);
    // Of parts with runs, where checkpoints name these (slice_store_runs.cpp).
    /// What a state says of the pieces of parts. Refers to its bytes.
    struct SavedPieces {
        std::map<Tag, std::vector<std::string>> parts{};  ///< their pieces, in order
        std::map<std::string, SavedRun> runs{};           ///< with sections of the own key groups
        struct Record {
            int keyGroup = 0;
            StateReader reader{};
        };
        std::map<std::string, std::vector<Record>> contents{};
    };
    static Result<SavedPieces> readPieces(const StateReader& state, const KeyGroups& own);
    void namePieces(const Tag& tag, Part& part);
    void forgetRunsNotNamed();
    std::size_t writeNamed(Part& part, StateWriter& out);
    Status restorePieces(const SavedPieces& saved, const Window& fired, Instant watermark);
    Status restorePiece(const SavedPieces& saved, const std::string& name, const Window& slice, Part& part);
    Status takeOver(SavedRun run, const Window& slice, Part& part);
    static Result<Tag> readTag(const StateReader& record);
    void unmeasured(const Window& slice, Part& part);
    void measure(const Tag& tag, const Part& part) const;
    /// What of a part counts towards m_share, as it was measured last.
    static std::uint64_t inMemory(const Part& part) {
        return part.size.bytes - (part.others ? part.others->index : 0);
    }
    /// Writes a portion of a part with runs; how many groups.
    Result<std::size_t> writePortion(const Tag& tag, Part& part, StateWriter& out);
    std::uint64_t leastToSpill() const;
    std::vector<Tag> largestParts(std::uint64_t bytes) const;
    void takeCrowded();
    Status spillOn(CallBudget& budget);
    Status beginSpill();
    Status finishSpill();
    bool holdsTooMuch();
    void giveRoomBack();
    void takeGroupsOut(Part& part) const;
    Status compactOn(CallBudget& budget);
    Status beginCompaction();
    bool isBeingWritten(const Compaction& compaction) const;
    void finishCompaction(Compaction& compacted);
    void dropCompactions(const Tag& tag, std::size_t first);
    Status spillAll();
    /// Writes groups of `state`, that of the part or a copy of some of it.
    void write(const Window& slice, Instant from, const GroupState& state, std::vector<std::uint32_t> groups,
               bool isNew, StateWriter& out) const;
    Status restore(const StateReader& record, bool changed, int keyGroup, Part& part) const;
    /// Null: no window needs its slice.
    Result<Part*> restoredPart(const Tag& tag, const Window& fired, Instant watermark);

    WindowPlanRef m_plan;
    const WindowSlicing& m_slicing;
    std::map<Window, Slice> m_slices;
    std::set<Tag> m_tags;
    // Sizes are kept: there may be millions of slices.
    mutable Operator::StateSize m_size{};  ///< of all parts, as they were measured last
    mutable std::uint64_t m_index = 0;     ///< of these bytes those that runs take
    /// Parts with so much in memory that it is worth a file, by that; none without a bound.
    mutable std::set<std::pair<std::uint64_t, Tag>> m_large{};
    mutable std::vector<Tag> m_unmeasured{};
    // By change.
    bool m_byChange = false, m_whole = true;  ///< it was frozen; what is frozen is all of the state
    std::vector<Tag> m_changed{};             ///< parts since the last freeze
    std::vector<Tag> m_frozen{};              ///< parts of which groups may still have to be written
    std::map<Window, Slice> m_dropped{};      ///< … and which no window needs any more
    std::uint64_t m_droppedBytes = 0;
    StateWriter m_ahead{};                    ///< small parts that were frozen and have changed since
    std::unique_ptr<KeyGroupMerge> m_merging{};  ///< the part with runs that is being written
    Status m_writing{};                          ///< why it could not be
    // In files.
    StateShare m_share;  ///< of what may be in memory
    const std::shared_ptr<SpillFolder> m_folder;
    std::set<Window> m_spilled{};       ///< slices with parts that have runs
    std::vector<Tag> m_toSpill{};       ///< parts with much in memory
    std::optional<Spilling> m_spill{};  ///< of the last one
    std::uint64_t m_growth = 0;         ///< bytes by which parts may grow with the next rows
    bool m_keepsRoom = false;           ///< there may be no more, but what is there may stay
    std::set<Tag> m_crowded{};          ///< parts of many pieces in memory
    std::vector<Tag> m_grown{};         ///< parts with a run more
    std::optional<Compaction> m_compaction{};
    std::vector<Compaction> m_compacted{};  ///< whose runs a checkpoint has to write yet
    std::vector<Text> m_notes{};
    // Checkpoints that name files.
    const bool m_namesRuns;
    bool m_namesPieces = false;  ///< the last freeze did, or one since that of the whole
    const SavedRuns m_savedRuns;
    std::vector<NamedRun> m_toName{};  ///< of what is frozen
    std::set<std::string> m_named{};   ///< those that the checkpoint has by now
    std::uint64_t m_pieces = 0;        ///< in memory that have had a name
    /// Of the piece that is being written: its groups, and those of them that are.
    std::vector<std::uint32_t> m_order{};
    std::size_t m_ordered = 0;
};

}  // namespace rw

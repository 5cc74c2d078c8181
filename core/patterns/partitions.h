// The rows of the partitions that a match may still need, and how far each partition was searched.
#pragma once
#include <cstdint>
#include <memory>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "core/data/state_reader.h"
#include "core/patterns/plan.h"
#include "core/patterns/sums.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/rows/held_state.h"

namespace rw::patterns {

/// An attempt that waits for rows, or is under way. Not in a snapshot: it is made again from the rows.
struct Search {
    Search(const Terms& terms, const RowStore& kept) : sums(terms, kept) {}
    Attempt attempt{};
    RunningSums sums;
    bool matched = false;  ///< a match, whose measures wait for rows behind it
};

struct Partition {
    std::vector<RowSlot> rows{};  ///< in their order; those before `begin` are gone
    std::size_t begin = 0;        ///< the first one that is kept
    std::size_t start = 0;        ///< where the next match is looked for
    bool fresh = true;            ///< no row of the partition came before `start`
    std::int64_t matches = 0;     ///< so far
    std::unique_ptr<Search> search{};
    Instant pending = kMaxTimestamp, deadline = kMaxTimestamp;  ///< as they stand in the sets
    bool queued = false;                                        ///< in the operator's list of work
    std::size_t unjudged = 0;  ///< of the last rows: local conditions were not computed

    bool searched() const { return start == rows.size(); }
};

/// Partitions and rows are named by slots, which are used again. Single-threaded.
class Partitions {
 public:
    /// `plan` outlives this.
    explicit Partitions(const MatchPlan& plan);

    /// Adds rows, which have the plan's kept columns, to their partitions. slots[i] gets the slot of row i,
    /// partitions[i] that of its partition.
    void add(const Batch& rows, std::vector<RowSlot>& slots, std::vector<RowSlot>& partitions);
    Partition& at(RowSlot partition) { return m_partitions[partition]; }
    const RowStore& kept() const { return m_kept; }
    Instant timeOf(RowSlot row) const { return m_kept.value<Instant>(m_plan.input.eventTime, row); }

    /// Goes on by so many rows.
    void advance(Partition& partition, std::size_t rows);
    Search& searchOf(Partition& partition);
    /// Lets go of the rows that no match needs, and of a partition that has nothing to remember. `judged`:
    /// all rows that can still come are at this time or later.
    void settle(RowSlot partition, Instant judged);
    /// Takes the rows that were let go out of the store: made rows were emitted.
    void release();

    /// The time of the earliest row at which a match may begin; kMaxTimestamp: there is none.
    Instant earliest() const { return m_pending.empty() ? kMaxTimestamp : m_pending.begin()->first; }
    /// A partition with a row whose match can take no row at `next` or later; kNoRow: none.
    RowSlot due(Instant next, bool ended) const;

    bool told(RowSlot row) const { return m_told[row] != 0; }
    void tell(RowSlot row) { m_told[row] = 1; }
    std::uint64_t& holds(RowSlot row) { return m_holds[row]; }
    std::uint64_t holds(RowSlot row) const { return m_holds[row]; }

    /// Keyed records “partitions”.
    void snapshot(StateWriter& out) const;
    /// Gives the slots of the rows that were added and of their partitions.
    Status restore(const StateReader& state, const KeyGroups& own, std::vector<RowSlot>& slots,
                   std::vector<RowSlot>& partitions);
    std::size_t count() const { return m_keys.size(); }
    std::size_t memoryBytes() const;

 private:
    using Times = std::set<std::pair<Instant, RowSlot>>;
    RowSlot newPartition(const Batch& keys, std::uint32_t row, std::uint64_t hash);
    void addSlots(std::span<const RowSlot> slots);
    void drop(Partition& partition, std::size_t until);
    void schedule(RowSlot partition, Instant pending, Instant deadline);
    Instant deadlineOf(Instant start) const;
    void writeGroup(std::span<const RowSlot> partitions, StateWriter& record) const;
    Status restoreGroup(const StateReader& record, int keyGroup, std::vector<RowSlot>& slots,
                        std::vector<RowSlot>& partitions);

    const MatchPlan& m_plan;
    SchemaRef m_keySchema;
    RowStore m_keys;                        ///< a row for each partition
    RowsByKey m_index;                      ///< of m_keys
    std::vector<Partition> m_partitions{};  ///< by slot
    RowStore m_kept;
    std::vector<std::uint64_t> m_holds{};  ///< by slot: which local conditions hold
    std::vector<std::uint8_t> m_told{};    ///< by slot: the row was rejected for a condition
    Times m_pending{}, m_deadlines{};
    std::vector<RowSlot> m_leaving{};
    std::vector<std::unique_ptr<Search>> m_spare{};
    std::size_t m_places = 0;  ///< of rows in partitions, for the memory
    // Of one call; kept for their memory
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw::patterns

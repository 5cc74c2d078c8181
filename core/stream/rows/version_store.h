// Versions of keys: rows that are each valid from their event time on, until that of the next of their key.
// Temporal joins look their partners up in it.
#pragma once
#include <compare>
#include <functional>
#include <map>
#include <memory>
#include <queue>
#include <span>
#include <vector>

#include "core/stream/call_budget.h"
#include "core/stream/rows/held_state.h"
#include "core/stream/rows/row_store.h"
#include "core/stream/rows/rows_by_change.h"

namespace rw {

/// Copies rows in. Of those of one key and one event time the last in their order (event-time rules, 9)
/// counts, and is kept alone. Finding and adding take as many steps as the logarithm of a key's versions, in
/// whatever order these come. Single-threaded.
class VersionStore {
 public:
    /// Versions are rows of `stream`; the columns `keys` are their key. `read`: the columns that a node reads,
    /// which a state must have.
    VersionStore(const StreamType& stream, std::span<const int> keys, const ColumnSet& read);

    /// Adds rows `rows` of `batch`. Those with NULL in their key are never found, and left out.
    void add(const Batch& batch, std::span<const std::uint32_t> rows);
    /// found[i] becomes the newest version that is no newer than row i, by the column `eventTime`, of the key
    /// in its columns `keys`; kNoRow where there is none.
    void find(const Batch& batch, std::span<const int> keys, int eventTime,
              std::vector<RowSlot>& found) const;
    /// The columns of the stream for these; kNoRow gives NULL. Null where no row ever had the column.
    std::vector<ColumnRef> gather(std::span<const RowSlot> slots) const;

    /// Whether drop() has something to do.
    bool due(Instant watermark) const;
    /// Removes the versions that no row behind the watermark can find: of each key all that are older than the
    /// newest version that it has reached, at kMaxTimestamp all. As far as the budget goes; due() says
    /// whether something is left. Versions that are added later must be newer than the watermark.
    void drop(Instant watermark, CallBudget& budget);

    std::size_t size() const { return m_rows.size(); }
    /// A key that has had a version has one until the end.
    std::size_t keys() const { return m_versions.size(); }
    std::size_t memoryBytes() const;

    /// The state written does not depend on the order in which versions came.
    void snapshot(StateWriter& out) const;
    // As ChangingState has them, when drop() has nothing left to do; it was last called with `watermark`.
    void writeRest(Instant watermark, StateWriter& out) const;
    void freeze(bool whole);
    bool anyFrozen() const { return m_changes && m_changes->anyFrozen(); }
    /// Writes some of what is frozen.
    void writePiece(StateWriter& out);
    /// Adds the versions of `own` that either of these wrote.
    Status restore(const StateReader& state, const KeyGroups& own);

 private:
    /// Of one key, by event time.
    using Versions = std::map<Instant, RowSlot>;
    /// A version that the watermark has not been seen to reach.
    struct Ahead {
        Instant time;
        RowSlot key;
        auto operator<=>(const Ahead&) const = default;
    };

    Batch withOrder(const Batch& batch) const;
    void addKept(const Batch& kept, std::span<const std::uint32_t> rows);
    bool replaces(const Batch& kept, std::uint32_t row, RowSlot slot) const;
    RowSlot keyAt(std::span<const Column* const> columns, std::uint64_t hash, std::size_t row) const;
    void dropReached();
    void forget(CallBudget& budget);
    void remove(std::span<const RowSlot> slots);

    /// Columns that rows have here before their own: they decide their order, unless it is the order of
    /// arrival.
    const int m_before;
    const HeldShape m_shape;
    const int m_eventTime;
    RowStore m_rows;
    RowStore m_keys;  ///< a row for each key, whose slot is its number
    RowsByKey m_byKey;
    std::vector<Versions> m_versions{};  ///< by number of the key
    std::priority_queue<Ahead, std::vector<Ahead>, std::greater<>> m_ahead{};
    std::vector<RowSlot> m_gone{};              ///< of one call; kept for its memory
    std::unique_ptr<RowsByChange> m_changes{};  ///< from the first freeze on
};

}  // namespace rw

// The newest row of every key, as an updating stream: older ones are ignored, whenever they come.
#pragma once
#include <algorithm>
#include <deque>
#include <memory>
#include <utility>
#include <vector>

#include "core/store/state_memory.h"
#include "core/stream/call_budget.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_table.h"
#include "core/stream/operator.h"
#include "core/stream/rows/row_store.h"
#include "core/stream/rows/waiting_rounds.h"

namespace rw {

/// The newest by event time; of one event time the last in the order of the input (event-time rules, 9). One
/// change a batch and key: changes between rows of one batch are left out.
///
/// Rows beyond a share of memory are in files. Rows of keys that are not here wait then: those of their keys
/// are brought here, key group by key group, and they are taken as if they came just now (WaitingRounds).
class LatestRows : public Operator, public ChangingState {
 public:
    /// `read`: the columns that the node looks at.
    LatestRows(const StreamType& input, std::vector<int> keys, ColumnSet read, const MakeContext& context);
    ~LatestRows() override;

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    Status onEnd(Output& out) override;
    bool hasMore() const override;
    Status resume(Output& out) override;
    std::int64_t wakesAt() const override { return m_waiting.wakesAt(); }
    bool takesMore() const override { return m_waiting.takesMore(); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override;
    StateSize heldSize() const override { return {m_waiting.memoryBytes(), m_waiting.count()}; }
    StateLookups stateLookups() const override { return m_lookups; }
    std::vector<Text> takeNotes() override { return std::exchange(m_notes, {}); }
    /// Of what does not belong to keys, nothing; rows that wait besides, which are few.
    void writeRest(StateWriter& out) const override { m_waiting.write(out); }
    void freeze(bool whole) override;
    bool writePiece(StateWriter& out) override;
    Status writing() const override { return m_writing; }

 private:
    /// The row of a key, and where it stood.
    struct Latest {
        RowSlot slot = kNoRow;
        Instant time = kMinTimestamp;
        WireNumber wire = 0;
        std::int64_t position = -1;  ///< -1: unknown
        RowSlot shown = kNoRow;      ///< while a batch is taken: the row sent before
        bool changed = false;        ///< while a batch is taken
        bool stays = false;          ///< while a batch is taken: `shown` is frozen, and not written yet
    };
    /// Keys, which have numbers, and their rows.
    struct Table {
        KeyTable keys;
        RowStore rows;
        std::vector<Latest> latest{};  ///< by number
        std::size_t memoryBytes() const {
            return keys.memoryBytes() + rows.memoryBytes() + latest.capacity() * sizeof(Latest);
        }
        /// How many bytes more it takes with so many keys more, at most; those of long texts come besides.
        std::size_t growth(std::size_t more) const {
            const std::size_t after = latest.size() + more, room = latest.capacity();
            const std::size_t entries = after > room ? std::max(after, 2 * room) - room : 0;
            return keys.growth(more) + rows.growth(more) + entries * sizeof(Latest);
        }
    };
    /// The rows of a record.
    struct Restored {
        Batch rows{};
        std::vector<ColumnRef> keys{};
        ColumnRef wires{}, positions{};
    };
    struct Changes;
    struct Away;

    Status proceed(Output& out);
    /// `areHere`: the rows of its keys are here, as far as there are any.
    void take(const Batch& batch, bool areHere, Output& out);
    void findKeys(const Batch& batch, bool areHere);
    void makeRoom();
    bool isNewer(const Latest& latest, const Batch& batch, std::uint32_t row) const;
    void replace(Latest& latest, const Batch& batch, std::uint32_t row);
    void emitChanges(Output& out);
    /// The row of the group is about to be replaced.
    void willChange(std::uint32_t group);
    std::size_t rowsOfPiece() const;
    /// By key group. rowOf(item): the hash of the key and the Latest of an item. `isNew`: no earlier record
    /// has them.
    template <class RowOf>
    void write(std::vector<std::uint32_t> items, bool isNew, RowOf rowOf, StateWriter& out) const;
    void writeRecord(int keyGroup, const Restored& rows, bool isNew, StateWriter& out) const;
    void writeGroups(std::vector<std::uint32_t> groups, bool isNew, StateWriter& out) const;
    void writeReplaced(std::size_t most, StateWriter& out);
    Result<Restored> read(const StateReader& record) const;
    Latest kept(const Restored& from, std::uint32_t row);
    Status restoreKeys(const StateReader& record, int keyGroup);
    Status restoreChanges(const StateReader& record, int keyGroup);
    // Rows in files.
    Status takeWaiting(CallBudget& budget, Output& out);
    bool wantsLeaving();
    std::size_t mostToStay();
    Status leave(CallBudget& budget);
    Status leaveAtOnce();
    bool leaving() const;
    bool stays(std::uint32_t group) const;
    void beginLeaving(std::size_t most);
    void sortLeaving();
    Status leaveOn(CallBudget& budget);
    Status leaveSome(CallBudget& budget);
    Status appendLeaving(std::span<const std::uint32_t> groups);
    void renumber(CallBudget& budget);
    void endLeaving();
    void keepFrozen(std::uint32_t group);
    void stay();
    void used();
    /// Brings the rows of these keys here, as far as they are in files alone.
    Status load(std::span<const StoreKey> keys);
    void absent(std::span<const StoreKey> keys, std::vector<std::size_t>& places) const;
    Restored storedRows(std::span<const std::string_view> states) const;
    void writeStored(int keyGroup, std::span<const std::string_view> states, bool isNew,
                     StateWriter& out) const;
    Status writeFrozenAway(StateWriter& out);
    Status writeAway(StateWriter& out) const;

    const HeldShape m_shape;
    const int m_eventTime;
    const MakeContext m_context;
    Table m_table;
    std::unique_ptr<Changes> m_changes{};  ///< from the first freeze on
    Status m_writing{};                    ///< why a state could not be written
    // Rows in files.
    StateShare m_share;  ///< of what may be in memory
    WaitingRounds m_waiting;
    std::deque<Batch> m_batches{};   ///< of rows that waited, whose keys are here
    std::unique_ptr<Away> m_away{};  ///< null: none can leave
    bool m_anyLeft = false;
    bool m_hasGrown = false;     ///< it is to be looked at whether rows have to leave
    bool m_isLeaving = false;    ///< they have to, or leave
    std::uint64_t m_stayed = 0;  ///< bytes of those that stayed when some left last
    std::size_t m_known = 0;     ///< keys here as it was looked at them last
    std::size_t m_came = 0;      ///< new ones that came before, as they may again
    StateLookups m_lookups{};
    std::vector<Text> m_notes{};
    // Of one batch; kept for their memory
    std::vector<std::uint32_t> m_which{}, m_groups{}, m_changed{};
    std::vector<std::uint64_t> m_hashes{};
};

}  // namespace rw

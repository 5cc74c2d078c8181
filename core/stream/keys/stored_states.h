// States of keys that went to files, as bytes that the operator knows.
#pragma once
#include <cstdint>
#include <deque>
#include <memory>
#include <string_view>
#include <vector>

#include "core/store/partitioned_store.h"
#include "core/stream/call_budget.h"

namespace rw {

/// A store of states; and those that changed since a checkpoint, in runs of their own, one behind the other:
/// so the next checkpoint reads these alone. Of a key the last one counts; one without a state is gone.
/// Single-threaded.
class StoredStates {
 public:
    /// Takes about `memory` bytes.
    StoredStates(std::shared_ptr<SpillFolder> folder, std::size_t memory)
        : m_folder(folder), m_store(std::move(folder)) {
        m_store.setMemory(memory);
    }

    // States leave: key group by key group, ascending, until end().
    /// Which of the runs a state is added to.
    enum class Run { Fresh, Frozen };
    Status put(std::span<const StoreKey> keys, const StoreValues& states) {
        return m_store.put(keys, states);
    }
    /// `keys` of one key group; a state that is empty: the key is gone.
    Status append(Run run, std::span<const StoreKey> keys, std::span<const std::string_view> states);
    /// Puts files in order as far as memory asks for it: between key groups, whose files would be written
    /// once for each piece of their states else; states that are `expired` are left out of them. Whether
    /// there was something to do.
    Result<bool> work(CallBudget& budget, const PartitionedStore::Expired& expired);
    /// How many were left out since the last call.
    std::uint64_t takeLeftOut() { return m_store.takeLeftOut(); }
    Status end();
    /// In place of end(): what was appended is in no run. What was put stays.
    void giveUp();

    Status get(std::span<const StoreKey> keys, StoreValues& states) { return m_store.get(keys, states); }
    Result<std::unique_ptr<StoreScan>> scan(int keyGroup) { return m_store.scan(keyGroup); }

    // By change, as ChangingState has it.
    Status freeze(bool whole);
    bool anyFrozen() const { return m_snapshot != nullptr || !m_frozen.empty() || m_frozenRun != nullptr; }
    /// Some states of a key group that are frozen; of none, while states leave.
    struct Piece {
        int keyGroup = 0;
        bool isWhole = false;  ///< from the store, each key once; else from the runs
        std::vector<StoreKey> keys{};
        std::vector<std::string_view> states{};  ///< an empty one: the key is gone
    };
    /// Valid until the next call. After an error the run ends.
    Status next(Piece& piece);

    std::size_t memoryBytes() const;
    std::uint64_t bytesInFiles() const;

 private:
    Status nextOfSnapshot(Piece& piece);
    Status nextOfRuns(Piece& piece);

    const std::shared_ptr<SpillFolder> m_folder;
    PartitionedStore m_store;
    std::unique_ptr<SortedRunWriter> m_freshRun{}, m_frozenRun{};  ///< of the states that leave
    std::vector<std::unique_ptr<SortedRun>> m_fresh{};  ///< what no checkpoint has; the oldest first
    std::deque<std::unique_ptr<SortedRun>> m_frozen{};  ///< … but for the one that is being written
    std::size_t m_section = 0;                          ///< of the first of these: those before are written
    std::unique_ptr<StoreSnapshot> m_snapshot{};        ///< frozen, too; null: written
    std::unique_ptr<StoreScan> m_scan{};
    int m_keyGroup = 0;  ///< … of the snapshot
    // Of one call
    StoreRows m_rows{};
    std::string m_bytes{};
};

}  // namespace rw

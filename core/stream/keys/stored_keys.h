// Keys of a table that went to files, for an operator that only has to know which keys there were.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/store/partitioned_store.h"
#include "core/stream/call_budget.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/key_bytes.h"
#include "core/stream/keys/key_table.h"

namespace rw {

/// A set of keys that only grows, in a store; and those that came since a checkpoint, in runs of their own:
/// so the next checkpoint reads these alone. Single-threaded.
class StoredKeys {
 public:
    /// Takes about `memory` bytes.
    StoredKeys(std::vector<Type> types, std::shared_ptr<SpillFolder> folder, std::size_t memory);

    bool any() const { return m_size > 0; }
    /// Appends to `found` those of the groups whose keys are stored. Each group is there once.
    Status find(const KeyTable& keys, std::vector<std::uint32_t> groups, std::vector<std::uint32_t>& found);

    /// Begins to store the keys of these groups of a table, each of which is not stored. Neither may change
    /// while it is busy(). `changes` has its rows: keys that are marked are in no checkpoint, keys that are
    /// frozen belong to the one that is being written, and writeSome() writes them; null: there is none.
    void begin(const KeyTable& keys, std::span<const std::uint32_t> groups, const ChangedRows* changes);
    bool busy() const { return m_keys != nullptr; }
    /// Goes on with that. After an error the run ends, or giveUp() takes it back.
    Status run(CallBudget& budget);
    /// None of the keys that were to be stored is; it is not busy() any more.
    Status giveUp();

    // Keys as they are written into a state: some of a key group.
    using Write = std::function<void(int keyGroup, std::size_t count, std::span<const ColumnRef> keys)>;
    /// All, and those of `groups` besides, which are not stored: a call for each key group that has any, in
    /// an order that does not depend on what is stored.
    Status writeAll(const KeyTable& keys, std::vector<std::uint32_t> groups, const Write& write);
    // By change, as ChangingState has it.
    Status freeze(bool whole);
    bool anyFrozen() const { return m_snapshot != nullptr || !m_frozen.empty(); }
    /// Writes about so many keys that are frozen, if there are any. After an error the run ends.
    Status writeSome(std::size_t most, const Write& write);

    std::size_t memoryBytes() const;
    std::uint64_t size() const { return m_size; }
    std::uint64_t bytesInFiles() const;

 private:
    /// Keys as StoreKey has them.
    struct Encoded {
        std::uint64_t hash;
        std::uint32_t group;
        std::size_t offset, size;
    };
    StoreKey keyOf(const Encoded& key) const {
        return {key.hash, std::string_view(m_bytes).substr(key.offset, key.size)};
    }
    void encode(const KeyTable& keys, std::span<const std::uint32_t> groups);
    Status storeSome(CallBudget& budget);
    /// The keys of m_encoded whose groups are so.
    template <class IsSo>
    Status addToRun(std::unique_ptr<SortedRunWriter>& run, int keyGroup, IsSo isSo);
    Status end();
    void forget();
    Result<std::size_t> writeSection(const Write& write);
    Result<std::size_t> writeScanned(const Write& write);
    void write(int keyGroup, std::span<const std::string_view> keys, const Write& write) const;

    const KeyBytes m_coder;
    const std::shared_ptr<SpillFolder> m_folder;
    PartitionedStore m_store;
    std::uint64_t m_size = 0;
    // What is being stored.
    const KeyTable* m_keys = nullptr;
    const ChangedRows* m_changes = nullptr;
    std::vector<std::uint32_t> m_order{};  ///< groups, by key group
    std::size_t m_next = 0;                ///< in m_order
    std::unique_ptr<SortedRunWriter> m_freshRun{}, m_frozenRun{};  ///< of m_fresh and m_frozen
    // For checkpoints.
    std::vector<std::unique_ptr<SortedRun>> m_fresh{};   ///< keys that no checkpoint has
    std::vector<std::unique_ptr<SortedRun>> m_frozen{};  ///< of the checkpoint that is being written
    std::size_t m_section = 0;                           ///< of the last of these: the next one
    std::unique_ptr<StoreSnapshot> m_snapshot{};         ///< … or all; null: not, or all is written
    int m_keyGroup = 0;                                  ///< of that
    std::unique_ptr<StoreScan> m_scan{};
    // Of one call; kept for their memory
    std::vector<Encoded> m_encoded{};
    std::string m_bytes{};
    std::vector<StoreKey> m_asked{};
    StoreValues m_values{};
    StoreRows m_rows{};
};

}  // namespace rw

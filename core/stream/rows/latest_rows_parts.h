// What LatestRows keeps besides its rows: for checkpoints by change, and for rows in files.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/encoded_keys.h"
#include "core/stream/keys/key_bytes.h"
#include "core/stream/keys/stored_states.h"
#include "core/stream/rows/latest_rows.h"

namespace rw {

struct LatestRows::Changes {
    struct Replaced {
        std::uint64_t hash;
        Latest latest;
    };

    ChangedRows groups{};
    bool whole = true;                 ///< what is frozen is all of the state
    std::vector<Replaced> replaced{};  ///< frozen rows that newer ones replaced before they were written;
                                       ///< they keep their slots until they are

    bool anyFrozen() const { return groups.anyFrozen() || !replaced.empty(); }
    std::size_t memoryBytes() const { return groups.memoryBytes() + replaced.capacity() * sizeof(Replaced); }
};

/// Rows that have left, and which of the others are to. What files have of a key that is here is of no use.
struct LatestRows::Away {
    /// How often rows of a key have come since rows left last, as far as one can count, or that it never
    /// leaves.
    static constexpr std::uint8_t kMostUses = 0xfe, kNever = 0xff;
    enum class Step { None, Store, Renumber };

    Away(std::vector<Type> keyTypes, std::vector<Type> types, std::shared_ptr<SpillFolder> folder,
         std::size_t memory)
        : stored(std::move(folder), memory),
          keys(std::move(keyTypes)),
          rowCoder(types),
          had(types.size(), false) {}

    std::size_t memoryBytes() const;
    void forgetOrder();

    StoredStates stored;
    EncodedKeys keys;  ///< of one call
    const KeyBytes rowCoder;
    ColumnSet had;                     ///< columns that a row in the files has
    std::vector<std::uint8_t> uses{};  ///< by number; empty: none has left
    std::size_t count = 0;             ///< keys that are in files alone
    bool mayLeave = true;
    // While rows leave.
    Step step = Step::None;
    int least = 0;                        ///< uses of those that stay
    std::vector<std::uint32_t> order{};   ///< what is to be written, by key group
    std::size_t next = 0;                 ///< in `order`
    std::size_t left = 0;                 ///< of those before it, keys that leave
    std::vector<std::uint32_t> frozen{};  ///< of those before it, the ones that were frozen
    // … those that stay get new numbers.
    std::unique_ptr<Table> fresh{};
    std::uint32_t nextGroup = 0;
    std::size_t nextReplaced = 0;  ///< of those that are kept for a checkpoint
    std::vector<std::uint8_t> freshUses{};
    std::vector<std::uint32_t> marked{};  ///< new numbers of those that have changed
    StoreValues values{};                 ///< of one call; kept for its memory
};

}  // namespace rw

// What KeyedGroups keeps besides its groups: for checkpoints by change, and for groups in files.
#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/sql/aggregates/state_cells.h"
#include "core/stream/aggregates/keyed_groups.h"
#include "core/stream/keys/changed_rows.h"
#include "core/stream/keys/encoded_keys.h"
#include "core/stream/keys/stored_states.h"

namespace rw {

struct KeyedGroups::Changes {
    /// Some keys of a table, for a step that goes on with the next call.
    struct KeyQueue {
        explicit KeyQueue(std::vector<Type> types) : keys(types) {}
        bool any() const { return next < keys.size(); }
        std::vector<std::uint32_t> takeSome(std::size_t most) {
            std::vector<std::uint32_t> some(std::min(most, keys.size() - next));
            std::iota(some.begin(), some.end(), static_cast<std::uint32_t>(next));
            next += some.size();
            return some;
        }
        void clear() {
            keys = keys.emptied();
            next = 0;
        }

        KeyTable keys;
        std::size_t next = 0;
    };

    explicit Changes(const KeyedGroups& of)
        : copied(std::make_unique<KeyedGroups>(*of.m_plan, *of.m_ttl)),
          goneSince(of.m_state.keys.types()),
          gone(of.m_state.keys.types()),
          goneBesideSince(of.m_state.keys.types()),
          goneBeside(of.m_state.keys.types()),
          copiedGone(of.m_state.keys.types()) {}

    ChangedRows groups{};
    bool whole = true;                    ///< what is frozen is all of the state
    std::unique_ptr<KeyedGroups> copied;  ///< frozen ones as they were, which have changed since
    std::size_t nextCopied = 0;           ///< those before it are written
    KeyTable goneSince;                   ///< the last freeze: keys of groups that tidy() took out
    KeyQueue gone;                        ///< those of the freeze before, to be written
    // The same of those whose groups had left before, which files may still have.
    KeyTable goneBesideSince;
    KeyQueue goneBeside;
    KeyQueue copiedGone;                  ///< frozen ones without rows whose keys have come back since

    bool anyFrozen() const {
        return groups.anyFrozen() || gone.any() || goneBeside.any() || copiedGone.any() ||
               nextCopied < copied->size();
    }
    std::size_t memoryBytes() const {
        return groups.memoryBytes() + copied->memoryBytes() + goneSince.memoryBytes() +
               gone.keys.memoryBytes() + goneBesideSince.memoryBytes() + goneBeside.keys.memoryBytes() +
               copiedGone.keys.memoryBytes();
    }
};

/// Groups that have left, and which of the others are to.
struct KeyedGroups::Away {
    /// Marks of a group: files have a copy, which is of no use as long as the group is here; and how often
    /// rows of it have come since groups left last, as far as one can count, or that it never leaves.
    static constexpr std::uint8_t kCopied = 0x80, kUses = 0x7f, kMostUses = 0x7e, kNever = 0x7f;
    enum class Step { None, Store };

    Away(std::vector<Type> types, std::shared_ptr<SpillFolder> folder, std::size_t memory)
        : stored(std::move(folder), memory), keys(std::move(types)) {}

    int uses(std::uint32_t group) const { return marks[group] & kUses; }
    bool isCopied(std::uint32_t group) const { return (marks[group] & kCopied) != 0; }

    StoredStates stored;
    EncodedKeys keys;                   ///< of one call
    std::vector<std::uint8_t> marks{};  ///< by group; empty: none has left
    std::size_t count = 0;              ///< groups that have left, and are not here again
    bool mayLeave = true;
    Instant frozenAt = kMinTimestamp;  ///< the moment of what is frozen, as leave() has it
    // While groups leave.
    Step step = Step::None;
    int least = 0;                         ///< uses of those that stay
    std::vector<std::uint32_t> order{};    ///< what is to be written of them, by key group
    std::size_t next = 0;                  ///< in `order`
    std::size_t left = 0;                  ///< of those before it, groups that leave
    std::vector<std::uint32_t> frozen{};   ///< of those before it, groups that were frozen
    bool keepsRoom = false;                ///< of the groups that leave
    StoreValues values{};                  ///< of one call; kept for its memory
};

}  // namespace rw

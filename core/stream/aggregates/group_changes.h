// Which groups of a GroupState have changed since a checkpoint, and those of them that it has not written
// yet.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "core/stream/aggregates/group_state.h"
#include "core/stream/keys/changed_rows.h"

namespace rw {

/// Of one state (GroupState::changes), of inserts alone. As ChangingState has it: frozen groups are written
/// some at a time, and those that are to change before are copied.
class GroupChanges {
 public:
    /// `plan` outlives this; all groups there are will be frozen first.
    explicit GroupChanges(const WindowPlan& plan) : m_plan(&plan) {}

    /// The groups are there, and about to change.
    void willChange(const GroupState& of, std::span<const std::uint32_t> groups);
    void freeze(const GroupState& of, bool whole);
    bool anyFrozen() const { return m_groups.anyFrozen() || m_copied != nullptr; }
    /// Takes at most `most` frozen groups, of `of` or of the copy: calls write(state, groups) for them. How
    /// many they were.
    template <class Write>
    std::size_t writeSome(const GroupState& of, std::size_t most, Write write) {
        if (m_groups.anyFrozen()) {
            m_groups.takeSome(most, m_some);
            write(of, m_some);
        } else {
            takeCopied(most);
            write(std::as_const(*m_copied), m_some);
            if (m_nextCopied == m_copied->keys.size()) m_copied.reset();
        }
        return m_some.size();
    }
    std::size_t memoryBytes() const;

 private:
    void takeCopied(std::size_t most);

    const WindowPlan* m_plan;
    ChangedRows m_groups{};
    std::unique_ptr<GroupState> m_copied{};  ///< frozen groups as they were; null: none
    std::size_t m_nextCopied = 0;            ///< those before it are written
    std::vector<std::uint32_t> m_some{};     ///< of one call
};

}  // namespace rw

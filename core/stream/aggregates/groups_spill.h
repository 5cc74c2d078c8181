// States of groups on their way into a file.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "core/stream/aggregates/key_group_merge.h"

namespace rw {

/// Writes states as one sorted run, as far as the calls' budgets go.
class GroupsSpill {
 public:
    // What is written outlives it, and does not change meanwhile.
    static Result<GroupsSpill> begin(const GroupState& state, std::shared_ptr<SpillFolder> folder);
    /// Of several, of which some may be in files themselves. `merged` has not run.
    static Result<GroupsSpill> begin(std::unique_ptr<KeyGroupMerge> merged,
                                     std::shared_ptr<SpillFolder> folder);

    bool busy() const { return m_busy; }
    Status run(CallBudget& budget);
    /// Not while busy(); once.
    Result<std::unique_ptr<SortedRun>> finish() { return m_writer->finish(); }

 private:
    explicit GroupsSpill(std::unique_ptr<SortedRunWriter> writer) : m_writer(std::move(writer)) {}
    void take(const GroupState& state);
    Status writeSection(CallBudget& budget);

    std::unique_ptr<SortedRunWriter> m_writer;
    std::unique_ptr<KeyGroupMerge> m_merge{};  ///< of several states
    const GroupState* m_state = nullptr;       ///< that is being written: the only one, or a portion of all
    std::vector<std::uint32_t> m_order{};      ///< its groups
    std::size_t m_next = 0;                    ///< in m_order
    std::size_t m_most = 1;                    ///< groups of a section
    bool m_busy = true;
};

}  // namespace rw

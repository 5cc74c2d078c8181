#include "core/stream/aggregates/groups_spill.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/state_layout.h"

namespace rw {

Result<GroupsSpill> GroupsSpill::begin(const GroupState& state, std::shared_ptr<SpillFolder> folder) {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRunWriter> writer, SortedRunWriter::create(std::move(folder)));
    GroupsSpill made(std::move(writer));
    made.take(state);
    return made;
}

Result<GroupsSpill> GroupsSpill::begin(std::unique_ptr<KeyGroupMerge> merged,
                                       std::shared_ptr<SpillFolder> folder) {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRunWriter> writer, SortedRunWriter::create(std::move(folder)));
    GroupsSpill made(std::move(writer));
    made.m_merge = std::move(merged);
    return made;
}

void GroupsSpill::take(const GroupState& state) {
    std::array<std::uint64_t, kKeyGroups> counts{};
    m_state = &state;
    m_order = byKeyGroup(state.keys, counts);
    m_next = 0;
    // A section is read as one string.
    const std::uint64_t each = 1 + state.memoryBytes() / std::max<std::uint64_t>(m_order.size(), 1);
    m_most = std::clamp<std::uint64_t>(KeyGroupMerge::kMostBytesOfPortion / each, 1,
                                       KeyGroupMerge::kGroupsOfPortion);
}

Status GroupsSpill::run(CallBudget& budget) {
    while (m_busy && !budget.spent()) {
        if (m_merge && m_merge->busy()) {
            RW_TRY(m_merge->run(budget));
            if (!m_merge->busy()) take(m_merge->groups());
        } else if (m_next < m_order.size()) {
            RW_TRY(writeSection(budget));
        } else if (m_merge && m_merge->hasNext()) {
            m_merge->next();
        } else {
            m_busy = false;
        }
    }
    return {};
}

/// The next groups of one key group.
Status GroupsSpill::writeSection(CallBudget& budget) {
    const auto keyGroup = [this](std::size_t place) {
        return keyGroupOf(m_state->keys.hash(m_order[place]));
    };
    const int first = keyGroup(m_next);
    std::size_t end = m_next + 1;
    const std::size_t most = std::min(m_order.size(), m_next + m_most);
    while (end < most && keyGroup(end) == first) ++end;
    const auto some = std::span(m_order).subspan(m_next, end - m_next);
    StateWriter record;
    m_state->snapshot(some, record);
    const std::string bytes = record.finish();
    budget.spend(some.size());
    m_next = end;
    // The run has a checksum of its own.
    return m_writer->add(first, static_cast<std::uint32_t>(some.size()),
                         std::string_view(bytes).substr(state_layout::kSealSize));
}

}  // namespace rw

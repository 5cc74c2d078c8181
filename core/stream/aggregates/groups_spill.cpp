#include "core/stream/aggregates/groups_spill.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "core/data/state_layout.h"

namespace rw {

Result<GroupsSpill> GroupsSpill::begin(const WindowPlan& plan, const std::vector<const GroupState*>& states,
                                       std::shared_ptr<SpillFolder> folder) {
    RW_TRY_ASSIGN(std::unique_ptr<SortedRunWriter> writer, SortedRunWriter::create(std::move(folder)));
    GroupsSpill made(std::move(writer));
    if (states.size() == 1) {
        made.take(*states.front());
    } else {
        made.m_merge = std::make_unique<KeyGroupMerge>(plan);
        for (const GroupState* const state : states) made.m_merge->add(*state);
    }
    return made;
}

void GroupsSpill::take(const GroupState& state) {
    std::array<std::uint64_t, kKeyGroups> counts{};
    m_state = &state;
    m_order = byKeyGroup(state.keys, counts);
    m_next = 0;
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
    const std::size_t most = std::min(m_order.size(), m_next + KeyGroupMerge::kGroupsOfPortion);
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

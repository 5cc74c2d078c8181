#include "core/stream/windows/combined_windows.h"

#include "core/stream/aggregates/group_changes.h"
#include "core/stream/windows/window_operator.h"

namespace rw {

void CombinedSlice::addTo(GroupState& state, const std::vector<sql::BoundAggregate>& aggregates) const {
    std::vector<std::uint32_t> targets, into;
    state.keys.insert(sums->keys, groups, targets);
    state.aggregates.resize(state.keys.size());
    if (state.changes) state.changes->willChange(state, targets);
    for (std::size_t i = 0; i < aggregates.size(); ++i) {
        if (aggregates[i].folds) state.aggregates.of(i).merge(sums->aggregates.of(i), groups, targets);
    }
    for (const CombinedValues& some : values) {
        into.clear();
        for (const std::uint32_t group : some.groups) into.push_back(targets[group]);
        state.aggregates.of(some.aggregate).update({some.rows, into, &some.argument, {}});
    }
}

std::size_t CombinedSlice::ownBytes() const {
    std::size_t bytes = sizeof(CombinedSlice) + groups.capacity() * sizeof(std::uint32_t);
    // Of memory that instances share, as large a part as they have of the keys.
    bytes += sums->memoryBytes() * groups.size() / sums->keys.size();
    for (const CombinedValues& some : values) {
        const std::size_t width = widthOf(some.argument.column->type().id);
        bytes += sizeof some + some.rows.size() * (width + 2 * sizeof(std::uint32_t));
    }
    return bytes;
}

void CombinedWindows::add(CombinedSlice slice) {
    ownBytes += slice.ownBytes();
    for (const CombinedValues& some : slice.values) {
        if (!some.argument.column->heaps().empty()) columns.push_back(some.argument.column);
    }
    slices.push_back(std::move(slice));
}

Status WindowOperator::takeCombined(const CombinedRows& rows, Output& out) {
    for (const CombinedSlice& some : static_cast<const CombinedWindows&>(rows).slices) {
        SliceStore::Part& part = m_store.part(some.slice, m_slicing.firstWindow(some.slice).end);
        m_store.willChange(some.slice, part);
        const std::size_t known = part.state.keys.size();
        some.addTo(part.state, m_plan->aggregates);
        m_store.grew(part, part.state.keys.size() - known);
        part.counted += static_cast<std::int64_t>(some.rows);
        m_store.changed(some.slice, part);
        if (m_report.on()) reportRows(some.slice, part.from);
    }
    m_sum.rowsCame();
    m_report.flush();
    RW_TRY(boundState(m_context.batchRows));
    return m_task == Task::None ? Status() : proceed(out);
}

}  // namespace rw

#include "core/lineage/passed_by.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"

namespace rw {

namespace {

Text fewer() {
    return RW_TEXT("lineage", "Ask for the rows behind fewer.");
}

bool lacksRows(const LineageStep& step) {
    return !step.from.node.empty() && !step.counted && step.after + step.rows.size() < step.count;
}

}  // namespace

Status PassedBy::check() const {
    if (m_after <= kMostPassedBy) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("lineage", "At most %1 can be passed by.").with(figures::count(kMostPassedBy)), fewer()};
}

void PassedBy::add(const std::string& title, const GatheredRows& found) {
    if (found.passedBy == 0) return;
    m_left = m_left || !found.rows.empty();
    if (found.count <= m_count) return;
    m_count = found.count;
    m_title = title;
}

Status PassedBy::told() {
    if (m_count == 0) return {};
    const std::size_t after = std::exchange(m_after, 0);
    const std::uint64_t count = std::exchange(m_count, 0);
    if (std::exchange(m_left, false)) return {};
    if (count > after) {
        return {ErrorCode::Invalid,
                RW_TEXT("lineage", "The newest %1 of “%2” are too large to be passed by.")
                    .with(figures::count(after), m_title),
                fewer()};
    }
    return {ErrorCode::Invalid,
            RW_TEXT("lineage", "There are no more rows of “%1” that had a part: they are %2 in all.")
                .with(m_title, figures::count(count)),
            fewer()};
}

Status PassedBy::end() const {
    if (m_after == 0) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("lineage", "No step has more rows than are told at a time: none can be passed by."),
            RW_TEXT("lineage", "Ask for the newest ones: these are all.")};
}

bool leadsOn(const Lineage& lineage, const LineageStep& step) {
    if (!lacksRows(step)) return false;
    const auto passed = [](const LineageStep& each) { return each.after > 0; };
    if (std::any_of(lineage.steps.begin(), lineage.steps.end(), passed)) return step.after > 0;
    const auto first = std::find_if(lineage.steps.begin(), lineage.steps.end(), lacksRows);
    return first->to == step.to;
}

}  // namespace rw

#include "widgets/session/steps/breakpoint_list.h"

#include <algorithm>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

BreakpointList::BreakpointList(PipelineDocument& document) : m_document(document) {
    connect(&document, &PipelineDocument::changed, this, &BreakpointList::dropGone);
}

std::vector<Breakpoint>::iterator BreakpointList::find(const Breakpoint& place) {
    return std::find_if(m_all.begin(), m_all.end(),
                        [&place](const Breakpoint& each) { return samePlace(each, place); });
}

const Breakpoint* BreakpointList::at(const Breakpoint& place) const {
    const auto found = std::find_if(m_all.begin(), m_all.end(),
                                    [&place](const Breakpoint& each) { return samePlace(each, place); });
    return found != m_all.end() ? &*found : nullptr;
}

void BreakpointList::toggle(const Breakpoint& place) {
    if (const auto found = find(place); found != m_all.end()) {
        m_all.erase(found);
    } else {
        m_all.push_back(place);
    }
    Q_EMIT changed();
}

void BreakpointList::setCondition(const Breakpoint& place, const QString& condition) {
    auto found = find(place);
    if (found == m_all.end()) found = m_all.insert(found, place);
    found->condition = condition.trimmed().toStdString();
    Q_EMIT changed();
}

void BreakpointList::setEnabled(const Breakpoint& place, bool enabled) {
    const auto found = find(place);
    if (found == m_all.end()) return;
    found->enabled = enabled;
    Q_EMIT changed();
}

void BreakpointList::clear() {
    if (m_all.empty()) return;
    m_all.clear();
    Q_EMIT changed();
}

// Those of nodes that were removed go with them.
void BreakpointList::dropGone() {
    const auto gone = std::erase_if(
        m_all, [this](const Breakpoint& each) { return m_document.pipeline().find(each.node) == nullptr; });
    if (gone > 0) Q_EMIT changed();
}

}  // namespace rw::ui

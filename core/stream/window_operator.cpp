#include "core/stream/window_operator.h"

namespace rw {

WindowOperator::WindowOperator(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_assigner(m_plan->kind, m_plan->size, m_plan->step, m_plan->offset),
      m_sliceIsWindow(m_plan->kind == WindowKind::Input || m_assigner.sliceIsWindow()),
      m_input(m_plan->aggregates, m_plan->keys, m_plan->input.eventTime, m_context),
      m_results(m_plan, m_context),
      m_late(m_plan->late.schema, kWindowLate),
      m_changed(m_assigner) {
    if (!m_plan->emitsUpdates() && m_plan->kind == WindowKind::Hop &&
        m_plan->size / m_plan->step >= SlideBlocks::kWorthwhile) {
        m_blocks.emplace(m_plan, static_cast<SlideBlocks::Slides&>(*this));
    }
}

Window WindowOperator::sliceOf(const Batch& batch, std::size_t row) const {
    if (m_plan->kind == WindowKind::Input) {
        return {batch.column(m_plan->windowEnd).at<Instant>(row),
                batch.column(m_plan->windowStart).at<Instant>(row)};
    }
    return m_assigner.sliceOf(batch.column(m_plan->input.eventTime).at<Instant>(row));
}

Window WindowOperator::firstWindow(const Window& slice) const {
    return m_sliceIsWindow ? slice : m_assigner.firstWindow(slice);
}

Window WindowOperator::lastWindow(const Window& slice) const {
    return m_sliceIsWindow ? slice : m_assigner.lastWindow(slice);
}

std::optional<Window> WindowOperator::nextWindow(const Window& window) const {
    if (m_sliceIsWindow) {
        const auto next = m_slices.upper_bound(window);
        return next == m_slices.end() ? std::nullopt : std::optional(next->first);
    }
    // Slices of a hop count up to the window that starts with them, those of a cumulate up to the last one
    // that starts with the window.
    const bool goesOn =
        m_plan->kind == WindowKind::Cumulate && window.end < saturatingAdd(window.start, m_plan->size);
    const bool over = m_plan->kind == WindowKind::Cumulate && !goesOn;
    auto next = m_slices.upper_bound({over ? window.end : window.start, kMaxTimestamp});
    while (next != m_slices.end() && lastWindow(next->first).end <= window.end) ++next;
    if (next == m_slices.end()) return std::nullopt;
    return m_assigner.windowAfter(next->first, window.end);
}

bool WindowOperator::passed(const Window& window) const {
    return saturatingAdd(window.end - 1, m_plan->allowedLateness) <= m_watermark;
}

ShownWindow& WindowOperator::shownOf(const Window& window) {
    const auto [at, added] = m_shown.try_emplace(window, *m_plan);
    if (added) m_shownBytes += at->second.memoryBytes();
    return at->second;
}

Status WindowOperator::onWatermark(Instant watermark, Output& out) {
    m_watermark = std::max(m_watermark, watermark);  // after a restart it begins below the one restored
    m_part = nullptr;
    m_task = Task::Due;
    return goOn(out);
}

Status WindowOperator::resume(Output& out) {
    return goOn(out);
}

bool WindowOperator::any(std::int64_t first, std::int64_t last) const {
    const auto slice = m_slices.upper_bound({startOf(first), kMaxTimestamp});
    return slice != m_slices.end() && slice->first.end <= startOf(last);
}

/// A row counts in the whole part of its slice only while no window of the slice has passed for it, so none
/// has fired: what a block was made of stays as it is. (Rows that take others back are made rows, which are
/// always clean.) Rows that count from a later window on lie in parts of
/// their own, which are few and are added one by one.
void WindowOperator::addPieces(std::int64_t slide, std::vector<const GroupState*>& pieces) const {
    for (auto slice = m_slices.upper_bound({startOf(slide), kMaxTimestamp});
         slice != m_slices.end() && slice->first.end <= startOf(slide + 1); ++slice) {
        const auto whole = slice->second.find(firstWindow(slice->first).end);
        if (whole != slice->second.end()) pieces.push_back(&whole->second.state);
    }
}

Operator::StateSize WindowOperator::stateSize() const {
    for (const auto& [from, slice] : m_unmeasured) {
        const auto at = m_slices.find(slice);
        if (at == m_slices.end()) continue;  // it was dropped since
        const auto found = at->second.find(from);
        if (found == at->second.end()) continue;
        const Part& part = found->second;
        const std::size_t bytes = sizeof(Part) + part.state.memoryBytes();
        m_size.bytes += bytes - part.size.bytes;
        const std::size_t keys = part.state.keys.size();
        m_size.keys += keys - part.size.keys;
        part.size = {bytes, keys};
        part.measured = true;
    }
    m_unmeasured.clear();
    StateSize size{m_size.bytes + m_shownBytes, m_size.keys};
    if (m_sum) size.bytes += m_sum->state.memoryBytes();
    if (m_blocks) size.bytes += m_blocks->memoryBytes();
    return size;
}

Operator::Span WindowOperator::firstOpen() const {
    const std::optional<Window> window = nextWindow(m_fired);
    return window ? Span{window->start, window->end} : Span{};
}

}  // namespace rw

#include "core/stream/window_operator.h"

#include <numeric>

namespace rw {

WindowOperator::WindowOperator(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_assigner(m_plan->kind, m_plan->size, m_plan->step, m_plan->offset),
      m_sliceIsWindow(m_plan->kind == WindowKind::Input || m_assigner.sliceIsWindow()),
      m_input(m_plan->aggregates, m_plan->keys, m_plan->input.eventTime, m_context),
      m_results(m_plan, m_context),
      m_late(m_plan->late.schema, kWindowLate) {
    const bool final = !m_plan->emitsUpdates() && !m_plan->input.updating;
    if (final && m_plan->kind == WindowKind::Hop && m_plan->size / m_plan->step >= SlideBlocks::kWorthwhile) {
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
    auto next = m_slices.lower_bound({saturatingAdd(window.end, -m_plan->size), kMinTimestamp});
    while (next != m_slices.end() && lastWindow(next->first).end <= window.end) ++next;
    if (next == m_slices.end()) return std::nullopt;
    return m_assigner.windowAfter(next->first, window.end);
}

std::vector<WindowOperator::Part*> WindowOperator::partsOf(const Window& window) {
    std::vector<Part*> parts;
    auto slice =
        m_sliceIsWindow ? m_slices.find(window) : m_slices.upper_bound({window.start, kMaxTimestamp});
    for (; slice != m_slices.end() && slice->first.end <= window.end; ++slice) {
        for (const auto& part : slice->second) {
            if (part->from <= window.end) parts.push_back(part.get());
        }
        if (m_sliceIsWindow) break;
    }
    return parts;
}

Status WindowOperator::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    for (auto window = nextWindow(m_fired); window && window->end - 1 <= watermark;
         window = nextWindow(m_fired)) {
        m_fired = *window;
        RW_TRY(fire(*window, out));
    }
    if (m_plan->early > 0) RW_TRY(fireEarly(watermark, out));
    m_results.flush(out);
    drop(watermark);
    // Made rows must stay clean, also those of windows that touch: event-time rules, 12.
    out.watermark(kWindowOut, saturatingAdd(watermark, -m_plan->allowedLateness - 1));
    for (int port = kWindowLate; port < outputPorts; ++port) out.watermark(port, watermark);
    return {};
}

Status WindowOperator::fire(const Window& window, Output& out) {
    if (m_blocks) return fireBlocks(window, out);
    const std::vector<Part*> parts = partsOf(window);
    if (!m_plan->emitsUpdates()) {
        if (parts.empty()) return {};
        if (m_plan->kind == WindowKind::Cumulate) return fireCumulate(window, parts, out);
        if (parts.size() == 1 && !parts.front()->table)
            return m_results.add(window, parts.front()->state, out);
    }
    GroupState merged(*m_plan);
    for (Part* part : parts) addTo(merged, *part);
    if (!m_plan->emitsUpdates()) return m_results.add(window, merged, out);
    return m_shown.try_emplace(window, *m_plan).first->second.show(window, merged, m_results, out);
}

Status WindowOperator::fireCumulate(const Window& window, const std::vector<Part*>& parts, Output& out) {
    const bool goesOn = m_running && m_running->window.start == window.start;
    if (!goesOn) m_running.emplace(Running{{window.start, window.start}, GroupState(*m_plan)});
    for (Part* part : parts) {
        if (part->from > m_running->window.end) addTo(m_running->state, *part);
    }
    m_running->window = window;
    return m_results.add(window, m_running->state, out);
}

void WindowOperator::addTo(GroupState& state, Part& part) {
    if (!part.table) return state.merge(part.state);
    std::vector<std::uint32_t> all;
    for (const Batch& batch : part.table->batches()) {
        m_input.take(batch);
        all.resize(batch.rows);
        std::iota(all.begin(), all.end(), 0U);
        state.update(m_input, all);
    }
}

Status WindowOperator::fireEarly(Instant watermark, Output& out) {
    for (auto window = nextWindow(m_fired); window && window->start <= watermark;
         window = nextWindow(*window)) {
        const std::int64_t steps = (watermark - window->start) / m_plan->early;
        ShownWindow& shown = m_shown.try_emplace(*window, *m_plan).first->second;
        if (steps <= shown.earlySteps) continue;
        shown.earlySteps = steps;
        RW_TRY(fire(*window, out));
    }
    return {};
}

void WindowOperator::drop(Instant watermark) {
    const auto passed = [&](const Window& window) {
        return saturatingAdd(window.end - 1, m_plan->allowedLateness) <= watermark;
    };
    while (!m_slices.empty() && passed(lastWindow(m_slices.begin()->first))) {
        m_tagged.erase(m_slices.begin()->first);
        m_slices.erase(m_slices.begin());
    }
    if (m_blocks && m_fired.end != kMinTimestamp) m_blocks->dropBefore(slideAt(m_fired.start) + 1);
    while (!m_shown.empty() && passed(m_shown.begin()->first)) m_shown.erase(m_shown.begin());
    if (m_running && passed(lastWindow({m_running->window.end, m_running->window.start}))) m_running.reset();
    m_part = nullptr;
}

Operator::StateSize WindowOperator::stateSize() const {
    StateSize size;
    for (const auto& [window, slice] : m_slices) {
        for (const auto& part : slice) {
            size.bytes +=
                sizeof(Part) + part->state.memoryBytes() + (part->table ? part->table->memoryBytes() : 0);
            size.keys += part->table ? part->table->size() : part->state.keys.size();
        }
    }
    for (const auto& [window, shown] : m_shown) size.bytes += shown.memoryBytes();
    if (m_running) size.bytes += m_running->state.memoryBytes();
    if (m_blocks) size.bytes += m_blocks->memoryBytes();
    return size;
}

}  // namespace rw

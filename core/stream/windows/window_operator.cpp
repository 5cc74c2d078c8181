// Time, size and state of a window aggregation.
//
// Its state as bytes is parts of slices and the emitted rows of windows, by key group; sums of several slices
// are made again. At a barrier all instances have the same watermark, for it comes from every producer to each
// of them. All windows that it completes have fired then, whichever of them an instance had rows for.
#include "core/stream/windows/window_operator.h"

#include "core/stream/windows/window_records.h"

namespace rw {

WindowOperator::WindowOperator(WindowPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_slicing(*m_plan),
      m_input(m_plan->aggregates, m_plan->keys, m_plan->input.eventTime, m_context),
      m_results(m_plan, m_context),
      m_late(m_plan->late.schema, kWindowLate),
      m_store(m_plan, m_slicing, m_context),
      m_shown(m_plan, m_slicing),
      m_sum(m_plan, m_slicing, m_store),
      m_report(*m_plan, m_slicing, m_context),
      m_disorder(m_context) {}

Status WindowOperator::onWatermark(Instant watermark, Output& out) {
    m_watermark = std::max(m_watermark, watermark);  // after a restart it begins below the one restored
    m_recent.fill({});
    m_task = Task::Due;
    return proceed(out);
}

Status WindowOperator::resume(Output& out) {
    if (m_closed.any()) {
        m_closed.emitSome(out);
        return {};
    }
    return m_task == Task::None ? take(m_input.takeMore(), out) : proceed(out);
}

Operator::StateSize WindowOperator::stateSize() const {
    StateSize size = m_store.size();
    size.bytes += m_shown.memoryBytes() + m_sum.memoryBytes();
    return size;
}

Operator::Span WindowOperator::firstOpen() const {
    const std::optional<Window> window = m_store.nextWindow(m_fired);
    return window ? Span{window->start, window->end} : Span{};
}

void WindowOperator::writeRest(StateWriter& out) const {
    out.record("progress", kWindowsVersion, [this](StateWriter& record) {
        record.i64("watermark", m_watermark);
        record.i64("arrivals", m_input.arrivals());
    });
    m_shown.snapshot(out);
}

Status WindowOperator::snapshot(StateWriter& out) const {
    writeRest(out);
    return m_store.snapshot(out);
}

Status WindowOperator::restore(const StateReader& state, const KeyGroups& own) {
    if (ClosedResults::areAll(state)) return m_closed.restore(state, own, m_plan->output);
    RW_TRY_ASSIGN(const StateReader progress, state.record("progress"));
    RW_TRY(restoreProgress(progress));
    RW_TRY_ASSIGN(const auto early, state.records("early"));
    for (const StateReader& record : early) RW_TRY(m_shown.restoreEarly(record));
    RW_TRY(m_store.restore(state, own, m_fired, m_watermark));
    RW_TRY_ASSIGN(const auto shown, state.keyed("shown"));
    for (const auto& [keyGroup, record] : shown) {
        if (own.contains(keyGroup)) RW_TRY(m_shown.restoreKeys(record, keyGroup, m_results.batchRows()));
    }
    return {};
}

Status WindowOperator::restoreProgress(const StateReader& record) {
    if (record.version() != kWindowsVersion) return brokenState("version of windows");
    RW_TRY_ASSIGN(const Instant watermark, record.i64("watermark"));
    RW_TRY_ASSIGN(const std::int64_t arrivals, record.i64("arrivals"));
    if (m_restored && watermark != m_watermark) return brokenState("watermarks that differ");
    m_restored = true;
    m_watermark = watermark;
    m_fired = m_slicing.lastCompletedBy(watermark);
    m_input.startFrom(arrivals);
    return {};
}

}  // namespace rw

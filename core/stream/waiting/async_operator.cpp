#include "core/stream/waiting/async_operator.h"

#include <algorithm>
#include <utility>

namespace rw {

namespace {

/// Of an operator that nobody runs tasks for: who begins a request has its answer.
class AnsweredAtOnce final : public Requests {
 public:
    Status begin(const RequestRef& request) override {
        for (;;) {
            const Result<Request::Step> step = request->step();
            if (step.ok() && *step != Request::Step::Done) continue;
            request->answer(step.status());
            return {};
        }
    }
};

}  // namespace

AsyncOperator::AsyncOperator(const MakeContext& context, ColumnSet read, Limits limits)
    : m_limits(limits),
      m_clock(context.clock),
      m_requests(context.requests ? context.requests : std::make_shared<AnsweredAtOnce>()),
      m_held(context.inputs.front().type, std::move(read)) {}

Status AsyncOperator::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    m_held.hold(batch);
    m_held.follow(kMinTimestamp);  // that of the node comes behind it, if it rises
    m_asked.emplace_back();
    return resume(out);
}

Status AsyncOperator::onWatermark(Instant watermark, Output& out) {
    if (m_held.empty()) return Operator::onWatermark(watermark, out);
    m_held.follow(watermark);
    return {};
}

void AsyncOperator::onPartition(WireNumber wire, Instant raise, Output& out) {
    if (m_held.empty()) return out.passAdvance(wire, raise);
    m_held.holdMark(wire, raise);
    m_asked.emplace_back();
}

Status AsyncOperator::resume(Output& out) {
    std::erase_if(m_out, [](const RequestRef& request) { return request->isAnswered(); });
    RW_TRY_ASSIGN(m_more, settle());
    if (m_more) return {};
    RW_TRY(askForAll());
    if (firstIsReady()) RW_TRY(letFirstGo(out));
    m_more = firstIsReady() || someAnswered();
    if (m_more || m_passed == kMinTimestamp) return {};
    return Operator::onWatermark(std::exchange(m_passed, kMinTimestamp), out);
}

bool AsyncOperator::isReady(const Asked& asked) const {
    if (!asked.asked || !asked.request) return asked.asked;
    return asked.request->isAnswered() || m_clock->steadyMillis() >= asked.request->waitsUntil();
}

bool AsyncOperator::someAnswered() const {
    return std::any_of(m_out.begin(), m_out.end(),
                       [](const RequestRef& request) { return request->isAnswered(); });
}

Status AsyncOperator::askForAll() {
    const auto room = [this] { return m_out.size() < m_limits.requests; };
    if (!m_held.empty() && !m_asked.front().asked && room()) RW_TRY(askFor(0));
    for (m_unasked = std::max<std::size_t>(m_unasked, 1); m_unasked < m_held.size() && room(); ++m_unasked)
        RW_TRY(askFor(m_unasked));
    return {};
}

bool AsyncOperator::someUnasked() const {
    return !m_held.empty() && (!m_asked.front().asked || m_unasked < m_held.size());
}

Status AsyncOperator::askFor(std::size_t place) {
    Asked& asked = m_asked[place];
    asked = {true, nullptr};
    if (HeldBatches::isMark(m_held.at(place))) return {};
    RW_TRY_ASSIGN(asked.request, ask(m_held.at(place), place == 0 ? m_held.sent() : 0));
    return asked.request ? begin(asked.request) : Status();
}

Status AsyncOperator::begin(const RequestRef& request) {
    if (request->isBegun()) return {};
    request->m_begunAt = m_clock->steadyMillis();
    m_out.push_back(request);
    return m_requests->begin(request);
}

Status AsyncOperator::letFirstGo(Output& out) {
    const Batch& first = m_held.front();
    if (HeldBatches::isMark(first)) {
        out.passAdvance(first.wire, first.raise);
    } else {
        RW_TRY_ASSIGN(const Gone gone, goOn(first, m_held.sent(), m_asked.front().request, out));
        m_held.send(gone.rows);
        if (m_held.left() > 0 && gone.asks) {
            m_asked.front() = {};
            return askForAll();
        }
        if (m_held.left() > 0) return {};
    }
    m_passed = std::max(m_passed, m_held.pop());
    m_asked.pop_front();
    if (m_unasked > 0) --m_unasked;
    return {};
}

std::int64_t AsyncOperator::wakesAt() const {
    if (someAnswered() || firstIsReady()) return 0;
    if (m_held.empty()) return kNever;
    const RequestRef& request = m_asked.front().request;
    const std::int64_t until = request ? request->waitsUntil() : kNever;
    return std::min(until, kNever - 1);
}

bool AsyncOperator::takesMore() const {
    const StateSize held = m_held.stateSize();
    return !m_more && !someUnasked() && held.keys < m_limits.rows && held.bytes < m_limits.bytes;
}

Status AsyncOperator::snapshot(StateWriter& out) const {
    m_held.snapshot(out);
    return {};
}

Status AsyncOperator::restore(const StateReader& state, const KeyGroups&) {
    RW_TRY(m_held.restore(state));
    m_asked.resize(m_held.size());
    m_more = !m_held.empty();
    return {};
}

Operator::StateSize AsyncOperator::stateSize() const {
    const StateSize held = m_held.stateSize();
    StateSize all = kept();
    all.bytes += held.bytes;
    all.keys += held.keys;
    return all;
}

}  // namespace rw

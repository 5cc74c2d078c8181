#include "core/stream/waiting/async_operator.h"

#include <algorithm>
#include <utility>

#include "core/data/state_reader.h"

namespace rw {

namespace {

/// Of an operator without a runtime: the call that begins a request answers it.
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

/// Stands for a request that was not answered in time, whatever its later outcome, or for one that has failed.
class GivenUp final : public Request {
 public:
    Result<Step> step() override { return Step::Done; }
};

}  // namespace

AsyncOperator::AsyncOperator(const WaitingNode& node, const MakeContext& context, ColumnSet read,
                             Options options)
    : m_options(std::move(options)),
      m_naming{read, m_options.question},
      m_unordered(node.isUnordered()),
      m_clock(context.clock),
      m_requests(context.requests ? context.requests : std::make_shared<AnsweredAtOnce>()),
      m_tape(m_options.tape.reader ? std::make_unique<RecalledRows>(m_options.tape.reader, m_naming)
                                    : nullptr),
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

void AsyncOperator::onPartition(WireNumber wire, Instant advancedTo, Output& out) {
    if (m_held.empty()) return out.passAdvance(wire, advancedTo);
    m_held.holdMark(wire, advancedTo);
    m_asked.emplace_back();
}

Status AsyncOperator::resume(Output& out) {
    std::erase_if(m_out, [](const RequestRef& request) { return request->isAnswered(); });
    RW_TRY_ASSIGN(m_more, settle());
    if (m_more) return {};
    RW_TRY(m_tape ? recallAll() : askForAll());
    if (const auto place = next()) RW_TRY(letGo(*place, out));
    m_more = next() || someAnswered();
    if (m_more || m_passed == kMinTimestamp) return {};
    return Operator::onWatermark(std::exchange(m_passed, kMinTimestamp), out);
}

bool AsyncOperator::isReady(const Asked& asked) const {
    if (!asked.asked || !asked.request || m_tape) return asked.asked;
    return asked.request->isAnswered() || m_clock->steadyMillis() >= asked.request->waitsUntil();
}

std::size_t AsyncOperator::reach() const {
    const std::size_t most = std::min(m_unasked, m_held.size());
    std::size_t reach = 0;
    while (reach < most && !HeldBatches::isMark(m_held.at(reach))) ++reach;
    return reach;
}

std::optional<std::size_t> AsyncOperator::next() const {
    if (m_held.empty() || !m_asked.front().asked) return std::nullopt;
    if (!m_unordered || m_inHand || HeldBatches::isMark(m_held.front()))
        return isReady(m_asked.front()) ? std::optional<std::size_t>(0) : std::nullopt;
    if (m_tape) return nextOfTape();
    for (std::size_t place = 0, until = reach(); place < until; ++place) {
        if (isReady(m_asked[place])) return place;
    }
    return std::nullopt;
}

/// The one that went on next, if it is there. It is waited for, however long a slow tape or a pause keeps it.
/// Where it can't come any more (the pipeline was edited), or there is no room to wait, the one behind it.
std::optional<std::size_t> AsyncOperator::nextOfTape() const {
    std::optional<std::size_t> first;
    for (std::size_t place = 0, until = reach(); place < until; ++place) {
        const Asked& asked = m_asked[place];
        if (asked.missing || asked.order == m_tape->next()) return place;
        if (!first || asked.order < m_asked[*first].order) first = place;
    }
    if (m_unasked < m_held.size()) return isFull() ? first : std::nullopt;  // more of the tape is being read
    // No row overtakes a change of a partition.
    const bool allThere = reach() < m_held.size() || m_held.watermark() == kMaxTimestamp;
    return allThere || isFull() ? first : std::nullopt;
}

bool AsyncOperator::isFull() const {
    const StateSize held = m_held.stateSize();
    return held.keys >= m_options.rows || held.bytes >= m_options.bytes;
}

bool AsyncOperator::someAnswered() const {
    return std::any_of(m_out.begin(), m_out.end(),
                       [](const RequestRef& request) { return request->isAnswered(); });
}

Status AsyncOperator::askForAll() {
    const auto room = [this] { return m_out.size() < m_options.requests; };
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
    asked = {};
    asked.asked = true;
    if (HeldBatches::isMark(m_held.at(place))) return {};
    asked.from = place == 0 ? m_held.sent() : 0;
    RW_TRY_ASSIGN(asked.request, ask(m_held.at(place), asked.from));
    return asked.request ? begin(asked.request) : Status();
}

/// Of a replay: takes the tape's answers for the rows that wait, as far as it was read.
Status AsyncOperator::recallAll() {
    RW_TRY(m_tape->collect());
    for (; m_unasked < m_held.size(); ++m_unasked) {
        if (HeldBatches::isMark(m_held.at(m_unasked))) {
            m_asked[m_unasked].asked = true;
            continue;
        }
        RecalledRows::Run run = m_tape->take(m_held.at(m_unasked));
        if (run.rows == 0) {
            const RequestRef reading = m_tape->more();
            return reading ? begin(reading) : Status();
        }
        if (run.rows < m_held.at(m_unasked).rows) {
            m_held.split(m_unasked, run.rows);
            m_asked.insert(m_asked.begin() + static_cast<std::ptrdiff_t>(m_unasked), Asked());
        }
        RW_TRY_ASSIGN(m_asked[m_unasked], recalled(m_held.at(m_unasked), std::move(run)));
    }
    return {};
}

Result<AsyncOperator::Asked> AsyncOperator::recalled(const Batch& rows, RecalledRows::Run run) {
    Asked asked;
    asked.asked = true;
    asked.missing = run.missing;
    asked.order = run.order;
    if (run.missing || run.outcome == Answers::Outcome::Nothing) return asked;
    if (run.outcome == Answers::Outcome::Answered) {
        RW_TRY_ASSIGN(asked.request, recall(rows, run.answers));
    } else {
        asked.request = std::make_shared<GivenUp>();
    }
    if (run.outcome != Answers::Outcome::Unanswered)
        asked.request->answer(run.failed ? *run.failed : Status());
    return asked;
}

Status AsyncOperator::begin(const RequestRef& request) {
    if (request->isBegun()) return {};
    request->m_begunAt = m_clock->steadyMillis();
    m_out.push_back(request);
    return m_requests->begin(request);
}

Status AsyncOperator::letGo(std::size_t place, Output& out) {
    if (place > 0) {
        m_held.bringForward(place);
        const auto at = m_asked.begin() + static_cast<std::ptrdiff_t>(place);
        m_asked.front().from = 0;  // of whose rows the others stay
        std::rotate(m_asked.begin(), at, at + 1);
    }
    const Batch& first = m_held.front();
    if (HeldBatches::isMark(first)) {
        out.passAdvance(first.wire, first.advancedTo);
    } else {
        RW_TRY_ASSIGN(const bool over, letRowsGo(out));
        if (!over) return {};
    }
    m_passed = std::max(m_passed, m_held.pop());
    m_asked.pop_front();
    if (m_unasked > 0) --m_unasked;
    return {};
}

Result<bool> AsyncOperator::letRowsGo(Output& out) {
    const Batch& rows = m_held.front();
    const Asked& asked = m_asked.front();
    if (asked.missing) {
        RW_TRY(leaveOut(rows, out));
        return true;
    }
    const std::size_t from = m_held.sent();
    RequestRef given = asked.request;
    // An answer that comes from now on is late for good, also on the tape.
    if (given && !given->isAnswered()) given = std::make_shared<GivenUp>();
    const Result<Gone> gone = goOn(rows, from, given, out);
    const std::size_t over = gone.ok() ? gone->rows : rows.rows - from;
    if (m_options.tape.recorder && over > 0) record(rows, from, over, asked, given);
    if (!gone.ok()) return gone.status();
    if (m_tape) m_tape->goneOn(asked.order + from, over);
    m_held.send(over);
    const bool left = m_held.left() > 0;
    m_inHand = left && !gone->asks;
    if (!left || m_inHand) return !left;
    if (m_tape) {
        return Status(
            ErrorCode::Invalid, RW_TEXT("waiting", "The tape has no further answer for rows that ask again."),
            RW_TEXT("waiting", "Give the node the values that it had, or record the pipeline anew."));
    }
    m_asked.front() = {};
    RW_TRY(askForAll());
    return false;
}

/// Rows that did not go on in the run of the tape: as there, if it was left while they waited.
Status AsyncOperator::leaveOut(const Batch& rows, Output& out) const {
    if (!m_tape->isWhole()) return {};
    for (std::size_t row = 0; row < rows.rows; ++row)
        RW_TRY(out.reject(rows, row, RW_TEXT("waiting", "The tape has no answer for this row.")));
    return {};
}

void AsyncOperator::record(const Batch& rows, std::size_t from, std::size_t count, const Asked& asked,
                           const RequestRef& given) {
    Answers some;
    const Batch gone = rows.slice(from, count);
    some.rows = rowNames(gone, m_naming.read);
    if (!gone.positions.known()) some.questions = rowNames(gone, m_naming.question);
    some.columns = m_naming.read;
    if (given) {
        some.outcome = !given->isAnswered()   ? Answers::Outcome::Unanswered
                       : given->status().ok() ? Answers::Outcome::Answered
                                              : Answers::Outcome::Failed;
    }
    if (some.outcome == Answers::Outcome::Failed) some.failed = given->status();
    if (some.outcome == Answers::Outcome::Answered)
        some.answers = answersOf(*given, from - asked.from, count);
    m_options.tape.recorder->add(std::move(some));
}

std::vector<std::string> AsyncOperator::answersOf(const Request&, std::size_t, std::size_t count) const {
    return std::vector<std::string>(count);
}

Result<RequestRef> AsyncOperator::recall(const Batch&, const std::vector<std::string>&) {
    return RequestRef(std::make_shared<GivenUp>());
}

std::int64_t AsyncOperator::wakesAt() const {
    if (someAnswered() || next()) return 0;
    if (m_held.empty()) return kNever;
    if (m_tape) return kNever - 1;
    std::int64_t until = kNever - 1;
    if (!m_asked.front().asked) return until;  // until there is room for a request
    for (std::size_t place = 0, most = m_unordered ? std::max<std::size_t>(reach(), 1) : 1; place < most;
         ++place) {
        if (const RequestRef& request = m_asked[place].request)
            until = std::min(until, request->waitsUntil());
    }
    return until;
}

bool AsyncOperator::takesMore() const {
    return !m_more && !someUnasked() && !isFull();
}

Status AsyncOperator::snapshot(StateWriter& out) const {
    m_held.snapshot(out);
    if (m_tape) m_tape->snapshot(out);
    return {};
}

Status AsyncOperator::restore(const StateReader& state, const KeyGroups&) {
    RW_TRY(m_held.restore(state));
    if (m_tape) RW_TRY(m_tape->restore(state));
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

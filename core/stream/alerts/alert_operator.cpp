#include "core/stream/alerts/alert_operator.h"

#include <algorithm>
#include <utility>

#include "core/stream/alerts/alert_letters.h"
#include "core/stream/alerts/row_verdicts.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {

constexpr std::string_view kChangingRecord = "changing";

void appendInstant(ColumnBuilder& builder, Instant instant) {
    if (instant == kMinTimestamp) {
        builder.appendNull();
    } else {
        builder.append(instant);
    }
}

void appendNumber(ColumnBuilder& builder, const std::optional<double>& number) {
    if (number) {
        builder.append(*number);
    } else {
        builder.appendNull();
    }
}

void appendAlertRow(std::vector<ColumnBuilder>& columns, const AlertRow& row) {
    columns[kStateColumn].appendString(row.state);
    appendInstant(columns[kSinceColumn], row.since);
    appendInstant(columns[kStartedColumn], row.started);
    appendInstant(columns[kNoDataColumn], row.noDataSince);
    appendNumber(columns[kValueColumn], row.value);
    appendNumber(columns[kPeakColumn], row.peak);
    if (row.message.empty()) {
        columns[kMessageColumn].appendNull();
    } else {
        columns[kMessageColumn].appendString(row.message);
    }
    if (columns.size() > kProvisionalColumn)
        columns[kProvisionalColumn].append(std::uint8_t{row.provisional});
}

/// Of the targets that the rule has: an edited one may tell others, and a checkpoint may be anybody's.
std::vector<AlertLetter> readLetters(const StateReader& state, const AlertRule& rule) {
    // A letter that can't be read is one that is not told again: no reason for a run not to start.
    std::vector<AlertLetter> letters;
    const Result<std::vector<StateReader>> records = state.records("letter");
    if (!records.ok()) return letters;
    for (const StateReader& record : *records) {
        Result<AlertLetter> letter = readLetter(record, rule);
        const auto& targets = rule.targets;
        if (letter.ok() && std::find(targets.begin(), targets.end(), letter->target) != targets.end())
            letters.push_back(*std::move(letter));
    }
    return letters;
}

/// As readLetters(): one that can't be read is open again.
std::vector<std::string> readAcknowledged(const StateReader& state) {
    std::vector<std::string> ids;
    const Result<std::vector<StateReader>> records = state.records("acknowledged");
    if (!records.ok()) return ids;
    for (const StateReader& record : *records) {
        const Result<std::string_view> id = record.bytes("id");
        if (id.ok()) ids.emplace_back(*id);
    }
    return ids;
}

}  // namespace

AlertOperator::AlertOperator(AlertPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_machine(m_plan->times),
      m_board(context.alerts),
      m_node(context.node),
      m_held(HeldUntil::EventTime, m_plan->input.eventTime, context.batchRows),
      m_late(m_plan->late.schema, kAlertLate),
      m_states(m_plan),
      m_changing(m_plan->input.schema, m_plan->input.key, m_plan->input.eventTime),
      m_stalls(m_plan->times.noData, context) {
    if (!m_board) return;
    AlertRule rule = m_plan->rule;
    rule.node = m_node;
    m_board->begin(std::move(rule));
}

Status AlertOperator::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    m_stalls.moved();
    m_late.addPassed(batch, m_plan->input.eventTime, m_inTime);
    if (m_plan->input.updating) {
        m_changing.apply(batch, m_inTime);
        if (m_plan->provisional) takeProvisional(batch);
    } else {
        RW_TRY(hold(batch, out));
    }
    m_late.emit(batch, out);
    return {};
}

Status AlertOperator::hold(const Batch& batch, Output& out) {
    RW_TRY_ASSIGN(const Batch waiting, judged(batch, out));
    const std::span<const Instant> times = batch.column(m_plan->input.eventTime).values<Instant>();
    for (const std::uint32_t row : m_inTime) m_newest = std::max(m_newest, times[row]);
    m_held.hold(waiting, m_inTime);
    return {};
}

Result<Batch> AlertOperator::judged(const Batch& batch, Output& out) {
    RowFailures failures;
    const auto computed = [&](const sql::BoundRef& expression) {
        sql::Vector vector = sql::evaluate(*expression, batch, m_context.eval);
        if (!m_context.nullOnError) failures.add(vector);
        return vector;
    };
    const sql::Vector raises = computed(m_plan->condition);
    const std::optional<sql::Vector> clears =
        m_plan->clear ? std::optional(computed(m_plan->clear)) : std::nullopt;
    const std::optional<sql::Vector> value =
        m_plan->value ? std::optional(computed(m_plan->value)) : std::nullopt;

    std::size_t good = 0;
    auto error = failures.errors().begin();
    for (const std::uint32_t row : m_inTime) {
        while (error != failures.errors().end() && error->row < row) ++error;
        if (error != failures.errors().end() && error->row == row) {
            RW_TRY(out.reject(batch, row, error->reason));
        } else {
            m_inTime[good++] = row;
        }
    }
    m_inTime.resize(good);

    ColumnBuilder verdicts(Type::of(TypeId::Int));
    verdicts.reserve(batch.rows);
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const Truth holds = truthAt(raises, row);
        const Truth clear = clears ? truthAt(*clears, row) : oppositeOf(holds);
        verdicts.append(static_cast<std::int32_t>(verdictOf(holds, clear)));
    }
    Batch waiting = batch;
    waiting.schema = m_plan->waiting;
    waiting.columns.push_back(verdicts.finish());
    waiting.columns.push_back(value ? value->flat(batch.rows)
                                    : Column::nulls(Type::of(TypeId::Double), batch.rows));
    return waiting;
}

Status AlertOperator::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    // The end of the input says nothing of what would have come: time has passed as far as rows tell.
    m_upTo = watermark == kMaxTimestamp ? std::max({m_upTo, m_newest, m_changing.newest()}) : watermark;
    m_stalls.moved();
    m_working = true;
    return resume(out);
}

std::int64_t AlertOperator::wakesAt() const {
    if (m_watermark == kMaxTimestamp || m_context.stopping()) return kNever;
    return m_stalls.wakesAt(m_watermark);
}

Status AlertOperator::resume(Output& out) {
    m_working = true;  // it may have been woken
    CallBudget budget(m_context.batchRows);
    while (!m_showing) {
        if (m_news.size() >= kNewsAtOnce) tellNews();  // a million keys may have something to say at once
        if (budget.spent()) return {};
        if (!m_stall && m_changing.due(until())) {
            RW_TRY(takeFinal(budget, out));
        } else {
            m_showing = !proceed(budget);
        }
    }
    tellNews();
    while (m_board && m_peaked < m_touched.size()) {
        if (budget.spent()) return {};
        tellPeaks(budget);
    }
    if (m_board) m_board->setJudged(m_node, m_first, m_judged);
    while (m_shown < m_touched.size()) {
        if (budget.spent()) return {};
        showSome(budget, out);
    }
    m_touched.clear();
    m_shown = m_peaked = 0;
    m_showing = m_working = false;
    out.watermark(kAlertOut, m_watermark);
    out.watermark(kAlertLate, m_watermark);
    return {};
}

Instant AlertOperator::until() const {
    return std::max(std::min(m_upTo, m_stalls.next()), m_judged);
}

bool AlertOperator::proceed(CallBudget& budget) {
    if (m_stall) {
        stallSome(budget);
        return true;
    }
    const Instant to = until();
    if (m_held.due(to)) {
        const Batch rows = m_held.release(to, m_context.batchRows).gathered();
        judge(rows);
        budget.spend(rows.rows);
        return true;
    }
    m_due.pass(to);
    if (m_due.any()) {
        const std::span<const RowSlot> due = m_due.take(budget.left());
        const std::vector<std::uint32_t> some(due.begin(), due.end());
        for (const std::uint32_t group : some) passTime(group, to);
        budget.spend(some.size());
        return true;
    }
    if (m_watermark == kMaxTimestamp && to == m_upTo && endProvisional(budget)) return true;
    m_judged = to;
    m_stall = m_stalls.take(to, m_newest);
    m_stalled = 0;
    m_again = kMaxTimestamp;
    return m_stall || to < m_upTo;
}

void AlertOperator::judge(const Batch& rows) {
    m_states.find(rows, m_groups);
    makeRoom();
    const auto first = static_cast<int>(m_plan->input.schema->size());
    const std::span<const Instant> times = rows.column(m_plan->input.eventTime).values<Instant>();
    const std::span<const std::int32_t> verdicts = rows.column(first).values<std::int32_t>();
    const Column& values = rows.column(first + 1);
    if (m_first == kMinTimestamp && !times.empty()) m_first = times.front();
    for (std::size_t row = 0; row < rows.rows; ++row) {
        const std::uint32_t group = m_groups[row];
        AlertStates::Slot& slot = m_states.at(group);
        const auto verdict = static_cast<AlertVerdict>(verdicts[row]);
        const auto steps = [&](const AlertStep& step) { take(group, step); };
        touch(group);
        slot.known = true;
        const Instant before = saturatingAdd(times[row], -1);
        m_machine.advance(slot.state, before, steps);
        settle(group, before);
        const bool mayRaise = slot.state.phase == AlertPhase::Ok || slot.state.phase == AlertPhase::Waiting;
        if (verdict == AlertVerdict::Raise && mayRaise) slot.message = m_plan->message.of(rows, row);
        m_machine.row(slot.state, times[row], verdict, numberAt(values, row), steps);
        settle(group, before);  // other rows of that time may come
        queue(group, m_states.provisional(group) != nullptr ? times[row] : kMaxTimestamp);
    }
}

void AlertOperator::makeRoom() {
    m_queued.resize(m_states.size(), kMaxTimestamp);
    m_places.resize(m_states.size(), kUntouched);
}

void AlertOperator::passTime(std::uint32_t group, Instant to) {
    if (m_queued[group] > to) return;  // it is there once more, for later
    m_queued[group] = kMaxTimestamp;
    AlertState& state = m_states.at(group).state;
    if (m_machine.due(state) <= to || m_states.provisional(group) != nullptr) {
        touch(group);
        m_machine.advance(state, to, [&](const AlertStep& step) { take(group, step); });
        settle(group, to);
        raiseProvisional(group);
    }
    queue(group);
}

void AlertOperator::stallSome(CallBudget& budget) {
    makeRoom();
    const std::size_t end = std::min(m_states.size(), m_stalled + budget.left());
    budget.spend(end - m_stalled);
    for (; m_stalled < end; ++m_stalled) {
        const auto group = static_cast<std::uint32_t>(m_stalled);
        AlertStates::Slot& slot = m_states.at(group);
        if (!slot.known && !m_plan->keys.empty()) continue;  // no final row of it ever came
        touch(group);
        slot.known = true;
        m_machine.stall(slot.state, m_stall->newest, m_stall->at,
                        [&](const AlertStep& step) { take(group, step); });
        m_again = std::min(m_again, m_machine.quietTellDue(slot.state));
        queue(group);
    }
    if (m_stalled < m_states.size()) return;
    m_stalls.taken(*m_stall, m_again);
    m_stall.reset();
}

void AlertOperator::touch(std::uint32_t group) {
    if (m_places[group] != kUntouched) return;
    m_places[group] = static_cast<std::uint32_t>(m_touched.size());
    m_touched.push_back({group, m_states.isShown(group), m_states.row(group)});
}

void AlertOperator::queue(std::uint32_t group, Instant atLatest) {
    Instant due = std::min(m_machine.due(m_states.at(group).state), atLatest);
    if (const ProvisionalState* provisional = m_states.provisional(group))
        due = std::min(due, provisional->due());
    if (due >= m_queued[group]) return;
    m_queued[group] = due;
    m_due.add(group, due);
}

void AlertOperator::take(std::uint32_t group, const AlertStep& step) {
    if (decidesProvisional(group, step) || !m_board) return;
    Alert alert = m_states.alert(group, step.quiet ? AlertKind::NoData : AlertKind::Condition);
    using Telling = AlertBoard::Telling;
    Telling telling = Telling::Nothing;
    switch (step.kind) {
        case AlertStep::Kind::Began:
            break;
        case AlertStep::Kind::Raised:
            telling = m_states.at(group).state.told ? Telling::Now : Telling::TooSoon;
            break;
        case AlertStep::Kind::Quiet:
            telling = step.tell ? Telling::Now : Telling::TooSoon;
            break;
        case AlertStep::Kind::Spared:
            alert.stage = AlertStage::Spared;
            alert.raised = kMinTimestamp;
            alert.message.clear();
            alert.ended = step.at;
            break;
        case AlertStep::Kind::Cleared:
        case AlertStep::Kind::Back:
            alert.ended = step.at;
            telling = step.tell && m_plan->tellEnd ? Telling::Now : Telling::Nothing;
            break;
        case AlertStep::Kind::Tell:
            telling = Telling::Now;
            break;
    }
    addNews(group, std::move(alert), telling, step.at);
}

void AlertOperator::addNews(std::uint32_t group, Alert alert, AlertBoard::Telling telling, Instant at) {
    if (!m_board) return;
    alert.node = m_node;
    if (m_plan->provisional) {
        Instant& upTo = m_newsUpTo.emplace(group, at).first->second;
        at = upTo = std::max(upTo, at);
    }
    m_news.push_back({std::move(alert), telling, at});
}

void AlertOperator::tellNews() {
    std::stable_sort(m_news.begin(), m_news.end(), [](const News& a, const News& b) { return a.at < b.at; });
    for (const News& news : m_news) m_board->put(news.alert, news.telling);
    m_news.clear();
    m_newsUpTo.clear();
}

void AlertOperator::tellPeaks(CallBudget& budget) {
    const std::size_t end = std::min(m_touched.size(), m_peaked + budget.left());
    budget.spend(end - m_peaked);
    for (; m_peaked < end; ++m_peaked) {
        const Touched& touched = m_touched[m_peaked];
        const AlertRow now = m_states.row(touched.group);
        if (now.peak == touched.before.peak || now.started == kMinTimestamp) continue;
        Alert alert = now.provisional ? m_states.provisionalAlert(touched.group)
                                      : m_states.alert(touched.group, AlertKind::Condition);
        alert.node = m_node;
        m_board->put(alert, AlertBoard::Telling::Nothing);
    }
}

void AlertOperator::showSome(CallBudget& budget, Output& out) {
    const std::size_t most = std::max<std::size_t>(m_context.batchRows, 2);  // an update is two rows
    std::vector<ColumnBuilder> columns;
    const Schema& schema = *m_plan->output.schema;
    for (std::size_t i = m_plan->keys.size(); i < schema.size(); ++i)
        columns.emplace_back(schema.fields[i].type);
    std::vector<std::uint32_t> groups;
    std::vector<RowKind> kinds;
    const auto add = [&](std::uint32_t group, RowKind kind, const AlertRow& row) {
        groups.push_back(group);
        kinds.push_back(kind);
        appendAlertRow(columns, row);
    };
    std::size_t looked = 0;
    for (; m_shown < m_touched.size() && kinds.size() + 2 <= most && looked < most; ++m_shown, ++looked) {
        const Touched& touched = m_touched[m_shown];
        m_places[touched.group] = kUntouched;
        const bool shown = m_states.isShown(touched.group);
        const AlertRow now = m_states.row(touched.group);
        if (!touched.shown) {
            if (shown) add(touched.group, RowKind::Insert, now);
        } else if (!shown) {
            add(touched.group, RowKind::Delete, touched.before);
        } else if (now != touched.before) {
            add(touched.group, RowKind::UpdateBefore, touched.before);
            add(touched.group, RowKind::UpdateAfter, now);
        }
    }
    budget.spend(looked + kinds.size());
    if (kinds.empty()) return;
    Batch batch;
    batch.schema = m_plan->output.schema;
    batch.rows = kinds.size();
    batch.columns = m_states.keyColumns(groups);
    for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
    const bool onlyInserts =
        std::all_of(kinds.begin(), kinds.end(), [](RowKind kind) { return kind == RowKind::Insert; });
    if (!onlyInserts) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    out.emit(kAlertOut, std::move(batch));
}

HeldShape AlertOperator::shape() const {
    ColumnSet read = orderingColumns(m_plan->input);
    read[static_cast<std::size_t>(m_plan->input.eventTime)] = true;
    for (const int key : m_plan->keys) read[static_cast<std::size_t>(key)] = true;
    m_plan->message.markColumns(read);
    read.resize(m_plan->waiting->size(), true);
    return {m_plan->waiting, m_plan->keys, std::move(read), false};
}

/// Rows of windows have no place, so all their columns are read.
HeldShape AlertOperator::changingShape() const {
    const SchemaRef& schema = m_plan->input.schema;
    return {schema, m_plan->keys, ColumnSet(schema->size(), true), false};
}

Status AlertOperator::snapshot(StateWriter& out) const {
    out.i64("newest", m_newest);
    out.u64("stalls", m_stalls.count());
    writeHeld(m_held, shape(), out);
    if (m_changing.newest() != kMinTimestamp)
        writeKept(kChangingRecord, m_changing.rows(), changingShape(), out);
    m_states.snapshot(out);
    if (!m_board) return {};
    for (const AlertLetter& letter : m_board->undeliveredOf(m_node))
        out.record("letter", kLetterVersion, [&](StateWriter& record) { writeLetter(letter, record); });
    for (const std::string& id : m_board->acknowledgedOf(m_node))
        out.record("acknowledged", kLetterVersion, [&](StateWriter& record) { record.bytes("id", id); });
    return {};
}

Status AlertOperator::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const Instant newest, state.i64("newest"));
    m_newest = std::max(m_newest, newest);
    RW_TRY_ASSIGN(const std::uint64_t stalls, state.u64("stalls"));
    m_stalls.startFrom(stalls);
    RW_TRY(m_states.restore(state, own));
    makeRoom();
    for (std::uint32_t group = 0; group < m_states.size(); ++group) queue(group);
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, shape(), own));
    for (const Batch& batch : held) m_held.hold(batch, everyRow(batch.rows));
    // An edit may have taken early results away from the window before this node.
    if (m_plan->input.updating) {
        RW_TRY_ASSIGN(const std::vector<Batch> changing,
                      readKept(state, kChangingRecord, changingShape(), own));
        for (const Batch& batch : changing) m_changing.apply(batch, everyRow(batch.rows));
    }
    if (!m_board) return {};
    m_board->setAcknowledged(readAcknowledged(state));
    putOngoing();
    AlertRule rule = m_plan->rule;
    rule.node = m_node;
    m_board->putBack(readLetters(state, rule));
    return {};
}

void AlertOperator::putOngoing() {
    for (std::uint32_t group = 0; group < m_states.size(); ++group) {
        for (const AlertKind kind : {AlertKind::Condition, AlertKind::NoData}) {
            const AlertState& state = m_states.at(group).state;
            if (kind == AlertKind::NoData ? !state.quiet : state.phase == AlertPhase::Ok) continue;
            if (kind == AlertKind::Condition && isRaisedProvisionally(group, state.start)) continue;
            Alert alert = m_states.alert(group, kind);
            alert.node = m_node;
            m_board->put(alert, AlertBoard::Telling::Nothing);
        }
    }
    for (const auto& [group, provisional] : m_states.allProvisional()) {
        if (!provisional.alert()) continue;
        Alert alert = m_states.provisionalAlert(group);
        alert.node = m_node;
        m_board->put(alert, AlertBoard::Telling::Nothing);
    }
}

Operator::StateSize AlertOperator::stateSize() const {
    const std::size_t perKey = sizeof(Instant) + sizeof(std::uint32_t);
    return {m_states.memoryBytes() + m_held.memoryBytes() + m_changing.memoryBytes() + m_due.memoryBytes() +
                m_states.size() * perKey + m_touched.capacity() * sizeof(Touched),
            m_states.size()};
}

}  // namespace rw

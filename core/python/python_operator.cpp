#include "core/python/python_operator.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "core/data/text.h"
#include "core/python/join_rows.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

constexpr Millis kWait = 20;  ///< for an answer, in one call
constexpr std::size_t kRowsOfCall = 4'096;
constexpr std::size_t kBytesOfCall = 8U << 20;  ///< of texts
/// Of rows that end the process, which starts anew for each: a row more than one in a hundred, some twenty
/// times, fails the run. One that held the process up until its time was over counts four times.
constexpr std::size_t kEndedCounts = 100, kTimedOutCounts = 400, kMostCounted = 2'000;

std::vector<Type> keyTypes(const PythonPlan& plan) {
    std::vector<Type> types;
    for (const int key : plan.keys)
        types.push_back(plan.function->input->fields[static_cast<std::size_t>(key)].type);
    return types;
}

bool endedTheProcess(PythonFailure::Kind kind) {
    return kind == PythonFailure::Kind::Ended || kind == PythonFailure::Kind::TimedOut ||
           kind == PythonFailure::Kind::Broken;
}

bool isText(Type type) {
    return type.is(TypeId::String) || type.is(TypeId::Bytes);
}

}  // namespace

PythonOperator::PythonOperator(PythonPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_batchRows(context.batchRows),
      m_nullOnError(context.nullOnError),
      m_lane(m_plan->function),
      m_keys(keyTypes(*m_plan)) {}

Status PythonOperator::onBatch(int, const Batch& batch, Output& out) {
    m_batch = batch;
    m_at = m_rows = m_aloneTo = 0;
    m_sent = false;
    if (batch.rows == 0) return emitSome(out);
    if (m_plan->function->keyed) findKeys();
    return resume(out);
}

void PythonOperator::findKeys() {
    std::vector<const Column*> columns;
    for (const int key : m_plan->keys) columns.push_back(&m_batch->column(key));
    std::vector<std::uint64_t> hashes;
    hashKeys(*m_batch, m_plan->keys, hashes);
    std::vector<std::uint32_t> rows(m_batch->rows);
    std::iota(rows.begin(), rows.end(), 0U);
    m_keys.findOrInsert(columns, hashes, rows, m_groups);
    m_states.resize(m_keys.size());
}

Status PythonOperator::resume(Output& out) {
    if (m_emitted < m_made.rows) return emitSome(out);
    if (m_rows == 0) begin();
    switch (m_lane.step(kWait)) {
        case PythonLane::Step::Waiting:
            return {};
        case PythonLane::Step::Answered:
            RW_TRY(take(m_lane.takeAnswer(), out));
            break;
        case PythonLane::Step::Failed:
            RW_TRY(takeFailure(out));
            break;
    }
    return emitSome(out);
}

/// As many as are handed over at once: their texts are held three times meanwhile.
std::size_t PythonOperator::rowsOfCall() const {
    if (m_at < m_aloneTo) return 1;
    const std::size_t most =
        m_plan->function->splits ? std::min(m_batch->rows - m_at, kRowsOfCall) : m_batch->rows - m_at;
    std::size_t bytes = 0, rows = 0;
    while (rows < most && (rows == 0 || bytes < kBytesOfCall)) {
        for (const ColumnRef& column : m_batch->columns) {
            if (column && isText(column->type()) && !column->isNull(m_at + rows))
                bytes += column->string(m_at + rows).size();
        }
        ++rows;
    }
    return rows;
}

void PythonOperator::begin() {
    PythonCall call;
    call.batch = *m_batch;
    call.from = m_at;
    call.rows = m_rows = rowsOfCall();
    m_callGroups.clear();
    if (m_plan->function->keyed) {
        std::unordered_map<std::uint32_t, std::int32_t> places;
        for (std::size_t row = m_at; row < m_at + m_rows; ++row) {
            const auto [place, isNew] =
                places.try_emplace(m_groups[row], static_cast<std::int32_t>(m_callGroups.size()));
            if (isNew) {
                m_callGroups.push_back(m_groups[row]);
                call.states.push_back(m_states[m_groups[row]]);
            }
            call.keys.push_back(place->second);
        }
    }
    m_lane.begin(std::move(call), m_state);
}

Status PythonOperator::take(PythonAnswer answer, Output& out) {
    m_ended -= std::min(m_ended, answer.used);
    takeStates(answer);
    std::vector<std::uint32_t> failed;
    for (const auto& [row, reason] : answer.errors) {
        failed.push_back(row);
        if (!m_nullOnError) RW_TRY(out.reject(*m_batch, m_at + row, RW_TEXT("python", "%1").with(reason)));
    }
    m_made = madeOf(answer);
    if (m_nullOnError && !failed.empty()) {
        m_made = joinedInOrder(m_made, answer.origins, nullsFor(failed), failed);
    }
    m_emitted = 0;
    m_at += answer.used;
    m_rows = 0;
    return {};
}

void PythonOperator::takeStates(const PythonAnswer& answer) {
    if (answer.state) m_state = *answer.state;
    for (std::size_t i = 0; i < answer.states.size(); ++i) {
        std::string& state = m_states[m_callGroups[i]];
        if (state.empty() && answer.states[i] == "{}") continue;
        m_stateBytes += answer.states[i].size();
        m_stateBytes -= state.size();
        state = answer.states[i];
    }
}

Status PythonOperator::takeFailure(Output& out) {
    const PythonFailure::Kind kind = m_lane.failure().kind;
    if (kind == PythonFailure::Kind::NotStarted || kind == PythonFailure::Kind::NotLoaded || m_plan->fails ||
        !m_plan->function->splits)
        return failure();
    if (m_rows > 1) {
        m_aloneTo = m_at + m_rows;
        m_rows = 0;
        return {};
    }
    m_ended += kind == PythonFailure::Kind::TimedOut ? kTimedOutCounts
               : endedTheProcess(kind)               ? kEndedCounts
                                                     : 0;
    if (m_ended >= kMostCounted) return failure();
    if (m_nullOnError) {
        m_made = nullsFor({0});
    } else {
        RW_TRY(out.reject(*m_batch, m_at, m_lane.failure().text));
        m_made = Batch();
    }
    m_emitted = 0;
    ++m_at;
    m_rows = 0;
    return {};
}

Status PythonOperator::failure() const {
    const PythonFailure& why = m_lane.failure();
    const Text fix = !why.fix.empty()    ? why.fix
                     : why.trace.empty() ? Text()
                                         : RW_TEXT("python", "In the code: %1").with(why.trace);
    if (why.kind == PythonFailure::Kind::NotStarted || why.kind == PythonFailure::Kind::NotLoaded)
        return {ErrorCode::Invalid, RW_TEXT("python", "The Python function can't be used: %1").with(why.text),
                fix};
    if (!m_batch->positions.known())
        return {ErrorCode::Row,
                RW_TEXT("python", "The function failed for a batch of %1 rows: %2").with(m_rows, why.text),
                fix};
    const std::int64_t first = m_batch->positions.at(m_at) + 1;
    if (m_rows == 1) {
        return {ErrorCode::Row,
                m_ended >= kMostCounted
                    ? RW_TEXT("python", "Too many rows end the Python process; with row %1: %2")
                          .with(first, why.text)
                    : RW_TEXT("python", "The function failed for row %1: %2").with(first, why.text),
                fix};
    }
    return {ErrorCode::Row,
            RW_TEXT("python", "The function failed for rows %1 to %2: %3")
                .with(first, m_batch->positions.at(m_at + m_rows - 1) + 1, why.text),
            fix};
}

std::vector<int> PythonOperator::passedColumns() const {
    const Schema& input = *m_plan->function->input;
    std::vector<int> passed;
    for (const Field& field : m_plan->function->output->fields) {
        const auto same = input.find(field.name);
        const bool passes = same && input.fields[static_cast<std::size_t>(*same)].type == field.type;
        passed.push_back(passes ? *same : -1);
    }
    return passed;
}

Batch PythonOperator::madeOf(PythonAnswer& answer) const {
    const std::vector<int> passed = passedColumns();
    Batch input = *m_batch;
    std::vector<bool> needed(input.columns.size());
    for (std::size_t i = 0; i < passed.size(); ++i) {
        // The event time is the input's, whatever the process says: what is behind relies on it.
        if (static_cast<int>(i) == m_plan->function->time) answer.columns[i] = nullptr;
        if (!answer.columns[i]) needed[static_cast<std::size_t>(passed[i])] = true;
    }
    for (std::size_t i = 0; i < needed.size(); ++i) {
        if (!needed[i]) input.columns[i] = nullptr;
    }
    std::vector<std::uint32_t> rows;
    for (const std::uint32_t origin : answer.origins)
        rows.push_back(static_cast<std::uint32_t>(m_at) + origin);
    Batch made = input.select(rows);
    std::vector<ColumnRef> selected = std::move(made.columns);
    made.columns.clear();
    for (std::size_t i = 0; i < passed.size(); ++i) {
        made.columns.push_back(answer.columns[i] ? answer.columns[i]
                                                 : selected[static_cast<std::size_t>(passed[i])]);
    }
    made.schema = m_plan->function->output;
    if (m_plan->function->time < 0) made.stamps = nullptr;
    return made;
}

Batch PythonOperator::nullsFor(const std::vector<std::uint32_t>& failed) const {
    PythonAnswer answer;
    answer.origins = failed;
    const std::vector<int> passed = passedColumns();
    for (std::size_t i = 0; i < passed.size(); ++i) {
        const Type type = m_plan->function->output->fields[i].type;
        answer.columns.push_back(passed[i] >= 0 ? nullptr : Column::nulls(type, failed.size()));
    }
    return madeOf(answer);
}

Status PythonOperator::emitSome(Output& out) {
    const std::size_t enough = std::max(m_batchRows, m_batch->rows);
    const std::size_t rows = std::min(enough, m_made.rows - m_emitted);
    if (rows > 0) {
        out.emit(0, rows == m_made.rows ? m_made : m_made.slice(m_emitted, rows));
        m_sent = true;
    }
    m_emitted += rows;
    if (m_emitted < m_made.rows) return {};
    m_made = Batch();
    m_emitted = 0;
    if (m_rows > 0 || m_at < m_batch->rows) return {};
    // Event-time rules, 7: a batch of which no row is left goes on, too.
    if (!m_sent) out.emit(0, nullsFor({}));
    m_batch.reset();
    return {};
}

}  // namespace rw

#include "core/patterns/match_rows.h"

#include <algorithm>

#include "core/stream/row_errors.h"

namespace rw::patterns {

namespace {

constexpr std::size_t kStepsOfUnit = 8;  // of a call's budget

}  // namespace

MatchRows::MatchRows(MatchPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_held(HeldUntil::EventTime, m_plan->input.eventTime, context.batchRows),
      m_late(m_plan->late.schema, kMatchLate),
      m_partitions(*m_plan),
      m_tests(*m_plan, m_partitions, m_context),
      m_made(*m_plan, m_partitions, m_context) {}

Status MatchRows::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    m_late.addPassed(batch, m_plan->input.eventTime, m_inTime);
    Batch waiting = batch;
    waiting.schema = m_plan->kept;
    sql::RowErrors errors;
    for (const sql::BoundRef& computed : m_plan->terms.computed) {
        const sql::Vector values = sql::evaluate(*computed, batch, m_context.eval);
        if (values.errors) errors.insert(errors.end(), values.errors->begin(), values.errors->end());
        waiting.columns.push_back(values.flat(batch.rows));
    }
    if (!errors.empty() && !m_context.nullOnError) RW_TRY(rejectFailed(batch, errors, out));
    m_held.hold(waiting, m_inTime);
    m_late.emit(batch, out);
    return {};
}

Status MatchRows::rejectFailed(const Batch& batch, const sql::RowErrors& errors, Output& out) {
    sql::RowErrors failed = errors;
    keepFirstOfEachRow(failed);
    std::vector<std::uint32_t> good;
    for (const std::uint32_t row : m_inTime) {
        const auto error =
            std::lower_bound(failed.begin(), failed.end(), row,
                             [](const sql::RowError& a, std::uint32_t b) { return a.row < b; });
        if (error != failed.end() && error->row == row) {
            RW_TRY(out.reject(batch, row, error->reason));
        } else {
            good.push_back(row);
        }
    }
    m_inTime = std::move(good);
    return {};
}

Status MatchRows::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    return resume(out);
}

Instant MatchRows::next() const {
    return m_held.due(m_watermark) ? m_lastTaken : saturatingAdd(m_watermark, 1);
}

bool MatchRows::hasMore() const {
    return !m_work.empty() || m_held.due(m_watermark) || m_partitions.due(next(), ended()) != kNoRow;
}

Status MatchRows::resume(Output& out) {
    for (CallBudget budget(m_context.batchRows); hasMore();) {
        if (budget.spent()) return emit(out);
        if (!m_work.empty()) {
            RW_TRY(search(budget, out));
        } else if (m_held.due(m_watermark)) {
            gather(budget);
            RW_TRY(rejectFailedConditions(out));
        } else {
            enqueue(m_partitions.due(next(), ended()));
        }
        if (m_made.size() >= m_context.batchRows) RW_TRY(emit(out));
    }
    RW_TRY(emit(out));
    const Instant earliest = m_partitions.earliest();
    const Instant bound = earliest == kMaxTimestamp ? m_watermark : std::min(m_watermark, earliest - 1);
    out.watermark(kMatchOut, saturatingAdd(bound, -1));
    out.watermark(kMatchLate, m_watermark);
    return {};
}

void MatchRows::gather(CallBudget& budget) {
    const Batch rows = m_held.release(m_watermark, m_context.batchRows).gathered();
    budget.spend(rows.rows);
    m_partitions.add(rows, m_slots, m_touched);
    m_lastTaken = m_partitions.timeOf(m_slots.back());
    m_tests.judge(m_slots, m_touched);
    for (const RowSlot partition : m_touched) enqueue(partition);
}

void MatchRows::enqueue(RowSlot partition) {
    if (std::exchange(m_partitions.at(partition).queued, true)) return;
    m_work.push_back(partition);
}

Status MatchRows::search(CallBudget& budget, Output& out) {
    const RowSlot slot = m_work.front();
    Partition& partition = m_partitions.at(slot);
    while (!partition.searched()) {
        if (budget.spent()) return {};
        Search& search = m_partitions.searchOf(partition);
        m_tests.aim(partition, next(), ended());
        const auto allowed = static_cast<std::int64_t>(budget.left() * kStepsOfUnit);
        m_tests.allowance = allowed;
        const Outcome outcome =
            search.matched ? Outcome::Match : search.attempt.run(m_plan->program, m_tests, m_plan->stepLimit);
        const auto used = static_cast<std::size_t>(allowed - std::min(m_tests.allowance, allowed));
        budget.spend(used / kStepsOfUnit + (outcome == Outcome::Match ? search.attempt.path().size() : 1));
        RW_TRY(rejectFailedConditions(out));
        if (outcome == Outcome::Paused) return {};
        RW_TRY_ASSIGN(const bool on, finish(partition, outcome, out));
        if (!on) break;
        if (m_made.size() >= m_context.batchRows) RW_TRY(emit(out));
    }
    m_work.pop_front();
    partition.queued = false;
    m_partitions.settle(slot, next());
    return {};
}

Result<bool> MatchRows::finish(Partition& partition, Outcome outcome, Output& out) {
    if (outcome == Outcome::Waiting) return false;
    if (outcome == Outcome::Match) {
        Search& search = *partition.search;
        search.matched = m_tests.lacks(search.attempt.path().size(), m_plan->terms.aheadOfMeasures);
        if (search.matched) return false;
        RW_TRY(take(partition, out));
        return true;
    }
    if (outcome == Outcome::Exhausted) {
        RW_TRY(
            rejectRow(partition.rows[partition.start],
                      RW_TEXT("pattern",
                              "The search for the pattern “%1” from this row takes more than %2 steps. Make "
                              "its conditions exclude each other, shorten within or max_rows, or raise "
                              "step_limit.")
                          .with(patternText(m_plan->pattern), m_plan->stepLimit),
                      out));
    }
    m_partitions.advance(partition, 1);
    return true;
}

Status MatchRows::take(Partition& partition, Output& out) {
    const Path& path = partition.search->attempt.path();
    const AfterMatch& after = m_plan->after;
    std::size_t on = after.kind == AfterMatch::Kind::PastLastRow ? path.size() : 1;
    if (after.variable >= 0 && path.size() > 0) {
        const std::vector<std::uint32_t>& rows = path.of(after.variable);
        const std::string& name = m_plan->pattern.variables[static_cast<std::size_t>(after.variable)];
        const RowSlot row = partition.rows[partition.start];
        on = rows.empty() ? 0 : after.kind == AfterMatch::Kind::ToFirst ? rows.front() : rows.back();
        if (rows.empty()) {
            RW_TRY(
                rejectRow(row,
                          RW_TEXT("pattern",
                                  "The match from this row has no row of “%1”, at which after_match goes on. "
                                  "Choose a variable that every match has, or PAST LAST ROW.")
                              .with(name),
                          out));
        } else if (on == 0) {
            RW_TRY(
                rejectRow(row,
                          RW_TEXT("pattern",
                                  "After the match from this row the search would go on at the same row for "
                                  "ever: “%1” is its first row. Choose another variable in after_match, or "
                                  "TO NEXT ROW.")
                              .with(name),
                          out));
        }
        if (on == 0) {
            m_partitions.advance(partition, 1);
            return {};
        }
    }
    m_made.add(partition, path, ++partition.matches);
    m_partitions.advance(partition, std::max<std::size_t>(on, 1));
    return {};
}

Status MatchRows::rejectRow(RowSlot row, const Text& reason, Output& out) const {
    Batch batch = m_partitions.kept().batchOf({&row, 1});
    batch.schema = m_plan->input.schema;
    batch.columns.resize(batch.schema->size());
    return out.reject(batch, 0, reason);
}

Status MatchRows::rejectFailedConditions(Output& out) {
    for (const auto& [row, reason] : m_tests.failed()) RW_TRY(rejectRow(row, reason, out));
    m_tests.failed().clear();
    return {};
}

Status MatchRows::emit(Output& out) {
    RW_TRY(m_made.emit(out));
    m_partitions.release();
    return {};
}

HeldShape MatchRows::shape() const {
    HeldShape shape{m_plan->kept, m_plan->keys, ColumnSet(m_plan->kept->size()), false};
    const ColumnSet ordering = orderingColumns(m_plan->input);
    std::copy(ordering.begin(), ordering.end(), shape.read.begin());
    for (const int column : m_plan->keys) shape.read[static_cast<std::size_t>(column)] = true;
    return shape;
}

Status MatchRows::snapshot(StateWriter& out) const {
    writeHeld(m_held, shape(), out);
    m_partitions.snapshot(out);
    return {};
}

Status MatchRows::restore(const StateReader& state, const KeyGroups& own) {
    m_slots.clear();
    m_touched.clear();
    RW_TRY(m_partitions.restore(state, own, m_slots, m_touched));
    m_tests.judge(m_slots, m_touched);
    m_tests.failed().clear();  // they were told of before
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, shape(), own));
    for (const Batch& batch : held) m_held.hold(batch, everyRow(batch.rows));
    return {};
}

Operator::StateSize MatchRows::stateSize() const {
    return {m_held.memoryBytes() + m_partitions.memoryBytes(), m_partitions.count()};
}

}  // namespace rw::patterns

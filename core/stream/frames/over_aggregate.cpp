#include "core/stream/frames/over_aggregate.h"

#include <algorithm>
#include <numeric>
#include <string_view>

#include "core/stream/row_errors.h"

namespace rw {

namespace {

constexpr std::string_view kOverPassed = "passed";  // of a state by change

/// Where a result may be as long as its frame, fewer rows are taken at a time.
std::size_t pieceRows(const OverPlan& plan, std::size_t batchRows) {
    constexpr std::size_t kOfLongResults = 256;
    const bool scans = std::any_of(plan.aggregates.begin(), plan.aggregates.end(),
                                   [](const sql::BoundAggregate& aggregate) { return aggregate.scans; });
    return scans ? std::min(batchRows, kOfLongResults) : batchRows;
}

}  // namespace

OverAggregate::OverAggregate(OverPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_columns(*m_plan),
      m_pieceRows(pieceRows(*m_plan, context.batchRows)),
      m_input(m_plan->aggregates, {}, m_plan->input.eventTime, m_context),
      m_held(HeldUntil::EventTime, m_plan->input.eventTime, context.batchRows),
      m_late(m_plan->late.schema, kOverLate),
      m_disorder(context),
      m_frames(*m_plan, m_columns) {
    for (const sql::BoundAggregate& aggregate : m_plan->aggregates) m_results.emplace_back(aggregate.type);
}

Status OverAggregate::onBatch(int, const Batch& batch, Output& out) {
    return batch.rows == 0 ? Status() : hold(m_input.take(batch), out);
}

Status OverAggregate::hold(const Batch& batch, Output& out) {
    if (m_disorder.on()) m_disorder.addTimes(0, batch, m_plan->input.eventTime, 0);
    m_late.addPassed(batch, m_plan->input.eventTime, m_inTime);
    RW_TRY(rejectFailed(batch, out));
    Batch waiting = batch;
    waiting.schema = m_columns.waiting;
    for (const std::size_t aggregate : m_columns.computed)
        waiting.columns.push_back(m_input.operand(aggregate, batch.rows));
    m_held.hold(waiting, m_inTime);
    m_late.emit(batch, out);
    return {};
}

Status OverAggregate::rejectFailed(const Batch& batch, Output& out) {
    auto error = m_input.errors().begin();
    const auto end = m_input.errors().end();
    std::size_t good = 0;
    for (const std::uint32_t row : m_inTime) {
        while (error != end && error->row < row) ++error;
        if (error != end && error->row == row) {
            RW_TRY(out.reject(batch, row, error->reason));
        } else {
            m_inTime[good++] = row;
        }
    }
    m_inTime.resize(good);
    return {};
}

Status OverAggregate::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    return resume(out);
}

bool OverAggregate::hasMore() const {
    return m_input.hasMore() || !m_pieces.empty() || m_held.due(m_watermark) || m_frames.anyPassed(m_watermark);
}

Status OverAggregate::resume(Output& out) {
    if (m_input.hasMore()) return hold(m_input.takeMore(), out);
    for (CallBudget budget(m_context.batchRows); hasMore();) {
        if (budget.spent()) return {};
        RW_TRY(proceed(budget, out));
    }
    out.watermark(kOverOut, saturatingAdd(m_watermark, -1));
    out.watermark(kOverLate, m_watermark);
    return {};
}

Status OverAggregate::proceed(CallBudget& budget, Output& out) {
    switch (m_step) {
        case Step::Gather:
            if (m_pieces.empty() && !m_held.due(m_watermark)) {
                m_frames.forgetPassed(m_watermark, budget);
            } else {
                gather(budget);
            }
            return {};
        case Step::Enter:
            enter(budget);
            return {};
        case Step::Answer:
            answer(budget);
            return {};
        case Step::Emit:
            break;
    }
    return emit(budget, out);
}

void OverAggregate::gather(CallBudget& budget) {
    const Instant upTo = m_pieces.empty() ? m_watermark : m_last;
    Piece piece;
    piece.placed = m_frames.place(m_held.release(upTo, m_pieceRows).gathered());
    const std::size_t rows = piece.placed.rows.rows;
    budget.spend(rows);
    piece.answers.resize(rows);
    m_last = piece.placed.operands.column(0).at<Instant>(rows - 1);
    m_pieces.push_back(std::move(piece));
    m_met.resize(m_frames.slots());
    if (m_plan->frame.unit == Frame::Unit::Range && m_held.due(m_last)) return;
    divide();
    m_resultsBefore = 0;
    beginRound(0);
}

void OverAggregate::divide() {
    const OverRows& first = m_pieces.front().placed;
    const std::span<const Instant> times = first.operands.column(0).values<Instant>();
    std::size_t alone = times.size();  // rows without others of their time in later pieces
    while (m_pieces.size() > 1 && alone > 0 && times[alone - 1] == times.back()) --alone;
    ++m_division;
    m_ends.clear();  // first of all how many rows each round has
    std::vector<std::size_t> roundOf(times.size());
    for (std::size_t row = 0; row < alone; ++row) {
        Met& met = m_met[first.partitions[row]];
        const bool together = m_plan->frame.unit == Frame::Unit::Range && met.time == times[row];
        if (std::exchange(met.division, m_division) != m_division) {
            met.round = 0;
        } else if (!together) {
            ++met.round;
        }
        met.time = times[row];
        roundOf[row] = met.round;
        if (met.round == m_ends.size()) m_ends.push_back(0);
        ++m_ends[met.round];
    }
    if (alone < times.size()) {
        std::fill(roundOf.begin() + static_cast<std::ptrdiff_t>(alone), roundOf.end(), m_ends.size());
        m_ends.push_back(times.size() - alone);
    }
    std::exclusive_scan(m_ends.begin(), m_ends.end(), m_ends.begin(), std::size_t{0});
    m_order.resize(times.size());
    for (std::size_t row = 0; row < times.size(); ++row)
        m_order[m_ends[roundOf[row]]++] = static_cast<std::uint32_t>(row);
}

void OverAggregate::beginRound(std::size_t round) {
    m_round = round;
    m_piece = 0;
    ++m_asking;
    m_asked.clear();
    m_answered = 0;
    m_step = Step::Enter;
}

std::span<const std::uint32_t> OverAggregate::rowsOfRound(std::size_t piece) {
    if (piece > 0) {
        m_every = everyRow(m_pieces[piece].placed.rows.rows);
        return m_every;
    }
    const std::size_t from = m_round == 0 ? 0 : m_ends[m_round - 1];
    return std::span<const std::uint32_t>(m_order).subspan(from, m_ends[m_round] - from);
}

void OverAggregate::enter(CallBudget& budget) {
    const std::size_t pieces = m_round + 1 == m_ends.size() ? m_pieces.size() : 1;
    for (; m_piece < pieces; ++m_piece) {
        if (budget.spent()) return;
        Piece& piece = m_pieces[m_piece];
        const std::span<const std::uint32_t> rows = rowsOfRound(m_piece);
        if (!m_frames.makeRoom(piece.placed, rows, budget)) return;
        m_frames.enter(piece.placed, rows);
        ask(piece, rows);
        budget.spend(rows.size());
    }
    m_step = Step::Answer;
}

void OverAggregate::ask(Piece& piece, std::span<const std::uint32_t> rows) {
    for (const std::uint32_t row : rows) {
        const RowSlot partition = piece.placed.partitions[row];
        Met& met = m_met[partition];
        if (std::exchange(met.asking, m_asking) != m_asking) {
            met.answer = static_cast<std::uint32_t>(m_resultsBefore + m_asked.size());
            m_asked.push_back(partition);
        }
        piece.answers[row] = met.answer;
    }
}

void OverAggregate::answer(CallBudget& budget) {
    while (m_answered < m_asked.size()) {
        if (budget.spent()) return;
        std::size_t end = m_answered;
        while (end < m_asked.size() && !budget.spent()) budget.spend(m_frames.costOf(m_asked[end++]));
        collect(std::span<const RowSlot>(m_asked).subspan(m_answered, end - m_answered));
        m_answered = end;
    }
    m_frames.leave(m_asked);
    m_resultsBefore += m_asked.size();
    if (m_round + 1 < m_ends.size()) return beginRound(m_round + 1);
    for (ColumnBuilder& results : m_results) m_finished.push_back(results.finish());
    keepFirstOfEachRow(m_errors);
    m_piece = 0;
    m_step = Step::Emit;
}

void OverAggregate::collect(std::span<const RowSlot> partitions) {
    const std::vector<sql::Vector> found = m_frames.results(partitions);
    for (std::size_t i = 0; i < found.size(); ++i) {
        ColumnBuilder& results = m_results[i];
        const auto before = static_cast<std::uint32_t>(results.size());
        if (found[i].errors && !m_context.nullOnError) {
            for (const sql::RowError& error : *found[i].errors)
                m_errors.push_back({before + error.row, error.reason});
        }
        const ColumnRef column = found[i].flat(partitions.size());
        for (std::size_t row = 0; row < partitions.size(); ++row) results.appendSharing(*column, row);
    }
}

Status OverAggregate::emit(CallBudget& budget, Output& out) {
    for (; m_piece < m_pieces.size(); ++m_piece) {
        if (budget.spent()) return {};
        Piece& piece = m_pieces[m_piece];
        Batch made = std::move(piece.placed.rows);
        budget.spend(made.rows);
        made.schema = m_plan->output.schema;
        made.columns.resize(m_plan->input.schema->size());
        for (const ColumnRef& results : m_finished) made.columns.push_back(results->select(piece.answers));
        RW_TRY(rejectOverflown(made, piece.answers, out));
        if (made.rows > 0) out.emit(kOverOut, std::move(made));
    }
    m_frames.forgetEmpty(m_pieces.front().placed.partitions);
    m_pieces.clear();
    m_finished.clear();
    m_errors.clear();
    m_step = Step::Gather;
    return {};
}

Status OverAggregate::rejectOverflown(Batch& made, const std::vector<std::uint32_t>& answers,
                                      Output& out) const {
    if (m_errors.empty()) return {};
    sql::RowErrors failed;
    for (std::uint32_t row = 0; row < made.rows; ++row) {
        const auto error =
            std::lower_bound(m_errors.begin(), m_errors.end(), answers[row],
                             [](const sql::RowError& a, std::uint32_t result) { return a.row < result; });
        if (error != m_errors.end() && error->row == answers[row]) failed.push_back({row, error->reason});
    }
    RowFailures failures;
    failures.add(failed);
    RW_TRY(failures.reject(made, out));
    if (!failures.empty()) made = made.select(failures.others(made.rows));
    return {};
}

HeldShape OverAggregate::shape() const {
    HeldShape shape{m_columns.waiting, m_plan->keys, ColumnSet(m_columns.waiting->size()), false};
    for (const int column : m_columns.keptFrom) shape.read[static_cast<std::size_t>(column)] = true;
    for (const int column : m_plan->keys) shape.read[static_cast<std::size_t>(column)] = true;
    return shape;
}

Status OverAggregate::snapshot(StateWriter& out) const {
    writeHeld(m_held, shape(), out);
    m_frames.snapshot(out);
    return {};
}

void OverAggregate::writeRest(StateWriter& out) const {
    out.i64(kOverPassed, m_watermark);
}

void OverAggregate::freeze(bool whole) {
    m_frames.freeze(whole);
    m_held.freeze(whole, m_watermark);
}

bool OverAggregate::writePiece(StateWriter& out) {
    if (!m_frames.anyFrozen()) return writeHeldPiece(m_held, shape(), out);
    m_frames.writePiece(out);
    return m_frames.anyFrozen() || m_held.anyFrozen();
}

Status OverAggregate::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const Instant passed, state.i64(kOverPassed, kMinTimestamp));
    RW_TRY(m_frames.restore(state, own, passed));
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, shape(), own));
    // Among the changes since the whole was written are rows that went into their frames later: those that
    // the watermark had reached at the barrier.
    for (const Batch& batch : held) m_held.hold(batch, m_held.waitingFor(batch, passed));
    return {};
}

Operator::StateSize OverAggregate::stateSize() const {
    return {m_held.memoryBytes() + m_frames.memoryBytes(), m_frames.partitions()};
}

}  // namespace rw

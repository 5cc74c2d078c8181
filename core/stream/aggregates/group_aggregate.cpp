#include "core/stream/aggregates/group_aggregate.h"

#include <algorithm>
#include <utility>

#include "core/data/visit_type.h"
#include "core/sql/eval/work.h"
#include "core/stream/row_errors.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

constexpr std::uint32_t kNoPlace = 0xffffffff;
constexpr std::uint32_t kAdmitted = kNoPlace - 1;              // to the round; its place is not known yet
constexpr std::int64_t kMostArrivals = std::int64_t{1} << 48;  // that can be believed
/// Of the share of memory: what files take, and rows that wait.
constexpr std::uint64_t kFilesOfShare = 4, kWaitingOfShare = 4;

/// Of rows `rows` of columns `before` and `now`: `fromBefore(i)` says of which the value number i is.
template <class FromBefore>
ColumnRef pickedColumn(const Column* before, const Column& now, std::span<const std::uint32_t> rows,
                       FromBefore fromBefore) {
    ColumnBuilder picked(now.type());
    picked.reserve(rows.size());
    const bool texts = isReference(now.type().id);
    for (const Column* column : {before, &now}) {
        if (!texts || !column) continue;
        for (const BytesRef& heap : column->heaps()) picked.keepAlive(heap);
    }
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const Column& from = fromBefore(i) ? *before : now;
        if (texts && !from.isNull(rows[i])) {
            picked.append(from.at<StringRef>(rows[i]));
        } else {
            picked.appendFrom(from, rows[i]);
        }
    }
    return picked.finish();
}

std::size_t textBytes(const std::vector<ColumnRef>& columns) {
    std::size_t bytes = 0;
    for (const ColumnRef& column : columns) {
        if (isReference(column->type().id)) bytes += column->memoryBytes();
    }
    return bytes;
}

}  // namespace

const sql::RowError* GroupAggregate::Results::error(std::size_t row) const {
    if (errors.empty()) return nullptr;
    const auto found =
        std::lower_bound(errors.begin(), errors.end(), row,
                         [](const sql::RowError& error, std::size_t wanted) { return error.row < wanted; });
    return found != errors.end() && found->row == row ? &*found : nullptr;
}

GroupAggregate::GroupAggregate(GroupPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_context(context),
      m_ttl(m_plan->ttl, m_context),
      m_input(m_plan->aggregates, m_plan->keys, m_plan->input.eventTime, m_context),
      m_groups(*m_plan, m_ttl),
      m_share(m_plan->spills() && m_context.spill ? m_context.stateMemory : 0, m_context.moreStateMemory),
      m_waiting({m_plan->input.schema, m_plan->keys, m_plan->read, m_plan->ttl > 0, m_plan->input.updating},
                m_plan->read, m_share.bytes() / kWaitingOfShare, m_context) {
    if (!m_share.isBounded()) return;
    m_groups.mayLeave(m_context.spill, static_cast<std::size_t>(m_share.bytes() / kFilesOfShare));
}

Status GroupAggregate::onBatch(int, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    m_batch = batch;
    m_areHere = false;
    RW_TRY(take(m_input.take(m_batch), out));
    m_dropping = m_ttl.on();
    m_hasGrown = m_share.isBounded();
    m_waiting.beginIfDue(m_ttl.reached());
    return proceed(out);
}

Status GroupAggregate::take(const Batch& rows, Output& out) {
    m_areHere ? m_ttl.takeWaited(0, rows) : m_ttl.take(0, rows);
    RowFailures failures;
    failures.add(m_input.errors());
    RW_TRY(failures.reject(rows, out));
    m_rows = failures.others(rows.rows);
    if (m_groups.anyLeft() && !m_areHere) {
        findOrWait(rows);
    } else {
        m_groups.find(m_input, m_rows, m_rowGroups);
    }
    if (m_places.size() > m_groups.size()) m_places = std::vector<std::uint32_t>();  // they were tidied
    m_places.resize(m_groups.size(), kNoPlace);
    return {};
}

Status GroupAggregate::onWatermark(Instant watermark, Output& out) {
    m_ttl.advance(watermark);
    m_dropping = m_ttl.on();
    m_waiting.setWatermark(watermark);
    m_waiting.beginIfDue(m_ttl.reached());
    return proceed(out);
}

Status GroupAggregate::onEnd(Output& out) {
    m_waiting.takeAll();
    m_waiting.beginIfDue(m_ttl.reached());
    return proceed(out);
}

Status GroupAggregate::resume(Output& out) {
    m_waiting.beginIfDue(m_ttl.reached());
    return proceed(out);
}

bool GroupAggregate::hasMore() const {
    return !m_touched.empty() || !m_rows.empty() || m_input.hasMore() || m_dropping || m_hasGrown ||
           m_leaving || !m_batches.empty() || m_waiting.hasMore() || m_groups.untidy();
}

Status GroupAggregate::proceed(Output& out) {
    m_shownBytes = 0;
    for (CallBudget budget(m_context.batchRows); hasMore() || m_waiting.isTaking();) {
        if (budget.spent()) {
            m_waiting.pause();
            return {};
        }
        if (!m_touched.empty()) {
            RW_TRY(showSome(budget, out));
        } else if (!m_rows.empty()) {
            beginRound(budget);
        } else if (m_input.hasMore()) {
            RW_TRY(take(m_input.takeMore(), out));
            budget.spend(budget.left());  // large texts were made
        } else if (!m_batches.empty()) {
            RW_TRY(takeNextBatch(out));                    // their groups may be over, but not for them
        } else if (m_dropping && !m_waiting.takesAll()) {  // theirs may be among these groups
            m_groups.dropOver(budget);
            m_dropping = m_groups.anyOver();
        } else if (std::exchange(m_hasGrown, false)) {
            m_leaving = m_leaving || wantsLeaving();
        } else if (m_leaving) {
            RW_TRY(leave(budget));
        } else if (m_waiting.isTaking() || m_waiting.hasMore()) {
            RW_TRY(takeWaiting(budget, out));
        } else {
            RW_TRY(m_groups.tidy(budget));
        }
    }
    m_batch = {};
    m_waiting.passWatermark(outputPorts, out);
    return {};
}

void GroupAggregate::beginRound(CallBudget& budget) {
    m_coming.clear();
    m_comingGroups.clear();
    m_going.clear();
    m_goingGroups.clear();
    std::size_t waiting = 0;
    const std::size_t admitted = admitRows();
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        if ((i < admitted || m_places[m_rowGroups[i]] != kNoPlace) && take(m_rows[i], m_rowGroups[i]))
            continue;
        m_rows[waiting] = m_rows[i];
        m_rowGroups[waiting++] = m_rowGroups[i];
    }
    budget.spend(m_rows.size());
    m_rows.resize(waiting);
    m_rowGroups.resize(waiting);
    const bool anyStood =
        std::any_of(m_marks.begin(), m_marks.end(), [](const Touched& touched) { return touched.stood; });
    if (anyStood) m_before = resultsOf(m_touched);
    if (std::exchange(m_anyAnew, false)) dropWithdrawn();
    m_groups.update(m_input, m_coming, m_comingGroups);
    if (!m_going.empty()) m_groups.retract(m_input, m_going, m_goingGroups);
    m_next = 0;
}

std::size_t GroupAggregate::admitRows() {
    const bool small = m_groups.memoryBytes() <= sql::kTextAtOnce;
    const auto isText = [](const sql::BoundAggregate& aggregate) { return isReference(aggregate.type.id); };
    if (small || std::none_of(m_plan->aggregates.begin(), m_plan->aggregates.end(), isText))
        return m_rows.size();
    std::vector<std::uint32_t> some;  // to be measured next; more at a time as long as they are small
    std::size_t bytes = 0, atOnce = 1;
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const std::uint32_t group = m_rowGroups[i];
        if (m_places[group] != kNoPlace) continue;
        if (bytes > sql::kTextAtOnce) return i;
        m_places[group] = kAdmitted;
        if (!m_groups.stands(group)) continue;
        some.push_back(group);
        if (some.size() < atOnce) continue;
        bytes += textBytes(resultsOf(some).columns);
        some.clear();
        atOnce *= 2;
    }
    return m_rows.size();
}

bool GroupAggregate::take(std::uint32_t row, std::uint32_t group) {
    std::uint32_t& place = m_places[group];
    if (place == kAdmitted) place = kNoPlace;
    const bool touched = place != kNoPlace;
    if (touched && m_marks[place].ended) return false;
    if (m_groups.ended(group, row)) {
        if (touched) {
            m_marks[place].ended = true;
            return false;
        }
        m_groups.forget({&group, 1});
    }
    const bool goes = m_input.withdraws(row);
    if (goes && !m_groups.stands(group)) return true;  // with all that was known of its key
    if (!touched) {
        place = static_cast<std::uint32_t>(m_touched.size());
        m_touched.push_back(group);
        m_marks.push_back({m_groups.stands(group)});
    } else if (!m_groups.stands(group)) {
        m_marks[place].coming = m_coming.size();
        m_marks[place].going = m_going.size();
        m_anyAnew = true;
    }
    m_groups.count(group, row, goes);
    (goes ? m_going : m_coming).push_back(row);
    (goes ? m_goingGroups : m_comingGroups).push_back(group);
    return true;
}

/// A sum of doubles that grew and shrank, or rows that were withdrawn without ever having come, would leave
/// traces, and the results would depend on which rows come in one batch.
void GroupAggregate::dropWithdrawn() {
    std::vector<std::uint32_t> anew;
    for (std::size_t i = 0; i < m_touched.size(); ++i) {
        if (m_marks[i].coming + m_marks[i].going > 0) anew.push_back(m_touched[i]);
    }
    m_groups.clear(anew);
    const auto keep = [this](std::vector<std::uint32_t>& rows, std::vector<std::uint32_t>& groups,
                             std::size_t Touched::*from) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i < m_marks[m_places[groups[i]]].*from) continue;
            rows[kept] = rows[i];
            groups[kept++] = groups[i];
        }
        rows.resize(kept);
        groups.resize(kept);
    };
    keep(m_coming, m_comingGroups, &Touched::coming);
    keep(m_going, m_goingGroups, &Touched::going);
}

GroupAggregate::Results GroupAggregate::resultsOf(std::span<const std::uint32_t> groups) const {
    Results results;
    results.columns = m_groups.results(groups, m_context.nullOnError ? nullptr : &results.errors);
    return results;
}

Status GroupAggregate::showSome(CallBudget& budget, Output& out) {
    const std::size_t from = m_next, count = std::min(m_context.batchRows, m_touched.size() - from);
    const auto groups = std::span<const std::uint32_t>(m_touched).subspan(from, count);
    const Results now = resultsOf(groups);
    const std::vector<ColumnRef> keys = m_groups.keys(groups);
    m_changes.clear();
    for (std::uint32_t row = 0; row < count; ++row) {
        const bool stood = m_marks[from + row].stood, stands = m_groups.stands(groups[row]);
        const bool failed = stood && m_before.error(from + row);
        const sql::RowError* const fails = stands ? now.error(row) : nullptr;
        if (fails && !failed) RW_TRY(reject(keys, now, row, fails->reason, out));
        const bool showed = stood && !failed, shows = stands && !fails;
        if (showed && shows) {
            if (sameRow(m_before.columns, from + row, now.columns, row)) continue;
            m_changes.push_back({RowKind::UpdateBefore, row});
            m_changes.push_back({RowKind::UpdateAfter, row});
        } else if (showed || shows) {
            m_changes.push_back({shows ? RowKind::Insert : RowKind::Delete, row});
        }
    }
    emitChanges(from, keys, now, out);
    const std::size_t bytes = textBytes(now.columns) + textBytes(m_before.columns);
    m_shownBytes = std::max(m_shownBytes, bytes);
    budget.spend(2 * count);  // a change is two rows
    budget.spendText(bytes);
    m_next += count;
    if (m_next == m_touched.size()) endRound();
    return {};
}

Status GroupAggregate::reject(const std::vector<ColumnRef>& keys, const Results& now, std::uint32_t row,
                              const Text& reason, Output& out) const {
    const std::uint32_t only[] = {row};
    Batch result;
    result.schema = m_plan->output.schema;
    result.rows = 1;
    for (const auto* columns : {&keys, &now.columns}) {
        for (const ColumnRef& column : *columns) result.columns.push_back(column->select(only));
    }
    return out.reject(result, 0, reason);
}

/// An update's two rows leave in one batch.
void GroupAggregate::emitChanges(std::size_t from, const std::vector<ColumnRef>& keys, const Results& now,
                                 Output& out) const {
    const std::span<const Change> changes = m_changes;
    for (std::size_t at = 0; at < changes.size();) {
        std::size_t count = std::min(m_context.batchRows, changes.size() - at);
        const bool parts = changes[at + count - 1].kind == RowKind::UpdateBefore;
        if (parts) count = count > 1 ? count - 1 : 2;
        emit(changes.subspan(at, count), from, keys, now, out);
        at += count;
    }
}

void GroupAggregate::emit(std::span<const Change> changes, std::size_t from,
                          const std::vector<ColumnRef>& keys, const Results& now, Output& out) const {
    std::vector<std::uint32_t> groupRows, rows;
    std::vector<RowKind> kinds;
    bool onlyInserts = true;
    for (const Change& change : changes) {
        groupRows.push_back(change.row);
        rows.push_back(change.row + static_cast<std::uint32_t>(withdraws(change.kind) ? from : 0));
        kinds.push_back(change.kind);
        onlyInserts = onlyInserts && change.kind == RowKind::Insert;
    }
    Batch batch;
    batch.schema = m_plan->output.schema;
    batch.rows = changes.size();
    for (const ColumnRef& key : keys) batch.columns.push_back(key->select(groupRows));
    for (std::size_t i = 0; i < now.columns.size(); ++i) {
        const Column* const before = m_before.columns.empty() ? nullptr : m_before.columns[i].get();
        batch.columns.push_back(pickedColumn(before, *now.columns[i], rows,
                                             [&kinds](std::size_t at) { return withdraws(kinds[at]); }));
    }
    if (!onlyInserts) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    out.emit(kGroupOut, std::move(batch));
}

void GroupAggregate::endRound() {
    std::vector<std::uint32_t> gone;
    for (std::size_t i = 0; i < m_touched.size(); ++i) {
        const std::uint32_t group = m_touched[i];
        m_places[group] = kNoPlace;
        if (m_marks[i].ended || !m_groups.stands(group)) gone.push_back(group);
    }
    m_groups.forget(gone);
    m_groups.used(m_touched);
    m_touched.clear();
    m_marks.clear();
    m_before = {};
}

void GroupAggregate::writeRest(StateWriter& out) const {
    out.i64("arrivals", m_input.arrivals());
    // Groups that were over may be in an earlier record still, where some are in files.
    if (m_ttl.on()) out.i64("moment", m_ttl.reached());
    m_waiting.write(out);
}

Status GroupAggregate::snapshot(StateWriter& out) const {
    writeRest(out);
    return m_groups.snapshot(out, leastMoment());
}

Status GroupAggregate::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const std::int64_t arrivals, state.i64("arrivals"));
    if (arrivals < 0 || arrivals > kMostArrivals) return brokenState("rows that came");
    m_input.startFrom(arrivals);
    RW_TRY(m_waiting.restore(state, own));  // before groups leave that they may find
    RW_TRY_ASSIGN(const Instant moment, state.i64("moment", kMinTimestamp));
    m_ttl.resumeFrom(moment);
    return m_groups.restore(state, own, [this] { return leaveAtOnce(); });
}

Operator::StateSize GroupAggregate::stateSize() const {
    StateSize size{m_groups.memoryBytes() + m_places.capacity() * sizeof(std::uint32_t) + m_shownBytes,
                   m_groups.standing()};
    size.bytes += m_groups.bytesForFiles() + m_waiting.memoryBytes();
    size.keys += m_groups.away();
    size.spilled = static_cast<std::size_t>(m_groups.bytesInFiles());
    return size;
}

Operator::StateSize GroupAggregate::heldSize() const {
    return {m_waiting.memoryBytes(), m_waiting.count()};
}

}  // namespace rw

#include "core/stream/joins/window_join.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/windows/window_columns.h"
#include "core/stream/windows/window_disorder.h"

namespace rw {

namespace {

constexpr std::uint32_t kWindowJoinVersion = 1;
constexpr const char* kSideNames[] = {"left", "right"};  // of records

ColumnSet columnsOfRest(const JoinPlan& join) {
    ColumnSet columns(join.both->size());
    if (join.rest) sql::markColumns(*join.rest, columns);
    return columns;
}

}  // namespace

WindowJoin::WindowJoin(WindowJoinPlanRef plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_batchRows(context.batchRows),
      m_settlesLeft(m_plan->join.keepsLeft() || m_plan->join.leftOnly()),
      // Pairs that may fail are all asked: which fail must not go by the order in which rows came.
      m_oneIsEnough(m_plan->join.leftOnly() && (!m_plan->join.rest || !sql::canFail(*m_plan->join.rest))),
      m_rest(m_plan->join.rest, context),
      m_onRest(columnsOfRest(m_plan->join)),
      m_left{WindowSide(m_plan->windows[kLeft], m_plan->join.leftKeys, m_plan->looked[kLeft],
                        m_plan->join.keepsLeft() || m_plan->join.kind == JoinKind::Anti),
             LateRows(m_plan->late[kLeft].schema, kLateLeft)},
      m_right{WindowSide(m_plan->windows[kRight], m_plan->join.rightKeys, m_plan->looked[kRight],
                         m_plan->join.keepsRight()),
              LateRows(m_plan->late[kRight].schema, kLateRight)},
      m_index(m_right.side.rows(), m_plan->join.rightKeys),
      m_report(m_plan->windows[kLeft], m_left.side.slicing(), context, true),
      m_disorder(context),
      m_share(context.spill ? context.stateMemory : 0, context.moreStateMemory),
      m_block(blockOf(context.stateMemory)),
      m_folder(context.spill) {}

Status WindowJoin::onBatch(int port, const Batch& batch, Output& out) {
    if (batch.rows == 0) return {};
    auto& [side, late, met] = input(port);
    if (m_disorder.on()) measureWindows(m_disorder, port, batch, side.slicing());
    hashKeys(batch, port == kLeft ? m_plan->join.leftKeys : m_plan->join.rightKeys, m_hashes);
    RW_TRY(side.add(batch, m_hashes, late, out));
    late.emit(batch, out);
    reportRows();
    if (wantsToSpill()) m_step = Step::Spill;
    return {};
}

void WindowJoin::reportRows() {
    const bool all = m_report.asksForSlices();
    std::vector<SliceAssignment> places;
    for (const int port : {kLeft, kRight}) input(port).side.tellParts(all, places);
    if (!m_report.on()) return;
    for (const SliceAssignment& place : places) m_report.rowsCame(place.slice, place.from, m_watermark);
    m_report.flush();
}

void WindowJoin::reportFired() {
    m_report.shown(WindowEvent::Kind::Fired, m_fired,
                   m_left.side.rowsIn(m_fired) + m_right.side.rowsIn(m_fired), m_given, m_watermark);
}

Status WindowJoin::onWatermark(Instant watermark, Output& out) {
    m_watermark = std::max(m_watermark, watermark);  // after a restart it begins below the one restored
    m_step = Step::Next;
    return resume(out);
}

Status WindowJoin::resume(Output& out) {
    for (CallBudget budget(m_batchRows); hasMore() && !budget.spent();) {
        budget.spend(1);
        RW_TRY(proceed(budget, out));
    }
    m_report.flush();
    return {};
}

Status WindowJoin::proceed(CallBudget& budget, Output& out) {
    switch (m_step) {
        case Step::Index:
            if (m_stored) return loadBlock(budget);
            makeKnown(budget);
            break;
        case Step::Probe:
            return probe(budget, out);
        case Step::Left:
            m_stored ? settleChunk(budget, out) : settle(kLeft, budget, out);
            break;
        case Step::Right:
            m_stored ? settleBlock(budget, out) : settle(kRight, budget, out);
            break;
        case Step::Next:
            open(budget);
            break;
        case Step::Forget:
            forget(budget, out);
            break;
        case Step::Groups:
            nextGroups();
            break;
        case Step::Chunk:
            return loadChunk(budget, out);
        case Step::Spill:
            return spill(budget);
        case Step::None:
            break;
    }
    return {};
}

void WindowJoin::open(CallBudget& budget) {
    if (!m_left.side.retire(m_fired, budget) || !m_right.side.retire(m_fired, budget)) return;
    const Span window = firstOpen();
    if (window.until == kMaxTimestamp || window.until - 1 > m_watermark) {
        m_step = Step::Forget;
        return;
    }
    m_fired = {window.until, window.from};
    m_given = 0;
    for (const int port : {kLeft, kRight}) input(port).met.resize(input(port).side.rows().slots());
    m_keysThere.clear();
    m_rightHasRows = false;
    if (m_left.side.anyStored(m_fired) || m_right.side.anyStored(m_fired)) return openStored(budget);
    m_walk = m_right.side.rowsOf(m_fired);
    m_step = Step::Index;
}

void WindowJoin::makeKnown(CallBudget& budget) {
    m_right.side.take(m_walk, some(budget), m_slots);
    index(m_slots, budget);
    if (!m_right.side.over(m_walk)) return;
    m_walk = m_left.side.rowsOf(m_fired);
    m_slots.clear();
    m_at = 0;
    m_step = Step::Probe;
}

void WindowJoin::index(std::span<const RowSlot> slots, CallBudget& budget) {
    budget.spend(slots.size());
    for (const RowSlot slot : slots) {
        if (!m_right.side.hasKey(slot)) continue;
        m_index.add(slot, m_right.side.hash(slot));
        m_keysThere.add(m_right.side.hash(slot));
        m_rightHasRows = true;
    }
}

Status WindowJoin::probe(CallBudget& budget, Output& out) {
    for (; !budget.spent(); budget.spend(1)) {
        if (m_partner != kNoRow) {
            const RowSlot left = m_slots[m_at - 1];
            if (m_index.has(m_partner, m_left.side.hash(left), m_keyColumns, m_at - 1))
                RW_TRY(meet(left, m_partner, out));
            const bool enough = m_oneIsEnough && m_left.met[left] != 0;
            m_partner = enough ? kNoRow : m_index.behind(m_partner);
        } else if (m_at < m_slots.size()) {
            m_partner = m_index.first(m_left.side.hash(m_slots[m_at]));
            ++m_at;
        } else if (!m_stored && !m_left.side.over(m_walk)) {
            lookFrom(budget);
        } else {
            RW_TRY(judge(out));
            m_at = 0;
            if (!m_stored) m_walk = (m_settlesLeft ? m_left : m_right).side.rowsOf(m_fired);
            m_step = m_settlesLeft ? Step::Left : m_stored ? Step::Chunk : Step::Right;
            return {};
        }
    }
    return {};
}

/// Takes the next rows of left that look for partners.
void WindowJoin::lookFrom(CallBudget& budget) {
    m_left.side.take(m_walk, some(budget), m_slots);
    m_hasTried = m_hasTried || (m_rightHasRows && !m_slots.empty());
    look(budget);
}

/// Of m_slots those look whose keys right may have, which often are few.
void WindowJoin::look(CallBudget& budget) {
    std::size_t looking = 0;
    for (const RowSlot slot : m_slots) {
        m_slots[looking] = slot;  // without asking: nothing could foresee the answer
        looking += m_keysThere.mayHave(m_left.side.hash(slot)) ? 1 : 0;
    }
    budget.spend(m_slots.size() - looking);
    m_slots.resize(looking);
    m_at = 0;
    m_keys.clear();
    m_keyColumns.clear();
    if (m_slots.empty()) return;
    for (const int key : m_plan->join.leftKeys) {
        m_keys.push_back(m_left.side.rows().gather(key, m_slots));
        m_keyColumns.push_back(m_keys.back().get());
    }
}

/// Two rows of equal keys.
Status WindowJoin::meet(RowSlot left, RowSlot right, Output& out) {
    if (!m_rest.hasCondition()) {
        match(left, right, out);
        return {};
    }
    m_pairs.add(left, right);
    return m_pairs.size() < m_batchRows ? Status() : judge(out);
}

/// Asks the pairs that wait for the rest of `on`.
Status WindowJoin::judge(Output& out) {
    if (m_pairs.size() == 0) return {};
    m_rest.evaluate(batchOf(m_pairs, m_onRest));
    for (const std::uint32_t pair : m_rest.holds()) match(m_pairs.left[pair], m_pairs.right[pair], out);
    RW_TRY(reject(m_rest.failed(), out));
    m_pairs.clear();
    return {};
}

/// With all columns of both that there are: rows that failed are shown to people.
Status WindowJoin::reject(const sql::RowErrors& errors, Output& out) {
    if (errors.empty()) return {};
    Pairs failed;
    for (const sql::RowError& error : errors) failed.add(m_pairs.left[error.row], m_pairs.right[error.row]);
    const Batch batch = batchOf(failed, ColumnSet(m_onRest.size(), true));
    for (std::size_t i = 0; i < errors.size(); ++i) RW_TRY(out.reject(batch, i, errors[i].reason));
    return {};
}

Batch WindowJoin::batchOf(const Pairs& pairs, const ColumnSet& columns) const {
    Batch batch;
    batch.schema = m_plan->join.both;
    batch.rows = pairs.size();
    for (std::size_t i = 0; i < columns.size(); ++i)
        batch.columns.push_back(columns[i] ? columnOf(static_cast<int>(i), pairs) : nullptr);
    return batch;
}

void WindowJoin::match(RowSlot left, RowSlot right, Output& out) {
    m_hasPair = true;
    m_left.met[left] = 1;
    m_right.met[right] = 1;
    if (!m_plan->join.leftOnly()) give(left, right, out);
}

bool WindowJoin::leaves(int port, bool met) const {
    const JoinPlan& join = m_plan->join;
    if (port == kRight) return join.keepsRight() && !met;
    return join.kind == JoinKind::Semi ? met : m_settlesLeft && !met;
}

void WindowJoin::settle(int port, CallBudget& budget, Output& out) {
    auto& [side, late, met] = input(port);
    side.take(m_walk, some(budget), m_slots);
    budget.spend(m_slots.size());
    for (const RowSlot slot : m_slots) {
        if (port == kRight) m_index.remove(slot);
        if (!leaves(port, std::exchange(met[slot], std::uint8_t{0}) != 0)) continue;
        give(port == kLeft ? slot : kNoRow, port == kLeft ? kNoRow : slot, out);
    }
    if (!side.over(m_walk)) return;
    if (port == kLeft) m_walk = m_right.side.rowsOf(m_fired);
    m_step = port == kLeft ? Step::Right : Step::Next;
    if (port == kRight && m_report.on()) reportFired();
}

void WindowJoin::forget(CallBudget& budget, Output& out) {
    flush(out);
    if (!m_left.side.forget(budget) || !m_right.side.forget(budget)) return;
    if (m_share.isBounded()) (void)m_share.isOver(kept());  // others may have what went
    m_report.passed(m_watermark);
    // Made rows must stay clean, also those of windows that touch: event-time rules, 12.
    out.watermark(kJoined, saturatingAdd(m_watermark, -1));
    for (int port = kLateLeft; port < outputPorts; ++port) out.watermark(port, m_watermark);
    m_step = Step::None;
}

std::size_t WindowJoin::some(const CallBudget& budget) const {
    return std::min(m_batchRows, budget.left());
}

ColumnRef WindowJoin::columnOf(int number, const Pairs& pairs) const {
    const int left = static_cast<int>(m_plan->join.left.schema->size());
    const std::vector<RowSlot>& slots = number < left ? pairs.left : pairs.right;
    ColumnRef column = number < left ? m_left.side.rows().gather(number, slots)
                                     : m_right.side.rows().gather(number - left, slots);
    // Of an input that never had a row it is not known which columns are read.
    const auto isNobody = [](RowSlot slot) { return slot == kNoRow; };
    if (column || !std::all_of(slots.begin(), slots.end(), isNobody)) return column;
    return Column::nulls(m_plan->join.both->fields[static_cast<std::size_t>(number)].type, slots.size());
}

void WindowJoin::give(RowSlot left, RowSlot right, Output& out) {
    m_results.add(left, right);
    ++m_given;
    m_windows.push_back(m_fired);
    if (m_results.size() == m_batchRows) flush(out);
}

void WindowJoin::flush(Output& out) {
    if (m_results.size() == 0) return;
    Batch batch;
    batch.schema = m_plan->output.schema;
    batch.rows = m_results.size();
    for (const int column : m_plan->columns) batch.columns.push_back(columnOf(column, m_results));
    for (ColumnRef& column : windowColumns(m_windows)) batch.columns.push_back(std::move(column));
    m_results.clear();
    m_windows.clear();
    out.emit(kJoined, std::move(batch));
}

Operator::StateSize WindowJoin::stateSize() const {
    const StateSize left = m_left.side.size(), right = m_right.side.size();
    return {left.bytes + right.bytes + m_index.memoryBytes() + m_left.met.capacity() + m_right.met.capacity(),
            left.keys + right.keys, left.spilled + right.spilled};
}

Operator::Span WindowJoin::firstOpen() const {
    std::optional<Window> first = m_left.side.nextWindow(m_fired);
    const std::optional<Window> other = m_right.side.nextWindow(m_fired);
    if (other && (!first || *other < *first)) first = other;
    return first ? Span{first->start, first->end} : Span{};
}

Status WindowJoin::snapshot(StateWriter& out) const {
    writeRest(out);
    RW_TRY(m_left.side.snapshot(kSideNames[kLeft], out));
    return m_right.side.snapshot(kSideNames[kRight], out);
}

void WindowJoin::writeRest(StateWriter& out) const {
    out.record("progress", kWindowJoinVersion,
               [this](StateWriter& record) { record.i64("watermark", m_watermark); });
}

void WindowJoin::freeze(bool whole) {
    m_left.side.freeze(whole);
    m_right.side.freeze(whole);
}

bool WindowJoin::writePiece(StateWriter& out) {
    for (const int port : {kLeft, kRight}) {
        if (!m_writing.ok() || !input(port).side.anyFrozen()) continue;
        m_writing = input(port).side.writePiece(kSideNames[port], out);
        break;
    }
    return !m_writing.ok() || m_left.side.anyFrozen() || m_right.side.anyFrozen();
}

Status WindowJoin::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const StateReader progress, state.record("progress"));
    if (progress.version() != kWindowJoinVersion) return brokenState("version of a join");
    RW_TRY_ASSIGN(const Instant watermark, progress.i64("watermark"));
    // All instances have the same at a barrier: it comes from every producer to each of them.
    if (m_restored && watermark != m_watermark) return brokenState("watermarks that differ");
    m_restored = m_hasPair = true;
    m_watermark = watermark;
    m_fired = m_left.side.slicing().lastCompletedBy(watermark);
    for (const int port : {kLeft, kRight}) {
        RW_TRY_ASSIGN(const auto records, state.keyed(kSideNames[port]));
        for (const auto& [keyGroup, record] : records) {
            if (!own.contains(keyGroup)) continue;
            RW_TRY(input(port).side.restore(record, keyGroup, m_fired));
            if (!wantsToSpill()) continue;
            for (m_step = Step::Spill; m_step == Step::Spill;) {
                CallBudget budget(m_batchRows);
                RW_TRY(spill(budget));
            }
        }
    }
    return {};
}

}  // namespace rw

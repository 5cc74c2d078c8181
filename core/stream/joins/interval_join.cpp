#include "core/stream/joins/interval_join.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rejected.h"

namespace rw {

namespace {
constexpr std::size_t kLooksPerPair = 8;  // of a call's budget: a look at a row costs less than a pair
constexpr std::string_view kLeftRows = "left", kRightRows = "right";  // names in a state
}  // namespace

IntervalRows::Shape IntervalJoin::shapeOf(const IntervalJoinPlan& plan, JoinPort port) {
    const bool left = port == kLeft;
    const JoinPlan& join = plan.join;
    const StreamType& stream = left ? join.left : join.right;
    IntervalRows::Shape shape;
    shape.rows = {stream.schema, left ? join.leftKeys : join.rightKeys,
                  plan.looksAt[static_cast<std::size_t>(port)], false};
    shape.eventTime = stream.eventTime;
    shape.wait = left ? plan.upper : -plan.lower;
    shape.length = plan.upper - plan.lower;
    shape.outer = left ? join.keepsLeft() : join.keepsRight();
    return shape;
}

IntervalJoin::IntervalJoin(std::shared_ptr<const IntervalJoinPlan> plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_batchRows(context.batchRows),
      m_left{IntervalRows(shapeOf(*m_plan, kLeft)),
             LateRows(lateStream(m_plan->join.left, false).schema, kJoinLateLeft)},
      m_right{IntervalRows(shapeOf(*m_plan, kRight)),
              LateRows(lateStream(m_plan->join.right, false).schema, kJoinLateRight)},
      m_joined(m_plan->join, context),
      m_disorder(context) {}

Status IntervalJoin::onBatch(int port, const Batch& batch, Output& out) {
    Input& own = input(port);
    if (m_disorder.on()) m_disorder.addTimes(port, batch, own.rows.eventTime(), 0);
    m_search.port = port;
    m_search.batch = batch;
    m_search.keys.clear();
    for (const int key : own.rows.keys()) m_search.keys.push_back(&m_search.batch.column(key));
    hashKeys(batch, own.rows.keys(), m_search.hashes);
    own.late.addPassed(batch, own.rows.eventTime(), m_search.inTime);
    own.late.emit(batch, out);
    rowsWithKey(batch, own.rows.keys(), m_search.inTime, m_search.keyed);
    own.rows.add(batch, m_search.inTime, m_search.keyed, m_search.hashes);
    m_search.at = 0;
    input(1 - port).rows.byKey().find(m_search.keyed, m_search.hashes, searchedTimes(), distance(),
                                      m_search.looks);
    return resume(out);
}

/// Of those that the rows of the batch may meet, from their own times.
RowsByKeyAndTime::Distance IntervalJoin::distance() const {
    if (m_search.port == kLeft) return {m_plan->lower, m_plan->upper};
    return {-m_plan->upper, -m_plan->lower};
}

std::span<const Instant> IntervalJoin::searchedTimes() const {
    const Input& own = m_search.port == kLeft ? m_left : m_right;
    return m_search.batch.column(own.rows.eventTime()).values<Instant>();
}

Status IntervalJoin::onPortWatermark(int port, Instant watermark, Output& out) {
    input(port).watermark = watermark;
    input(1 - port).rows.pass(watermark);
    return resume(out);
}

Status IntervalJoin::onWatermark(Instant watermark, Output& out) {
    out.watermark(kJoinLateLeft, watermark);
    out.watermark(kJoinLateRight, watermark);
    return {};
}

bool IntervalJoin::hasMore() const {
    return searching() || m_left.rows.due() || m_right.rows.due();
}

Status IntervalJoin::resume(Output& out) {
    CallBudget budget(m_batchRows);
    RW_TRY(search(budget, out));
    if (!searching()) {
        m_search.batch = {};
        letGo(kLeft, budget, out);
        letGo(kRight, budget, out);
    }
    if (hasMore()) return {};
    // Unknown until both inputs have said something: after a restart it may have been further.
    if (bound() != kMinTimestamp) out.watermark(kJoinOut, saturatingAdd(bound(), -1));
    return {};
}

/// Below it no more rows are made (rule 12).
Instant IntervalJoin::bound() const {
    const Instant byLeft = std::min(m_left.watermark, saturatingAdd(m_right.watermark, -m_plan->upper));
    const Instant byRight = std::min(m_right.watermark, saturatingAdd(m_left.watermark, m_plan->lower));
    switch (m_plan->join.kind) {
        case JoinKind::Right:
            return byRight;
        case JoinKind::Full:
            return std::min(byLeft, byRight);
        default:
            return byLeft;
    }
}

Status IntervalJoin::search(CallBudget& budget, Output& out) {
    while (searching() && !budget.spent()) {
        const std::size_t looks = collect();
        budget.spend(m_joined.size() + looks / kLooksPerPair);
        if (m_joined.size() > 0) RW_TRY(emitPairs(out));
    }
    return {};
}

/// Adds pairs until a batch of them is full, all rows are through, or it has looked at many; gives how many.
std::size_t IntervalJoin::collect() {
    const bool left = m_search.port == kLeft;
    const RowsByKeyAndTime& others = input(1 - m_search.port).rows.byKey();
    const std::span<const Instant> times = searchedTimes();
    const RowsByKeyAndTime::Distance distance = this->distance();
    const std::size_t most = kLooksPerPair * m_batchRows;
    std::size_t looked = 0;
    for (; searching(); ++m_search.at) {
        const std::uint32_t row = m_search.looks[m_search.at].row;
        const std::uint64_t hash = m_search.hashes[row];
        const RowsByKeyAndTime::Span span = distance.of(times[row]);
        for (RowSlot& next = m_search.looks[m_search.at].slot; next != kNoRow; ++looked) {
            if (looked == most || m_joined.full()) return looked;
            const RowSlot slot = std::exchange(next, others.behind(next));
            if (!others.has(slot, span, hash, m_search.keys, row)) continue;
            if (left) {
                m_joined.add(row, slot);
            } else {
                m_joined.add(slot, row);
            }
        }
    }
    return looked;
}

Status IntervalJoin::emitPairs(Output& out) {
    const bool left = m_search.port == kLeft;
    IntervalRows& own = input(m_search.port).rows;
    IntervalRows& others = input(1 - m_search.port).rows;
    const PairSide batch(m_search.batch), kept(others.store());
    RW_TRY_ASSIGN(Joined joined, m_joined.take(left ? batch : kept, left ? kept : batch, out));
    if (own.outer()) {
        for (const std::uint32_t row : joined.rows[left ? kLeft : kRight]) own.addedMet(row);
    }
    if (others.outer()) others.met(joined.rows[left ? kRight : kLeft]);
    if (joined.batch.rows == 0) return {};
    m_hasPair = true;
    out.emit(kJoinOut, std::move(joined.batch));
    return {};
}

/// Rows that can meet no more.
void IntervalJoin::letGo(JoinPort port, CallBudget& budget, Output& out) {
    IntervalRows& rows = input(port).rows;
    while (rows.due() && !budget.spent()) {
        const std::span<const RowSlot> slots = rows.takeDue(std::min(budget.left(), m_batchRows));
        budget.spend(slots.size());
        m_alone.clear();
        if (rows.outer()) {
            std::copy_if(slots.begin(), slots.end(), std::back_inserter(m_alone),
                         [&rows](RowSlot slot) { return rows.isAlone(slot); });
        }
        if (!m_alone.empty()) out.emit(kJoinOut, m_joined.alone(port, PairSide(rows.store()), m_alone));
        rows.drop(slots);
    }
}

Status IntervalJoin::snapshot(StateWriter& out) const {
    m_left.rows.write(kLeftRows, out);
    m_right.rows.write(kRightRows, out);
    return {};
}

void IntervalJoin::writeRest(StateWriter& out) const {
    m_left.rows.writeRest(kLeftRows, out);
    m_right.rows.writeRest(kRightRows, out);
}

void IntervalJoin::freeze(bool whole) {
    m_left.rows.freeze(whole);
    m_right.rows.freeze(whole);
}

bool IntervalJoin::writePiece(StateWriter& out) {
    if (m_left.rows.anyFrozen()) {
        m_left.rows.writePiece(kLeftRows, out);
    } else if (m_right.rows.anyFrozen()) {
        m_right.rows.writePiece(kRightRows, out);
    }
    return m_left.rows.anyFrozen() || m_right.rows.anyFrozen();
}

Status IntervalJoin::restore(const StateReader& state, const KeyGroups& own) {
    m_hasPair = true;
    RW_TRY(m_left.rows.read(kLeftRows, state, own));
    return m_right.rows.read(kRightRows, state, own);
}

Operator::StateSize IntervalJoin::stateSize() const {
    return {m_left.rows.memoryBytes() + m_right.rows.memoryBytes(),
            m_left.rows.store().size() + m_right.rows.store().size()};
}

}  // namespace rw

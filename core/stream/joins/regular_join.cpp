#include "core/stream/joins/regular_join.h"

#include <algorithm>
#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/row_errors.h"

namespace rw {

namespace {

constexpr std::size_t kStepsPerPair = 8;  // of a call's budget: a look at a row costs less than a pair

}  // namespace

RegularRows::Shape RegularJoin::shapeOf(const RegularJoinPlan& plan, JoinPort port) {
    const bool left = port == kLeft;
    const StreamType& stream = left ? plan.join.left : plan.join.right;
    RegularRows::Shape shape;
    shape.rows = {stream.schema, left ? plan.join.leftKeys : plan.join.rightKeys,
                  plan.looksAt[static_cast<std::size_t>(port)], false};
    shape.names = plan.names[static_cast<std::size_t>(port)];
    shape.keyed = stream.updating && !stream.multiset;
    shape.outer = left ? plan.join.keepsLeft() : plan.join.keepsRight();
    return shape;
}

std::vector<Type> RegularJoin::keyTypes(const RegularJoinPlan& plan, JoinPort port) {
    const Schema& schema = port == kLeft ? *plan.join.left.schema : *plan.join.right.schema;
    std::vector<Type> types;
    for (const int key : port == kLeft ? plan.join.leftKeys : plan.join.rightKeys)
        types.push_back(schema.fields[static_cast<std::size_t>(key)].type);
    return types;
}

RegularJoin::RegularJoin(std::shared_ptr<const RegularJoinPlan> plan, const MakeContext& context)
    : m_plan(std::move(plan)),
      m_batchRows(context.batchRows),
      m_left(shapeOf(*m_plan, kLeft)),
      m_right(shapeOf(*m_plan, kRight)),
      m_joined(m_plan->join, context),
      m_ttl(m_plan->ttl, context),
      m_lives(keyTypes(*m_plan, kLeft), keyTypes(*m_plan, kRight)) {}

Status RegularJoin::onBatch(int port, const Batch& batch, Output& out) {
    const RegularRows& own = rows(port);
    m_work.port = port;
    m_work.batch = batch;
    m_work.keys.clear();
    for (const int key : own.keys()) m_work.keys.push_back(&m_work.batch.column(key));
    hashKeys(m_work.keys, batch.rows, m_work.hashes);
    m_work.names.clear();
    for (const int name : own.names()) m_work.names.push_back(&m_work.batch.column(name));
    hashKeys(m_work.names, batch.rows, m_work.nameHashes);
    m_ttl.take(port, m_work.batch);
    if (m_ttl.on()) m_work.lives = m_lives.keysOf(m_work.batch, own.keys());
    m_work.at = 0;
    return resume(out);
}

Status RegularJoin::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    m_ttl.advance(watermark);
    return resume(out);
}

Status RegularJoin::resume(Output& out) {
    // The row that another meets may have been alone until then.
    const std::size_t rowsOfPair = m_left.outer() || m_right.outer() ? 2 : 1;
    for (CallBudget budget(m_batchRows); !budget.spent() && (busy() || forgetOldest());) {
        const std::size_t steps = collect();
        budget.spend(1 + rowsOfPair * m_joined.size() + m_turns.size() + steps / kStepsPerPair);
        RW_TRY(flush(out));
    }
    m_more = busy() || someKeyIsOver();
    if (m_more) return {};
    m_work.batch = {};
    m_work.lives = {};
    m_work.at = 0;
    // Unknown after a restart: it may have been further.
    if (m_watermark != kMinTimestamp) out.watermark(kPairsOut, m_watermark);
    return {};
}

/// Adds pairs until a batch of them is full, all rows are through, or many steps were made; gives how many.
std::size_t RegularJoin::collect() {
    std::size_t steps = 0;
    while (busy() && !m_joined.full() && m_turns.size() < m_batchRows &&
           steps < kStepsPerPair * m_batchRows) {
        step();
        ++steps;
    }
    return steps;
}

void RegularJoin::step() {
    if (m_ending.life != kNoRow) {
        forgetNext();
    } else if (m_work.meeting) {
        look();
    } else {
        begin();
    }
}

void RegularJoin::begin() {
    const auto row = static_cast<std::uint32_t>(m_work.at);
    RegularRows& own = rows(m_work.port);
    const bool takesBack = withdraws(m_work.batch, row);
    if (!hasKey(row)) {
        // Nothing is kept of it: its withdrawal holds the whole row.
        if (own.outer()) {
            m_turns.push_back({own.addAlone(m_work.batch, row), takesBack});
            m_gone[static_cast<std::size_t>(m_work.port)].push_back(m_turns.back().slot);
        }
        ++m_work.at;
        return;
    }
    if (m_ttl.on()) {
        const RowSlot life = m_lives.find(m_work.lives, row);
        // The row's turn comes when nothing is left of the key.
        if (life != kNoRow && m_ttl.ended(m_lives.newest(life), row)) return forget(life);
    }
    const RowSlot known = own.find(m_work.names, row, m_work.nameHashes[row]);
    if (takesBack && known == kNoRow) {
        ++m_work.at;  // its key was forgotten
        return;
    }
    if (m_ttl.on()) m_lives.touch(m_work.lives, row, m_ttl.timeOf(row));
    // A stream whose key was forgotten above may bring a row again that it has not taken back.
    if (known != kNoRow && (takesBack || own.keyed())) {
        own.hide(known);
        m_work.turn = {known, true};
    } else {
        m_work.turn = {own.add(m_work.batch, row, m_work.hashes[row], m_work.nameHashes[row]), false};
    }
    m_work.meeting = true;
    m_work.next = rows(1 - m_work.port).byKey().first(m_work.hashes[row]);
}

bool RegularJoin::hasKey(std::uint32_t row) const {
    return std::none_of(m_work.keys.begin(), m_work.keys.end(),
                        [row](const Column* key) { return key->isNull(row); });
}

void RegularJoin::endTurn() {
    m_work.meeting = false;
    m_turns.push_back(m_work.turn);
    if (m_work.turn.takesBack) m_gone[static_cast<std::size_t>(m_work.port)].push_back(m_work.turn.slot);
    // Otherwise it made room for the row itself.
    if (m_work.turn.takesBack == withdraws(m_work.batch, m_work.at)) ++m_work.at;
}

void RegularJoin::look() {
    const RowSlot slot = m_work.next;
    if (slot == kNoRow) return endTurn();
    const RowsByKey& others = rows(1 - m_work.port).byKey();
    m_work.next = others.behind(slot);
    if (!others.has(slot, m_work.hashes[m_work.at], m_work.keys, m_work.at)) return;
    const Turn& turn = m_work.turn;
    if (m_work.port == kLeft) {
        m_joined.add(turn.slot, slot, turn.kind());
    } else {
        m_joined.add(slot, turn.slot, turn.kind());
    }
}

void RegularJoin::forget(RowSlot life) {
    m_ending.life = life;
    m_ending.key = m_lives.key(life);
    m_ending.port = kLeft;
    m_ending.next = m_left.byKey().first(m_ending.key.hashes.front());
}

/// Forgets a row of the key that ends, or the key itself.
void RegularJoin::forgetNext() {
    const std::uint64_t hash = m_ending.key.hashes.front();
    RegularRows& some = rows(m_ending.port);
    const RowSlot slot = m_ending.next;
    if (slot != kNoRow) {
        m_ending.next = some.byKey().behind(slot);
        if (!some.byKey().has(slot, hash, m_ending.key.columns, 0)) return;
        some.hide(slot);
        m_gone[static_cast<std::size_t>(m_ending.port)].push_back(slot);
    } else if (m_ending.port == kLeft) {
        m_ending.port = kRight;
        m_ending.next = m_right.byKey().first(hash);
    } else {
        m_lives.end(m_ending.life);
        m_ending.life = kNoRow;
    }
}

bool RegularJoin::someKeyIsOver() const {
    return m_ttl.on() && !m_lives.empty() && m_ttl.over(m_lives.earliest());
}

/// Begins to forget the key that had no row for longest, if that is over; gives whether it may be.
bool RegularJoin::forgetOldest() {
    if (!someKeyIsOver()) return false;
    const RowSlot life = m_lives.first();
    if (m_ttl.over(m_lives.newest(life))) {
        forget(life);
    } else {
        m_lives.requeue(life);
    }
    return true;
}

/// Emits the changes of the turns and pairs so far, and releases the rows that are hidden.
Status RegularJoin::flush(Output& out) {
    Joined joined;
    if (m_joined.size() > 0) {
        RW_TRY_ASSIGN(joined, m_joined.take(PairSide(m_left.store()), PairSide(m_right.store()), out));
    }
    m_hasPair = m_hasPair || joined.batch.rows > 0;
    if (m_left.outer() || m_right.outer()) {
        settle(joined, out);
    } else if (joined.batch.rows > 0) {
        out.emit(kPairsOut, std::move(joined.batch));
    }
    m_turns.clear();
    for (const int port : {kLeft, kRight}) {
        std::vector<RowSlot>& gone = m_gone[static_cast<std::size_t>(port)];
        for (const RowSlot slot : gone) rows(port).release(slot);
        gone.clear();
    }
    return {};
}

/// Turn by turn, so that the changes of a row leave in their order.
void RegularJoin::settle(const Joined& joined, Output& out) {
    RegularRows& own = rows(m_work.port);
    std::size_t pair = 0;
    for (const Turn& turn : m_turns) {
        pair = settlePairs(turn, joined, pair, out);
        if (own.outer() && own.partners(turn.slot) == 0) change(turn.slot, kNoRow, turn.kind(), out);
    }
    if (m_work.meeting) settlePairs(m_work.turn, joined, pair, out);
    emitChanges(out);
}

/// The pairs of one turn, the first of which would be `pair`; gives where those of the next begin. Turns of
/// one row come and take back in turn, so that its slot and kind tell its pairs.
std::size_t RegularJoin::settlePairs(const Turn& turn, const Joined& joined, std::size_t pair, Output& out) {
    RegularRows& own = rows(m_work.port);
    RegularRows& others = rows(1 - m_work.port);
    const std::vector<std::uint32_t>& mine = joined.rows[static_cast<std::size_t>(m_work.port)];
    const std::vector<std::uint32_t>& theirs = joined.rows[static_cast<std::size_t>(1 - m_work.port)];
    for (; pair < mine.size() && mine[pair] == turn.slot && joined.batch.kind(pair) == turn.kind(); ++pair) {
        const RowSlot other = theirs[pair];
        if (turn.takesBack) {
            change(turn.slot, other, RowKind::Delete, out);
            if (others.outer() && others.removePartner(other) == 0)
                change(kNoRow, other, RowKind::Insert, out);
        } else {
            if (others.outer() && others.addPartner(other) == 1) change(kNoRow, other, RowKind::Delete, out);
            if (own.outer()) own.addPartner(turn.slot);
            change(turn.slot, other, RowKind::Insert, out);
        }
    }
    return pair;
}

void RegularJoin::change(RowSlot own, RowSlot other, RowKind kind, Output& out) {
    m_changes.rows[static_cast<std::size_t>(m_work.port)].push_back(own);
    m_changes.rows[static_cast<std::size_t>(1 - m_work.port)].push_back(other);
    m_changes.kinds.push_back(kind);
    if (m_changes.kinds.size() == m_batchRows) emitChanges(out);
}

void RegularJoin::emitChanges(Output& out) {
    if (m_changes.kinds.empty()) return;
    Batch batch = m_joined.sideBySide(m_left.store(), m_right.store(), m_changes.rows);
    batch.kinds = std::make_shared<const std::vector<RowKind>>(std::exchange(m_changes.kinds, {}));
    for (std::vector<RowSlot>& some : m_changes.rows) some.clear();
    out.emit(kPairsOut, std::move(batch));
}

Status RegularJoin::snapshot(StateWriter& out) const {
    m_left.write("left", out);
    m_right.write("right", out);
    m_lives.write("lives", out);
    return {};
}

Status RegularJoin::restore(const StateReader& state, const KeyGroups& own) {
    m_hasPair = true;
    RW_TRY(m_left.read("left", state, own));
    RW_TRY(m_right.read("right", state, own));
    return m_lives.read("lives", state, own);
}

void RegularJoin::freeze(bool whole) {
    m_left.freeze(whole);
    m_right.freeze(whole);
    m_lives.freeze(whole);
}

bool RegularJoin::writePiece(StateWriter& out) {
    if (m_left.anyFrozen()) {
        m_left.writePiece("left", out);
    } else if (m_right.anyFrozen()) {
        m_right.writePiece("right", out);
    } else if (m_lives.anyFrozen()) {
        m_lives.writePiece("lives", out);
    }
    return m_left.anyFrozen() || m_right.anyFrozen() || m_lives.anyFrozen();
}

Operator::StateSize RegularJoin::stateSize() const {
    return {m_left.memoryBytes() + m_right.memoryBytes() + m_lives.memoryBytes(),
            m_left.store().size() + m_right.store().size()};
}

}  // namespace rw

#include "core/stream/paged/paged_rounds.h"

#include <algorithm>
#include <numeric>

#include "core/data/raw_fields.h"
#include "core/data/state_layout.h"
#include "core/data/state_reader.h"
#include "core/stream/keys/key_hash.h"

namespace rw {

namespace {

/// Whether there is anything of a key.
Result<bool> hasKeys(std::string_view fields) {
    RW_TRY_ASSIGN(const std::vector<RawField> raw, rawFields(fields));
    return std::any_of(raw.begin(), raw.end(),
                       [](const RawField& field) { return field.type == StateType::KeyedRecord; });
}

}  // namespace

Result<bool> tellNext(Operator& op, std::size_t ports, InputWatermarks& told, const InputWatermarks& now,
                      Output& out) {
    for (std::size_t port = 0; ports > 1 && port < ports; ++port) {
        if (now.ports[port] <= told.ports[port]) continue;
        told.ports[port] = now.ports[port];
        RW_TRY(op.onPortWatermark(static_cast<int>(port), now.ports[port], out));
        return true;
    }
    if (now.all <= told.all) return false;
    told.all = now.all;
    RW_TRY(op.onWatermark(now.all, out));
    return true;
}

void PagedRounds::add(int port, const Batch& batch) {
    // Selected rows would keep the texts of those that other instances have.
    Batch own = batch.compacted();
    const std::vector<int>& keys = m_shape.ports[static_cast<std::size_t>(port)].keys;
    hashKeys(own, keys, m_hashes);
    if (!hasQueued()) m_since = now();
    m_queue.add(
        std::make_shared<const QueuedRows>(port, std::move(own), m_hashes, KeyGroupSet().set(), m_now));
}

void PagedRounds::add(QueuedRowsRef rows) {
    if (!hasQueued()) m_since = now();
    m_queue.add(std::move(rows));
}

void PagedRounds::setWatermarks(const InputWatermarks& now) {
    if (!hasQueued()) m_since = this->now();
    m_now = now;
    if (now.all == kMaxTimestamp) takeAll();
}

bool PagedRounds::isDue() const {
    if (!hasQueued()) return false;
    if (m_takesAll || !takesMore() || m_context.stopping()) return true;
    return std::max(m_since + kWait, m_restsUntil) <= now();
}

std::int64_t PagedRounds::wakesAt() const {
    if (m_round) return m_goesOnAt;
    if (!hasQueued()) return Operator::kNever;
    // A run that is stopped has no second left.
    if (m_context.stopping() || !takesMore()) return 0;
    return std::max(m_since + kWait, m_restsUntil);
}

Status PagedRounds::goOn(CallBudget& budget, Output& out) {
    while (!budget.spent()) {
        if (m_turn) {
            m_turn->out.sendTo(out);
            RW_TRY(takeTurn(budget));
        } else if (m_round && (m_round->asks || m_round->left.any())) {
            RW_TRY(beginTurn(budget, out));
        } else if (m_round) {
            RW_TRY(end(out));
        } else if (const int group = m_pages.groupToMove(); group >= 0) {
            RW_TRY_ASSIGN(const std::string page, m_pages.read(group));
            budget.spendText(page.size());
            m_pages.put(group, page);
            if (m_pages.isFull()) RW_TRY(m_pages.write());
        } else if (isDue()) {
            begin();
        } else {
            m_takesAll = false;
            return {};
        }
    }
    return {};
}

void PagedRounds::begin() {
    Round round;
    round.queue = std::exchange(m_queue, {});
    round.upTo = m_now;
    round.left = round.queue.groups();
    round.asks = m_now != m_taken;
    for (int group = 0; round.asks && !m_shape.ignoresWatermarks && group < kKeyGroups; ++group) {
        if (m_pages.has(group)) round.left.set(static_cast<std::size_t>(group));
    }
    round.began = now();
    m_taken = m_now;
    m_round = std::move(round);
}

Status PagedRounds::beginTurn(CallBudget& budget, Output& out) {
    auto turn = std::make_unique<Turn>();
    turn->op = m_operators.make();
    turn->out.sendTo(out);
    if (!std::exchange(m_round->asks, false)) {
        int group = 0;
        while (!m_round->left[static_cast<std::size_t>(group)]) ++group;
        m_round->left.reset(static_cast<std::size_t>(group));
        turn->group = group;
        if (m_pages.has(group)) {
            RW_TRY_ASSIGN(const std::string fields, m_pages.read(group));
            budget.spendText(fields.size());
            turn->before = state_layout::checksum(fields);
            const std::string record = recordOf(fields);
            RW_TRY_ASSIGN(const StateReader reader, StateReader::unsealed(record));
            RW_TRY(turn->op->restore(reader, {group, group + 1}));
            m_operators.restored(*turn->op);
        }
    }
    m_turn = std::move(turn);
    return {};
}

Status PagedRounds::takeTurn(CallBudget& budget) {
    Turn& turn = *m_turn;
    budget.spend(1);
    if (turn.op->hasMore()) {
        budget.spend(m_context.batchRows);
        return turn.op->resume(turn.out);
    }
    const std::span<const QueuedRowsRef> queued = m_round->queue.queued();
    while (turn.next < queued.size() && queued[turn.next]->of(turn.group).empty()) ++turn.next;
    const bool hasRows = turn.next < queued.size();
    // Of watermarks without a row between them the last one does.
    const InputWatermarks& until = hasRows ? queued[turn.next]->before() : m_round->upTo;
    RW_TRY_ASSIGN(const bool told, tellNext(*turn.op, m_shape.ports.size(), turn.told, until, turn.out));
    if (told) return {};
    if (!hasRows) return endTurn(budget);
    const QueuedRows& rows = *queued[turn.next++];
    Batch batch = rows.select(turn.group);
    budget.spend(batch.rows);
    return turn.op->onBatch(rows.port(), batch, turn.out);
}

Status PagedRounds::endTurn(CallBudget& budget) {
    const std::unique_ptr<Turn> turn = std::move(m_turn);
    for (const auto& [port, watermark] : turn->out.watermarks()) {
        const auto [known, isNew] = m_round->passes.try_emplace(port, watermark);
        if (!isNew) known->second = std::min(known->second, watermark);
    }
    m_operators.worked(*turn->op);
    for (Text& note : turn->op->takeNotes()) {
        if (m_told.insert(note.key).second) m_notes.push_back(std::move(note));
    }
    if (turn->group == kNoGroup) return {};
    StateWriter writer;
    RW_TRY(turn->op->snapshot(writer));
    const std::string fields = writer.takeFields();
    budget.spendText(fields.size());
    RW_TRY_ASSIGN(const bool any, hasKeys(fields));
    m_known[static_cast<std::size_t>(turn->group)] = {turn->op->stateSize().keys, turn->op->firstOpen()};
    if (state_layout::checksum(fields) == turn->before) return {};
    m_pages.put(turn->group, any ? std::string_view(fields) : std::string_view());
    return m_pages.isFull() ? m_pages.write() : Status();
}

Status PagedRounds::end(Output& out) {
    const Round round = *std::exchange(m_round, std::nullopt);
    // It has as long for others as it took.
    m_restsUntil = now() + (now() - round.began);
    for (const auto& [port, watermark] : round.passes) {
        if (watermark > kMinTimestamp) out.watermark(port, watermark);
    }
    return m_pages.write();
}

std::vector<std::pair<QueuedRowsRef, KeyGroupSet>> PagedRounds::waiting() const {
    std::vector<std::pair<QueuedRowsRef, KeyGroupSet>> waiting;
    if (m_round) {
        for (const QueuedRowsRef& rows : m_round->queue.queued()) waiting.emplace_back(rows, m_round->left);
    }
    for (const QueuedRowsRef& rows : m_queue.queued()) waiting.emplace_back(rows, KeyGroupSet().set());
    return waiting;
}

std::size_t PagedRounds::keys() const {
    return std::accumulate(m_known.begin(), m_known.end(), std::size_t{0},
                           [](std::size_t sum, const Known& known) { return sum + known.keys; });
}

Operator::Span PagedRounds::firstOpen() const {
    const auto first = std::min_element(m_known.begin(), m_known.end(), [](const Known& a, const Known& b) {
        return a.open.from < b.open.from;
    });
    return first->open;
}

}  // namespace rw

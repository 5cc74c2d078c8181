#include "core/stream/rows/first_rows.h"

#include <algorithm>
#include <utility>

#include "core/stream/call_budget.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/keys/state_columns.h"

namespace rw {

namespace {

constexpr std::uint32_t kEmittedVersion = 1;
constexpr std::size_t kEmittedOfPiece = 8'192;
// Below all event times: a key's first row has left; and files have the key.
constexpr Instant kEmitted = kMinTimestamp, kStored = kMinTimestamp + 1;
/// Of the share of memory: what files take, their filters above all; and what is not worth writing files.
constexpr std::uint64_t kFilesOfShare = 4, kLeastOfShare = 16;
/// What keys take besides while they go to files.
constexpr std::uint64_t kStoringOfState = 8;

bool hasLeft(Instant best) {
    return best <= kStored;
}

std::vector<Type> keyTypes(const HeldShape& shape) {
    std::vector<Type> types;
    for (const int key : shape.keys)
        types.push_back(shape.schema->fields[static_cast<std::size_t>(key)].type);
    return types;
}

void writeKeys(int keyGroup, std::size_t count, std::span<const ColumnRef> keys, StateWriter& out) {
    out.keyed("emitted", keyGroup, kEmittedVersion, [&](StateWriter& record) {
        record.u64("keys", count);
        writeColumns(record, "key", keys);
    });
}

}  // namespace

FirstRows::FirstRows(const StreamType& input, std::vector<int> keys, ColumnSet read, const SchemaRef& late,
                     const MakeContext& context)
    : m_shape{input.schema, std::move(keys), std::move(read), false},
      m_eventTime(input.eventTime),
      m_batchRows(context.batchRows),
      m_keys(keyTypes(m_shape)),
      m_held(HeldUntil::EventTime, m_eventTime, m_batchRows),
      m_late(late, kLateOut),
      m_disorder(context),
      m_share(context.spill ? context.stateMemory : 0, context.moreStateMemory) {
    if (!m_share.isBounded()) return;
    m_stored = std::make_unique<StoredKeys>(keyTypes(m_shape), context.spill,
                                            static_cast<std::size_t>(m_share.bytes() / kFilesOfShare));
    m_folder = context.spill;
}

Status FirstRows::onBatch(int, const Batch& batch, Output& out) {
    if (m_disorder.on()) m_disorder.addTimes(0, batch, m_eventTime, 0);
    m_late.addPassed(batch, m_eventTime, m_inTime);
    const std::size_t known = m_keys.size();
    hold(batch, m_inTime);
    if (m_stored && m_stored->any()) {
        m_lookups.rows += m_groups.size();
        for (const std::uint32_t group : m_groups) m_lookups.inMemory += group < known ? 1 : 0;
    }
    m_late.emit(batch, out);
    m_storing = wantsToStore();
    return {};
}

Status FirstRows::onWatermark(Instant watermark, Output& out) {
    m_watermark = watermark;
    m_passing = true;
    return resume(out);
}

Status FirstRows::resume(Output& out) {
    CallBudget budget(m_batchRows);
    while (m_held.due(m_watermark)) {
        if (budget.spent()) return {};
        std::size_t released = 0;
        RW_TRY(release(m_batchRows, out, released));
        budget.spend(released);
    }
    if (m_passing && m_watermark != kMaxTimestamp) m_storing = m_storing || wantsToStore();
    if (m_storing) RW_TRY(store(budget));
    if (m_storing || !std::exchange(m_passing, false)) return {};
    out.watermark(kRowsOut, saturatingAdd(m_watermark, -1));
    out.watermark(kLateOut, m_watermark);
    return {};
}

/// Of the rows that are due, those that are the first of their key.
Status FirstRows::release(std::size_t atMost, Output& out, std::size_t& released) {
    const Batch due = m_held.release(m_watermark, atMost).gathered();
    released = due.rows;
    findKeys(due, everyRow(due.rows));
    RW_TRY(findStored());
    std::vector<std::uint32_t> first;
    m_emitted.clear();
    for (std::uint32_t row = 0; row < due.rows; ++row) {
        Instant& best = m_best[m_groups[row]];
        if (hasLeft(best)) continue;
        best = kEmitted;
        first.push_back(row);
        m_emitted.push_back(m_groups[row]);
    }
    m_left += m_emitted.size();
    markEmitted();
    if (!first.empty()) out.emit(kRowsOut, first.size() == due.rows ? due : due.select(first));
    return {};
}

/// Finds those of m_groups whose first row had left before their keys went to files.
Status FirstRows::findStored() {
    if (!m_stored || !m_stored->any()) return {};
    std::vector<std::uint32_t> asked = m_groups, found;
    std::sort(asked.begin(), asked.end());
    asked.erase(std::unique(asked.begin(), asked.end()), asked.end());
    std::erase_if(asked, [this](std::uint32_t group) { return hasLeft(m_best[group]); });
    RW_TRY(m_stored->find(m_keys, std::move(asked), found));
    for (const std::uint32_t group : found) m_best[group] = kStored;
    m_left += found.size();
    m_known += found.size();
    return {};
}

/// Sets m_groups to those of the keys of `rows`.
void FirstRows::findKeys(const Batch& batch, std::span<const std::uint32_t> rows) {
    m_columns.clear();
    for (const int key : m_shape.keys) m_columns.push_back(&batch.column(key));
    hashKeys(batch, m_shape.keys, m_hashes);
    m_keys.findOrInsert(m_columns, m_hashes, rows, m_groups);
    m_best.resize(m_keys.size(), kMaxTimestamp);
}

/// Keeps those that may be the first of their key. Of one event time all wait: their order tells then.
void FirstRows::hold(const Batch& batch, std::span<const std::uint32_t> rows) {
    findKeys(batch, rows);
    const std::span<const Instant> times = batch.column(m_eventTime).values<Instant>();
    m_candidates.clear();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        Instant& best = m_best[m_groups[i]];
        if (hasLeft(best) || times[rows[i]] > best) continue;
        best = times[rows[i]];
        m_candidates.push_back(rows[i]);
    }
    m_held.hold(batch, m_candidates);
}

/// The first rows of the keys m_emitted have left just now. A frozen key among them was not emitted at
/// the barrier: mark() takes it out of what is frozen, and nothing of it is to be copied.
void FirstRows::markEmitted() {
    if (!m_changes) return;
    m_changes->resize(m_keys.size());
    (void)m_changes->mark(m_emitted);
}

bool FirstRows::wantsToStore() {
    if (!m_stored) return false;
    const std::uint64_t bytes = stateSize().bytes;
    if (!m_share.isOver(bytes + bytes / kStoringOfState) || m_left == 0) return false;
    return tableBytes() / m_keys.size() * m_left >= m_share.bytes() / kLeastOfShare;
}

/// Where nobody has asked for files and none can be written, all stays in memory from then on.
Status FirstRows::store(CallBudget& budget) {
    if (!m_stored->busy()) {
        if (m_changes) m_changes->resize(m_keys.size());
        m_stored->begin(m_keys, emittedGroups(), m_changes.get());
    }
    if (Status status = m_stored->run(budget); !status.ok()) {
        if (!m_folder->isOptional()) return status;
        m_notes = m_folder->staysInMemory(status.error());
        m_share.unbound();
        m_storing = false;
        return m_stored->giveUp();
    }
    if (m_stored->busy()) return {};
    dropStored();
    m_storing = false;
    return {};
}

/// Keeps the keys whose rows wait. No checkpoint has to have any of them.
void FirstRows::dropStored() {
    std::vector<std::uint32_t> waiting, groups;
    for (std::uint32_t group = 0; group < m_best.size(); ++group) {
        if (!hasLeft(m_best[group])) waiting.push_back(group);
    }
    KeyTable keys = m_keys.emptied();
    keys.insert(m_keys, waiting, groups);  // in their order
    std::vector<Instant> best;
    best.reserve(waiting.size());
    for (const std::uint32_t group : waiting) best.push_back(m_best[group]);
    m_keys = std::move(keys);
    m_best = std::move(best);
    m_left = m_known = 0;
    if (!m_changes) return;
    *m_changes = {};
    m_changes->resize(m_keys.size());
}

/// Those that only the table knows.
std::vector<std::uint32_t> FirstRows::emittedGroups() const {
    std::vector<std::uint32_t> emitted;
    for (std::uint32_t group = 0; group < m_best.size(); ++group) {
        if (m_best[group] == kEmitted) emitted.push_back(group);
    }
    return emitted;
}

void FirstRows::writeEmitted(std::vector<std::uint32_t> groups, StateWriter& out) const {
    const auto hashOf = [this](std::uint32_t group) { return m_keys.hash(group); };
    forEachKeyGroup(std::move(groups), hashOf, [&](int keyGroup, std::span<const std::uint32_t> some) {
        writeKeys(keyGroup, some.size(), m_keys.columns(some), out);
    });
}

Status FirstRows::snapshot(StateWriter& out) const {
    if (m_stored && m_stored->any()) {
        RW_TRY(m_stored->writeAll(m_keys, emittedGroups(),
                                  [&out](int keyGroup, std::size_t count, std::span<const ColumnRef> keys) {
                                      writeKeys(keyGroup, count, keys, out);
                                  }));
    } else {
        writeEmitted(emittedGroups(), out);
    }
    writeRest(out);
    return {};
}

/// The rows that wait: few beside the keys, for the watermark takes them out.
void FirstRows::writeRest(StateWriter& out) const {
    writeHeld(m_held, m_shape, out);
}

void FirstRows::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<ChangedRows>();
    m_changes->resize(m_keys.size());
    if (whole) {
        m_changes->freezeAll();
    } else {
        m_changes->freeze();
    }
    if (m_stored) m_writing = m_stored->freeze(whole);
}

bool FirstRows::writePiece(StateWriter& out) {
    if (!m_writing.ok()) return true;
    if (m_storing) return true;  // files are to have what is frozen: it would be written twice
    if (m_changes->anyFrozen()) {
        std::vector<std::uint32_t> some;
        m_changes->takeSome(kEmittedOfPiece, some);
        // Of all keys that there were, those whose rows wait are not meant, nor those that files have.
        std::erase_if(some, [this](std::uint32_t group) { return m_best[group] != kEmitted; });
        writeEmitted(std::move(some), out);
    } else if (m_stored) {
        // With the last section of a file it may be nearly twice as many.
        m_writing = m_stored->writeSome(
            kEmittedOfPiece / 2, [&out](int keyGroup, std::size_t count, std::span<const ColumnRef> keys) {
                writeKeys(keyGroup, count, keys, out);
            });
    }
    return !m_writing.ok() || m_changes->anyFrozen() || (m_stored && m_stored->anyFrozen());
}

Status FirstRows::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const auto emitted, state.keyed("emitted"));
    for (const auto& [keyGroup, record] : emitted) {
        if (!own.contains(keyGroup)) continue;
        if (record.version() != kEmittedVersion) return brokenState("version of keys");
        RW_TRY_ASSIGN(const std::uint64_t keys, record.u64("keys"));
        RW_TRY_ASSIGN(const auto columns, readColumns(record, "key", m_keys.types(), keys));
        RW_TRY(m_keys.restore(columns, keys, keyGroup));
        m_best.resize(m_keys.size(), kEmitted);
        m_left += keys;
        for (m_storing = wantsToStore(); m_storing;) {
            CallBudget budget(m_batchRows);
            RW_TRY(store(budget));
        }
    }
    RW_TRY_ASSIGN(const std::vector<Batch> held, readHeld(state, m_shape, own));
    for (const Batch& batch : held) {
        const std::vector<std::uint32_t> all = everyRow(batch.rows);
        findKeys(batch, all);
        RW_TRY(findStored());  // what is left depends on no memory
        hold(batch, all);
    }
    return {};
}

std::size_t FirstRows::tableBytes() const {
    return m_keys.memoryBytes() + m_best.capacity() * sizeof(Instant);
}

Operator::StateSize FirstRows::stateSize() const {
    StateSize size{tableBytes() + m_held.memoryBytes() + (m_changes ? m_changes->memoryBytes() : 0),
                   m_keys.size()};
    if (!m_stored) return size;
    size.bytes += m_stored->memoryBytes();
    size.keys += static_cast<std::size_t>(m_stored->size()) - m_known;
    size.spilled = static_cast<std::size_t>(m_stored->bytesInFiles());
    return size;
}

}  // namespace rw

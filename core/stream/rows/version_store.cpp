#include "core/stream/rows/version_store.h"

#include <algorithm>
#include <iterator>
#include <memory>
#include <numeric>
#include <utility>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/cell_compare.h"

namespace rw {

namespace {

constexpr int kOrderColumns = 2;  // wire and position
// Pieces of a state by change are records of the same name: of the versions of one key and time the one in
// the last of them counts, as when they come.
constexpr std::string_view kVersions = "versions", kVersionsPassed = "versions_passed";
constexpr std::size_t kVersionsOfPiece = 8'192;

/// Of rows as they are kept: `before` columns more.
HeldShape keptShape(const StreamType& stream, std::span<const int> keys, const ColumnSet& read, int before) {
    HeldShape shape;
    Schema schema;
    if (before > 0)
        schema.fields = {{"wire", Type::of(TypeId::Bigint)}, {"position", Type::of(TypeId::Bigint)}};
    schema.fields.insert(schema.fields.end(), stream.schema->fields.begin(), stream.schema->fields.end());
    shape.schema = std::make_shared<const Schema>(std::move(schema));
    for (const int key : keys) shape.keys.push_back(key + before);
    shape.read.assign(static_cast<std::size_t>(before), true);
    shape.read.insert(shape.read.end(), read.begin(), read.end());
    return shape;
}

SchemaRef keySchemaOf(const HeldShape& shape) {
    Schema schema;
    for (const int key : shape.keys)
        schema.fields.push_back(shape.schema->fields[static_cast<std::size_t>(key)]);
    return std::make_shared<const Schema>(std::move(schema));
}

std::vector<int> firstColumns(std::size_t count) {
    std::vector<int> columns(count);
    std::iota(columns.begin(), columns.end(), 0);
    return columns;
}

std::vector<const Column*> columnsAt(const Batch& batch, std::span<const int> indexes) {
    std::vector<const Column*> columns;
    columns.reserve(indexes.size());
    for (const int index : indexes) columns.push_back(&batch.column(index));
    return columns;
}

}  // namespace

VersionStore::VersionStore(const StreamType& stream, std::span<const int> keys, const ColumnSet& read)
    : m_before(stream.sourceOrder ? 0 : kOrderColumns),
      m_shape(keptShape(stream, keys, read, m_before)),
      m_eventTime(stream.eventTime + m_before),
      m_rows(m_shape.schema),
      m_keys(keySchemaOf(m_shape)),
      m_byKey(m_keys, firstColumns(keys.size())) {}

void VersionStore::add(const Batch& batch, std::span<const std::uint32_t> rows) {
    if (!rows.empty()) addKept(withOrder(batch), rows);
}

/// The same rows with the columns that decide their order in front: of rows of one time the columns from left
/// to right do, wire and position before their own (made rows have no position).
Batch VersionStore::withOrder(const Batch& batch) const {
    Batch rows;
    rows.schema = m_shape.schema;
    rows.rows = batch.rows;
    if (m_before > 0) {
        ColumnBuilder wires(Type::of(TypeId::Bigint)), positions(Type::of(TypeId::Bigint));
        for (std::size_t row = 0; row < batch.rows; ++row) {
            wires.append(batch.wire);
            positions.append(batch.positions.known() ? batch.positions.at(row) : std::int64_t{-1});
        }
        rows.columns = {wires.finish(), positions.finish()};
    }
    rows.columns.insert(rows.columns.end(), batch.columns.begin(), batch.columns.end());
    return rows;
}

void VersionStore::addKept(const Batch& kept, std::span<const std::uint32_t> rows) {
    Batch keys;
    keys.schema = m_keys.schema();
    keys.rows = kept.rows;
    for (const int key : m_shape.keys) keys.columns.push_back(kept.columns[static_cast<std::size_t>(key)]);
    const std::vector<const Column*> columns = columnsAt(kept, m_shape.keys);
    std::vector<std::uint64_t> hashes;
    hashKeys(columns, kept.rows, hashes);
    const std::span<const Instant> times = kept.column(m_eventTime).values<Instant>();
    for (const std::uint32_t row : rows) {
        const auto isNull = [row](const Column* column) { return column->isNull(row); };
        if (std::any_of(columns.begin(), columns.end(), isNull)) continue;
        RowSlot key = keyAt(columns, hashes[row], row);
        if (key == kNoRow) {
            key = m_keys.add(keys, row);
            m_byKey.add(key, hashes[row]);
            m_versions.resize(std::size_t{key} + 1);
        }
        const auto [at, fresh] = m_versions[key].try_emplace(times[row], kNoRow);
        if (fresh) {
            m_ahead.push({times[row], key});
        } else if (replaces(kept, row, at->second)) {
            remove({&at->second, 1});
        } else {
            continue;
        }
        at->second = m_rows.add(kept, row);
        if (m_changes) m_changes->added({&at->second, 1});
    }
}

/// Whether the row comes behind one of the same key and time.
bool VersionStore::replaces(const Batch& kept, std::uint32_t row, RowSlot slot) const {
    if (m_before == 0) return true;
    const std::vector<ColumnRef> there = m_rows.gather({&slot, 1});
    return compareRows(kept.columns, row, there, 0) > 0;
}

RowSlot VersionStore::keyAt(std::span<const Column* const> columns, std::uint64_t hash,
                            std::size_t row) const {
    RowSlot found = kNoRow;
    m_byKey.forEach(hash, columns, row, [&found](RowSlot key) { found = key; });
    return found;
}

void VersionStore::find(const Batch& batch, std::span<const int> keys, int eventTime,
                        std::vector<RowSlot>& found) const {
    found.assign(batch.rows, kNoRow);
    if (m_versions.empty()) return;
    const std::vector<const Column*> columns = columnsAt(batch, keys);
    std::vector<std::uint64_t> hashes;
    hashKeys(columns, batch.rows, hashes);
    const std::span<const Instant> times = batch.column(eventTime).values<Instant>();
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const RowSlot key = keyAt(columns, hashes[row], row);
        if (key == kNoRow) continue;
        const auto newer = m_versions[key].upper_bound(times[row]);
        if (newer != m_versions[key].begin()) found[row] = std::prev(newer)->second;
    }
}

std::vector<ColumnRef> VersionStore::gather(std::span<const RowSlot> slots) const {
    std::vector<ColumnRef> columns = m_rows.gather(slots);
    columns.erase(columns.begin(), columns.begin() + m_before);
    if (m_rows.slots() > 0) return columns;
    // Not one row came that could have had a column, so all columns may be read.
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const Field& field = m_shape.schema->fields[i + static_cast<std::size_t>(m_before)];
        columns[i] = Column::nulls(field.type, slots.size());
    }
    return columns;
}

bool VersionStore::due(Instant watermark) const {
    if (watermark == kMaxTimestamp) return !m_versions.empty();
    return !m_ahead.empty() && m_ahead.top().time <= watermark;
}

void VersionStore::drop(Instant watermark, CallBudget& budget) {
    if (watermark == kMaxTimestamp) return forget(budget);
    m_gone.clear();
    for (; due(watermark) && !budget.spent(); budget.spend(1)) dropReached();
    remove(m_gone);
}

/// Takes out what the version that is reached first replaces; its row goes to m_gone.
void VersionStore::dropReached() {
    const Ahead reached = m_ahead.top();
    m_ahead.pop();
    Versions& versions = m_versions[reached.key];
    // One at most: those before it were reached before it.
    while (versions.begin()->first < reached.time) {
        m_gone.push_back(versions.begin()->second);
        versions.erase(versions.begin());
    }
}

/// The last key first, so that the slots of the others stay their numbers.
void VersionStore::forget(CallBudget& budget) {
    m_ahead = {};
    m_gone.clear();
    for (; !m_versions.empty() && !budget.spent(); m_versions.pop_back()) {
        const auto key = static_cast<RowSlot>(m_versions.size() - 1);
        budget.spend(m_versions.back().size());
        for (const auto& [time, slot] : m_versions.back()) m_gone.push_back(slot);
        m_byKey.remove(key);
        m_keys.remove(key);
    }
    remove(m_gone);
}

void VersionStore::remove(std::span<const RowSlot> slots) {
    if (m_changes) m_changes->willChange(slots);
    m_rows.remove(slots);
}

std::size_t VersionStore::memoryBytes() const {
    constexpr std::size_t kNode = sizeof(Versions::value_type) + 4 * sizeof(void*);  // of a tree
    return m_rows.memoryBytes() + m_keys.memoryBytes() + m_byKey.memoryBytes() +
           m_versions.capacity() * sizeof(Versions) + m_rows.size() * kNode + m_ahead.size() * sizeof(Ahead) +
           (m_changes ? m_changes->memoryBytes() : 0);
}

void VersionStore::snapshot(StateWriter& out) const {
    std::vector<std::uint64_t> hashes(m_rows.slots());
    std::vector<std::uint32_t> slots;
    for (RowSlot key = 0; key < m_versions.size(); ++key) {
        for (const auto& [time, slot] : m_versions[key]) {
            hashes[slot] = m_byKey.hash(key);
            slots.push_back(slot);
        }
    }
    const auto hashOf = [&hashes](std::uint32_t slot) { return hashes[slot]; };
    forEachKeyGroup(std::move(slots), hashOf, [&](int group, std::span<const std::uint32_t> some) {
        writeKept(kVersions, group, m_rows.batchOf(some), out);
    });
}

void VersionStore::writeRest(Instant watermark, StateWriter& out) const {
    out.i64(kVersionsPassed, watermark);
}

void VersionStore::freeze(bool whole) {
    if (!m_changes) m_changes = std::make_unique<RowsByChange>(m_rows);
    m_changes->freeze(whole);
}

void VersionStore::writePiece(StateWriter& out) {
    const RowsByChange::Taken taken = m_changes->takeSome(kVersionsOfPiece);
    if (taken.rows.rows > 0) writeKept(kVersions, taken.rows, m_shape, out);
}

Status VersionStore::restore(const StateReader& state, const KeyGroups& own) {
    RW_TRY_ASSIGN(const std::vector<Batch> batches, readKept(state, kVersions, m_shape, own));
    RW_TRY_ASSIGN(const Instant passed, state.i64(kVersionsPassed, kMinTimestamp));
    if (passed == kMaxTimestamp) return {};
    // The versions of other states: their watermark need not be this one.
    auto others = std::exchange(m_ahead, {});
    for (const Batch& batch : batches) addKept(batch, everyRow(batch.rows));
    // Among the changes since the whole was written are versions that were dropped later. Nothing tells of
    // them, and nothing has to: at the barrier a key had the newest version that the watermark had reached
    // and those ahead of it, which are all here. What else is here was dropped because of the newest one, and
    // is again.
    m_gone.clear();
    while (!m_ahead.empty() && m_ahead.top().time <= passed) dropReached();
    remove(m_gone);
    for (; !others.empty(); others.pop()) m_ahead.push(others.top());
    return {};
}

}  // namespace rw

#include "core/stream/joins/join_ttl_index.h"

#include <memory>

#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/standing_rows.h"

namespace rw {

namespace {

/// Where the types differ they are whole numbers, and the larger takes both.
SchemaRef keptKeys(std::span<const Type> left, std::span<const Type> right) {
    Schema schema;
    for (std::size_t i = 0; i < left.size(); ++i) {
        const Type type = left[i] == right[i] ? left[i] : Type::of(TypeId::Bigint);
        schema.fields.push_back({"k" + std::to_string(i), type});
    }
    return std::make_shared<const Schema>(std::move(schema));
}

ColumnRef asBigint(const Column& numbers) {
    ColumnBuilder large(Type::of(TypeId::Bigint));
    large.reserve(numbers.size());
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        if (numbers.isNull(row)) {
            large.appendNull();
        } else {
            large.append(std::int64_t{numbers.at<std::int32_t>(row)});
        }
    }
    return large.finish();
}

/// Keys as they are written, each with the moment of its newest row.
Batch withNewest(Batch keys, std::span<const std::int64_t> newest, const SchemaRef& schema) {
    ColumnBuilder moments(Type::of(TypeId::Bigint));
    moments.reserve(newest.size());
    for (const std::int64_t each : newest) moments.append(each);
    keys.schema = schema;
    keys.columns.push_back(moments.finish());
    return keys;
}

}  // namespace

JoinTtlIndex::JoinTtlIndex(std::span<const Type> left, std::span<const Type> right)
    : m_keys(keptKeys(left, right)),
      m_written(writtenShape(*m_keys.schema())),
      m_byKey(m_keys, everyColumn(*m_keys.schema())) {}

JoinTtlIndex::Keys JoinTtlIndex::keysOf(const Batch& batch, std::span<const int> columns) const {
    Keys keys;
    keys.batch.schema = m_keys.schema();
    keys.batch.rows = batch.rows;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const ColumnRef& column = batch.columns[static_cast<std::size_t>(columns[i])];
        const bool same = column->type() == m_keys.schema()->fields[i].type;
        keys.batch.columns.push_back(same ? column : asBigint(*column));
        keys.columns.push_back(keys.batch.columns.back().get());
    }
    hashKeys(keys.columns, batch.rows, keys.hashes);
    return keys;
}

RowSlot JoinTtlIndex::find(const Keys& keys, std::uint32_t row) const {
    RowSlot found = kNoRow;
    m_byKey.forEach(keys.hashes[row], keys.columns, row, [&found](RowSlot slot) { found = slot; });
    return found;
}

void JoinTtlIndex::touch(const Keys& keys, std::uint32_t row, Instant moment) {
    RowSlot life = find(keys, row);
    if (life != kNoRow) {
        if (moment <= m_newest[life]) return;
        if (m_changes) m_changes->willChange(life);
        m_newest[life] = moment;
        return;
    }
    life = m_keys.add(keys.batch, row);
    m_byKey.add(life, keys.hashes[row]);
    if (m_changes) m_changes->came(life);
    m_newest.resize(m_keys.slots());
    m_queued.resize(m_keys.slots());
    m_newest[life] = m_queued[life] = moment;
    m_queue.emplace(moment, life);
}

JoinTtlIndex::Keys JoinTtlIndex::key(RowSlot life) const {
    return keysOf(m_keys.batchOf({&life, 1}), everyColumn(*m_keys.schema()));
}

void JoinTtlIndex::end(RowSlot life) {
    if (m_changes) m_changes->willLeave(life);
    m_queue.erase({m_queued[life], life});
    m_byKey.remove(life);
    m_keys.remove(life);
}

void JoinTtlIndex::requeue(RowSlot life) {
    m_queue.erase({m_queued[life], life});
    m_queued[life] = m_newest[life];
    m_queue.emplace(m_queued[life], life);
}

HeldShape JoinTtlIndex::writtenShape(const Schema& keys) {
    Schema schema = keys;
    schema.fields.push_back({"newest", Type::of(TypeId::Bigint)});
    const std::size_t columns = schema.size();
    return {std::make_shared<const Schema>(std::move(schema)), everyColumn(keys), ColumnSet(columns, true),
            false};
}

void JoinTtlIndex::write(std::string_view name, StateWriter& out) const {
    if (m_queue.empty()) return;
    std::vector<RowSlot> lives;
    for (const auto& [moment, life] : m_queue) lives.push_back(life);
    const Batch keys = m_keys.batchOf(lives);
    const std::vector<std::uint32_t> order = orderByColumns(keys);
    std::vector<std::int64_t> newest;
    for (const std::uint32_t row : order) newest.push_back(m_newest[lives[row]]);
    writeKept(name, withNewest(keys.select(order), newest, m_written.schema), m_written, out);
}

void JoinTtlIndex::freeze(bool whole) {
    const RowsBySlot& self = *this;
    if (!m_changes) m_changes = std::make_unique<ChangingSlots>(m_keys, self, kHeldVersion);
    m_changes->freeze(whole);
}

void JoinTtlIndex::writeRows(Batch rows, std::span<const std::int64_t> numbers, StateWriter& record) const {
    record.batch("rows", withNewest(std::move(rows), numbers, m_written.schema));
}

Status JoinTtlIndex::read(std::string_view name, const StateReader& state, const KeyGroups& own) {
    const std::vector<int> columns = everyColumn(*m_keys.schema());
    RW_TRY_ASSIGN(const std::vector<Batch> kept, readStanding(state, name, m_written, own));
    for (const Batch& batch : kept) {
        const Keys keys = keysOf(batch, columns);
        for (std::uint32_t row = 0; row < batch.rows; ++row)
            touch(keys, row, batch.columns.back()->at<std::int64_t>(row));
    }
    return {};
}

std::size_t JoinTtlIndex::memoryBytes() const {
    constexpr std::size_t kNode = sizeof(std::pair<Instant, RowSlot>) + 4 * sizeof(void*);
    return m_keys.memoryBytes() + m_byKey.memoryBytes() +
           (m_newest.capacity() + m_queued.capacity()) * sizeof(Instant) + m_queue.size() * kNode +
           (m_changes ? m_changes->memoryBytes() : 0);
}

}  // namespace rw

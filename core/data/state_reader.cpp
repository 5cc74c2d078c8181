#include "core/data/state_reader.h"

#include <cstring>

#include "core/data/state_layout.h"
#include "core/data/visit_type.h"

namespace rw {

Status brokenState(std::string_view what) {
    return {ErrorCode::Invalid, RW_TEXT("state", "The saved state is broken (%1).").with(what),
            RW_TEXT("state", "Start the run anew.")};
}

namespace {

using namespace state_layout;

/// Takes `size` bytes off the front, nothing where there are not so many.
bool take(std::string_view& from, std::size_t size, std::string_view& out) {
    if (from.size() < size) return false;
    out = from.substr(0, size);
    from.remove_prefix(size);
    return true;
}

template <class T>
bool take(std::string_view& from, T& out) {
    std::string_view bytes;
    if (!take(from, sizeof(T), bytes)) return false;
    std::memcpy(&out, bytes.data(), sizeof(T));
    return true;
}

template <class T>
Result<std::vector<T>> array(std::string_view bytes, std::uint64_t count) {
    if (bytes.size() / sizeof(T) != count || bytes.size() % sizeof(T) != 0)
        return brokenState("size of an array");
    std::vector<T> values(count);
    if (count > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
    return values;
}

Result<Validity> validityOf(const StateReader& record, std::uint64_t rows) {
    if (!record.has("valid")) return Validity();
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("valid"));
    RW_TRY_ASSIGN(auto words, array<std::uint64_t>(bytes, rows / 64 + (rows % 64 != 0 ? 1 : 0)));
    return Validity(std::move(words));
}

Result<ColumnRef> stringColumn(const StateReader& record, Type type, std::uint64_t rows) {
    RW_TRY_ASSIGN(const std::string_view sizeBytes, record.bytes("sizes"));
    RW_TRY_ASSIGN(const auto sizes, array<std::uint32_t>(sizeBytes, rows));
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("bytes"));
    RW_TRY_ASSIGN(Validity validity, validityOf(record, rows));
    std::uint64_t sum = 0;
    for (const std::uint32_t size : sizes) sum += size;
    if (sum != bytes.size()) return brokenState("bytes of texts");
    const std::shared_ptr<char[]> heap(new char[bytes.size() + 1]);
    if (!bytes.empty()) std::memcpy(heap.get(), bytes.data(), bytes.size());
    RawBytes values(rows * sizeof(StringRef));
    const char* at = heap.get();
    for (std::size_t row = 0; row < rows; ++row) {
        if (!validity.valid(row) && sizes[row] > 0) return brokenState("a text that is NULL");
        const StringRef value(at, sizes[row]);
        std::memcpy(values.data() + row * sizeof(StringRef), &value, sizeof value);
        at += sizes[row];
    }
    return ColumnRef(std::make_shared<const Column>(type, rows, std::move(values), std::move(validity),
                                                    std::vector<BytesRef>{BytesRef(heap, bytes.size() + 1)}));
}

Result<ColumnRef> plainColumn(const StateReader& record, Type type, std::uint64_t rows) {
    RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("values"));
    const std::size_t width = widthOf(type.id);
    if (bytes.size() / width != rows || bytes.size() % width != 0) return brokenState("values of a column");
    RW_TRY_ASSIGN(Validity validity, validityOf(record, rows));
    RawBytes values(bytes.size());
    if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
    for (std::size_t row = 0; row < rows; ++row) {
        if (!validity.valid(row)) std::memset(values.data() + row * width, 0, width);
        if (type.is(TypeId::Boolean) && values[row] > std::byte{1}) return brokenState("a truth value");
    }
    return ColumnRef(std::make_shared<const Column>(type, rows, std::move(values), std::move(validity)));
}

/// Columns, kinds, stamps and positions of a batch, each of as many rows as it says.
Status readColumns(const StateReader& record, Batch& batch) {
    auto schema = std::make_shared<Schema>();
    RW_TRY_ASSIGN(const auto columns, record.records("column"));
    for (const StateReader& column : columns) {
        RW_TRY_ASSIGN(const std::string_view name, column.bytes("name"));
        RW_TRY_ASSIGN(const std::string_view typeName, column.bytes("type"));
        RW_TRY_ASSIGN(const Type type, parseType(typeName));
        schema->fields.push_back({std::string(name), type});
        ColumnRef values;
        if (column.has("values")) {
            RW_TRY_ASSIGN(values, column.column("values"));
            if (values->type() != type || values->size() != batch.rows)
                return brokenState("a column of a batch");
        }
        batch.columns.push_back(std::move(values));
    }
    batch.schema = std::move(schema);
    return {};
}

Status readRows(const StateReader& record, Batch& batch) {
    if (record.has("kinds")) {
        RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("kinds"));
        RW_TRY_ASSIGN(auto kinds, array<RowKind>(bytes, batch.rows));
        for (const RowKind kind : kinds) {
            if (kind > RowKind::Delete) return brokenState("the kind of a row");
        }
        batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
    }
    if (record.has("stamps")) {
        RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("stamps"));
        RW_TRY_ASSIGN(auto stamps, array<Instant>(bytes, batch.rows));
        batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
    }
    RW_TRY_ASSIGN(batch.positions.first, record.i64("first_position", -1));
    if (record.has("positions")) {
        RW_TRY_ASSIGN(const std::string_view bytes, record.bytes("positions"));
        RW_TRY_ASSIGN(auto offsets, array<std::uint32_t>(bytes, batch.rows));
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(std::move(offsets));
    }
    return {};
}

}  // namespace

Result<StateReader> StateReader::open(std::string_view bytes) {
    std::string_view magic;
    std::uint64_t sum = 0;
    if (!take(bytes, kMagic.size(), magic) || magic != kMagic || !take(bytes, sum))
        return brokenState("no seal");
    if (sum != checksum(bytes)) return brokenState("checksum");
    return unsealed(bytes);
}

Result<StateReader> StateReader::unsealed(std::string_view record) {
    StateReader reader;
    if (!take(record, reader.m_version)) return brokenState("version");
    while (!record.empty()) {
        Field field{};
        std::uint8_t type = 0;
        std::uint16_t nameSize = 0;
        std::uint64_t size = 0;
        if (!take(record, type) || !take(record, field.group) || !take(record, nameSize) ||
            !take(record, nameSize, field.name) || !take(record, size) || !take(record, size, field.payload))
            return brokenState("a field");
        field.type = static_cast<StateType>(type);  // unknown types are passed over
        reader.m_fields.push_back(field);
    }
    return reader;
}

const StateReader::Field* StateReader::find(std::string_view name) const {
    for (const Field& field : m_fields) {
        if (field.name == name) return &field;
    }
    return nullptr;
}

Result<std::string_view> StateReader::payload(std::string_view name, StateType type) const {
    const Field* field = find(name);
    if (field == nullptr) {
        return Status(ErrorCode::Invalid, RW_TEXT("state", "The saved state has no “%1”.").with(name),
                      RW_TEXT("state", "Start the run anew."));
    }
    if (field->type != type) return brokenState("type of a field");
    return field->payload;
}

template <class T>
Result<T> StateReader::number(std::string_view name, StateType type) const {
    RW_TRY_ASSIGN(std::string_view bytes, payload(name, type));
    T value{};
    if (bytes.size() != sizeof value) return brokenState("size of a number");
    std::memcpy(&value, bytes.data(), sizeof value);
    return value;
}

Result<std::int64_t> StateReader::i64(std::string_view name) const {
    return number<std::int64_t>(name, StateType::I64);
}
Result<std::uint64_t> StateReader::u64(std::string_view name) const {
    return number<std::uint64_t>(name, StateType::U64);
}
Result<double> StateReader::f64(std::string_view name) const {
    return number<double>(name, StateType::F64);
}
Result<std::string_view> StateReader::bytes(std::string_view name) const {
    return payload(name, StateType::Bytes);
}
Result<StateReader> StateReader::record(std::string_view name) const {
    RW_TRY_ASSIGN(const std::string_view bytes, payload(name, StateType::Record));
    return unsealed(bytes);
}

Result<std::int64_t> StateReader::i64(std::string_view name, std::int64_t otherwise) const {
    return has(name) ? i64(name) : otherwise;
}
Result<std::uint64_t> StateReader::u64(std::string_view name, std::uint64_t otherwise) const {
    return has(name) ? u64(name) : otherwise;
}
Result<double> StateReader::f64(std::string_view name, double otherwise) const {
    return has(name) ? f64(name) : otherwise;
}
Result<std::string_view> StateReader::bytes(std::string_view name, std::string_view otherwise) const {
    return has(name) ? bytes(name) : otherwise;
}

Result<std::vector<StateReader>> StateReader::records(std::string_view name) const {
    std::vector<StateReader> found;
    for (const Field& field : m_fields) {
        if (field.name != name || field.type != StateType::Record) continue;
        RW_TRY_ASSIGN(StateReader record, unsealed(field.payload));
        found.push_back(std::move(record));
    }
    return found;
}

Result<std::vector<std::pair<int, StateReader>>> StateReader::keyed(std::string_view name) const {
    std::vector<std::pair<int, StateReader>> found;
    for (const Field& field : m_fields) {
        if (field.name != name || field.type != StateType::KeyedRecord) continue;
        RW_TRY_ASSIGN(StateReader record, unsealed(field.payload));
        found.emplace_back(field.group, std::move(record));
    }
    return found;
}

Result<std::vector<std::pair<std::string_view, StateReader>>> StateReader::files() const {
    std::vector<std::pair<std::string_view, StateReader>> found;
    for (const Field& field : m_fields) {
        if (field.type != StateType::File) continue;
        RW_TRY_ASSIGN(StateReader record, unsealed(field.payload));
        found.emplace_back(field.name, std::move(record));
    }
    return found;
}

Result<ColumnRef> StateReader::column(std::string_view name) const {
    RW_TRY_ASSIGN(const StateReader read, record(name));
    if (read.version() != kColumnVersion) return brokenState("version of a column");
    RW_TRY_ASSIGN(const std::string_view typeName, read.bytes("type"));
    RW_TRY_ASSIGN(const Type type, parseType(typeName));
    RW_TRY_ASSIGN(const std::uint64_t rows, read.u64("rows"));
    return isReference(type.id) ? stringColumn(read, type, rows) : plainColumn(read, type, rows);
}

Result<Batch> StateReader::batch(std::string_view name) const {
    RW_TRY_ASSIGN(const StateReader read, record(name));
    if (read.version() != kBatchVersion) return brokenState("version of a batch");
    Batch batch;
    RW_TRY_ASSIGN(batch.rows, read.u64("rows"));
    RW_TRY(readColumns(read, batch));
    RW_TRY(readRows(read, batch));
    RW_TRY_ASSIGN(batch.watermark, read.i64("watermark"));
    RW_TRY_ASSIGN(batch.wire, read.i64("wire", 0));
    return batch;
}

}  // namespace rw

#include "core/data/state_writer.h"

#include <bit>
#include <cstring>

#include "core/data/state_layout.h"
#include "core/data/visit_type.h"

namespace rw {

static_assert(std::endian::native == std::endian::little, "columns are written as they lie in memory");

using namespace state_layout;

StateWriter::StateWriter(std::uint32_t version) {
    m_bytes.assign(kSealSize, '\0');
    put(&version, sizeof version);
}

void StateWriter::put(const void* bytes, std::size_t size) {
    if (size > 0) m_bytes.append(static_cast<const char*>(bytes), size);
}

std::size_t StateWriter::begin(StateType type, std::uint8_t group, std::string_view name) {
    const auto nameSize = static_cast<std::uint16_t>(name.size());
    m_bytes.push_back(static_cast<char>(type));
    m_bytes.push_back(static_cast<char>(group));
    put(&nameSize, sizeof nameSize);
    put(name.data(), nameSize);
    const std::size_t at = m_bytes.size();
    m_bytes.append(sizeof(std::uint64_t), '\0');
    return at;
}

void StateWriter::end(std::size_t at) {
    const std::uint64_t size = m_bytes.size() - at - sizeof(std::uint64_t);
    std::memcpy(m_bytes.data() + at, &size, sizeof size);
}

void StateWriter::field(StateType type, std::string_view name, const void* payload, std::size_t size) {
    const std::size_t at = begin(type, 0, name);
    put(payload, size);
    end(at);
}

void StateWriter::i64(std::string_view name, std::int64_t value) {
    field(StateType::I64, name, &value, sizeof value);
}
void StateWriter::u64(std::string_view name, std::uint64_t value) {
    field(StateType::U64, name, &value, sizeof value);
}
void StateWriter::f64(std::string_view name, double value) {
    field(StateType::F64, name, &value, sizeof value);
}
void StateWriter::bytes(std::string_view name, std::string_view value) {
    field(StateType::Bytes, name, value.data(), value.size());
}

void StateWriter::column(std::string_view name, const Column& column) {
    record(name, kColumnVersion, [&column](StateWriter& out) {
        out.bytes("type", toString(column.type()));
        out.u64("rows", column.size());
        if (const auto& words = column.validity().words(); !words.empty())
            out.field(StateType::Bytes, "valid", words.data(), words.size() * sizeof words[0]);
        if (!isReference(column.type().id)) {
            out.field(StateType::Bytes, "values", column.raw(), column.size() * widthOf(column.type().id));
            return;
        }
        // references mean nothing elsewhere: sizes, then the bytes of all
        const std::size_t sizes = out.begin(StateType::Bytes, 0, "sizes");
        for (const StringRef& value : column.values<StringRef>()) {
            const std::uint32_t size = value.size();
            out.put(&size, sizeof size);
        }
        out.end(sizes);
        const std::size_t bytes = out.begin(StateType::Bytes, 0, "bytes");
        for (const StringRef& value : column.values<StringRef>()) out.put(value.data(), value.size());
        out.end(bytes);
    });
}

void StateWriter::batch(std::string_view name, const Batch& batch) {
    record(name, kBatchVersion, [&batch](StateWriter& out) {
        out.u64("rows", batch.rows);
        for (std::size_t i = 0; i < batch.columns.size(); ++i) {
            out.record("column", 1, [&](StateWriter& field) {
                field.bytes("name", batch.schema->fields[i].name);
                field.bytes("type", toString(batch.schema->fields[i].type));
                if (batch.columns[i]) field.column("values", *batch.columns[i]);
            });
        }
        if (batch.kinds) out.field(StateType::Bytes, "kinds", batch.kinds->data(), batch.kinds->size());
        if (batch.stamps) {
            out.field(StateType::Bytes, "stamps", batch.stamps->data(),
                      batch.stamps->size() * sizeof(Instant));
        }
        out.i64("first_position", batch.positions.first);
        if (const auto& offsets = batch.positions.offsets) {
            out.field(StateType::Bytes, "positions", offsets->data(),
                      offsets->size() * sizeof(std::uint32_t));
        }
        out.i64("watermark", batch.watermark);
        out.i64("wire", batch.wire);
    });
}

namespace {
void seal(std::string& record) {
    const std::uint64_t sum = checksum(std::string_view(record).substr(kSealSize));
    std::memcpy(record.data(), kMagic.data(), kMagic.size());
    std::memcpy(record.data() + kMagic.size(), &sum, sizeof sum);
}
}  // namespace

std::string StateWriter::finish() {
    seal(m_bytes);
    std::string out = std::move(m_bytes);
    *this = StateWriter();
    return out;
}

std::string StateWriter::takeFields() {
    m_bytes.erase(0, kSealSize + sizeof(std::uint32_t));
    std::string out = std::move(m_bytes);
    *this = StateWriter();
    return out;
}

void StateWriter::sealAnew(std::string& record) {
    if (record.size() >= kSealSize && record.starts_with(kMagic)) seal(record);
}

}  // namespace rw

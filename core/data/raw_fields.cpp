#include "core/data/raw_fields.h"

#include <cstring>

#include "core/data/state_layout.h"
#include "core/data/state_reader.h"

namespace rw {

namespace {

constexpr std::size_t kVersionSize = sizeof(std::uint32_t);

/// Takes `size` bytes off the front; false where there are not so many.
bool takeBytes(std::string_view& from, std::uint64_t size, std::string_view& out) {
    if (from.size() < size) return false;
    out = from.substr(0, static_cast<std::size_t>(size));
    from.remove_prefix(out.size());
    return true;
}

template <class T>
bool takeNumber(std::string_view& from, T& out) {
    std::string_view bytes;
    if (!takeBytes(from, sizeof out, bytes)) return false;
    std::memcpy(&out, bytes.data(), sizeof out);
    return true;
}

}  // namespace

Result<RawRecord> rawRecord(std::string_view bytes) {
    RawRecord out;
    if (!takeNumber(bytes, out.version)) return brokenState("version");
    RW_TRY_ASSIGN(out.fields, rawFields(bytes));
    return out;
}

Result<std::vector<RawField>> rawFields(std::string_view bytes) {
    std::vector<RawField> fields;
    while (!bytes.empty()) {
        const std::string_view begin = bytes;
        RawField& field = fields.emplace_back();
        std::uint8_t type = 0, group = 0;
        std::uint16_t nameSize = 0;
        std::uint64_t size = 0;
        if (!takeNumber(bytes, type) || !takeNumber(bytes, group) || !takeNumber(bytes, nameSize) ||
            !takeBytes(bytes, nameSize, field.name) || !takeNumber(bytes, size) ||
            !takeBytes(bytes, size, field.payload))
            return brokenState("a field");
        field.type = static_cast<StateType>(type);
        field.group = group;
        field.all = begin.substr(0, begin.size() - bytes.size());
    }
    return fields;
}

RawRecordWriter::RawRecordWriter(std::uint32_t version) {
    m_bytes.append(reinterpret_cast<const char*>(&version), sizeof version);
}

void RawRecordWriter::field(const RawField& like, std::string_view payload) {
    const std::uint64_t size = payload.size();
    m_bytes += like.all.substr(0, like.all.size() - like.payload.size() - sizeof size);
    m_bytes.append(reinterpret_cast<const char*>(&size), sizeof size);
    m_bytes += payload;
}

std::string RawRecordWriter::sealed() const {
    const std::uint64_t sum = state_layout::checksum(m_bytes);
    std::string out(state_layout::kMagic);
    out.append(reinterpret_cast<const char*>(&sum), sizeof sum);
    return out + m_bytes;
}

}  // namespace rw

#include "core/connect/avro/writer_schemas.h"

namespace rw {

std::optional<WriterSchemas::Known> WriterSchemas::find(std::uint32_t id) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_known.find(id);
    if (found == m_known.end()) return std::nullopt;
    return found->second;
}

void WriterSchemas::add(std::uint32_t id, Known known) {
    const std::lock_guard lock(m_mutex);
    m_known.insert_or_assign(id, std::move(known));
}

std::optional<std::uint32_t> schemaIdOf(std::string_view message) {
    if (message.size() < kRegistryHead || message.front() != '\0') return std::nullopt;
    std::uint32_t id = 0;
    for (const char byte : message.substr(1, kRegistryHead - 1))
        id = (id << 8) | static_cast<unsigned char>(byte);
    return id;
}

}  // namespace rw

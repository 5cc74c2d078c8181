#include "core/connect/avro/writer_schemas.h"

#include <algorithm>
#include <utility>

namespace rw {

std::optional<WriterSchemas::Known> WriterSchemas::find(std::uint32_t id) const {
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_known.find(id); found != m_known.end()) return found->second;
    const auto missing = m_missing.find(id);
    if (missing == m_missing.end()) return std::nullopt;
    return Known{nullptr, missing->second.reason};
}

void WriterSchemas::add(std::uint32_t id, Known known) {
    const std::lock_guard lock(m_mutex);
    m_known.insert_or_assign(id, std::move(known));
    m_largest = std::max(m_largest, id);
}

void WriterSchemas::miss(std::uint32_t id, Text reason, std::int64_t now) {
    const std::lock_guard lock(m_mutex);
    if (isFar(id)) ++m_farMisses;
    if (m_missing.insert_or_assign(id, Missing{std::move(reason), now}).second) m_order.push_back(id);
    if (m_order.size() <= kMostMissing) return;
    m_missing.erase(m_order.front());
    m_order.pop_front();
}

bool WriterSchemas::mayAsk(std::uint32_t id, std::int64_t now) {
    const std::lock_guard lock(m_mutex);
    if (m_known.contains(id) || m_known.size() >= kMostSchemas) return false;
    const auto missing = m_missing.find(id);
    if (missing != m_missing.end() && now - missing->second.at < kForgottenAfter) return false;
    if (now - m_countedFrom >= kForgottenAfter) {
        m_countedFrom = now;
        m_farMisses = 0;
    }
    return !isFar(id) || m_farMisses < kMostFarMisses;
}

std::optional<std::uint32_t> schemaIdOf(std::string_view message) {
    if (message.size() < kRegistryHead || message.front() != '\0') return std::nullopt;
    std::uint32_t id = 0;
    for (const char byte : message.substr(1, kRegistryHead - 1))
        id = (id << 8) | static_cast<unsigned char>(byte);
    return id;
}

}  // namespace rw

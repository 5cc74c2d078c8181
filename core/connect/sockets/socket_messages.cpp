#include "core/connect/sockets/socket_messages.h"

#include <array>

namespace rw {

void SocketMessages::add(std::string_view message, const std::string& sender) {
    if (m_senders.empty() || m_senders.back() != sender) m_senders.push_back(sender);
    m_messages.push_back({m_bytes.size(), message.size(), m_senders.size() - 1});
    m_bytes += message;
}

Status SocketMessages::keep(Journal& journal, Instant arrived) {
    if (m_messages.empty()) return {};
    std::vector<std::array<MessageHeader, 1>> headers;
    headers.reserve(m_messages.size());
    std::vector<ReceivedMessage> messages;
    messages.reserve(m_messages.size());
    for (const Place& place : m_messages) {
        headers.push_back({MessageHeader{"sender", m_senders[place.sender]}});
        ReceivedMessage& message = messages.emplace_back();
        message.value = std::string_view(m_bytes).substr(place.begin, place.size);
        message.headers = headers.back();
    }
    const Status kept = journal.append(messages, arrived);
    if (!kept.ok()) journal.figures().lost += m_messages.size();
    m_messages.clear();
    m_senders.clear();
    m_bytes.clear();
    return kept;
}

}  // namespace rw

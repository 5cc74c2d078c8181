#include "core/connect/formats/received_messages.h"

#include <algorithm>
#include <cstring>

namespace rw {

namespace {

std::size_t sizeOfPart(const std::optional<std::string_view>& text) {
    return text ? text->size() : 0;
}

}  // namespace

bool ReceivedMessages::fits(const ReceivedMessage& message) const {
    std::size_t bytes = sizeOfPart(message.value);
    if (m_wanted.key) bytes += sizeOfPart(message.key);
    if (!m_wanted.headers.empty()) {
        for (const MessageHeader& header : message.headers) bytes += sizeOfPart(header.value);
    }
    return m_messages.empty() || (bytes < kMostBytes && m_end + bytes < kMostBytes);
}

void ReceivedMessages::add(const ReceivedMessage& message) {
    Message kept;
    kept.value = put(message.value);
    if (m_wanted.key) kept.key = put(message.key);
    if (m_wanted.timestamp) kept.timestamp = message.timestamp;
    kept.partition = message.partition;
    kept.offset = message.offset;
    if (m_wanted.topic) {
        // Messages of one topic mostly come one behind another; but each sensor may have a topic of its own.
        const bool same = !m_messages.empty() && m_topics[m_messages.back().topic] == message.topic;
        kept.topic = same ? m_messages.back().topic : numberOfTopic(message.topic);
    }
    for (const std::string& name : m_wanted.headers) {
        std::optional<std::string_view> last;
        for (const MessageHeader& header : message.headers) {
            if (header.name == name) last = header.value;
        }
        m_headers.push_back(put(last));
    }
    m_messages.push_back(kept);
}

std::uint32_t ReceivedMessages::numberOfTopic(std::string_view topic) {
    if (const auto known = m_topicNumbers.find(topic); known != m_topicNumbers.end()) return known->second;
    const auto number = static_cast<std::uint32_t>(m_topics.size());
    m_topics.emplace_back(topic);
    m_topicNumbers.emplace(topic, number);
    return number;
}

ReceivedMessages::Place ReceivedMessages::put(std::optional<std::string_view> text) {
    if (!text) return {};
    constexpr std::size_t kFirstBytes = std::size_t{64} << 10;
    const std::size_t end = m_end + text->size();
    if (!m_buffer || m_buffer->capacity() < end) {
        const std::size_t twice = m_buffer ? 2 * m_buffer->capacity() : kFirstBytes;
        auto larger = std::make_shared<ByteBuffer>(std::max(twice, end));
        if (m_end > 0) std::memcpy(larger->data(), m_buffer->data(), m_end);
        m_buffer = std::move(larger);
    }
    if (!text->empty()) std::memcpy(m_buffer->data() + m_end, text->data(), text->size());
    const Place place{static_cast<std::uint32_t>(m_end), static_cast<std::int32_t>(text->size())};
    m_end = end;
    return place;
}

std::optional<std::string_view> ReceivedMessages::at(Place place) const {
    if (place.size < 0) return std::nullopt;
    return std::string_view(m_buffer->data() + place.begin, static_cast<std::size_t>(place.size));
}

std::optional<std::string_view> ReceivedMessages::header(std::size_t i, std::size_t name) const {
    return at(m_headers[i * m_wanted.headers.size() + name]);
}

std::string_view ReceivedMessages::topic(std::size_t i) const {
    return m_wanted.topic ? std::string_view(m_topics[m_messages[i].topic]) : std::string_view();
}

BytesRef ReceivedMessages::owner() const {
    return {m_buffer, m_buffer ? m_buffer->capacity() : 0};
}

}  // namespace rw

// Messages as a client library gave them, copied: the chunk that a source hands on to its decoder.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"
#include "core/connect/files/byte_buffer.h"
#include "core/connect/formats/message_part.h"
#include "core/data/string_ref.h"

namespace rw {

struct MessageHeader {
    std::string_view name{};
    std::optional<std::string_view> value{};  ///< nothing: null
};

/// One message; all of it is the caller's. What a system does not know of it stays empty, and is NULL.
struct ReceivedMessage {
    std::optional<std::string_view> value{};  ///< nothing: null, a tombstone
    std::optional<std::string_view> key{};
    std::optional<Instant> timestamp{};
    std::optional<std::int32_t> partition{};
    std::optional<std::int64_t> offset{};
    std::string_view topic{};
    std::span<const MessageHeader> headers{};
};

/// Which parts columns read: the others need not be given, and are not copied.
struct WantedParts {
    bool key = false, timestamp = false, topic = false;
    std::vector<std::string> headers{};  ///< names, each once
};

/// In the order in which they were added. Built by one thread; from then on immutable, for any thread.
class ReceivedMessages {
 public:
    /// Bytes of all messages of one chunk: what does not fit goes into another.
    static constexpr std::size_t kMostBytes = std::size_t{1} << 30;

    explicit ReceivedMessages(WantedParts wanted = {}) : m_wanted(std::move(wanted)) {}
    ReceivedMessages(ReceivedMessages&&) = default;
    ReceivedMessages& operator=(ReceivedMessages&&) = default;

    /// Whether add() may be called with it: always for the first message of less than kMostBytes.
    bool fits(const ReceivedMessage& message) const;
    /// Copies the value, and the parts that are wanted; partition and offset always, which errors name.
    void add(const ReceivedMessage& message);

    std::size_t size() const { return m_messages.size(); }
    bool empty() const { return m_messages.empty(); }
    /// That they keep in memory.
    std::size_t bytes() const { return m_end + m_messages.size() * sizeof(Message); }
    const WantedParts& wanted() const { return m_wanted; }

    // Of message i. Behind each text kReadAhead bytes can be read.
    std::optional<std::string_view> value(std::size_t i) const { return at(m_messages[i].value); }
    std::optional<std::string_view> key(std::size_t i) const { return at(m_messages[i].key); }
    /// The last header of that name, `name` being the index in WantedParts::headers.
    std::optional<std::string_view> header(std::size_t i, std::size_t name) const;
    std::optional<Instant> timestamp(std::size_t i) const { return m_messages[i].timestamp; }
    std::optional<std::int32_t> partition(std::size_t i) const { return m_messages[i].partition; }
    std::optional<std::int64_t> offset(std::size_t i) const { return m_messages[i].offset; }
    std::string_view topic(std::size_t i) const;
    /// Keeps all these bytes alive.
    BytesRef owner() const;

 private:
    struct Place {
        std::uint32_t begin = 0;
        std::int32_t size = -1;  ///< -1: null
    };
    struct Message {
        Place value{}, key{};
        std::optional<Instant> timestamp{};
        std::optional<std::int32_t> partition{};
        std::optional<std::int64_t> offset{};
        std::uint32_t topic = 0;
    };
    Place put(std::optional<std::string_view> text);
    std::uint32_t numberOfTopic(std::string_view topic);
    std::optional<std::string_view> at(Place place) const;

    WantedParts m_wanted;
    BufferRef m_buffer{};
    std::size_t m_end = 0;  ///< of the bytes in the buffer
    std::vector<Message> m_messages{};
    std::vector<Place> m_headers{};       ///< for each message one per wanted header
    std::vector<std::string> m_topics{};  ///< Message::topic is one of them
    std::map<std::string, std::uint32_t, std::less<>> m_topicNumbers{};
};

}  // namespace rw

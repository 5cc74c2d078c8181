#include "core/connect/journal/journal_messages.h"

#include <cstdint>
#include <cstring>
#include <limits>
#include <vector>

#include "core/data/state_reader.h"

namespace rw {

namespace {

/// Which parts a message has.
enum SavedPart : std::uint8_t {
    kHasValue = 1,
    kHasKey = 2,
    kHasTimestamp = 4,
    kHasPartition = 8,
    kHasOffset = 16
};

template <class T>
void putNumber(std::string& out, T value) {
    out.append(reinterpret_cast<const char*>(&value), sizeof value);
}

void putText(std::string& out, std::string_view text) {
    putNumber(out, static_cast<std::uint32_t>(text.size()));
    out += text;
}

/// Takes numbers and texts from the front of bytes of any content.
class SavedBytes {
 public:
    explicit SavedBytes(std::string_view bytes) : m_left(bytes) {}

    template <class T>
    T number() {
        T value{};
        if (m_left.size() < sizeof value) {
            m_broken = true;
            return value;
        }
        std::memcpy(&value, m_left.data(), sizeof value);
        m_left.remove_prefix(sizeof value);
        return value;
    }
    std::string_view text() {
        const auto size = number<std::uint32_t>();
        if (m_broken || m_left.size() < size) {
            m_broken = true;
            return {};
        }
        const std::string_view found = m_left.substr(0, size);
        m_left.remove_prefix(size);
        return found;
    }
    bool isBroken() const { return m_broken; }
    bool isEmpty() const { return m_left.empty(); }

 private:
    std::string_view m_left;
    bool m_broken = false;
};

void putMessage(std::string& out, const ReceivedMessage& message) {
    const auto part = [](bool there, SavedPart which) { return there ? static_cast<unsigned>(which) : 0U; };
    putNumber(out, static_cast<std::uint8_t>(part(message.value.has_value(), kHasValue) |
                                             part(message.key.has_value(), kHasKey) |
                                             part(message.timestamp.has_value(), kHasTimestamp) |
                                             part(message.partition.has_value(), kHasPartition) |
                                             part(message.offset.has_value(), kHasOffset)));
    putNumber(out, static_cast<std::uint32_t>(message.headers.size()));
    putText(out, message.topic);
    if (message.value) putText(out, *message.value);
    if (message.key) putText(out, *message.key);
    if (message.timestamp) putNumber(out, static_cast<std::int64_t>(*message.timestamp));
    if (message.partition) putNumber(out, *message.partition);
    if (message.offset) putNumber(out, *message.offset);
    for (const MessageHeader& header : message.headers) {
        putNumber(out, static_cast<std::uint8_t>(header.value ? 1 : 0));
        putText(out, header.name);
        if (header.value) putText(out, *header.value);
    }
}

/// The texts of `message` lie in the bytes, its headers in `headers`.
void takeMessage(SavedBytes& bytes, ReceivedMessage& message, std::vector<MessageHeader>& headers) {
    const auto parts = bytes.number<std::uint8_t>();
    const auto count = bytes.number<std::uint32_t>();
    const auto has = [parts](SavedPart which) { return (parts & which) != 0; };
    message.topic = bytes.text();
    if (has(kHasValue)) message.value = bytes.text();
    if (has(kHasKey)) message.key = bytes.text();
    if (has(kHasTimestamp)) message.timestamp = bytes.number<std::int64_t>();
    if (has(kHasPartition)) message.partition = bytes.number<std::int32_t>();
    if (has(kHasOffset)) message.offset = bytes.number<std::int64_t>();
    headers.clear();
    for (std::uint32_t i = 0; i < count && !bytes.isBroken(); ++i) {
        MessageHeader header;
        const bool hasValue = bytes.number<std::uint8_t>() != 0;
        header.name = bytes.text();
        if (hasValue) header.value = bytes.text();
        headers.push_back(header);
    }
    message.headers = headers;
}

}  // namespace

std::string savedMessages(std::span<const ReceivedMessage> messages, Instant arrived) {
    std::string out;
    putNumber(out, static_cast<std::int64_t>(arrived));
    putNumber(out, static_cast<std::uint32_t>(messages.size()));
    for (const ReceivedMessage& message : messages) putMessage(out, message);
    return out;
}

Instant arrivalOf(std::string_view block) {
    return SavedBytes(block).number<std::int64_t>();
}

Result<std::size_t> loadMessages(std::string_view block, std::size_t skipped, ReceivedMessages& out,
                                 Instant& arrived) {
    SavedBytes bytes(block);
    arrived = bytes.number<std::int64_t>();
    const auto count = bytes.number<std::uint32_t>();
    std::vector<MessageHeader> headers;
    std::size_t added = 0;
    for (std::uint32_t i = 0; i < count; ++i) {
        ReceivedMessage message;
        takeMessage(bytes, message, headers);
        if (bytes.isBroken()) return brokenState("a block of a journal");
        if (i < skipped) continue;
        if (!out.fits(message)) return added;
        out.add(message);
        ++added;
    }
    if (bytes.isBroken() || !bytes.isEmpty()) return brokenState("a block of a journal");
    return added;
}

}  // namespace rw

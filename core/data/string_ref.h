// How strings lie in a column: 16-byte references into shared bytes.
#pragma once
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <utility>

namespace rw {

/// Bytes that string values point into, and how many there are. Kept alive by every column that refers to
/// them, all of them even for the sake of one value.
class BytesRef {
 public:
    BytesRef(std::shared_ptr<const void> bytes, std::size_t size) : m_bytes(std::move(bytes)), m_size(size) {}
    std::size_t size() const { return m_size; }
    /// By address: the same bytes are equal.
    friend bool operator==(const BytesRef& a, const BytesRef& b) { return a.m_bytes == b.m_bytes; }
    friend bool operator<(const BytesRef& a, const BytesRef& b) { return a.m_bytes < b.m_bytes; }

 private:
    std::shared_ptr<const void> m_bytes;
    std::size_t m_size;
};

/// A string value of a column: up to 12 bytes lie inside, longer ones in one of the column's shared buffers.
/// Equal lengths and prefixes decide most comparisons without touching the buffer.
class StringRef {
 public:
    static constexpr std::uint32_t kInline = 12;
    static constexpr std::size_t kLongest = UINT32_MAX;  ///< the longest text that a value can be
    StringRef() = default;
    /// Refers to `bytes`; they must outlive the value unless they are at most kInline long. Throws
    /// std::length_error if they are more than kLongest.
    StringRef(const char* bytes, std::size_t size) : m_size(static_cast<std::uint32_t>(size)) {
        if (size <= kInline) {
            if (size > 0) std::memcpy(m_tail.chars, bytes, size);  // nothing may lie at no address
        } else {
            if (size > kLongest) throwTooLong(size);
            std::memcpy(m_tail.far.prefix, bytes, 4);
            std::memcpy(m_tail.far.pointer, &bytes, sizeof bytes);
        }
    }
    explicit StringRef(std::string_view text) : StringRef(text.data(), text.size()) {}

    /// As the constructor, where at least kInline bytes can be read at `bytes` for any size: no copy of
    /// varying length for short strings.
    static StringRef fromPadded(const char* bytes, std::size_t size) {
        if (size > kInline) return StringRef(bytes, size);
        StringRef ref;
        ref.m_size = static_cast<std::uint32_t>(size);
        std::uint64_t low = 0;
        std::uint32_t high = 0;
        std::memcpy(&low, bytes, 8);
        std::memcpy(&high, bytes + 8, 4);
        low = size >= 8 ? low : low & ((std::uint64_t{1} << (8 * size)) - 1);
        high = size <= 8 ? 0 : size == kInline ? high : high & ((1U << (8 * (size - 8))) - 1);
        std::memcpy(ref.m_tail.chars, &low, 8);
        std::memcpy(ref.m_tail.chars + 8, &high, 4);
        return ref;
    }

    std::uint32_t size() const { return m_size; }
    bool isInline() const { return m_size <= kInline; }
    const char* data() const {
        if (isInline()) return m_tail.chars;
        const char* pointer = nullptr;
        std::memcpy(&pointer, m_tail.far.pointer, sizeof pointer);
        return pointer;
    }
    std::string_view view() const { return {data(), m_size}; }
    friend bool operator==(const StringRef& a, const StringRef& b) {
        std::uint64_t headA = 0, headB = 0;  // size and the first four bytes
        std::memcpy(&headA, &a, 8);
        std::memcpy(&headB, &b, 8);
        if (headA != headB) return false;
        std::uint64_t tailA = 0, tailB = 0;  // the other bytes of a short text, the address of a long one
        std::memcpy(&tailA, a.m_tail.far.pointer, 8);
        std::memcpy(&tailB, b.m_tail.far.pointer, 8);
        return tailA == tailB || (!a.isInline() && a.view() == b.view());
    }

 private:
    [[noreturn]] static void throwTooLong(std::size_t size);  // not inline: it is never on the way

    std::uint32_t m_size = 0;
    union {
        char chars[kInline] = {};
        struct {
            char prefix[4];
            char pointer[8];
        } far;
    } m_tail;
};
static_assert(sizeof(StringRef) == 16);

}  // namespace rw

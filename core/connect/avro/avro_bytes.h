// The binary encoding of Avro, a value at a time:
// https://avro.apache.org/docs/1.11.1/specification/#binary-encoding
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "core/data/type.h"

namespace rw {

/// Values of one message, in their order. Each call gives false where the bytes are no such value; then
/// nothing more may be read.
class AvroBytes {
 public:
    explicit AvroBytes(std::string_view bytes) : m_left(bytes) {}

    bool atEnd() const { return m_left.empty(); }
    std::string_view left() const { return m_left; }

    /// int and long: the lowest seven bits first, then zigzag.
    bool readLong(std::int64_t& value) {
        std::uint64_t bits = 0;
        for (unsigned shift = 0, at = 0; shift < 64; shift += 7, ++at) {
            if (at == m_left.size()) return false;
            const auto byte = static_cast<unsigned char>(m_left[at]);
            if (shift == 63 && byte > 1) return false;  // beyond 64 bits
            bits |= std::uint64_t{byte & 0x7FU} << shift;
            if ((byte & 0x80U) != 0) continue;
            m_left.remove_prefix(at + 1);
            value = static_cast<std::int64_t>((bits >> 1) ^ (0 - (bits & 1)));
            return true;
        }
        return false;
    }
    bool readInt(std::int64_t& value) { return readLong(value) && value == static_cast<std::int32_t>(value); }
    bool readBoolean(std::int64_t& value) {
        if (m_left.empty() || static_cast<unsigned char>(m_left.front()) > 1) return false;
        value = m_left.front();
        m_left.remove_prefix(1);
        return true;
    }
    bool readFloat(double& value) {
        std::uint32_t bits = 0;
        if (!readLittle(bits)) return false;
        value = static_cast<double>(std::bit_cast<float>(bits));
        return true;
    }
    bool readDouble(double& value) {
        std::uint64_t bits = 0;
        if (!readLittle(bits)) return false;
        value = std::bit_cast<double>(bits);
        return true;
    }
    /// bytes and string: their length before them.
    bool readText(std::string_view& text) {
        std::int64_t size = 0;
        return readLong(size) && size >= 0 && take(static_cast<std::uint64_t>(size), text);
    }
    bool take(std::uint64_t size, std::string_view& bytes) {
        if (size > m_left.size()) return false;
        bytes = m_left.substr(0, size);
        m_left.remove_prefix(size);
        return true;
    }

 private:
    template <class Bits>
    bool readLittle(Bits& bits) {
        std::string_view bytes;
        if (!take(sizeof bits, bytes)) return false;
        static_assert(std::endian::native == std::endian::little);
        std::memcpy(&bits, bytes.data(), sizeof bits);
        return true;
    }

    std::string_view m_left;
};

inline void appendAvroLong(std::string& out, std::int64_t value) {
    std::uint64_t bits =
        (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : std::uint64_t{0});
    for (; bits > 0x7F; bits >>= 7) out += static_cast<char>((bits & 0x7F) | 0x80);
    out += static_cast<char>(bits);
}

inline void appendAvroString(std::string& out, std::string_view text) {
    appendAvroLong(out, static_cast<std::int64_t>(text.size()));
    out += text;
}

/// The number that such bytes are, two's complement with the highest first; false where it has more than 128
/// bits. None is 0.
inline bool readAvroUnscaled(std::string_view bytes, Int128& value) {
    constexpr std::size_t kMost = sizeof(Int128);
    const bool negative = !bytes.empty() && (static_cast<unsigned char>(bytes.front()) & 0x80U) != 0;
    const char sign = negative ? '\xFF' : '\0';
    while (bytes.size() > kMost && bytes.front() == sign) bytes.remove_prefix(1);
    if (bytes.size() > kMost) return false;
    const bool same = bytes.empty() || ((static_cast<unsigned char>(bytes.front()) & 0x80U) != 0) == negative;
    if (bytes.size() == kMost && !same) return false;
    UInt128 bits = negative ? ~UInt128{0} : UInt128{0};
    for (const char byte : bytes) bits = (bits << 8) | static_cast<unsigned char>(byte);
    value = static_cast<Int128>(bits);
    return true;
}

/// The fewest bytes that readAvroUnscaled() reads so, with their length.
inline void appendAvroUnscaled(std::string& out, Int128 value) {
    const auto bits = static_cast<UInt128>(value);
    unsigned size = sizeof(Int128);
    // A byte is left out where the next one's highest bit says the same.
    const auto byteAt = [bits](unsigned place) { return static_cast<unsigned char>(bits >> (8 * place)); };
    while (size > 1) {
        const bool high = (byteAt(size - 2) & 0x80U) != 0;
        if (byteAt(size - 1) != (high ? 0xFFU : 0U)) break;
        --size;
    }
    appendAvroLong(out, size);
    while (size > 0) out += static_cast<char>(byteAt(--size));
}

}  // namespace rw

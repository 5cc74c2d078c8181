// The common spellings of numbers and times, read eight bytes at a time. Other spellings are left to text.h:
// these readers only fail.
#pragma once
#include <cstdint>
#include <cstring>

#include "core/base/time.h"
#include "core/data/text.h"

namespace rw {

/// The number that the `size` (1 … 8) digits at `bytes` write; false when one of them is no digit. Reads 8
/// bytes.
[[gnu::always_inline]] inline bool readDigits(const char* bytes, std::size_t size, std::uint64_t& value) {
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes, 8);
    eight = (eight ^ 0x3030303030303030U) << (64 - 8 * size);  // the digits move up, zeros stand before them
    if ((((eight + 0x7676767676767676U) | eight) & 0x8080808080808080U) != 0) return false;
    eight = eight * 10 + (eight >> 8);  // pairs of digits, then fours, then all eight
    value = ((eight & 0x000000FF000000FFU) * 0x000F424000000064U +
             ((eight >> 16) & 0x000000FF000000FFU) * 0x0000271000000001U) >>
            32;
    return true;
}

/// An integer of at most 16 digits, perhaps with a minus. Reads up to 17 bytes.
[[gnu::always_inline]] inline bool readInteger(const char* bytes, std::size_t size, std::int64_t& value) {
    const bool negative = *bytes == '-';
    bytes += negative ? 1 : 0;
    size -= negative ? 1 : 0;
    if (size - 1 >= 16) return false;  // also none
    std::uint64_t low = 0, high = 0;
    if (size > 8) {
        if (!readDigits(bytes, size - 8, high) || !readDigits(bytes + size - 8, 8, low)) return false;
    } else if (!readDigits(bytes, size, low)) {
        return false;
    }
    const auto number = static_cast<std::int64_t>(high * 100'000'000 + low);
    value = negative ? -number : number;
    return true;
}

/// Reads `yyyy-MM-dd HH:mm:ss` with or without `.SSS`. Neighbouring rows mostly lie in one minute: its
/// spelling and its instant are remembered. Not thread-safe.
class TimestampReader {
 public:
    bool read(const char* bytes, std::size_t size, Instant& value) {
        if (size != 23 && size != 19) return false;
        if (std::memcmp(bytes, m_minute, sizeof m_minute) != 0 && !newMinute(bytes)) return false;
        std::uint64_t seconds = 0, millis = 0;
        if (bytes[16] != ':' || !readDigits(bytes + 17, 2, seconds) || seconds > 59) return false;
        if (size == 23 && (bytes[19] != '.' || !readDigits(bytes + 20, 3, millis))) return false;
        value = m_instant + static_cast<Instant>(seconds * 1'000 + millis);
        return true;
    }

 private:
    bool newMinute(const char* bytes) {
        char whole[] = "yyyy-MM-dd HH:mm:00";
        std::memcpy(whole, bytes, sizeof m_minute);
        const std::optional<Instant> instant = parseTimestamp(whole);
        if (!instant) return false;
        std::memcpy(m_minute, bytes, sizeof m_minute);
        m_instant = *instant;
        return true;
    }
    char m_minute[16] = {};
    Instant m_instant = 0;
};

}  // namespace rw

// Dates and times written to raw memory, of which kNumberRoom bytes may be touched. Neighbouring rows mostly
// lie on one day and in one minute, whose text is remembered: TimestampReader of swar.h the other way.
#pragma once
#include "core/base/time.h"
#include "core/data/digits.h"

namespace rw {

/// Writes `yyyy-MM-dd`; results of arithmetic may have longer or negative years. Not thread-safe.
class DateText {
 public:
    /// Of a DATE or a TIMESTAMP.
    char* write(char* at, std::int64_t days) {
        if (days != m_days) newDay(days);
        std::memcpy(at, m_text, sizeof m_text);
        return at + m_size;
    }

 private:
    void newDay(std::int64_t days);
    static constexpr std::size_t kLongest = 16;  // -292275055-05-16
    char m_text[kLongest] = {'1', '9', '7', '0', '-', '0', '1', '-', '0', '1'};
    std::size_t m_size = 10;
    std::int64_t m_days = 0;
};

/// Writes `yyyy-MM-dd HH:mm:ss.SSS`. Not thread-safe.
class TimestampText {
 public:
    char* write(char* at, Instant millis) {
        constexpr std::int64_t kMinute = 60'000;
        // Minutes begin before their milliseconds, also before 1970.
        const std::int64_t rest = millis % kMinute, inMinute = rest + (rest < 0 ? kMinute : 0);
        const std::int64_t minute = millis / kMinute - (rest < 0 ? 1 : 0);
        if (minute != m_minute) newMinute(minute);
        std::memcpy(at, m_text, sizeof m_text);
        // As “00ss0SSS”, of which the zero in the middle becomes the point.
        constexpr std::uint64_t kPoint = (std::uint64_t{'0'} - '.') << 32;
        const auto time = static_cast<std::uint64_t>(inMinute);
        const std::uint64_t digits = digitsOf(time / 1'000, time % 1'000) + kZeros - kPoint;
        return putBytes(at + m_size, digits >> 16, 6);
    }

 private:
    void newMinute(std::int64_t minute);
    char m_text[24] = {};  ///< up to the seconds
    std::size_t m_size = 0;
    std::int64_t m_minute = kMinTimestamp;  ///< none: a minute has 60 000 instants
    DateText m_date;
};

}  // namespace rw

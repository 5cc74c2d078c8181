// Hashes of single values, the same on every machine and in every run. Key groups in checkpoints depend on them:
// no constant here may ever change. The constants are two secrets of wyhash and, for NULL, k2 of CityHash.
// Values that are equal as keys hash alike: NULL apart (hash kNullHash in its place), 0.0 like −0.0, every
// NaN the same, and INT, DATE, BIGINT, TIMESTAMP by their number.
#pragma once
#include <xxhash.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>

#include "core/data/column.h"

namespace rw {

inline constexpr std::uint64_t kNullHash = 0x9ae16a3b2f90404fULL;

/// A DOUBLE as a key: −0.0 becomes 0.0, and every NaN the same one.
inline double keyDouble(double value) {
    if (value == 0) return 0;
    return value == value ? value : std::numeric_limits<double>::quiet_NaN();
}

/// The folded multiply of wyhash: every bit of both words reaches every bit of the result.
inline std::uint64_t hashWords(std::uint64_t low, std::uint64_t high) {
    const UInt128 product =
        static_cast<UInt128>(low ^ 0xa0761d6478bd642fULL) * (high ^ 0xe7037ed1a0b428dbULL);
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

inline std::uint64_t hashValue(std::uint8_t value) {
    return hashWords(value, 0);
}
inline std::uint64_t hashValue(std::int64_t value) {
    return hashWords(static_cast<std::uint64_t>(value), 0);
}
inline std::uint64_t hashValue(std::int32_t value) {
    return hashValue(static_cast<std::int64_t>(value));
}
inline std::uint64_t hashValue(double value) {
    return hashWords(std::bit_cast<std::uint64_t>(keyDouble(value)), 0);
}
inline std::uint64_t hashValue(const Int128& value) {
    return hashWords(static_cast<std::uint64_t>(value), static_cast<std::uint64_t>(value >> 64));
}
inline std::uint64_t hashValue(const StringRef& value) {
    if (!value.isInline()) return XXH3_64bits(value.data(), value.size());
    std::uint64_t words[2];  // size and characters; those that are not used are zero
    std::memcpy(words, &value, sizeof words);
    return hashWords(words[0], words[1]);
}

}  // namespace rw

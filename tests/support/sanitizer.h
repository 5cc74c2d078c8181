// How many random cases a test tries: under a sanitizer each takes some fifteen times as long.
#pragma once

#include <algorithm>
#include <cstdint>

namespace rw::test {

#ifdef RILLWRIGHT_SANITIZED
inline constexpr std::uint64_t kCasesDivisor = 20;
#else
inline constexpr std::uint64_t kCasesDivisor = 1;
#endif

/// `cases` in an ordinary build, a twentieth of them under a sanitizer, but never fewer than `least`.
constexpr std::uint64_t affordableCases(std::uint64_t cases, std::uint64_t least = 1) {
    return std::max(std::min(cases, least), cases / kCasesDivisor);
}

}  // namespace rw::test

// Finding separators 64 bytes at a time.
#pragma once
#include <bit>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace rw {

/// Bit i: byte i of the 64 at `bytes` is `wanted`.
inline std::uint64_t maskOf(const char* bytes, char wanted) {
    std::uint64_t mask = 0;
#ifdef __SSE2__
    const __m128i pattern = _mm_set1_epi8(wanted);
    for (int i = 0; i < 4; ++i) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + 16 * i));
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_cmpeq_epi8(block, pattern)));
        mask |= std::uint64_t{bits} << (16 * i);
    }
#else
    for (int i = 0; i < 64; ++i) mask |= std::uint64_t{bytes[i] == wanted} << i;
#endif
    return mask;
}

/// Offset from `bytes` of the first `a` or `b`; there must be one, and 64 readable bytes behind it.
inline std::size_t findEither(const char* bytes, char a, char b) {
    std::size_t at = 0;
#ifdef __SSE2__
    const __m128i first = _mm_set1_epi8(a), second = _mm_set1_epi8(b);
    for (;; at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
        const __m128i hits = _mm_or_si128(_mm_cmpeq_epi8(block, first), _mm_cmpeq_epi8(block, second));
        const auto bits = static_cast<std::uint32_t>(_mm_movemask_epi8(hits));
        if (bits != 0) return at + static_cast<std::size_t>(std::countr_zero(bits));
    }
#else
    while (bytes[at] != a && bytes[at] != b) ++at;
    return at;
#endif
}

/// Whether a byte of the `size` at `bytes` is NUL or not ASCII: what a row must be looked at closely for.
inline bool hasUnusual(const char* bytes, std::size_t size) {
    std::size_t at = 0;
#ifdef __SSE2__
    __m128i high = _mm_setzero_si128(), nul = _mm_setzero_si128();
    for (; at + 16 <= size; at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
        high = _mm_or_si128(high, block);
        nul = _mm_or_si128(nul, _mm_cmpeq_epi8(block, _mm_setzero_si128()));
    }
    if (_mm_movemask_epi8(_mm_or_si128(high, nul)) != 0) return true;
#endif
    for (; at < size; ++at) {
        if (bytes[at] <= 0) return true;
    }
    return false;
}

}  // namespace rw

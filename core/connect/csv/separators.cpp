#include "core/connect/csv/separators.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "core/connect/csv/quotes.h"
#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace rw {

namespace {

constexpr std::size_t kSlab = 4096;  // bytes that are searched before asking for more room

/// A search at work: where the next separator goes.
struct Scan {
    std::uint32_t* next;
    std::size_t lines = 0;
    bool unusual = false, quoted = false;

    /// The separators of up to 64 bytes: bit i stands for byte `at` + i.
    void add(std::size_t at, std::uint64_t all, std::uint64_t lineEnds) {
        for (; all != 0; all &= all - 1) {
            *next++ = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(std::countr_zero(all));
        }
        lines += static_cast<std::size_t>(std::popcount(lineEnds));
    }
};

/// A byte at a time, for the end of the input and for machines without vectors.
void scanBytes(const char* bytes, std::size_t from, std::size_t to, CsvFormat format, Scan& scan) {
    for (std::size_t at = from; at < to; ++at) {
        const char c = bytes[at];
        if (static_cast<signed char>(c) <= 0) scan.unusual = true;  // a char has no sign on some machines
        if (c == format.quote) scan.quoted = true;
        if (c == format.delimiter || c == '\n') scan.add(at, 1, c == '\n' ? 1 : 0);
    }
}

using ScanBlocks = void (*)(const char* bytes, std::size_t from, std::size_t to, CsvFormat format,
                            Scan& scan);

#ifdef __x86_64__
/// Every x86-64 has SSE2.
void scanSse2(const char* bytes, std::size_t from, std::size_t to, CsvFormat format, Scan& scan) {
    const __m128i lineEnd = _mm_set1_epi8('\n'), separator = _mm_set1_epi8(format.delimiter),
                  quote = _mm_set1_epi8(format.quote), zero = _mm_setzero_si128();
    __m128i unusual = zero, quotes = zero;
    for (std::size_t at = from; at < to; at += 64) {
        std::uint64_t all = 0, lineEnds = 0;
        for (unsigned part = 0; part < 64; part += 16) {
            const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at + part));
            const __m128i ends = _mm_cmpeq_epi8(block, lineEnd),
                          delimiters = _mm_cmpeq_epi8(block, separator);
            lineEnds |= std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(ends))} << part;
            all |=
                std::uint64_t{static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_or_si128(ends, delimiters)))}
                << part;
            unusual = _mm_or_si128(unusual, _mm_or_si128(block, _mm_cmpeq_epi8(block, zero)));
            quotes = _mm_or_si128(quotes, _mm_cmpeq_epi8(block, quote));
        }
        scan.add(at, all, lineEnds);
    }
    scan.unusual = _mm_movemask_epi8(unusual) != 0;
    scan.quoted = _mm_movemask_epi8(quotes) != 0;
}

/// The same in words of 32 bytes. The number of separators in a block can't be predicted, so eight are
/// written whether they are there or not.
[[gnu::target("avx2,bmi,popcnt")]] void scanAvx2(const char* bytes, std::size_t from, std::size_t to,
                                                 CsvFormat format, Scan& scan) {
    const __m256i lineEnd = _mm256_set1_epi8('\n'), separator = _mm256_set1_epi8(format.delimiter);
    const __m256i quote = _mm256_set1_epi8(format.quote), zero = _mm256_setzero_si256();
    __m256i unusual = zero, quotes = zero;
    std::uint32_t* next = scan.next;
    std::size_t lines = 0;
    const auto bits = [](__m256i hits) __attribute__((target("avx2,bmi,popcnt"))) {
        return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(hits))};
    };
    for (std::size_t at = from; at < to; at += 64) {
        const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at));
        const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at + 32));
        const __m256i lowEnds = _mm256_cmpeq_epi8(low, lineEnd), highEnds = _mm256_cmpeq_epi8(high, lineEnd);
        std::uint64_t all = bits(_mm256_or_si256(lowEnds, _mm256_cmpeq_epi8(low, separator))) |
                            bits(_mm256_or_si256(highEnds, _mm256_cmpeq_epi8(high, separator))) << 32;
        unusual = _mm256_or_si256(unusual, _mm256_or_si256(low, high));
        unusual = _mm256_or_si256(
            unusual, _mm256_or_si256(_mm256_cmpeq_epi8(low, zero), _mm256_cmpeq_epi8(high, zero)));
        quotes = _mm256_or_si256(
            quotes, _mm256_or_si256(_mm256_cmpeq_epi8(low, quote), _mm256_cmpeq_epi8(high, quote)));
        lines += static_cast<std::size_t>(__builtin_popcountll(bits(lowEnds) | bits(highEnds) << 32));

        const int count = __builtin_popcountll(all);
        for (int i = 0; i < 8 || i < count; ++i, all &= all - 1) {
            next[i] = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(_tzcnt_u64(all));
        }
        next += count;
    }
    scan.next = next;
    scan.lines = lines;
    scan.unusual = _mm256_movemask_epi8(unusual) != 0;
    scan.quoted = _mm256_movemask_epi8(quotes) != 0;
}

/// The same in words of 64 bytes: the numbers of the bytes that are separators are compressed to the front
/// all at once, and sixteen of them widened to offsets.
[[gnu::target("avx512f,avx512bw,avx512vbmi2,bmi,popcnt")]] void scanAvx512(const char* bytes,
                                                                           std::size_t from, std::size_t to,
                                                                           CsvFormat format, Scan& scan) {
    // GCC 12 takes the forms without a mask for uses of uninitialised values (its bug 105593).
    constexpr std::uint8_t kEight = 0xFF;
    constexpr std::uint16_t kSixteen = 0xFFFF;
    alignas(64) char numbers[64];
    for (int i = 0; i < 64; ++i) numbers[i] = static_cast<char>(i);
    const __m512i places = _mm512_load_si512(numbers);
    const __m512i lineEnd = _mm512_set1_epi8('\n'), separator = _mm512_set1_epi8(format.delimiter);
    const __m512i quote = _mm512_set1_epi8(format.quote);
    std::uint64_t unusual = 0, quotes = 0;
    std::uint32_t* next = scan.next;
    std::size_t lines = 0;
    for (std::size_t at = from; at < to; at += 64) {
        const __m512i block = _mm512_loadu_si512(bytes + at);
        const __mmask64 lineEnds = _mm512_cmpeq_epi8_mask(block, lineEnd);
        const __mmask64 all = lineEnds | _mm512_cmpeq_epi8_mask(block, separator);
        unusual |= _mm512_movepi8_mask(block) | _mm512_testn_epi8_mask(block, block);
        quotes |= _mm512_cmpeq_epi8_mask(block, quote);
        lines += static_cast<std::size_t>(__builtin_popcountll(lineEnds));

        const int count = __builtin_popcountll(all);
        const __m512i base = _mm512_set1_epi32(static_cast<int>(at));
        __m512i found = _mm512_maskz_compress_epi8(all, places);
        for (int written = 0; written == 0 || written < count; written += 16) {
            const __m128i sixteen = _mm512_maskz_extracti32x4_epi32(kEight, found, 0);
            _mm512_storeu_si512(next + written,
                                _mm512_add_epi32(base, _mm512_maskz_cvtepu8_epi32(kSixteen, sixteen)));
            found = _mm512_maskz_alignr_epi64(kEight, found, found, 2);
        }
        next += count;
    }
    scan.next = next;
    scan.lines = lines;
    scan.unusual = unusual != 0;
    scan.quoted = quotes != 0;
}

ScanBlocks scanFor(Vectors use) {
    static const bool kAvx2 =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    static const bool kAvx512 =
        kAvx2 && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2");
    if (use == Vectors::Best && kAvx512) return scanAvx512;
    if ((use == Vectors::Best || use == Vectors::Avx2) && kAvx2) return scanAvx2;
    return use == Vectors::None ? scanBytes : scanSse2;
}
#else
ScanBlocks scanFor(Vectors) {
    return scanBytes;
}
#endif

/// Room for the separators of a slab, and for writes beyond the last of them.
void makeRoom(CsvSeparators& found) {
    const std::size_t needed = 1 + found.count + kSlab + 64;
    if (found.offsets.size() < needed) found.offsets.resize(std::max(needed, found.offsets.size() * 2));
}

void beginSearch(CsvSeparators& found) {
    found.count = found.lines = 0;
    found.broken.clear();
    found.unusual = found.quoted = false;
    makeRoom(found);
    found.offsets[0] = std::numeric_limits<std::uint32_t>::max();
}

}  // namespace

void findSeparators(std::string_view bytes, const CsvFormat& format, CsvSeparators& found, Vectors use) {
    const ScanBlocks scanBlocks = scanFor(use);
    beginSearch(found);
    const std::size_t whole = bytes.size() / 64 * 64;
    for (std::size_t at = 0; at < bytes.size() && !found.quoted;) {
        makeRoom(found);
        Scan scan{found.offsets.data() + 1 + found.count};
        const std::size_t next = at < whole ? std::min(at + kSlab, whole) : bytes.size();
        (at < whole ? scanBlocks : scanBytes)(bytes.data(), at, next, format, scan);
        found.count = static_cast<std::size_t>(scan.next - found.offsets.data()) - 1;
        found.lines += scan.lines;
        found.unusual = found.unusual || scan.unusual;
        found.quoted = scan.quoted && format.quoting();
        at = next;
    }
}

void findQuotedSeparators(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits,
                          CsvSeparators& found) {
    beginSearch(found);
    found.unusual = found.quoted = true;
    CsvQuotes quotes(bytes, format, limits, true);
    for (std::size_t start = 0; start < bytes.size();) {
        const std::size_t first = found.count;
        quotes.startRow();
        for (std::size_t at = start;; ++at) {
            if (bytes[at] == format.quote) {
                if (quotes.close(at) != CsvQuotes::End::Closed) {
                    found.count = first;
                    at = bytes.find('\n', start);
                    found.broken.emplace_back(start, at - start);
                    start = at + 1;
                    break;
                }
                at = quotes.after();
                if (bytes[at] == '\r') ++at;
            } else {
                while (bytes[at] != format.delimiter && bytes[at] != '\n') ++at;
            }
            if (1 + found.count == found.offsets.size()) makeRoom(found);
            found.offsets[++found.count] = static_cast<std::uint32_t>(at);
            if (bytes[at] == '\n') {
                ++found.lines;
                start = at + 1;
                break;
            }
        }
    }
}

}  // namespace rw

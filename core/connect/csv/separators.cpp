#include "core/connect/csv/separators.h"

#include <algorithm>
#include <bit>

#include "core/connect/csv/quotes.h"
#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace rw {

namespace {

constexpr std::size_t kSlab = 4096;  // bytes that are searched before asking for more room

/// A search at work: where the next separator and the next line go.
struct Scan {
    std::uint32_t* offsets;
    std::uint32_t* lasts;
    std::size_t count, lines;
    bool unusual;

    /// The separators of up to 64 bytes: bit i stands for byte `at` + i.
    void add(std::size_t at, std::uint64_t all, std::uint64_t lineEnds) {
        for (; all != 0; all &= all - 1) {
            const int bit = std::countr_zero(all);
            lasts[lines] = static_cast<std::uint32_t>(count);
            lines += (lineEnds >> bit) & 1;  // kept only when it is a line's last: cheaper than asking
            offsets[count++] = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(bit);
        }
    }
};

/// A byte at a time, for the end of the input and for machines without vectors.
void scanBytes(const char* bytes, std::size_t from, std::size_t to, char delimiter, Scan& scan) {
    for (std::size_t at = from; at < to; ++at) {
        const char c = bytes[at];
        if (c <= 0) scan.unusual = true;
        if (c == delimiter || c == '\n') scan.add(at, 1, c == '\n' ? 1 : 0);
    }
}

using ScanBlocks = void (*)(const char* bytes, std::size_t from, std::size_t to, char delimiter, Scan& scan);

#ifdef __x86_64__
/// Every x86-64 has SSE2.
void scanSse2(const char* bytes, std::size_t from, std::size_t to, char delimiter, Scan& scan) {
    const __m128i lineEnd = _mm_set1_epi8('\n'), separator = _mm_set1_epi8(delimiter),
                  zero = _mm_setzero_si128();
    __m128i unusual = zero;
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
        }
        scan.add(at, all, lineEnds);
    }
    if (_mm_movemask_epi8(unusual) != 0) scan.unusual = true;
}

/// The same in words of 32 bytes. The number of separators in a block can't be predicted, so eight are
/// written whether they are there or not.
[[gnu::target("avx2,bmi,popcnt")]] void scanAvx2(const char* bytes, std::size_t from, std::size_t to,
                                                 char delimiter, Scan& scan) {
    const __m256i lineEnd = _mm256_set1_epi8('\n'), separator = _mm256_set1_epi8(delimiter);
    const __m256i zero = _mm256_setzero_si256();
    __m256i unusual = zero;
    std::uint32_t* offsets = scan.offsets + scan.count;
    std::uint32_t* lasts = scan.lasts + scan.lines;
    const auto bits = [](__m256i hits) __attribute__((target("avx2,bmi,popcnt"))) {
        return std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(hits))};
    };
    for (std::size_t at = from; at < to; at += 64) {
        const __m256i low = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at));
        const __m256i high = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes + at + 32));
        const __m256i lowEnds = _mm256_cmpeq_epi8(low, lineEnd), highEnds = _mm256_cmpeq_epi8(high, lineEnd);
        std::uint64_t lineEnds = bits(lowEnds) | bits(highEnds) << 32;
        std::uint64_t all = bits(_mm256_or_si256(lowEnds, _mm256_cmpeq_epi8(low, separator))) |
                            bits(_mm256_or_si256(highEnds, _mm256_cmpeq_epi8(high, separator))) << 32;
        unusual = _mm256_or_si256(unusual, _mm256_or_si256(low, high));
        unusual = _mm256_or_si256(
            unusual, _mm256_or_si256(_mm256_cmpeq_epi8(low, zero), _mm256_cmpeq_epi8(high, zero)));

        // a line end's rank among the block's separators is the number of them up to it
        const auto first = static_cast<std::uint32_t>(offsets - scan.offsets) - 1;
        const int lines = __builtin_popcountll(lineEnds);
        for (int line = 0; line < 2 || line < lines; ++line, lineEnds &= lineEnds - 1) {
            const std::uint64_t upTo = lineEnds ^ (lineEnds - 1);
            lasts[line] = first + static_cast<std::uint32_t>(__builtin_popcountll(all & upTo));
        }
        lasts += lines;
        const int count = __builtin_popcountll(all);
        for (int i = 0; i < 8 || i < count; ++i, all &= all - 1) {
            offsets[i] = static_cast<std::uint32_t>(at) + static_cast<std::uint32_t>(_tzcnt_u64(all));
        }
        offsets += count;
    }
    scan.count = static_cast<std::size_t>(offsets - scan.offsets);
    scan.lines = static_cast<std::size_t>(lasts - scan.lasts);
    if (_mm256_movemask_epi8(unusual) != 0) scan.unusual = true;
}

ScanBlocks scanFor(Vectors use) {
    static const bool kAvx2 =
        __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
    if (use == Vectors::None) return scanBytes;
    return use == Vectors::Best && kAvx2 ? scanAvx2 : scanSse2;
}
#else
ScanBlocks scanFor(Vectors) {
    return scanBytes;
}
#endif

/// Room for the separators of a slab, and for what is written beyond the last of them.
void makeRoom(std::vector<std::uint32_t>& values, std::size_t used) {
    const std::size_t needed = used + kSlab + 64;
    if (values.size() < needed) values.resize(std::max(needed, values.size() * 2));
}

void push(std::vector<std::uint32_t>& values, std::size_t& used, std::size_t value) {
    if (used == values.size()) makeRoom(values, used);
    values[used++] = static_cast<std::uint32_t>(value);
}

}  // namespace

void findSeparators(std::string_view bytes, char delimiter, CsvSeparators& found, Vectors use) {
    const ScanBlocks scanBlocks = scanFor(use);
    found.count = found.lines = 0;
    found.broken.clear();
    found.unusual = false;
    const std::size_t whole = bytes.size() / 64 * 64;
    for (std::size_t at = 0; at < bytes.size();) {
        makeRoom(found.offsets, found.count);
        makeRoom(found.lasts, found.lines);
        Scan scan{found.offsets.data(), found.lasts.data(), found.count, found.lines, found.unusual};
        const std::size_t next = at < whole ? std::min(at + kSlab, whole) : bytes.size();
        (at < whole ? scanBlocks : scanBytes)(bytes.data(), at, next, delimiter, scan);
        found.count = scan.count;
        found.lines = scan.lines;
        found.unusual = scan.unusual;
        at = next;
    }
}

void findQuotedSeparators(std::string_view bytes, const CsvFormat& format, const CsvLimits& limits,
                          CsvSeparators& found) {
    found.count = found.lines = 0;
    found.broken.clear();
    found.unusual = true;
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
            push(found.offsets, found.count, at);
            if (bytes[at] == '\n') {
                push(found.lasts, found.lines, found.count - 1);
                start = at + 1;
                break;
            }
        }
    }
}

}  // namespace rw

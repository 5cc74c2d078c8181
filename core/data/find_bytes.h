// Whether a text has certain bytes, sixteen at a time on any machine: the compiler knows its vectors.
#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace rw {

/// Comparing such with each other, or with a byte, gives one whose bytes are all ones where it holds.
using SixteenBytes = signed char __attribute__((vector_size(16)));

/// Whether `find` gives ones for a byte of the text, as `bytes == ','` does. It is given bytes of the text
/// only, some of them twice.
template <class Find>
bool hasBytes(std::string_view text, Find find) {
    const char* const first = text.data();
    const char* const last = first + text.size();
    const auto any = [&find](const void* bytes) {
        SixteenBytes sixteen;
        std::memcpy(&sixteen, bytes, 16);
        const SixteenBytes found = find(sixteen);
        std::uint64_t halves[2];
        std::memcpy(halves, &found, 16);
        return (halves[0] | halves[1]) != 0;
    };
    if (text.size() >= 16) {
        for (const char* at = first; last - at > 16; at += 16) {
            if (any(at)) return true;
        }
        return any(last - 16);
    }
    // Short texts: their beginning and their end, which may overlap, as often as they fit.
    std::uint64_t halves[2];
    if (text.size() >= 8) {
        std::memcpy(halves, first, 8);
        std::memcpy(halves + 1, last - 8, 8);
    } else if (text.size() >= 4) {
        std::uint32_t begin = 0, end = 0;
        std::memcpy(&begin, first, 4);
        std::memcpy(&end, last - 4, 4);
        halves[0] = halves[1] = std::uint64_t{begin} << 32 | end;
    } else if (!text.empty()) {
        char few[16];
        for (std::size_t i = 0; i < 16; i += 4) {
            few[i] = few[i + 1] = *first;
            few[i + 2] = first[text.size() / 2];
            few[i + 3] = last[-1];
        }
        return any(few);
    } else {
        return false;
    }
    return any(halves);
}

}  // namespace rw

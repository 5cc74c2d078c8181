// Texts that lie inside of their value, compared as two words.
#pragma once
#include <cstdint>
#include <cstring>

#include "core/data/hash.h"

namespace rw::sql {

/// A text of up to StringRef::kInline bytes: its size, its bytes, and zeros behind them. Made of a longer
/// one, it equals no short one.
struct ShortText {
    std::uint64_t low = ~std::uint64_t{0}, high = ~std::uint64_t{0};  ///< a text that is none

    ShortText() = default;
    explicit ShortText(const StringRef& text) {
        std::memcpy(&low, &text, sizeof low);
        std::memcpy(&high, reinterpret_cast<const char*>(&text) + sizeof low, sizeof high);
    }
    /// Without a branch: texts come in no order that a processor could guess.
    friend bool operator==(const ShortText& a, const ShortText& b) {
        return ((a.low ^ b.low) | (a.high ^ b.high)) == 0;
    }
};

/// The seed goes into both words: one that makes a factor zero hides the other, for any seed.
inline std::uint64_t hashKey(const ShortText& key, std::uint64_t seed) {
    return hashWords(key.low ^ seed, key.high ^ seed);
}

}  // namespace rw::sql

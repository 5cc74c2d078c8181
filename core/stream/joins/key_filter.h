// Which keys are surely not there: asked before a look-up that mostly finds nothing.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace rw {

/// A Bloom filter of one bit a key, small enough to stay in the fastest cache. With a thousand keys one other
/// key in sixty-four passes; with tens of thousands nearly every key does.
class KeyFilter {
 public:
    /// `hash`: as hashKeys() gives it.
    void add(std::uint64_t hash) { m_words[wordOf(hash)] |= std::uint64_t{1} << bitOf(hash); }
    /// False: nothing of this hash was added.
    bool mayHave(std::uint64_t hash) const { return ((m_words[wordOf(hash)] >> bitOf(hash)) & 1) != 0; }
    void clear() { m_words.fill(0); }

 private:
    static constexpr std::size_t kWords = 1024;
    // Bits 16 to 31: tables of keys use the low ones, exchanges the high ones.
    static std::size_t wordOf(std::uint64_t hash) { return (hash >> 22) % kWords; }
    static unsigned bitOf(std::uint64_t hash) { return (hash >> 16) % 64; }

    std::array<std::uint64_t, kWords> m_words{};
};

}  // namespace rw

// Memory for the bytes of strings that are being made: the one place where they are asked for.
#pragma once
#include <cstddef>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/data/string_ref.h"

namespace rw {

/// Copies texts into blocks that never move. Blocks double in size from `first` to `largest` bytes; a text
/// that is longer gets one of its own size. A copy of an arena shares the texts that are there and goes on in
/// blocks of its own. Not thread-safe; the blocks may be shared with any thread once texts are in them.
class StringArena {
 public:
    explicit StringArena(std::size_t first = std::size_t{4} << 10,
                         std::size_t largest = std::size_t{256} << 10)
        : m_nextSize(first), m_largest(largest) {}
    StringArena(const StringArena& other);
    StringArena(StringArena&& other) noexcept;
    StringArena& operator=(StringArena other) noexcept;
    ~StringArena() = default;

    /// The text as a value. A short one is in the value itself; the bytes of a longer one are in blocks(), which
    /// must be kept as long as the value.
    StringRef add(std::string_view text) {
        if (text.size() <= StringRef::kInline) return StringRef(text);
        if (text.size() > m_left) beginBlock(text.size());
        std::memcpy(m_next, text.data(), text.size());
        const StringRef made(m_next, text.size());
        m_next += text.size();
        m_left -= text.size();
        return made;
    }

    const std::vector<BytesRef>& blocks() const { return m_blocks; }
    /// Gives the blocks away; the next text begins a new one.
    std::vector<BytesRef> takeBlocks();
    std::size_t bytes() const { return m_bytes; }  ///< of all blocks

 private:
    void swap(StringArena& other) noexcept;
    /// A block for a text of `least` bytes and more.
    void beginBlock(std::size_t least);

    std::size_t m_nextSize, m_largest;
    std::vector<BytesRef> m_blocks;
    std::size_t m_bytes = 0;
    char* m_next = nullptr;  ///< in the newest block
    std::size_t m_left = 0;
};

}  // namespace rw

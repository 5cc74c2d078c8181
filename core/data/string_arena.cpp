#include "core/data/string_arena.h"

#include <algorithm>

namespace rw {

StringArena::StringArena(const StringArena& other)
    : m_nextSize(other.m_nextSize),
      m_largest(other.m_largest),
      m_blocks(other.m_blocks),
      m_bytes(other.m_bytes) {}

StringArena::StringArena(StringArena&& other) noexcept : StringArena(other.m_nextSize, other.m_largest) {
    swap(other);
}

StringArena& StringArena::operator=(StringArena other) noexcept {
    swap(other);
    return *this;
}

void StringArena::swap(StringArena& other) noexcept {
    std::swap(m_nextSize, other.m_nextSize);
    std::swap(m_largest, other.m_largest);
    m_blocks.swap(other.m_blocks);
    std::swap(m_bytes, other.m_bytes);
    std::swap(m_next, other.m_next);
    std::swap(m_left, other.m_left);
}

void StringArena::beginBlock(std::size_t least) {
    const std::size_t size = std::max(m_nextSize, least);
    std::shared_ptr<char[]> block(new char[size]);  // not make_shared: it would zero the bytes
    m_next = block.get();
    m_left = size;
    m_blocks.emplace_back(std::move(block), size);
    m_bytes += size;
    m_nextSize = std::min(m_nextSize * 2, m_largest);
}

std::vector<BytesRef> StringArena::takeBlocks() {
    m_next = nullptr;
    m_left = 0;
    m_bytes = 0;
    return std::exchange(m_blocks, {});
}

}  // namespace rw

#include "core/connect/files/byte_buffer.h"

#include <algorithm>
#include <cstring>

namespace rw {

namespace {
constexpr std::size_t kKept = 16;                           // buffers
constexpr std::size_t kLargestKept = std::size_t{4} << 20;  // bytes of one
}  // namespace

ByteBuffer::ByteBuffer(std::size_t capacity)
    : m_capacity(capacity), m_bytes(new char[capacity + kReadAhead]) {
    std::memset(m_bytes.get() + capacity, 0, kReadAhead);
}

BufferRef BufferPool::get(std::size_t capacity) {
    std::unique_ptr<ByteBuffer> buffer;
    {
        const std::lock_guard lock(m_mutex);
        const auto fits = std::find_if(m_free.rbegin(), m_free.rend(),
                                       [capacity](const auto& free) { return free->capacity() >= capacity; });
        if (fits != m_free.rend()) {
            buffer = std::move(*fits);
            m_free.erase(std::next(fits).base());
        }
    }
    if (!buffer) buffer = std::make_unique<ByteBuffer>(capacity);
    return {buffer.release(), [pool = weak_from_this()](ByteBuffer* used) {
                std::unique_ptr<ByteBuffer> back(used);
                const std::shared_ptr<BufferPool> owner = pool.lock();
                if (!owner || back->capacity() > kLargestKept) return;
                const std::lock_guard lock(owner->m_mutex);
                if (owner->m_free.size() < kKept) owner->m_free.push_back(std::move(back));
            }};
}

}  // namespace rw

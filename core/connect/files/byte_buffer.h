// Memory for blocks of input: shared by the chunks cut from it, taken back when the last of them is gone.
#pragma once
#include <cstddef>
#include <memory>
#include <mutex>
#include <string_view>
#include <vector>

#include "core/connect/messages/framing.h"

namespace rw {

/// Bytes with room for kReadAhead more behind the capacity. Written by its reader until it is handed out in
/// pieces.
class ByteBuffer {
 public:
    explicit ByteBuffer(std::size_t capacity);
    std::size_t capacity() const { return m_capacity; }
    char* data() { return m_bytes.get(); }
    std::string_view view(std::size_t from, std::size_t to) const {
        return {m_bytes.get() + from, to - from};
    }

 private:
    std::size_t m_capacity;
    std::unique_ptr<char[]> m_bytes;
};
using BufferRef = std::shared_ptr<ByteBuffer>;

/// Keeps a few used buffers: fresh memory costs a page fault every 4 KiB. Safe from any thread.
class BufferPool : public std::enable_shared_from_this<BufferPool> {
 public:
    static std::shared_ptr<BufferPool> make() { return std::shared_ptr<BufferPool>(new BufferPool()); }
    /// A buffer of at least `capacity` bytes; it comes back by itself.
    BufferRef get(std::size_t capacity);

 private:
    BufferPool() = default;
    std::mutex m_mutex;
    std::vector<std::unique_ptr<ByteBuffer>> m_free;
};

}  // namespace rw

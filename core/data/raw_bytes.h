// Memory for values that are about to be written.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <utility>

namespace rw {

/// The bytes of a column's values. New ones are not zeroed: a kernel writes every row of its result, and
/// zeroing it first costs a tenth of its time. Without NDEBUG they hold 0xA5, so that tests notice a read of
/// bytes that were never written.
class RawBytes {
 public:
    RawBytes() = default;
    explicit RawBytes(std::size_t size) : m_bytes(unwritten(size)), m_size(size), m_room(size) {}
    RawBytes(std::size_t size, std::byte value) : RawBytes(size) { std::fill_n(data(), size, value); }
    /// A copy of `size` bytes.
    RawBytes(const std::byte* from, std::size_t size) : RawBytes(size) {
        if (size > 0) std::memcpy(data(), from, size);
    }
    RawBytes(const RawBytes& other) : RawBytes(other.data(), other.m_size) {}
    RawBytes(RawBytes&& other) noexcept
        : m_bytes(std::move(other.m_bytes)),
          m_size(std::exchange(other.m_size, 0)),
          m_room(std::exchange(other.m_room, 0)) {}
    RawBytes& operator=(RawBytes other) noexcept {
        m_bytes = std::move(other.m_bytes);
        m_size = other.m_size;
        m_room = other.m_room;
        return *this;
    }
    ~RawBytes() = default;

    std::byte* data() { return m_bytes.get(); }
    const std::byte* data() const { return m_bytes.get(); }
    std::size_t size() const { return m_size; }
    std::byte& operator[](std::size_t at) { return m_bytes[at]; }

    /// Keeps the bytes that fit; those behind them are unwritten.
    void resize(std::size_t size) {
        if (size > m_room) {
            auto grown = unwritten(size);
            if (m_size > 0) std::memcpy(grown.get(), data(), m_size);
            m_bytes = std::move(grown);
            m_room = size;
        }
        m_size = size;
    }

 private:
    static std::unique_ptr<std::byte[]> unwritten(std::size_t size) {
        auto bytes = std::make_unique_for_overwrite<std::byte[]>(size);
#ifndef NDEBUG
        std::fill_n(bytes.get(), size, std::byte{0xA5});
#endif
        return bytes;
    }

    std::unique_ptr<std::byte[]> m_bytes;
    std::size_t m_size = 0;
    std::size_t m_room = 0;
};

}  // namespace rw

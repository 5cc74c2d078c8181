// The end of a text that is being written in many small pieces.
#pragma once
#include <cstring>
#include <string>
#include <string_view>

namespace rw {

/// Small pieces are written here, to raw memory, and go to the text many at a time: no piece asks the string
/// for room. `at` is where the next byte goes; the caller keeps it, in a register. Single-threaded.
///
///     char* at = block.begin();
///     … at = block.room(at, 30); at = (at most 30 bytes are written at `at`); …
///     block.flush(at);
class TextBlock {
 public:
    static constexpr std::size_t kSize = 8192;  ///< stays in the nearest cache

    explicit TextBlock(std::string& out) : m_out(out) {}
    TextBlock(const TextBlock&) = delete;
    TextBlock& operator=(const TextBlock&) = delete;

    char* begin() { return m_bytes; }
    /// Where so many bytes (at most kSize) can be written.
    char* room(char* at, std::size_t bytes) {
        if (bytes <= left(at)) return at;
        flush(at);
        return begin();
    }
    /// Copies a text of any size.
    char* put(char* at, std::string_view text) {
        if (text.size() > kSize) {
            flush(at) += text;
            return begin();
        }
        at = room(at, text.size());
        if (!text.empty()) std::memcpy(at, text.data(), text.size());
        return at + text.size();
    }
    /// Appends the bytes written to the text, and gives it: it may be appended to. Next comes begin().
    std::string& flush(const char* at) { return m_out.append(m_bytes, used(at)); }

 private:
    std::size_t used(const char* at) const { return static_cast<std::size_t>(at - m_bytes); }
    std::size_t left(const char* at) const { return kSize - used(at); }
    std::string& m_out;
    char m_bytes[kSize];
};

}  // namespace rw

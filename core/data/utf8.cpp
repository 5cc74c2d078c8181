#include "core/data/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace rw {

namespace {

/// Bytes of the character that begins at `at` and has `left` bytes before the end; 0: it is none.
std::size_t characterSize(const char* at, std::size_t left) {
    const auto byte = [at](std::size_t i) { return static_cast<unsigned char>(at[i]); };
    const auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    const unsigned first = byte(0);
    if (first < 0x80) return 1;
    if (first < 0xC2 || first > 0xF4) return 0;
    if (first < 0xE0) return left >= 2 && follows(1) ? 2 : 0;
    if (first < 0xF0) {
        if (left < 3 || !follows(1) || !follows(2)) return 0;
        const bool overlong = first == 0xE0 && byte(1) < 0xA0, surrogate = first == 0xED && byte(1) > 0x9F;
        return overlong || surrogate ? 0 : 3;
    }
    if (left < 4 || !follows(1) || !follows(2) || !follows(3)) return 0;
    const bool overlong = first == 0xF0 && byte(1) < 0x90, beyond = first == 0xF4 && byte(1) > 0x8F;
    return overlong || beyond ? 0 : 4;
}

/// Bytes of the sequence at `at`, which is no character, that stand for one U+FFFD.
std::size_t malformedSize(const char* at, std::size_t left) {
    const auto byte = [at](std::size_t i) { return static_cast<unsigned char>(at[i]); };
    const unsigned first = byte(0);
    if (first < 0xC2 || first > 0xF4) return 1;
    const std::size_t whole = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4, most = std::min(whole, left);
    std::size_t size = 1;
    while (size < most && (byte(size) & 0xC0U) == 0x80U) ++size;
    if (size == 1) return 1;
    const unsigned second = byte(1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    return overlong || (first == 0xF4 && second > 0x8F) ? 1 : size;
}

}  // namespace

void appendUtf8(std::string& out, std::string_view bytes) {
    while (true) {
        const std::size_t valid = validUtf8Prefix(bytes);
        out += bytes.substr(0, valid);
        bytes.remove_prefix(valid);
        if (bytes.empty()) return;
        out += "\xEF\xBF\xBD";
        bytes.remove_prefix(malformedSize(bytes.data(), bytes.size()));
    }
}

std::size_t validUtf8Prefix(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        std::uint64_t eight = 0;
        if (text.size() - at >= 8) std::memcpy(&eight, text.data() + at, 8);
        if (text.size() - at >= 8 && (eight & 0x8080808080808080U) == 0) {
            at += 8;
            continue;
        }
        const std::size_t size = characterSize(text.data() + at, text.size() - at);
        if (size == 0) return at;
        at += size;
    }
    return at;
}

std::string_view wholeCharacters(std::string_view text, std::size_t size) {
    constexpr std::size_t kFollowing = 3;  // bytes of a character behind its first, at most
    if (text.size() <= size) return text;
    std::size_t end = size;
    while (end > 0 && size - end < kFollowing && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U)
        --end;
    return text.substr(0, end);
}

std::string excerpt(std::string_view text, std::size_t size) {
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t bytes = characterSize(text.data() + at, text.size() - at);
        const bool shown = bytes != 0 && text[at] != 0;
        const std::string_view piece = shown ? text.substr(at, bytes) : std::string_view("\xEF\xBF\xBD");
        if (out.size() + piece.size() > size) {
            out += "…";
            break;
        }
        out += piece;
        at += bytes == 0 ? 1 : bytes;
    }
    return out;
}

}  // namespace rw

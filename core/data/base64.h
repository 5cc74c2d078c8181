// Base64 (RFC 4648) with the digits + and /: the text form of BYTES, and the functions TO_BASE64 and
// FROM_BASE64.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rw {

/// Digits of `bytes` bytes, with the padding.
constexpr std::size_t base64Size(std::size_t bytes) {
    return (bytes / 3 + (bytes % 3 != 0 ? 1 : 0)) * 4;
}

/// Appends the digits of `bytes`, with padding and without line ends.
void appendBase64(std::string& out, std::string_view bytes);

/// Appends the bytes that `text` stands for. False, and nothing is appended, where it is no Base64: as in
/// Java the padding may be missing, but nothing may stand between the digits or around them.
bool appendFromBase64(std::string& out, std::string_view text);

/// The bytes that `text` stands for, without the blanks around it; nullopt where it is no Base64.
std::optional<std::string> parseBytes(std::string_view text);

}  // namespace rw

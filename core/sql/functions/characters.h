// Texts as sequences of characters (code points) while they lie in memory as UTF-8.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace rw::sql {

/// Whether a byte goes on a character that an earlier byte began.
inline bool continuesCharacter(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

std::int64_t characterCount(std::string_view text);
/// Byte offset of character `count` (from 0); the size where there are fewer.
std::size_t offsetOfCharacter(std::string_view text, std::int64_t count);
/// Bytes of the character that begins at `at`.
std::size_t characterSize(std::string_view text, std::size_t at);

/// The code of the character of `size` bytes that begins at `at`.
char32_t decodeCharacter(std::string_view text, std::size_t at, std::size_t size);
/// Appends a character in UTF-8.
void appendCharacter(std::string& out, char32_t code);

/// Appends `text` in upper or lower case, as Java maps characters outside any language (ß becomes SS).
void appendUpper(std::string& out, std::string_view text);
void appendLower(std::string& out, std::string_view text);
/// The first letter of each run of letters and digits in upper case, the others in lower case.
void appendInitCap(std::string& out, std::string_view text);

}  // namespace rw::sql

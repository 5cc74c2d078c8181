// Texts in the character sets of ENCODE and DECODE, byte for byte as Java writes and reads them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rw::sql {

enum class Charset : std::uint8_t { Ascii, Latin1, Utf8, Utf16, Utf16Be, Utf16Le };

/// US-ASCII, ISO-8859-1, UTF-8, UTF-16, UTF-16BE or UTF-16LE, in any case.
std::optional<Charset> charsetOf(std::string_view name);

/// Characters that the set does not have become “?”. UTF-16 is written with the byte order mark FE FF.
void appendEncoded(std::string& out, std::string_view text, Charset charset);
/// Sequences that are no character become U+FFFD. UTF-16 is read in the order that its mark says, without one
/// from the large to the small.
void appendDecoded(std::string& out, std::string_view bytes, Charset charset);

}  // namespace rw::sql

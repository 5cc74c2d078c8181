// Characters of data that no terminal and no label may get as they are: commands to a terminal, and those
// that turn the direction of the words around a text. The only list of them.
#pragma once

namespace rw {

/// C0, DEL and C1, in which U+009B means the same as ESC [.
constexpr bool isControlCharacter(char32_t c) {
    return c < 0x20 || (c >= 0x7f && c <= 0x9f);
}

/// Marks, embeddings, overrides and isolates of direction: their effect reaches beyond the text.
constexpr bool turnsDirection(char32_t c) {
    return c == 0x061c || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

}  // namespace rw

// Letters, digits and blanks of keywords, types and names: ASCII, the same in every locale. Those of <cctype>
// go by the locale that Qt sets from the environment; in Turkish “i” and “I” are no pair there.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>

namespace rw {

constexpr bool isAsciiBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr bool isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool isAsciiLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
/// C0 and DEL.
constexpr bool isAsciiControl(char c) {
    return (c >= 0 && c < ' ') || c == '\x7f';
}
constexpr char asciiCapital(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
constexpr char asciiSmall(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

inline std::string inAsciiCapitals(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), asciiCapital);
    return out;
}
inline std::string inAsciiSmall(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), asciiSmall);
    return out;
}

/// Whether both are one word, ASCII letters compared without case.
constexpr bool sameAsciiWord(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return asciiSmall(x) == asciiSmall(y); });
}

/// Whether `word` stands somewhere in `text`, compared as sameAsciiWord() does.
inline bool holdsAsciiWord(std::string_view text, std::string_view word) {
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char x, char y) { return asciiSmall(x) == asciiSmall(y); }) != text.end();
}

}  // namespace rw

#include "core/sql/functions/characters.h"

#include <clocale>
#include <cwctype>

namespace rw::sql {

namespace {

constexpr char32_t kSharpS = 0xDF;

/// The characters' classes and cases of Unicode, in any language of the user.
locale_t unicode() {
    static const locale_t kLocale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    return kLocale;
}

void appendUpper(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code >= 'a' && code <= 'z' ? code - 32 : code);
    } else if (code == kSharpS) {
        out += "SS";
    } else {
        appendCharacter(out, static_cast<char32_t>(towupper_l(static_cast<wint_t>(code), unicode())));
    }
}

void appendLower(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code >= 'A' && code <= 'Z' ? code + 32 : code);
    } else {
        appendCharacter(out, static_cast<char32_t>(towlower_l(static_cast<wint_t>(code), unicode())));
    }
}

template <class Each>
void forEachCharacter(std::string_view text, const Each& each) {
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = characterSize(text, at);
        each(decodeCharacter(text, at, size));
        at += size;
    }
}

}  // namespace

char32_t decodeCharacter(std::string_view text, std::size_t at, std::size_t size) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    if (size == 1) return byte(0);
    char32_t code = byte(0) & (0xFFU >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) code = (code << 6) | (byte(i) & 0x3FU);
    return code;
}

void appendCharacter(std::string& out, char32_t code) {
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | (code >> 12));
        out += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | (code >> 18));
        out += static_cast<char>(0x80U | ((code >> 12) & 0x3FU));
        out += static_cast<char>(0x80U | ((code >> 6) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

std::int64_t characterCount(std::string_view text) {
    std::int64_t count = 0;
    for (const char c : text) count += continuesCharacter(c) ? 0 : 1;
    return count;
}

std::size_t offsetOfCharacter(std::string_view text, std::int64_t count) {
    std::size_t at = 0;
    for (; count > 0 && at < text.size(); --count) at += characterSize(text, at);
    return at;
}

std::size_t characterSize(std::string_view text, std::size_t at) {
    std::size_t end = at + 1;
    while (end < text.size() && end < at + 4 && continuesCharacter(text[end])) ++end;
    return end - at;
}

void appendUpper(std::string& out, std::string_view text) {
    forEachCharacter(text, [&](char32_t code) { appendUpper(out, code); });
}

void appendLower(std::string& out, std::string_view text) {
    forEachCharacter(text, [&](char32_t code) { appendLower(out, code); });
}

void appendInitCap(std::string& out, std::string_view text) {
    bool inWord = false;
    forEachCharacter(text, [&](char32_t code) {
        if (inWord) {
            appendLower(out, code);
        } else {
            appendUpper(out, code);
        }
        inWord = iswalnum_l(static_cast<wint_t>(code), unicode()) != 0;
    });
}

}  // namespace rw::sql

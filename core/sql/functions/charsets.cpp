#include "core/sql/functions/charsets.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/ascii.h"
#include "core/data/utf8.h"
#include "core/sql/functions/characters.h"

namespace rw::sql {

namespace {

constexpr std::array<std::pair<std::string_view, Charset>, 6> kCharsets{{{"US-ASCII", Charset::Ascii},
                                                                         {"ISO-8859-1", Charset::Latin1},
                                                                         {"UTF-8", Charset::Utf8},
                                                                         {"UTF-16", Charset::Utf16},
                                                                         {"UTF-16BE", Charset::Utf16Be},
                                                                         {"UTF-16LE", Charset::Utf16Le}}};
constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kFirstHigh = 0xD800, kFirstLow = 0xDC00, kLastLow = 0xDFFF, kFirstPair = 0x10000;
constexpr std::string_view kLargeFirst = "\xFE\xFF", kSmallFirst = "\xFF\xFE";

/// Calls each(code) for the characters of `text`.
template <class Each>
void forCharacters(std::string_view text, const Each& each) {
    std::string repaired;
    if (validUtf8Prefix(text) != text.size()) {
        appendUtf8(repaired, text);
        text = repaired;
    }
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t size = characterSize(text, at);
        each(decodeCharacter(text, at, size));
        at += size;
    }
}

void appendUnit(std::string& out, char32_t unit, bool smallFirst) {
    const char large = static_cast<char>(unit >> 8U), small = static_cast<char>(unit & 0xFFU);
    out += smallFirst ? small : large;
    out += smallFirst ? large : small;
}

void encodeUtf16(std::string& out, std::string_view text, bool smallFirst) {
    forCharacters(text, [&](char32_t code) {
        if (code < kFirstPair) return appendUnit(out, code, smallFirst);
        appendUnit(out, kFirstHigh + ((code - kFirstPair) >> 10U), smallFirst);
        appendUnit(out, kFirstLow + ((code - kFirstPair) & 0x3FFU), smallFirst);
    });
}

void decodeUtf16(std::string& out, std::string_view bytes, bool smallFirst) {
    const auto unit = [bytes, smallFirst](std::size_t at) -> char32_t {
        const auto first = static_cast<unsigned char>(bytes[at]),
                   second = static_cast<unsigned char>(bytes[at + 1]);
        return smallFirst ? char32_t{second} << 8U | first : char32_t{first} << 8U | second;
    };
    std::size_t at = 0;
    while (bytes.size() - at >= 2) {
        const char32_t code = unit(at);
        at += 2;
        if (code < kFirstHigh || code > kLastLow) {
            appendCharacter(out, code);
            continue;
        }
        if (code >= kFirstLow) {
            appendCharacter(out, kReplacement);
            continue;
        }
        if (bytes.size() - at < 2)
            return appendCharacter(out, kReplacement);  // a byte behind it belongs to it
        const char32_t low = unit(at);
        at += 2;
        const bool pair = low >= kFirstLow && low <= kLastLow;
        appendCharacter(out,
                        pair ? kFirstPair + ((code - kFirstHigh) << 10U) + (low - kFirstLow) : kReplacement);
    }
    if (at < bytes.size()) appendCharacter(out, kReplacement);
}

/// One byte a character; those from `end` on are not in the set.
void encodeBytes(std::string& out, std::string_view text, char32_t end) {
    forCharacters(text, [&](char32_t code) { out += code < end ? static_cast<char>(code) : '?'; });
}

void decodeBytes(std::string& out, std::string_view bytes, char32_t end) {
    for (const char c : bytes) {
        const char32_t code = static_cast<unsigned char>(c);
        appendCharacter(out, code < end ? code : kReplacement);
    }
}

constexpr char32_t kEndOfAscii = 0x80, kEndOfLatin1 = 0x100;

}  // namespace

std::optional<Charset> charsetOf(std::string_view name) {
    const auto* const found = std::find_if(kCharsets.begin(), kCharsets.end(), [name](const auto& charset) {
        return sameAsciiWord(name, charset.first);
    });
    return found == kCharsets.end() ? std::nullopt : std::optional(found->second);
}

void appendEncoded(std::string& out, std::string_view text, Charset charset) {
    switch (charset) {
        case Charset::Ascii:
            return encodeBytes(out, text, kEndOfAscii);
        case Charset::Latin1:
            return encodeBytes(out, text, kEndOfLatin1);
        case Charset::Utf8:
            out += text;
            return;
        case Charset::Utf16:
            if (!text.empty()) out += kLargeFirst;
            return encodeUtf16(out, text, false);
        case Charset::Utf16Be:
            return encodeUtf16(out, text, false);
        case Charset::Utf16Le:
            return encodeUtf16(out, text, true);
    }
}

void appendDecoded(std::string& out, std::string_view bytes, Charset charset) {
    switch (charset) {
        case Charset::Ascii:
            return decodeBytes(out, bytes, kEndOfAscii);
        case Charset::Latin1:
            return decodeBytes(out, bytes, kEndOfLatin1);
        case Charset::Utf8:
            return appendUtf8(out, bytes);
        case Charset::Utf16: {
            const bool smallFirst = bytes.starts_with(kSmallFirst);
            if (smallFirst || bytes.starts_with(kLargeFirst)) bytes.remove_prefix(2);
            return decodeUtf16(out, bytes, smallFirst);
        }
        case Charset::Utf16Be:
            return decodeUtf16(out, bytes, false);
        case Charset::Utf16Le:
            return decodeUtf16(out, bytes, true);
    }
}

}  // namespace rw::sql

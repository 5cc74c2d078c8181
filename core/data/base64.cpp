// Written here because OpenSSL's decoder passes over blanks and line ends, and counts the padding as bytes.
#include "core/data/base64.h"

#include <array>
#include <cstdint>

#include "core/data/trim.h"

namespace rw {

namespace {

constexpr std::string_view kBase64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The value of each digit; -1: it is none.
constexpr std::array<std::int8_t, 256> kBase64Values = [] {
    std::array<std::int8_t, 256> values{};
    values.fill(-1);
    for (std::size_t i = 0; i < kBase64Digits.size(); ++i)
        values[static_cast<unsigned char>(kBase64Digits[i])] = static_cast<std::int8_t>(i);
    return values;
}();

/// The digits alone; nullopt where the padding is wrong or a lone digit is left, which stands for no byte.
std::optional<std::string_view> withoutPadding(std::string_view text) {
    std::size_t padding = 0;
    while (padding < 2 && text.ends_with('=')) {
        text.remove_suffix(1);
        ++padding;
    }
    const std::size_t rest = text.size() % 4;
    if (rest == 1 || (padding > 0 && rest + padding != 4)) return std::nullopt;
    return text;
}

}  // namespace

void appendBase64(std::string& out, std::string_view bytes) {
    std::size_t at = out.size();
    out.resize(at + base64Size(bytes.size()), '=');
    const auto byte = [bytes](std::size_t i) -> std::uint32_t {
        return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    };
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::uint32_t three = byte(i) << 16U | byte(i + 1) << 8U | byte(i + 2);
        out[at++] = kBase64Digits[three >> 18U];
        out[at++] = kBase64Digits[three >> 12U & 63U];
        if (i + 1 < bytes.size()) out[at++] = kBase64Digits[three >> 6U & 63U];
        if (i + 2 < bytes.size()) out[at++] = kBase64Digits[three & 63U];
    }
}

bool appendFromBase64(std::string& out, std::string_view text) {
    const std::optional<std::string_view> digits = withoutPadding(text);
    if (!digits) return false;
    const std::size_t before = out.size();
    out.reserve(before + digits->size() / 4 * 3 + 2);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char digit : *digits) {
        const int value = kBase64Values[static_cast<unsigned char>(digit)];
        if (value < 0) {
            out.resize(before);
            return false;
        }
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> static_cast<unsigned>(count) & 0xFFU);
    }
    return true;
}

std::optional<std::string> parseBytes(std::string_view text) {
    std::string bytes;
    if (!appendFromBase64(bytes, trimmed(text))) return std::nullopt;
    return bytes;
}

}  // namespace rw

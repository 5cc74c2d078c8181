#include "core/superset/yaml_text.h"

#include <fmt/format.h>

#include <cmath>

#include "core/base/figures.h"

namespace rw {

namespace {

/// The code point that begins at `text[at]`, and the number of its bytes; U+FFFD and 1 where there is none.
std::pair<char32_t, std::size_t> codePointAt(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) -> unsigned { return static_cast<unsigned char>(text[at + i]); };
    const unsigned first = byte(0);
    if (first < 0x80) return {first, 1};
    const std::size_t length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    if (length == 0 || first > 0xf4 || at + length > text.size()) return {0xfffd, 1};
    char32_t point = first & (0xffU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {0xfffd, 1};
        point = (point << 6) | (byte(i) & 0x3f);
    }
    const bool tooLong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (tooLong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) return {0xfffd, 1};
    return {point, length};
}

/// Whether YAML 1.1 lets the character stand for itself between double quotes: it is printable, and ends no
/// line.
bool standsForItself(char32_t c) {
    if (c < 0x20 || (c >= 0x7f && c < 0xa0)) return false;
    return c != '"' && c != '\\' && c != 0x2028 && c != 0x2029 && c != 0xfeff && c != 0xfffe && c != 0xffff;
}

std::string quotedYaml(std::string_view text) {
    std::string out = "\"";
    for (std::size_t at = 0; at < text.size();) {
        const auto [point, length] = codePointAt(text, at);
        if (point == 0xfffd && length == 1) {
            out += "\xef\xbf\xbd";
        } else if (standsForItself(point)) {
            out += text.substr(at, length);
        } else if (point == '"' || point == '\\') {
            out += '\\';
            out += static_cast<char>(point);
        } else if (point == '\n') {
            out += "\\n";
        } else {
            out += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point));
        }
        at += length;
    }
    return out + '"';
}

/// A number with a power of ten needs a point and the sign of the power.
std::string numberYaml(const Json& value) {
    if (!value.is_number_float()) return value.dump();
    const double number = value.get<double>();
    if (!std::isfinite(number)) return "null";
    std::string text = figures::exact(number);
    const std::size_t power = text.find('e');
    if (power == std::string::npos) return text.find('.') == std::string::npos ? text + ".0" : text;
    std::string digits = text.substr(0, power), exponent = text.substr(power + 1);
    if (digits.find('.') == std::string::npos) digits += ".0";
    if (!exponent.starts_with('-') && !exponent.starts_with('+')) exponent.insert(0, 1, '+');
    return digits + 'e' + exponent;
}

class YamlWriter {
 public:
    std::string take() && { return std::move(m_text); }

    void write(const Json& value, std::size_t depth) {
        if (value.is_structured() && !value.empty()) {
            if (depth > 0) m_text += '\n';
            if (value.is_object()) {
                for (const auto& [key, member] : value.items()) entry(quotedYaml(key) + ":", member, depth);
            } else {
                for (const Json& element : value) entry("-", element, depth);
            }
            return;
        }
        if (value.is_object()) m_text += "{}";
        if (value.is_array()) m_text += "[]";
        if (value.is_string()) m_text += quotedYaml(value.get_ref<const std::string&>());
        if (value.is_boolean()) m_text += value.get<bool>() ? "true" : "false";
        if (value.is_null()) m_text += "null";
        if (value.is_number()) m_text += numberYaml(value);
        m_text += '\n';
    }

 private:
    void entry(const std::string& head, const Json& value, std::size_t depth) {
        m_text.append(2 * depth, ' ');
        m_text += head;
        if (!value.is_structured() || value.empty()) m_text += ' ';
        write(value, depth + 1);
    }

    std::string m_text{};
};

}  // namespace

std::string yamlText(const Json& value) {
    YamlWriter writer;
    writer.write(value, 0);
    return std::move(writer).take();
}

}  // namespace rw

#include "core/base/table_text.h"

#include <algorithm>
#include <string_view>

#include "core/base/control_characters.h"

namespace rw {

namespace {

constexpr std::size_t kBetweenCells = 2;

/// As many places as a terminal takes for it, more or less: characters, not bytes.
std::size_t placesOf(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

struct Character {
    char32_t code = 0;
    std::size_t bytes = 0;  ///< 0: it is no UTF-8
};

/// The first character of a text that is not empty.
Character firstOf(std::string_view text) {
    const auto byte = [text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t bytes = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < bytes) return {};
    auto code = static_cast<char32_t>(lead & (0xff >> (bytes + 1)));
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {};
        code = (code << 6) | (byte(i) & 0x3fU);
    }
    // A longer way to write a character than there is a need for would go past the list.
    const bool tooLong = (bytes == 3 && code < 0x800) || (bytes == 4 && code < 0x10000);
    if (tooLong || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return {};
    return {code, bytes};
}

}  // namespace

std::string printable(const std::string& text) {
    std::string out;
    for (std::string_view rest = text; !rest.empty();) {
        const auto [code, bytes] = firstOf(rest);
        const bool layout = code == '\n' || code == '\t';
        if (bytes == 0 || (!layout && isControlCharacter(code)) || turnsDirection(code)) {
            out += "\xEF\xBF\xBD";
        } else {
            out.append(rest.substr(0, bytes));
        }
        rest.remove_prefix(std::max<std::size_t>(bytes, 1));
    }
    return out;
}

std::string printableLine(const std::string& text) {
    std::string line = printable(text);
    for (char& c : line) {
        if (c == '\n' || c == '\t') c = ' ';
    }
    return line;
}

std::string tableText(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], placesOf(row[i]));
    }
    std::string out;
    for (const auto& row : rows) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            out += row[i];
            if (i + 1 < row.size()) out.append(widths[i] - placesOf(row[i]) + kBetweenCells, ' ');
        }
        out += '\n';
    }
    return printable(out);
}

}  // namespace rw

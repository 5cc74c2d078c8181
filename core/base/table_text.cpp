#include "core/base/table_text.h"

#include <algorithm>

namespace rw {

namespace {

constexpr std::size_t kBetweenCells = 2;

/// As many places as a terminal takes for it, more or less: characters, not bytes.
std::size_t placesOf(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

}  // namespace

std::string printable(const std::string& text) {
    std::string out;
    for (const char c : text) {
        const bool control = (c >= 0 && c < ' ') || c == '\x7f';
        if (control && c != '\n' && c != '\t') {
            out += "\xEF\xBF\xBD";
        } else {
            out += c;
        }
    }
    return out;
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

#include "app/cli/output.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <system_error>
#include <utility>

#include "app/cli/load.h"

namespace rw::cli {

namespace {

constexpr std::size_t kBetweenCells = 2;

/// As many places as a terminal takes for it, more or less: characters, not bytes.
std::size_t placesOf(const std::string& text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; }));
}

}  // namespace

Status writeOut(const std::string& text, Text fix) {
    errno = 0;
    const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (std::fflush(stdout) == 0 && whole) return {};
    return {ErrorCode::Io,
            RW_TEXT("deploy", "Standard output could not be written: %1.")
                .with(std::generic_category().message(errno)),
            std::move(fix)};
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

}  // namespace rw::cli

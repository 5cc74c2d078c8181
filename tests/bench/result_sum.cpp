#include "tests/bench/result_sum.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <string>
#include <string_view>

namespace rw::bench {

namespace {

constexpr std::size_t kDigits = 6;

/// 1.50, 1.5000000000000002 and 1.5e0 are written 1.5, 12:00:00.000 is written 12:00:00.
void appendField(std::string& row, std::string_view field) {
    if (field.size() > 1 && field.front() == '"') field = field.substr(1, field.size() - 2);
    const std::size_t start = row.size(), point = field.find('.');
    const bool exact = point == std::string_view::npos || field.size() - point - 1 <= kDigits;
    double number = 0;
    const char* const end = field.data() + field.size();
    if ((!exact || field.find_first_of("eE") != std::string_view::npos) &&
        std::from_chars(field.data(), end, number).ptr == end) {
        fmt::format_to(std::back_inserter(row), "{:.6f}", number);
    } else {
        row += field;
    }
    if (row.find('.', start) == std::string::npos) return;
    row.resize(row.find_last_not_of('0') + 1);
    if (row.back() == '.') row.pop_back();
}

}  // namespace

ResultSum sumOf(const std::filesystem::path& csv) {
    std::ifstream file(csv, std::ios::binary);
    std::string line, row;
    std::getline(file, line);  // the header
    ResultSum result;
    while (std::getline(file, line)) {
        row.clear();
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t comma = std::min(line.find(',', at), line.size());
            appendField(row, std::string_view(line).substr(at, comma - at));
            row += ',';
            at = comma + 1;
        }
        ++result.rows;
        result.sum += XXH3_64bits(row.data(), row.size());
    }
    return result;
}

}  // namespace rw::bench

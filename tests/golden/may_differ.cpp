#include "tests/golden/may_differ.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <stdexcept>

namespace rw::golden {

namespace fs = std::filesystem;

namespace {

std::vector<std::string> partsOf(std::string_view text, std::string_view separator) {
    std::vector<std::string> parts;
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(separator, from), text.size());
        parts.emplace_back(text.substr(from, to - from));
        from = to + separator.size();
    }
    return parts;
}

std::optional<std::size_t> placeOf(const Table& table, const std::string& column) {
    const auto found = std::find(table.header.begin(), table.header.end(), Cell(column));
    if (found == table.header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - table.header.begin());
}

/// Takes away rows of `table` that `other` has not as often.
void keepCommon(Table& table, const Table& other) {
    std::vector<Row> left = other.rows;
    std::erase_if(table.rows, [&left](const Row& row) {
        const auto found = std::find(left.begin(), left.end(), row);
        if (found == left.end()) return true;
        left.erase(found);
        return false;
    });
}

/// “expected.csv” is the answer for “out.csv”, “expected_NAME.csv” for “NAME.csv”.
fs::path expectationOf(const fs::path& folder, const std::string& file) {
    return folder / (file == "out.csv" ? "expected.csv" : "expected_" + file);
}

}  // namespace

MayDiffer::MayDiffer(std::string_view text) {
    if (text == "nothing") return;
    for (const std::string& entry : partsOf(text, "; ")) {
        const std::size_t space = entry.find(' ');
        if (space == 0 || space == std::string::npos)
            throw std::runtime_error(fmt::format("“{}” names no file and what may differ there", text));
        m_files[entry.substr(0, space)] = entryOf(std::string_view(entry).substr(space + 1), text);
    }
}

MayDiffer::Entry MayDiffer::entryOf(std::string_view words, std::string_view text) {
    constexpr std::string_view kColumns = "columns ", kRows = "rows ", kIs = " = ";
    if (words == "fewer") return {How::Fewer};
    if (words == "more") return {How::More};
    if (words.starts_with(kColumns)) return {How::Columns, partsOf(words.substr(kColumns.size()), ", ")};
    const std::size_t is = words.find(kIs);
    if (!words.starts_with(kRows) || is == std::string_view::npos)
        throw std::runtime_error(fmt::format("“{}” says in “{}” not what may differ", words, text));
    Entry entry{How::Rows, {std::string(words.substr(kRows.size(), is - kRows.size()))}};
    for (std::string& cell : partsOf(words.substr(is + kIs.size()), ", "))
        entry.cells.push_back(cell == "NULL" ? Cell() : Cell(std::move(cell)));
    return entry;
}

void MayDiffer::take(const Entry& entry, Table& expected, Table& actual) {
    if (entry.how == How::Fewer) return keepCommon(expected, actual);
    if (entry.how == How::More) return keepCommon(actual, expected);
    for (const std::string& column : entry.columns) {
        const auto at = placeOf(expected, column);
        if (!at) continue;  // unknownIn() tells
        for (Table* table : {&expected, &actual}) {
            if (entry.how == How::Rows) {
                std::erase_if(table->rows, [&](const Row& row) {
                    return std::find(entry.cells.begin(), entry.cells.end(), row[*at]) != entry.cells.end();
                });
            } else {
                for (Row& row : table->rows) row[*at].reset();
            }
        }
    }
}

std::string MayDiffer::operator()(const fs::path& expectation, const fs::path& actual,
                                  Columns columns) const {
    const auto entry = m_files.find(actual.filename().string());
    if (entry == m_files.end()) return compareFiles(expectation, actual, columns);
    return compareFiles(expectation, actual, columns,
                        [&entry](Table& expected, Table& came) { take(entry->second, expected, came); });
}

std::string MayDiffer::unknownIn(const fs::path& folder) const {
    for (const auto& [file, entry] : m_files) {
        const fs::path expectation = expectationOf(folder, file);
        if (!fs::exists(expectation)) return fmt::format("the case has no answer for “{}”", file);
        const Table table = readTable(expectation);
        for (const std::string& column : entry.columns)
            if (!placeOf(table, column)) return fmt::format("“{}” has no column “{}”", file, column);
    }
    return {};
}

}  // namespace rw::golden

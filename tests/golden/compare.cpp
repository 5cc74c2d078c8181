#include "tests/golden/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace rw::golden {

namespace {

constexpr std::size_t kShown = 8;  ///< rows of each kind in a diff

std::string shown(const Row& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0) line += ',';
        if (!row[i]) continue;
        const bool quote = row[i]->empty() || row[i]->find_first_of(",\"\r\n") != std::string::npos;
        line += quote ? '"' + *row[i] + '"' : *row[i];
    }
    return line;
}

std::optional<double> number(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != 0) return std::nullopt;
    return value;
}

bool sameDouble(const Cell& a, const Cell& b) {
    if (!a || !b || *a == *b) return a == b;
    const auto x = number(*a), y = number(*b);
    if (!x || !y) return false;
    if (!std::isfinite(*x) || !std::isfinite(*y)) return *x == *y || (std::isnan(*x) && std::isnan(*y));
    return std::abs(*x - *y) <= std::max(1e-9 * std::max(std::abs(*x), std::abs(*y)), 1e-12);
}

/// The key of equal rows: all cells but the DOUBLEs, which are compared with tolerance.
Row exactCells(const Row& row, const std::vector<bool>& isDouble) {
    Row cells;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (!isDouble[i]) cells.push_back(row[i]);
    return cells;
}

bool sameRow(const Row& a, const Row& b, const std::vector<bool>& isDouble) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (isDouble[i] ? !sameDouble(a[i], b[i]) : a[i] != b[i]) return false;
    return true;
}

std::string compareInOrder(const Table& expected, const Table& actual, const std::vector<bool>& isDouble) {
    const std::size_t most = std::max(expected.rows.size(), actual.rows.size());
    for (std::size_t i = 0; i < most; ++i) {
        const Row* e = i < expected.rows.size() ? &expected.rows[i] : nullptr;
        const Row* a = i < actual.rows.size() ? &actual.rows[i] : nullptr;
        if (e && a && sameRow(*e, *a, isDouble)) continue;
        return fmt::format("record {} differs (order counts)\n  expected: {}\n  actual:   {}", i + 2,
                           e ? shown(*e) : "nothing", a ? shown(*a) : "nothing");
    }
    return {};
}

std::string listed(char sign, std::vector<Row> rows) {
    std::vector<std::string> lines;
    for (const Row& row : rows) lines.push_back(fmt::format("\n{} {}", sign, shown(row)));
    std::sort(lines.begin(), lines.end());
    lines.resize(std::min(lines.size(), kShown));
    return fmt::format("{}", fmt::join(lines, ""));
}

std::string compareAsMultisets(const Table& expected, const Table& actual,
                               const std::vector<bool>& isDouble) {
    std::map<Row, std::vector<Row>> left;
    for (const Row& row : actual.rows) left[exactCells(row, isDouble)].push_back(row);
    std::vector<Row> missing, extra;
    for (const Row& row : expected.rows) {
        auto& candidates = left[exactCells(row, isDouble)];
        const auto hit = std::find_if(candidates.begin(), candidates.end(),
                                      [&](const Row& other) { return sameRow(row, other, isDouble); });
        if (hit == candidates.end()) {
            missing.push_back(row);
        } else {
            candidates.erase(hit);
        }
    }
    for (const auto& [cells, rows] : left) extra.insert(extra.end(), rows.begin(), rows.end());
    if (missing.empty() && extra.empty()) return {};
    return fmt::format("{} rows expected, {} actual; {} missing, {} unexpected\n  {}{}{}",
                       expected.rows.size(), actual.rows.size(), missing.size(), extra.size(),
                       shown(expected.header), listed('-', missing), listed('+', extra));
}

std::optional<std::size_t> position(const Row& header, const Cell& name) {
    const auto found = std::find(header.begin(), header.end(), name);
    if (found == header.end()) return std::nullopt;
    return static_cast<std::size_t>(found - header.begin());
}

/// Leaves only the expectation's columns, in its order; does nothing when one of them is missing.
void keepColumns(Table& table, const Row& header) {
    std::vector<std::size_t> picks;
    for (const Cell& name : header) {
        const auto at = position(table.header, name);
        if (!at) return;
        picks.push_back(*at);
    }
    for (Row& row : table.rows) {
        Row kept;
        for (const std::size_t pick : picks) kept.push_back(row[pick]);
        row = std::move(kept);
    }
    table.header = header;
}

/// The actual table as its last rows, with the expectation's columns; the error in it, or nothing.
std::string bringInForm(Table& actual, const Table& expected, Columns columns) {
    for (std::size_t i = 0; i < actual.rows.size(); ++i)
        if (actual.rows[i].size() != actual.header.size())
            return fmt::format("record {}: {} fields under {} columns: {}", i + 2, actual.rows[i].size(),
                               actual.header.size(), shown(actual.rows[i]));
    if (position(actual.header, "op") && !position(expected.header, "op"))
        if (std::string why = reduceToFinal(actual); !why.empty()) return why;
    if (columns == Columns::AtLeast) keepColumns(actual, expected.header);
    if (actual.header == expected.header) return {};
    return fmt::format("columns differ\n  expected: {}\n  actual:   {}", shown(expected.header),
                       shown(actual.header));
}

std::string compareRows(const Table& expected, const Table& actual, const std::vector<std::string>& types,
                        bool ordered) {
    std::vector<bool> isDouble(expected.header.size(), false);
    for (std::size_t i = 0; i < std::min(types.size(), isDouble.size()); ++i)
        isDouble[i] = types[i] == "DOUBLE";
    return ordered ? compareInOrder(expected, actual, isDouble)
                   : compareAsMultisets(expected, actual, isDouble);
}

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

Table readTable(const std::filesystem::path& path) {
    const std::vector<Row> records = parseCsv(contents(path));
    if (records.empty()) return {};
    return {records.front(), {records.begin() + 1, records.end()}};
}

std::string reduceToFinal(Table& table) {
    const std::size_t op = *position(table.header, "op");
    const auto bare = [op](Row row) {
        row.erase(row.begin() + static_cast<std::ptrdiff_t>(op));
        return row;
    };
    std::vector<Row> left;
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        const std::string kind = table.rows[i][op].value_or("");
        Row row = bare(table.rows[i]);
        if (kind == "+I" || kind == "+U") {
            left.push_back(std::move(row));
        } else if (kind == "-U" || kind == "-D") {
            const auto found = std::find(left.begin(), left.end(), row);
            if (found == left.end())
                return fmt::format("record {}: {} of a row that is not there: {}", i + 2, kind, shown(row));
            left.erase(found);
        } else {
            return fmt::format("record {}: unknown op “{}”", i + 2, kind);
        }
    }
    table = {bare(table.header), std::move(left)};
    return {};
}

std::string compare(const Table& expected, Table actual, const std::vector<std::string>& types, bool ordered,
                    Columns columns) {
    std::string why = bringInForm(actual, expected, columns);
    return why.empty() ? compareRows(expected, actual, types, ordered) : why;
}

std::string compareFiles(const std::filesystem::path& expected, const std::filesystem::path& actual,
                         Columns columns, const BeforeCompared& before) {
    if (!std::filesystem::exists(actual)) return actual.filename().string() + " was not written";
    std::istringstream lines(contents(std::filesystem::path(expected).replace_extension(".types")));
    std::string first, line;
    std::getline(lines, first);
    bool ordered = false;
    while (std::getline(lines, line)) ordered = ordered || line == "ordered";
    std::vector<std::string> types;
    std::istringstream names(first);
    while (std::getline(names, line, '|')) types.push_back(line);
    Table wanted = readTable(expected), came = readTable(actual);
    if (wanted.header.empty()) return expected.filename().string() + " is empty";
    if (std::string why = bringInForm(came, wanted, columns); !why.empty()) return why;
    if (before) before(wanted, came);
    return compareRows(wanted, came, types, ordered);
}

}  // namespace rw::golden

#include "core/compare/row_difference.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <map>

#include "core/base/readable.h"
#include "core/data/text.h"

namespace rw {

namespace {

constexpr double kRelative = 1e-9, kAbsolute = 1e-12;

CompareCell canonicalCell(const CompareCell& cell, Type type) {
    if (!cell || type.is(TypeId::String)) return cell;
    const std::optional<Value> value = parseValue(*cell, type);
    return value ? toText(*value, type) : *cell;
}

std::string shownCells(const CompareRow& row) {
    std::string out;
    for (const CompareCell& cell : row) {
        out += out.empty() ? "" : ", ";
        out += cell.value_or("NULL");
    }
    return out;
}

/// Columns that hold DOUBLEs.
std::vector<bool> doublesOf(const Schema& schema) {
    std::vector<bool> doubles;
    for (const Field& field : schema.fields) doubles.push_back(field.type.is(TypeId::Double));
    return doubles;
}

bool closeCells(const CompareCell& a, const CompareCell& b) {
    if (!a || !b || *a == *b) return a == b;
    const std::optional<double> x = parseDouble(*a), y = parseDouble(*b);
    if (!x || !y) return false;
    if (!std::isfinite(*x) || !std::isfinite(*y)) return *x == *y || (std::isnan(*x) && std::isnan(*y));
    return std::abs(*x - *y) <= std::max(kRelative * std::max(std::abs(*x), std::abs(*y)), kAbsolute);
}

/// Of rows whose other cells are the same.
bool closeRows(const CompareRow& a, const CompareRow& b, const std::vector<bool>& doubles) {
    for (std::size_t i = 0; i < doubles.size(); ++i) {
        if (doubles[i] && !closeCells(a[i], b[i])) return false;
    }
    return true;
}

CompareRow withoutDoubles(const CompareRow& row, const std::vector<bool>& doubles) {
    CompareRow cells;
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (!doubles[i]) cells.push_back(row[i]);
    }
    return cells;
}

CompareRow keyCells(const CompareRow& row, const std::vector<int>& key) {
    CompareRow cells;
    for (const int column : key) cells.push_back(row[static_cast<std::size_t>(column)]);
    return cells;
}

/// Rows by one of their DOUBLEs, so that of very many only those near by are looked at.
using RowsByNumber = std::multimap<double, CompareRow>;

/// A cell that is no number sorts before all numbers.
double numberOf(const CompareCell& cell) {
    const std::optional<double> number = cell ? parseDouble(*cell) : std::nullopt;
    return number && !std::isnan(*number) ? *number : -std::numeric_limits<double>::infinity();
}

RowsByNumber::iterator closeTo(const CompareRow& row, std::size_t column, RowsByNumber& rows,
                               const std::vector<bool>& doubles) {
    const double number = numberOf(row[column]);
    const double reach = std::isfinite(number) ? 2 * std::max(kRelative * std::abs(number), kAbsolute) : 0.0;
    const auto end = rows.upper_bound(number + reach);
    for (auto other = rows.lower_bound(number - reach); other != end; ++other) {
        if (closeRows(row, other->second, doubles)) return other;
    }
    return rows.end();
}

/// Takes rows that are close off both lists.
void dropClose(RowDifference& difference, const Schema& schema) {
    const std::vector<bool> doubles = doublesOf(schema);
    const auto first = std::find(doubles.begin(), doubles.end(), true);
    if (first == doubles.end()) return;
    const auto column = static_cast<std::size_t>(first - doubles.begin());
    std::map<CompareRow, RowsByNumber> others;
    for (CompareRow& row : difference.onlyB) {
        const double number = numberOf(row[column]);
        others[withoutDoubles(row, doubles)].emplace(number, std::move(row));
    }
    std::vector<CompareRow> left;
    for (CompareRow& row : difference.onlyA) {
        RowsByNumber& candidates = others[withoutDoubles(row, doubles)];
        const auto hit = closeTo(row, column, candidates, doubles);
        if (hit == candidates.end()) {
            left.push_back(std::move(row));
        } else {
            candidates.erase(hit);
            ++difference.close;
        }
    }
    difference.onlyA = std::move(left);
    difference.onlyB.clear();
    for (auto& [cells, rows] : others) {
        for (auto& each : rows) difference.onlyB.push_back(std::move(each.second));
    }
    std::sort(difference.onlyB.begin(), difference.onlyB.end());
}

/// Rows of one key on both lists become pairs.
void pairByKey(RowDifference& difference, const std::vector<int>& key) {
    if (key.empty()) return;
    std::map<CompareRow, std::vector<CompareRow>> others;
    for (CompareRow& row : difference.onlyB) others[keyCells(row, key)].push_back(std::move(row));
    std::vector<CompareRow> left;
    for (CompareRow& row : difference.onlyA) {
        std::vector<CompareRow>& candidates = others[keyCells(row, key)];
        if (candidates.empty()) {
            left.push_back(std::move(row));
        } else {
            difference.different.emplace_back(std::move(row), std::move(candidates.front()));
            candidates.erase(candidates.begin());
        }
    }
    difference.onlyA = std::move(left);
    difference.onlyB.clear();
    for (auto& [cells, rows] : others) {
        for (CompareRow& row : rows) difference.onlyB.push_back(std::move(row));
    }
    std::sort(difference.onlyB.begin(), difference.onlyB.end());
}

}  // namespace

Result<std::vector<CompareRow>> finalRows(const std::vector<ChangeRow>& changes, const Schema& schema) {
    std::map<CompareRow, std::int64_t> counts;
    for (const ChangeRow& change : changes) {
        if (change.cells.size() != schema.size())
            return Status(
                ErrorCode::Internal,
                RW_TEXT("compare", "A row has %1 cells, and the columns are %2: %3.")
                    .with(change.cells.size(), schema.size(), shortened(shownCells(change.cells), 200)));
        CompareRow row;
        row.reserve(schema.size());
        for (std::size_t i = 0; i < schema.size(); ++i)
            row.push_back(canonicalCell(change.cells[i], schema.fields[i].type));
        const bool taken = change.kind == RowKind::UpdateBefore || change.kind == RowKind::Delete;
        counts[std::move(row)] += taken ? -1 : 1;
    }
    std::vector<CompareRow> rows;
    for (const auto& [row, count] : counts) {
        if (count < 0)
            return Status(ErrorCode::Internal, RW_TEXT("compare", "A row is retracted that never came: %1.")
                                                   .with(shortened(shownCells(row), 200)));
        rows.insert(rows.end(), static_cast<std::size_t>(count), row);
    }
    return rows;
}

RowDifference rowDifference(const std::vector<CompareRow>& a, const std::vector<CompareRow>& b,
                            const Schema& schema, const std::vector<int>& key) {
    RowDifference difference;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(difference.onlyA));
    std::set_difference(b.begin(), b.end(), a.begin(), a.end(), std::back_inserter(difference.onlyB));
    dropClose(difference, schema);
    pairByKey(difference, key);
    return difference;
}

}  // namespace rw

// Whether two conditions can hold for one row: by their text alone, which proves the usual cases.
#pragma once
#include <functional>
#include <string>

#include "core/deploy/dialect/dialect.h"
#include "core/sql/bind/typed_tree.h"

namespace rw {

struct RowCondition {
    const sql::TypedTree* tree = nullptr;  ///< null: it holds for every row
    /// The name of a column; columns of two conditions that have one name have one value.
    std::function<std::string(int column)> column{};
};

/// Whether no row fulfils both. False: some may. Proved are comparisons of one value with literals that leave
/// nothing common (`p < 10`, `p >= 10`), comparisons of the same two values (`p < q`, `p > q`), `IS NULL`,
/// and a condition and its opposite, also within AND, OR, NOT, BETWEEN and IN.
bool excludeEachOther(const Dialect& dialect, const RowCondition& one, const RowCondition& other);

}  // namespace rw

// The rows of two engines at one sink: the final rows of their changes, and the difference of both.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/status.h"
#include "core/cluster/flink/flink_page.h"
#include "core/data/schema.h"

namespace rw {

/// Texts as core writes values; nothing: NULL.
using CompareCell = std::optional<std::string>;
using CompareRow = std::vector<CompareCell>;

/// The rows that are there at the end of all changes, sorted, each value in the form of its type here: 1.50
/// of a DECIMAL(10,2), true. An error where a row is taken back that never came, or has other columns.
Result<std::vector<CompareRow>> finalRows(const std::vector<ChangeRow>& changes, const Schema& schema);

struct RowDifference {
    std::vector<CompareRow> onlyA{}, onlyB{};
    std::vector<std::pair<CompareRow, CompareRow>> different{};  ///< rows of one key that are not the same
    std::uint64_t close = 0;  ///< taken for the same, but for last digits of a DOUBLE
    bool same() const { return onlyA.empty() && onlyB.empty() && different.empty(); }
    std::uint64_t count() const { return onlyA.size() + onlyB.size() + different.size(); }
};

/// DOUBLEs are the same to 1e-9 of the larger one, or 1e-12. `key`: the columns that name a row; none: rows
/// are there on one side alone. Both lists are as finalRows() gives them.
RowDifference rowDifference(const std::vector<CompareRow>& a, const std::vector<CompareRow>& b,
                            const Schema& schema, const std::vector<int>& key);

}  // namespace rw

// Whether rows are the same, so that an update need not be sent, and their order where nothing else gives one.
#pragma once
#include <compare>
#include <span>

#include "core/data/column.h"

namespace rw {

/// Whether no reader could tell the rows apart; the columns have equal types. NULL equals NULL; of DOUBLE the
/// bits count, but every NaN is the same.
bool sameRow(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b, std::size_t rowB);

/// The order of rows by their columns from left to right (event-time rules, 9): NULL before all values, NaN
/// behind all numbers, texts bytewise. Equal only when sameRow() says so. Columns that were not built count as
/// NULL.
std::strong_ordering compareRows(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b,
                                 std::size_t rowB);

}  // namespace rw

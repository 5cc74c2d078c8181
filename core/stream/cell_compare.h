// Whether rows of results are the same, so that an update need not be sent.
#pragma once
#include <span>

#include "core/data/column.h"

namespace rw {

/// Whether no reader could tell the rows apart; the columns have equal types. NULL equals NULL; of DOUBLE the
/// bits count, but every NaN is the same.
bool sameRow(std::span<const ColumnRef> a, std::size_t rowA, std::span<const ColumnRef> b, std::size_t rowB);

}  // namespace rw

// Hashes of key columns, the same for exchanges and tables: rows of equal keys go to one instance and to one
// group.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// One hash a row of the key made of `columns`. Equal keys have equal hashes: NULL equals NULL, 0.0 equals
/// −0.0, NaN equals NaN, and an INT, BIGINT, DATE or TIMESTAMP hashes by its number alone, so that an INT key
/// meets a BIGINT one. The same on every machine and in every run. No columns: all rows hash to the same.
void hashKeys(const Batch& batch, std::span<const int> columns, std::vector<std::uint64_t>& out);

/// As above, for columns that stand outside a batch.
void hashKeys(std::span<const Column* const> columns, std::size_t rows, std::vector<std::uint64_t>& out);

/// The hash of the columns before with that of the next one's value (kNullHash: it is NULL), for values that
/// stand in no columns. The hash of the first column is that of its value, that of no columns kNullHash.
std::uint64_t hashWithNext(std::uint64_t before, std::uint64_t next);

}  // namespace rw

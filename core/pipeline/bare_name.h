// Columns whose names need back quotes, such as “unit price”, in an expression where they stand without.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/data/schema.h"
#include "core/sql/error.h"

namespace rw {

struct BareName {
    std::string name;       ///< as the schema has it; letters of the text may differ in case
    std::size_t begin = 0;  ///< byte offset in the text
};

/// The column that `text` names without back quotes where `error` is. Of names that could also be meant as an
/// expression, such as “unit-price”, only where a column is missing.
std::optional<BareName> bareName(std::string_view text, const sql::SqlError& error, const Schema& schema);

}  // namespace rw

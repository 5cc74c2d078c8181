// Reads the text of a row pattern.
#pragma once
#include <string>
#include <string_view>

#include "core/patterns/ast.h"
#include "core/sql/error.h"

namespace rw::patterns {

/// Reads a pattern: variables, `a b`, `a | b`, `( … )`, `()`, quantifiers `? * + {n} {n,} {n,m} {,m}` and the
/// same with `?` behind, `PERMUTE(a, b)`, `{- a -}`, `^`, `$`. Names of variables keep their case. An error
/// tells the place and the mend; the bounds of ast.h are errors too.
sql::Parsed<RowPattern> parsePattern(std::string_view text);

/// “A: price > 10”, “A AS price > 10”: a variable and where its condition begins. No name: neither.
struct Definition {
    std::string name{};
    std::size_t condition = 0;  ///< its first byte
};
Definition readDefinition(std::string_view text);

}  // namespace rw::patterns

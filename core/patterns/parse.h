// Reads the text of a row pattern.
#pragma once
#include <string_view>

#include "core/patterns/ast.h"
#include "core/sql/error.h"

namespace rw::patterns {

/// Reads a pattern: variables, `a b`, `a | b`, `( … )`, `()`, quantifiers `? * + {n} {n,} {n,m} {,m}` and the
/// same with `?` behind, `PERMUTE(a, b)`, `{- a -}`, `^`, `$`. Names of variables keep their case. An error
/// tells the place and the mend; the bounds of ast.h are errors too.
sql::Parsed<RowPattern> parsePattern(std::string_view text);

}  // namespace rw::patterns

// The words that SQL keeps for itself, and how names are written beside them.
#pragma once
#include <string>
#include <string_view>

namespace rw::sql {

/// ASCII upper case; names of functions and keywords are compared so.
std::string upperCase(std::string_view text);

/// Whether the upper-case `word` can only be a column name when it stands in back quotes.
bool isReserved(std::string_view word);

/// Whether the upper-case `name` is that of an aggregate function.
bool isAggregateName(std::string_view name);

/// A byte that may begin a name without back quotes. Every byte of a non-ASCII letter counts.
bool beginsName(char c);
/// A byte that may go on in a name without back quotes.
bool continuesName(char c);

}  // namespace rw::sql

// The words of SQLite's language that a query may use, for editors and for the authorizer.
#pragma once
#include <span>
#include <string_view>

namespace rw {

struct QueryFunction {
    std::string_view name;       ///< in small letters
    std::string_view signature;  ///< “round(x, digits)”
    bool aggregate = false;      ///< of rows, or of windows of rows
};

/// Those that change nothing, and look at nothing but their arguments, the time and chance. No others may be
/// called.
std::span<const QueryFunction> queryFunctions();
/// In any case of its letters; null: there is none of that name.
const QueryFunction* queryFunction(std::string_view name);

/// The words of a statement that reads, as they are offered: “GROUP BY”.
std::span<const std::string_view> queryKeywords();

/// Whether SQLite has the word for itself, in any case of its letters.
bool isSqliteKeyword(std::string_view word);

}  // namespace rw

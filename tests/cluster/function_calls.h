// Calls of every function and aggregate of ours, made out of their tables, over columns of all types, so that
// one that is new is tried without being told.
#pragma once
#include <string>
#include <vector>

#include "core/data/batch.h"
#include "core/sql/bind/bind.h"

namespace rw::cluster {

/// The calls that are tried of one function.
struct FunctionCall {
    std::string function{};  ///< its name in the table; “CAST” and “TRY_CAST” of these
    std::string text{};      ///< “ROUND(x1, i2)”
};

/// Rows with NULL, the ends of each type and texts beyond U+FFFF, in columns that the calls name; the first
/// column is “id”. `furtherTexts`: of the first STRING column.
Batch rowsForCalls(const std::vector<std::string>& furtherTexts = {});
sql::Scope scopeOf(const Batch& rows);

/// Some calls for each way to write each function and each unit: those first whose arguments need no
/// conversion. Generators are left out, for only sources have them. A function of which nothing binds has an
/// empty text. `times`: how many times as many.
std::vector<FunctionCall> callsOfAllFunctions(const sql::Scope& scope, std::size_t times = 1);

/// Each aggregate over a column of each type, also with DISTINCT and with FILTER. One of which nothing binds
/// has an empty text.
std::vector<FunctionCall> callsOfAllAggregates(const sql::Scope& scope);

}  // namespace rw::cluster

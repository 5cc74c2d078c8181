// The profiles of the columns of a look's ports, with the values that could not be read.
#pragma once
#include <vector>

#include "core/look/column_profile.h"
#include "core/look/look.h"
#include "core/look/row_matches.h"

namespace rw {

/// profileOf() the rows that are kept of the port, with the values that its source could not read.
std::vector<ColumnProfile> profileOf(const LookedPort& port);

/// The same of an input, with the values that the node could not read as another type. It tells the value,
/// not its column: counted are those that one column alone has in a row that was rejected.
std::vector<ColumnProfile> profileOfInput(const LookResult& result, const RowMatches& matches,
                                          std::size_t input);

}  // namespace rw

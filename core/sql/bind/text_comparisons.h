// Texts that an expression compares with numbers: the number decides as what they are read, and digits that
// do not fit that type do not count.
#pragma once
#include <vector>

#include "core/sql/bind/typed_tree.h"

namespace rw::sql {

struct TextComparison {
    Span text{};  ///< where the text stands, a column or a larger part
    Type as{};    ///< what it is read as: INT, BIGINT or a DECIMAL
};

/// In the order of the text; of a value that is compared with several (BETWEEN, IN, CASE) one. Literals are
/// left out, they say themselves what they are; and so is what is compared as DOUBLE, which loses nothing.
std::vector<TextComparison> textComparisons(const TypedTree& typed);

}  // namespace rw::sql

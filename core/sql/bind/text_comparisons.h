// Texts that an expression compares with numbers: the number decides the type as which they are read, and
// digits that do not fit that type do not count.
#pragma once
#include <vector>

#include "core/sql/bind/typed_tree.h"

namespace rw::sql {

struct TextComparison {
    Span text{};  ///< where the text stands, a column or a larger part
    Type as{};    ///< the type as which it is read: INT, BIGINT or a DECIMAL
};

/// In the order of the text; of a value that is compared with several (BETWEEN, IN, CASE) one. Literals are
/// left out, whose type is known; so are comparisons as DOUBLE, which lose nothing.
std::vector<TextComparison> textComparisons(const TypedTree& typed);

}  // namespace rw::sql

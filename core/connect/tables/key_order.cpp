#include "core/connect/tables/key_order.h"

#include <algorithm>

namespace rw {

namespace {

int signOf(int value) {
    return value < 0 ? -1 : value > 0 ? 1 : 0;
}

/// Texts of integers as the server writes them: a sign, and digits without zeros before them.
int compareIntegers(std::string_view left, std::string_view right) {
    const bool leftNegative = left.starts_with('-'), rightNegative = right.starts_with('-');
    if (leftNegative != rightNegative) return leftNegative ? -1 : 1;
    const int size = left.size() == right.size() ? 0 : left.size() < right.size() ? -1 : 1;
    const int larger = size != 0 ? size : signOf(left.compare(right));
    return leftNegative ? -larger : larger;
}

}  // namespace

KeyOrder::KeyOrder(const DatabaseClient& client, const std::vector<DatabaseColumn>& columns) {
    for (const DatabaseColumn& column : columns) {
        const bool number = column.type.isInteger();
        const std::string name = std::string(kRowsAlias) + '.' + client.quoted(column.name);
        m_columns.push_back({number ? name : "(" + name + "::text COLLATE \"C\")", number});
    }
}

int KeyOrder::compare(const std::vector<std::string>& left, const std::vector<std::string>& right) const {
    for (std::size_t i = 0; i < std::min({left.size(), right.size(), m_columns.size()}); ++i) {
        const int way =
            m_columns[i].number ? compareIntegers(left[i], right[i]) : signOf(left[i].compare(right[i]));
        if (way != 0) return way;
    }
    return 0;
}

}  // namespace rw

// The order of keys as a server and this program agree on it, whatever the server's language.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/tables/rows_session.h"

namespace rw {

/// Integers go by their value, everything else by the bytes of its text.
class KeyOrder {
 public:
    KeyOrder() = default;
    /// Of columns of PostgreSQL, which the client quotes.
    KeyOrder(const DatabaseClient& client, const std::vector<DatabaseColumn>& columns);

    const std::vector<RowsSession::Order>& columns() const { return m_columns; }
    /// Of two keys as texts: less than 0: `left` comes first.
    int compare(const std::vector<std::string>& left, const std::vector<std::string>& right) const;

 private:
    std::vector<RowsSession::Order> m_columns{};
};

}  // namespace rw

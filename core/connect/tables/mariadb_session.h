// Rows of MariaDB and MySQL, which the server sends as they are asked for.
#pragma once
#include <string>

#include "core/connect/mariadb/mariadb_client.h"
#include "core/connect/tables/rows_session.h"

namespace rw {

class MariadbSession final : public RowsSession {
 public:
    MariadbSession(const NodeConnection& connection, std::function<bool()> givesUp);

    MariadbClient& client() override { return m_client; }
    Item item(const DatabaseColumn& column, Type type) const override;
    std::string textItem(const std::string& expression) const override { return expression; }
    Order order(const DatabaseColumn& column) const override;
    std::string literal(const Order& order, const Column& column, std::size_t row) const override;
    std::string behind(const std::vector<Order>& order, const std::vector<std::string>& texts) const override;
    Status beginSnapshot(bool evenly) override;
    Status open(const std::string& select, std::size_t items) override;
    Result<Got> next(Millis within, Cells& cells) override;

 private:
    MariadbClient m_client;
    std::size_t m_items = 0;  ///< of a row
};

}  // namespace rw

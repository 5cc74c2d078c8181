// Rows of PostgreSQL, by COPY in binary form.
#pragma once
#include <string>
#include <string_view>

#include "core/connect/postgresql/postgresql_client.h"
#include "core/connect/tables/rows_session.h"

namespace rw {

class PostgresqlSession final : public RowsSession {
 public:
    PostgresqlSession(const NodeConnection& connection, std::function<bool()> givesUp);

    PostgresqlClient& client() override { return m_client; }
    Item item(const DatabaseColumn& column, Type type) const override;
    std::string textItem(const std::string& expression) const override { return expression + "::text"; }
    Order order(const DatabaseColumn& column) const override;
    std::string literal(const Order& order, const Column& column, std::size_t row) const override;
    std::string behind(const std::vector<Order>& order, const std::vector<std::string>& texts) const override;
    Status beginSnapshot(bool evenly) override;
    Status open(const std::string& select, std::size_t items) override;
    Result<Got> next(Millis within, Cells& cells) override;

    /// 'it''s', whatever the session makes of backslashes.
    static std::string quotedText(std::string_view text);

 private:
    /// The next row of m_bytes. False: they have none.
    Result<bool> take(Cells& cells);

    PostgresqlClient m_client;
    PostgresqlMemory m_memory{};
    std::string m_joined{};      ///< where a row came in several messages
    std::string_view m_bytes{};  ///< that were not read yet
    std::size_t m_items = 0;     ///< of a row
    bool m_begun = false;        ///< the head of the format was read
    bool m_reading = false;
};

}  // namespace rw

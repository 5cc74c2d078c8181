// Rows into a table of MariaDB or MySQL: statements of many rows.
#pragma once
#include <string>
#include <vector>

#include "core/connect/databases/table_writer.h"
#include "core/connect/mariadb/mariadb_client.h"

namespace rw {

class MariadbWriter final : public TableWriter {
 public:
    MariadbWriter(MariadbClient& client, const TableTarget& target, std::string stage)
        : TableWriter(client, target, std::move(stage)), m_session(client) {}

    Status add(const Batch& batch, RowNumbers rows) override;
    Status put(const Batch& batch, RowNumbers rows) override;
    Status remove(const Batch& batch, RowNumbers rows) override;

 private:
    bool takes(Type type, const DatabaseColumn& column) const override;
    Status compile(const DatabaseTable& table, const std::vector<std::size_t>& places) override;
    std::string stageStatement(const std::string& stage, const std::string& table) const override;
    /// Whether MariaDB would change the row that another index finds, and not the one with the key.
    Status onlyKeyNames(const DatabaseTable& table) const;
    /// Statements of these columns of the rows, as many in each as the server takes.
    Status send(const std::string& head, const std::string& tail, const std::vector<int>& columns,
                const Batch& batch, RowNumbers rows, std::size_t mostRows);
    void appendValue(const Column& column, std::size_t row);

    MariadbClient& m_session;
    std::vector<int> m_all{};
    std::string m_insert{}, m_update{}, m_remove{};
    std::size_t m_mostBytes = 0;  ///< of a statement, but for one of a single row
    std::size_t m_longest = 0;    ///< that the server takes
    std::string m_text{};         ///< of a row
};

}  // namespace rw

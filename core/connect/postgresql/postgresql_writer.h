// Rows into a table of PostgreSQL: COPY, or arrays that are unnested.
#pragma once
#include <string>
#include <vector>

#include "core/connect/databases/table_writer.h"
#include "core/connect/postgresql/postgresql_client.h"
#include "core/connect/postgresql/postgresql_types.h"

namespace rw {

class PostgresqlWriter final : public TableWriter {
 public:
    PostgresqlWriter(PostgresqlClient& client, const TableTarget& target, std::string stage)
        : TableWriter(client, target, std::move(stage)), m_session(client) {}

    Status add(const Batch& batch, RowNumbers rows) override;
    Status put(const Batch& batch, RowNumbers rows) override;
    Status remove(const Batch& batch, RowNumbers rows) override;

 private:
    bool takes(Type type, const DatabaseColumn& column) const override;
    Status compile(const DatabaseTable& table, const std::vector<std::size_t>& places) override;
    std::string stageStatement(const std::string& stage, const std::string& table) const override;
    /// A SELECT of these columns of the stream from arrays.
    std::string unnested(const std::vector<int>& columns) const;
    Status copy(const Batch& batch, RowNumbers rows);
    Status send(const std::string& statement, const std::vector<int>& columns, const Batch& batch,
                RowNumbers rows);

    PostgresqlClient& m_session;
    std::vector<PostgresqlType> m_sent{};  ///< of each column of the stream
    std::vector<std::string> m_casts{};    ///< the type to cast to, where the server does not do it by itself
    std::vector<int> m_all{};              ///< the numbers of all columns
    std::string m_copy{};                  ///< empty: a column is not sent in its own form
    std::string m_insert{}, m_upsert{}, m_remove{};
    std::string m_bytes{};
    std::vector<std::string> m_arrays{};
};

}  // namespace rw

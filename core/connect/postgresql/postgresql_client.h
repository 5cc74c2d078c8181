// A session with a PostgreSQL server by libpq, which waits only as long as it is told.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/databases/database_client.h"
#include "core/connect/postgresql/postgresql_error.h"
#include "core/connect/postgresql/postgresql_handles.h"

namespace rw {

/// Values of a statement's parameters. Bytes that are added must outlive it.
class PostgresqlParams {
 public:
    void addText(const DatabaseValue& value);
    /// In the binary form of that type.
    void addBinary(Oid type, std::string_view bytes);

    int size() const { return static_cast<int>(m_values.size()); }
    const Oid* types() const { return m_types.data(); }
    const char* const* values() const { return m_values.data(); }
    const int* lengths() const { return m_lengths.data(); }
    const int* formats() const { return m_formats.data(); }

 private:
    std::vector<Oid> m_types{};
    std::vector<const char*> m_values{};
    std::vector<int> m_lengths{}, m_formats{};
};

class PostgresqlClient final : public DatabaseClient {
 public:
    static constexpr int kPort = 5432;

    PostgresqlClient(NodeConnection connection, About about)
        : DatabaseClient(std::move(connection), std::move(about)) {}
    /// `replication`: the session speaks the replication protocol, too (“database” of libpq).
    PostgresqlClient(NodeConnection connection, About about, bool replication)
        : DatabaseClient(std::move(connection), std::move(about)), m_replication(replication) {}
    ~PostgresqlClient() override { close(); }

    Status connect() override;
    bool isConnected() const override;
    void close() override;
    Result<DatabaseRows> query(const std::string& statement,
                               const std::vector<DatabaseValue>& values = {}) override;
    using DatabaseClient::quoted;
    std::string quoted(const std::string& identifier) const override;
    Result<DatabaseTable> describe(const TableName& name) override;
    Result<std::vector<DatabaseTableSize>> tables() override;
    Result<std::vector<DatabaseColumn>> columnsOf(const std::string& query) override;
    std::string declaration(Type type, bool inKey) const override;
    std::unique_ptr<TableWriter> makeWriter(const TableTarget& target, std::string stage) override;
    const MarkerStatements& markerStatements() const override;
    Status cutOffOthers(const std::string& marker) override;
    std::string version() const override;
    std::string session() const override;
    Result<std::optional<LockHolder>> lockHolder(const std::string& session) override;
    std::unique_ptr<DatabaseClient> another(About about) const override;

    // For long answers and for rows in binary form. Null before connect().
    PGconn* handle() const { return m_handle.get(); }
    /// Sends one statement. Its results are to be taken by next() until it gives null.
    Status send(const std::string& statement, const PostgresqlParams& params, bool binaryRows);
    /// The same of a text that may be several statements, or one of the replication protocol.
    Status send(const std::string& statements);
    /// Of the statement that was sent, one row a result (PGRES_SINGLE_TUPLE): to be called right behind
    /// send().
    Status rowByRow();
    /// The next result, null behind the last. An error of the server is a status, and then there are no more.
    Result<PostgresqlResult> next();
    /// Takes all results that are left.
    Status finish();
    /// One statement in whose result a person is not interested; rows in binary form where told so.
    Result<PostgresqlResult> run(const std::string& statement, const PostgresqlParams& params = {},
                                 bool binaryRows = false);

    /// COPY … FROM STDIN: beginCopyIn · copyIn* · endCopyIn. After an error it is over.
    Status beginCopyIn(const std::string& statement);
    Status copyIn(std::string_view bytes);
    Result<std::uint64_t> endCopyIn();

    /// COPY … TO STDOUT, and replication (both directions): beginCopyOut · copyOut*.
    Status beginCopyOut(const std::string& statement);
    struct CopiedOut {
        PostgresqlMemory bytes{};  ///< null: none came within the time, or it is over
        std::string_view view{};
        bool over = false;  ///< it was the last; the statement is finished
    };
    Result<CopiedOut> copyOut(Millis within);

    /// Whether next() can give a result without waiting for it, once it was waited for so long.
    Result<bool> hasAnswer(Millis within);
    /// Waits for a NOTIFY on a channel that the session LISTENs to. Whether one came.
    Result<bool> awaitNotice(Millis within);

 private:
    PostgresqlPlace place(bool connecting = false) const;
    /// A statement or the connection has failed, as libpq says now.
    Status lost();
    Status gaveUp();
    /// Waits for the server; an error closes the connection.
    Status await(bool toRead, bool toWrite);
    Status flush();
    Status await(std::int64_t until, bool toRead, bool toWrite, bool& timeOver);
    Status settle();

    PostgresqlHandle m_handle{};
    std::int64_t m_until = 0;  ///< of the statement under way
    const bool m_replication = false;
};

}  // namespace rw

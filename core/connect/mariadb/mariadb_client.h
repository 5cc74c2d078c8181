// A session with a server of MariaDB or MySQL by MariaDB Connector/C, which waits only as long as it is told.
#pragma once
#include <mysql.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/databases/database_client.h"
#include "core/connect/mariadb/mariadb_error.h"

namespace rw {

class MariadbClient final : public DatabaseClient {
 public:
    static constexpr int kPort = 3306;

    MariadbClient(NodeConnection connection, About about);
    ~MariadbClient() override { close(); }

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

    // For long answers: send() · fetch()* until it gives false, or finish().
    using Cells = std::vector<std::optional<std::string_view>>;
    /// Sends one statement, and waits until its first row is there. False: it gives no rows, and is over.
    Result<bool> send(const std::string& statement);
    /// The columns of the rows that send() has begun.
    std::vector<DatabaseColumn> columns() const;
    /// The next row; its bytes stay until the next call.
    Result<bool> fetch(Cells& cells);
    /// Leaves the rest out.
    Status finish();
    /// Rows that the last statement has written or removed; a row that an upsert has changed counts twice.
    std::uint64_t changed() const;

    /// Appends a literal for a text of any bytes: 'it\'s'. For sessions of this class, whose mode keeps
    /// backslashes.
    static void appendLiteral(std::string& out, std::string_view text);

 private:
    struct Deleter {
        void operator()(MYSQL* session) const { mysql_close(session); }
    };
    MariadbPlace place() const;
    /// The last call of the library has failed, as it says.
    Status failed();
    Status gaveUp();
    /// Carries a call of the library out: `status` is what its start gave, `go` goes on with it.
    Status carryOut(int status, std::int64_t until, const std::function<int(int)>& go);
    std::int64_t until() const;
    Status setOptions(MYSQL& session) const;
    Status begun(std::int64_t until);

    std::unique_ptr<MYSQL, Deleter> m_session{};
    MYSQL_RES* m_rows = nullptr;
    bool m_asking = false;  ///< a statement is with the server
    bool m_broken = false;  ///< the connection is lost
};

}  // namespace rw

// A client of a database server: the calls that sources, sinks, testers and browsers share.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/connect/connections/connections.h"
#include "core/connect/databases/database_table.h"
#include "core/data/schema.h"

namespace rw {

class TableWriter;
struct TableTarget;

/// As text; nothing: NULL.
using DatabaseValue = std::optional<std::string>;

struct DatabaseRows {
    std::vector<std::string> columns{};
    std::vector<std::vector<DatabaseValue>> rows{};
    std::uint64_t changed = 0;  ///< rows that the statement has written or removed

    /// The first value of the first row; empty: there is none, or it is NULL.
    std::string first() const;
};

/// The statements on the table in which a server keeps, under a name, the number of the last transaction of a
/// sink, and who may commit the next. Parameters are in the order of the comments.
struct MarkerStatements {
    static constexpr const char* kTable = "_rill_sinks";

    std::string create{};
    std::string take{};  ///< name: makes the row, or gives it a new owner
    std::string read{};  ///< name: gives owner and number
    std::string mark{};  ///< number, name, owner
    /// Has constraints that wait for the commit checked now; empty: there are none.
    std::string check{};
};

/// A session whose transaction holds what another one waits for.
struct LockHolder {
    std::string session{};  ///< as the server numbers it; empty: the user of the connection may not see it
    std::string user{}, program{};
    Millis open = -1;       ///< so long its transaction; less than 0: that is not told
    bool prepared = false;  ///< no session has it any more: it was prepared for two-phase commit
};

/// Single-threaded but for cancel() and resume(). Signs in at connect(), with TLS as the connection says; the
/// certificate is always verified. Each statement is a transaction of its own unless begin() opened one.
/// Texts are UTF-8, times are UTC.
///
/// Errors: Io where the server may be back in a moment, or the transaction can be repeated; NotFound where a
/// table is missing; Row where a value or a constraint of the table does not allow a row; Denied where the
/// user, a password or a right is wrong; Refused and Invalid where the same would fail again; Cancelled by
/// cancel(). After Io and Cancelled the connection may be closed (isConnected()); a transaction that was open
/// is undone then.
class DatabaseClient {
 public:
    struct About {
        Millis connectWithin = 5'000;  ///< with the look-up of the name, TLS and signing in
        Millis answerWithin = 0;       ///< of one statement, up to its first rows; 0: as long as it takes
        /// Asked ten times a second while it waits: as cancel().
        std::function<bool()> givesUp{};
        std::string name = "rillwright";  ///< by which the server lists the session
    };
    DatabaseClient(NodeConnection connection, About about)
        : m_connection(std::move(connection)), m_about(std::move(about)) {}
    virtual ~DatabaseClient() = default;
    DatabaseClient(const DatabaseClient&) = delete;
    DatabaseClient& operator=(const DatabaseClient&) = delete;

    const NodeConnection& connection() const { return m_connection; }
    /// “db:5432/shop”.
    std::string address() const;

    /// Connects and signs in, after closing any old connection. Takes up the secrets, which may wait for the
    /// user.
    virtual Status connect() = 0;
    virtual bool isConnected() const = 0;
    /// Never waits.
    virtual void close() = 0;

    /// One statement that gives no rows.
    Status execute(const std::string& statement);
    /// One statement with its rows, all of them in memory: for small answers. `values` take the places of
    /// parameters: “$1” of PostgreSQL, “?” of MariaDB.
    virtual Result<DatabaseRows> query(const std::string& statement,
                                       const std::vector<DatabaseValue>& values = {}) = 0;
    Status begin() { return execute("BEGIN"); }
    Status commit() { return execute("COMMIT"); }
    Status rollback() { return execute("ROLLBACK"); }

    virtual std::string quoted(const std::string& identifier) const = 0;
    std::string quoted(const TableName& name) const;

    /// NotFound: there is no such table, or the user may not see it.
    virtual Result<DatabaseTable> describe(const TableName& name) = 0;
    /// Those that the user may read, but for the server's own, in the order of their names.
    virtual Result<std::vector<DatabaseTableSize>> tables() = 0;
    /// The columns that `query` gives, without running it.
    virtual Result<std::vector<DatabaseColumn>> columnsOf(const std::string& query) = 0;
    /// How a table that is created declares a column of that type. `inKey`: it is in its primary key.
    virtual std::string declaration(Type type, bool inKey) const = 0;
    virtual std::unique_ptr<TableWriter> makeWriter(const TableTarget& target, std::string stage) = 0;
    virtual const MarkerStatements& markerStatements() const = 0;
    /// Ends the other sessions of this user that write under the name of that marker: one that only seems to
    /// be gone may hold its row, and commit.
    virtual Status cutOffOthers(const std::string& marker) = 0;
    /// As the server calls itself: “PostgreSQL 15.8”; empty before connect().
    virtual std::string version() const = 0;
    /// As the server numbers it; empty: there is none.
    virtual std::string session() const = 0;
    /// Whose lock that session waits for; nothing: it waits for none.
    virtual Result<std::optional<LockHolder>> lockHolder(const std::string& session) = 0;
    /// One to the same database.
    virtual std::unique_ptr<DatabaseClient> another(About about) const = 0;

    /// The statement under way, and all that follow until resume(), end with ErrorCode::Cancelled; the
    /// connection is closed. Any thread.
    void cancel() { m_cancelled = true; }
    void resume() { m_cancelled = false; }

 protected:
    bool givesUp() const { return m_cancelled || (m_about.givesUp && m_about.givesUp()); }
    Status cancelled() const;
    Status notConnected() const;
    /// Whether something answers at the address. What does not, or has no such name, is told better by this
    /// than by the libraries, and is not waited for in them.
    Status reach(int port) const;

    const NodeConnection m_connection;
    const About m_about;
    const std::shared_ptr<Clock> m_clock = systemClock();

 private:
    std::atomic<bool> m_cancelled{false};
};

/// Whether the connection was lost while TLS was agreed on, as the library tells it: a server that restarts
/// does that. Else it is the certificate, which time does not mend.
bool isTlsCutOff(const std::string& said);

/// The schema of a stream that reads all these columns.
Schema streamSchemaOf(const std::vector<DatabaseColumn>& columns);

}  // namespace rw

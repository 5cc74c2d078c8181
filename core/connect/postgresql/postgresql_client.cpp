#include "core/connect/postgresql/postgresql_client.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <utility>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/postgresql/postgresql_options.h"
#include "core/net/socket_wait.h"

namespace rw {

namespace {

constexpr std::int64_t kNoEnd = std::numeric_limits<std::int64_t>::max();
constexpr int kPerMajor = 10'000;

/// Servers that speak the protocol don't know all of these.
constexpr const char* kSettings =
    "SELECT pg_catalog.set_config(name, CASE name WHEN 'TimeZone' THEN 'UTC' WHEN 'DateStyle' THEN 'ISO' "
    "WHEN 'IntervalStyle' THEN 'postgres' WHEN 'bytea_output' THEN 'hex' ELSE '0' END, false) "
    "FROM pg_catalog.pg_settings WHERE name IN ('TimeZone', 'DateStyle', 'IntervalStyle', 'bytea_output', "
    "'statement_timeout', 'idle_in_transaction_session_timeout', 'idle_session_timeout')";

void sayNothing(void*, const PGresult*) {}

/// The names and values of parameters, as libpq takes them; the values of secrets are given by `with`.
class Parameters {
 public:
    explicit Parameters(const PostgresqlOptions& options) {
        for (const auto& [name, value] : options) add(name.c_str(), value.c_str());
    }
    void add(const char* name, const char* value) {
        m_names.push_back(name);
        m_values.push_back(value);
    }
    PGconn* start() {
        add(nullptr, nullptr);
        return PQconnectStartParams(m_names.data(), m_values.data(), 0);
    }

 private:
    std::vector<const char*> m_names{}, m_values{};
};

}  // namespace

void PostgresqlParams::addText(const DatabaseValue& value) {
    m_types.push_back(0);
    m_values.push_back(value ? value->c_str() : nullptr);
    m_lengths.push_back(0);
    m_formats.push_back(0);
}

void PostgresqlParams::addBinary(Oid type, std::string_view bytes) {
    m_types.push_back(type);
    m_values.push_back(bytes.data());
    m_lengths.push_back(static_cast<int>(bytes.size()));
    m_formats.push_back(1);
}

PostgresqlPlace PostgresqlClient::place(bool connecting) const {
    return {address(), m_connection.field("database"), m_connection.field("user"),
            usesTls(m_connection.connection()), connecting};
}

Status PostgresqlClient::connect() {
    close();
    if (givesUp()) return cancelled();
    RW_TRY_ASSIGN(PostgresqlOptions options, postgresqlOptions(m_connection, m_about.name));
    if (m_replication) options.emplace_back("replication", "database");
    RW_TRY_ASSIGN(const Secret password, m_connection.secret("password"));
    Secret passphrase;
    if (usesTls(m_connection.connection()) && !m_connection.field("client_key").empty()) {
        RW_TRY_ASSIGN(passphrase, m_connection.secret("key_passphrase"));
    }
    const std::int64_t until = m_clock->steadyMillis() + m_about.connectWithin;
    RW_TRY(reach(kPort));
    Parameters parameters(options);
    // libpq copies them before the call is over.
    password.reveal([&](std::string_view word) {
        if (!word.empty()) parameters.add("password", word.data());
        passphrase.reveal([&](std::string_view phrase) {
            // An empty one, too: libpq would ask at the terminal.
            parameters.add("sslpassword", phrase.empty() ? "" : phrase.data());
            m_handle.reset(parameters.start());
        });
    });
    if (!m_handle) return outOfMemory();
    PQsetErrorVerbosity(m_handle.get(), PQERRORS_VERBOSE);
    PQsetNoticeReceiver(m_handle.get(), sayNothing, nullptr);
    PostgresqlHandle tried = std::move(m_handle);
    for (PostgresPollingStatusType at = PGRES_POLLING_WRITING; at != PGRES_POLLING_OK;) {
        if (at == PGRES_POLLING_FAILED || PQstatus(tried.get()) == CONNECTION_BAD)
            return postgresqlStatus(connectFaultOf(*tried), place(true));
        const SocketWish wish{at == PGRES_POLLING_READING, at == PGRES_POLLING_WRITING};
        switch (awaitSocket(PQsocket(tried.get()), wish, until, [this] { return givesUp(); })) {
            case SocketOutcome::GivenUp:
                return cancelled();
            case SocketOutcome::TimeOver:
                return {ErrorCode::Io,
                        RW_TEXT("databases", "The database at %1 does not answer.").with(address()),
                        RW_TEXT("databases", "See whether the server runs, and whether this is its port.")};
            case SocketOutcome::Ready:
                break;
        }
        at = PQconnectPoll(tried.get());
    }
    m_handle = std::move(tried);
    PQsetErrorVerbosity(m_handle.get(), PQERRORS_DEFAULT);
    return settle();
}

/// Of a session of replication, the server takes settings alike, but in the simple protocol alone.
Status PostgresqlClient::settle() {
    if (PQsetnonblocking(m_handle.get(), 1) != 0) return lost();
    const Status set = query(kSettings).status();
    if (!set.ok()) close();
    return set;
}

bool PostgresqlClient::isConnected() const {
    return m_handle != nullptr && PQstatus(m_handle.get()) == CONNECTION_OK;
}

void PostgresqlClient::close() {
    if (!m_handle) return;
    // A statement may still be running there, and the end of the session waits for nobody.
    if (PQtransactionStatus(m_handle.get()) == PQTRANS_ACTIVE) {
        const std::shared_ptr<PGcancel> cancel(PQgetCancel(m_handle.get()), PostgresqlDeleter());
        if (cancel) {
            doApart([cancel] {
                char said[256] = "";
                (void)PQcancel(cancel.get(), said, sizeof said);
            });
        }
        endSocket(PQsocket(m_handle.get()));
    }
    m_handle.reset();
}

Status PostgresqlClient::lost() {
    if (!m_handle) return notConnected();
    const PostgresqlFault fault = connectFaultOf(*m_handle);
    close();
    return postgresqlStatus(fault, place());
}

Status PostgresqlClient::gaveUp() {
    close();
    return cancelled();
}

Status PostgresqlClient::await(std::int64_t until, bool toRead, bool toWrite, bool& timeOver) {
    timeOver = false;
    switch (awaitSocket(PQsocket(m_handle.get()), {toRead, toWrite}, until, [this] { return givesUp(); })) {
        case SocketOutcome::GivenUp:
            return gaveUp();
        case SocketOutcome::TimeOver:
            timeOver = true;
            return {};
        case SocketOutcome::Ready:
            break;
    }
    // What the server says while it is sent to is taken up, too: else both might wait for each other.
    if (toRead && PQconsumeInput(m_handle.get()) == 0) return lost();
    return {};
}

Status PostgresqlClient::await(bool toRead, bool toWrite) {
    bool timeOver = false;
    RW_TRY(await(m_until, toRead, toWrite, timeOver));
    if (!timeOver) return {};
    close();
    return {ErrorCode::Io, RW_TEXT("databases", "The database at %1 did not answer in time.").with(address()),
            RW_TEXT("databases", "See whether it is busy, or a transaction of others holds the table.")};
}

Status PostgresqlClient::flush() {
    for (;;) {
        const int left = PQflush(m_handle.get());
        if (left == 0) return {};
        if (left < 0) return lost();
        RW_TRY(await(true, true));
    }
}

Status PostgresqlClient::send(const std::string& statement, const PostgresqlParams& params, bool binaryRows) {
    if (!isConnected()) return lost();
    if (givesUp()) return gaveUp();
    m_until = m_about.answerWithin > 0 ? m_clock->steadyMillis() + m_about.answerWithin : kNoEnd;
    if (PQsendQueryParams(m_handle.get(), statement.c_str(), params.size(), params.types(), params.values(),
                          params.lengths(), params.formats(), binaryRows ? 1 : 0) == 0)
        return lost();
    return flush();
}

Status PostgresqlClient::send(const std::string& statements) {
    if (!isConnected()) return lost();
    if (givesUp()) return gaveUp();
    m_until = m_about.answerWithin > 0 ? m_clock->steadyMillis() + m_about.answerWithin : kNoEnd;
    if (PQsendQuery(m_handle.get(), statements.c_str()) == 0) return lost();
    return flush();
}

Status PostgresqlClient::rowByRow() {
    return PQsetSingleRowMode(m_handle.get()) == 1 ? Status() : lost();
}

Result<PostgresqlResult> PostgresqlClient::next() {
    if (!m_handle) return lost();
    while (PQisBusy(m_handle.get()) != 0) RW_TRY(await(true, false));
    PostgresqlResult result(PQgetResult(m_handle.get()));
    if (!result) return result;
    switch (PQresultStatus(result.get())) {
        case PGRES_BAD_RESPONSE:
        case PGRES_FATAL_ERROR: {
            const PostgresqlFault fault = faultOf(*result);
            const Status status = postgresqlStatus(fault, place());
            // The server's last words, when it is shut down, come before the end of the connection.
            if (fault.state.empty() || fault.state.starts_with("57P")) {
                close();
            } else {
                (void)finish();
            }
            return status;
        }
        default:
            return result;
    }
}

Status PostgresqlClient::finish() {
    for (;;) {
        RW_TRY_ASSIGN(const PostgresqlResult result, next());
        if (!result) return {};
    }
}

Result<PostgresqlResult> PostgresqlClient::run(const std::string& statement, const PostgresqlParams& params,
                                               bool binaryRows) {
    RW_TRY(send(statement, params, binaryRows));
    RW_TRY_ASSIGN(PostgresqlResult result, next());
    RW_TRY(finish());
    if (!result) return lost();
    return result;
}

Result<DatabaseRows> PostgresqlClient::query(const std::string& statement,
                                             const std::vector<DatabaseValue>& values) {
    PostgresqlParams params;
    for (const DatabaseValue& value : values) params.addText(value);
    PostgresqlResult result;
    if (values.empty()) {
        RW_TRY(send(statement));  // the simple protocol, which all that speak it know
        RW_TRY_ASSIGN(result, next());
        RW_TRY(finish());
        if (!result) return lost();
    } else {
        RW_TRY_ASSIGN(result, run(statement, params));
    }
    DatabaseRows rows;
    const int columns = PQnfields(result.get());
    for (int column = 0; column < columns; ++column) rows.columns.emplace_back(PQfname(result.get(), column));
    for (int row = 0; row < PQntuples(result.get()); ++row) {
        std::vector<DatabaseValue>& cells = rows.rows.emplace_back();
        for (int column = 0; column < columns; ++column) {
            DatabaseValue& cell = cells.emplace_back();
            if (PQgetisnull(result.get(), row, column) != 0) continue;
            cell.emplace(PQgetvalue(result.get(), row, column),
                         static_cast<std::size_t>(PQgetlength(result.get(), row, column)));
        }
    }
    const std::string changed = PQcmdTuples(result.get());
    if (!changed.empty()) rows.changed = std::strtoull(changed.c_str(), nullptr, 10);
    return rows;
}

std::string PostgresqlClient::quoted(const std::string& identifier) const {
    std::string out = "\"";
    for (const char c : identifier) {
        if (c == '"') out += c;
        out += c;
    }
    return out + '"';
}

std::string PostgresqlClient::version() const {
    if (!m_handle) return {};
    const int number = PQserverVersion(m_handle.get());
    const char* const said = PQparameterStatus(m_handle.get(), "server_version");
    return "PostgreSQL " + (said != nullptr ? std::string(said).substr(0, std::string(said).find(' '))
                                            : std::to_string(number / kPerMajor));
}

}  // namespace rw

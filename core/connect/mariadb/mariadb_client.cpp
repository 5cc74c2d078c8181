#include "core/connect/mariadb/mariadb_client.h"

#include <errmsg.h>

#include <algorithm>
#include <limits>
#include <mutex>
#include <utility>

#include "core/connect/connections/connection_kind.h"
#include "core/connect/connections/host_port.h"
#include "core/connect/mariadb/mariadb_types.h"
#include "core/net/socket_wait.h"

namespace rw {

namespace {

constexpr std::int64_t kForEver = std::numeric_limits<std::int64_t>::max();
constexpr Millis kKillWithin = 2'000;

/// Values that don't fit are errors, and a backslash begins an escape.
constexpr const char* kSession =
    "SET SESSION sql_mode = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"
    "NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', wait_timeout = 86400, autocommit = 1";

void beginLibrary() {
    static std::once_flag once;
    std::call_once(once, [] { (void)mysql_server_init(0, nullptr, nullptr); });
}

SocketWish wishOf(int status) {
    return {(status & (MYSQL_WAIT_READ | MYSQL_WAIT_EXCEPT)) != 0, (status & MYSQL_WAIT_WRITE) != 0};
}

}  // namespace

MariadbClient::MariadbClient(NodeConnection connection, About about)
    : DatabaseClient(std::move(connection), std::move(about)) {
    beginLibrary();
}

MariadbPlace MariadbClient::place() const {
    return {address(), m_connection.field("database"), m_connection.field("user"),
            usesTls(m_connection.connection())};
}

std::int64_t MariadbClient::until() const {
    return m_about.answerWithin > 0 ? m_clock->steadyMillis() + m_about.answerWithin : kForEver;
}

Status MariadbClient::carryOut(int status, std::int64_t until, const std::function<int(int)>& go) {
    SocketOutcome outcome = SocketOutcome::Ready;
    while (status != 0) {
        const auto socket = static_cast<int>(mysql_get_socket(m_session.get()));
        if (outcome == SocketOutcome::Ready)
            outcome = awaitSocket(socket, wishOf(status), until, [this] { return givesUp(); });
        // The library has to come to an end with the call: it fails when its connection does.
        if (outcome != SocketOutcome::Ready) endSocket(socket);
        const int wished = status & (MYSQL_WAIT_READ | MYSQL_WAIT_WRITE | MYSQL_WAIT_EXCEPT);
        status = go(outcome == SocketOutcome::Ready ? wished : MYSQL_WAIT_TIMEOUT);
    }
    if (outcome == SocketOutcome::Ready) return {};
    m_broken = true;
    if (outcome == SocketOutcome::GivenUp) return gaveUp();
    close();
    return {ErrorCode::Io, RW_TEXT("databases", "The database at %1 did not answer in time.").with(address()),
            RW_TEXT("databases", "See whether it is busy, or a transaction of others holds the table.")};
}

Status MariadbClient::setOptions(MYSQL& session) const {
    const unsigned seconds = static_cast<unsigned>(std::max<Millis>(m_about.connectWithin / 1'000, 1));
    const unsigned none = 0;
    const my_bool yes = 1;
    const unsigned protocol = MYSQL_PROTOCOL_TCP;  // “localhost” would be a socket of this computer
    mysql_options(&session, MYSQL_OPT_PROTOCOL, &protocol);
    mysql_options(&session, MYSQL_OPT_NONBLOCK, nullptr);
    mysql_options(&session, MYSQL_OPT_CONNECT_TIMEOUT, &seconds);
    mysql_options(&session, MYSQL_OPT_LOCAL_INFILE, &none);
    mysql_options(&session, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    mysql_options(&session, MYSQL_INIT_COMMAND, kSession);
    mysql_options4(&session, MYSQL_OPT_CONNECT_ATTR_ADD, "program_name", m_about.name.c_str());
    if (!usesTls(m_connection.connection())) return {};
    mysql_options(&session, MYSQL_OPT_SSL_ENFORCE, &yes);
    mysql_options(&session, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, &yes);
    const std::string ca = m_connection.field("ca_file");
    mysql_options(&session, MYSQL_OPT_SSL_CA, (ca.empty() ? systemCaFile() : ca).c_str());
    const std::string certificate = m_connection.field("client_certificate");
    if (certificate.empty()) return {};
    mysql_options(&session, MYSQL_OPT_SSL_CERT, certificate.c_str());
    mysql_options(&session, MYSQL_OPT_SSL_KEY, m_connection.field("client_key").c_str());
    RW_TRY_ASSIGN(const Secret passphrase, m_connection.secret("key_passphrase"));
    passphrase.reveal([&session](std::string_view text) {
        if (!text.empty()) mysql_options(&session, MARIADB_OPT_TLS_PASSPHRASE, text.data());
    });
    return {};
}

Status MariadbClient::connect() {
    close();
    if (givesUp()) return cancelled();
    RW_TRY_ASSIGN(const HostPort at, parseHostPort(m_connection.field("address"), kPort));
    RW_TRY_ASSIGN(const Secret password, m_connection.secret("password"));
    std::unique_ptr<MYSQL, Deleter> session(mysql_init(nullptr));
    if (!session) return outOfMemory();
    RW_TRY(setOptions(*session));
    const std::int64_t end = m_clock->steadyMillis() + m_about.connectWithin;
    RW_TRY(reach(kPort));
    m_session = std::move(session);
    m_broken = false;
    MYSQL* made = nullptr;
    const std::string user = m_connection.field("user"), database = m_connection.field("database");
    const Status carried = password.reveal([&](std::string_view word) {
        const int status = mysql_real_connect_start(
            &made, m_session.get(), at.host.c_str(), user.c_str(), word.empty() ? "" : word.data(),
            database.c_str(), static_cast<unsigned>(at.port), nullptr, CLIENT_FOUND_ROWS);
        return carryOut(status, end,
                        [&](int ready) { return mysql_real_connect_cont(&made, m_session.get(), ready); });
    });
    RW_TRY(carried);
    if (made != nullptr) return {};
    const Status status = failed();
    close();
    return status;
}

bool MariadbClient::isConnected() const {
    return m_session != nullptr && !m_broken;
}

void MariadbClient::close() {
    if (!m_session) return;
    // The server would go on with a statement, and learn that nobody waits for it when it has the first row.
    if (std::exchange(m_asking, false)) {
        const unsigned long number = mysql_thread_id(m_session.get());
        doApart([connection = m_connection, number] {
            About about;
            about.connectWithin = about.answerWithin = kKillWithin;
            MariadbClient other(connection, about);
            if (other.connect().ok()) (void)other.execute("KILL QUERY " + std::to_string(number));
        });
        m_broken = true;
    }
    // Its end is not waited for: rows that are left would be read, and a farewell sent.
    if (m_broken || m_rows != nullptr) endSocket(static_cast<int>(mysql_get_socket(m_session.get())));
    if (m_rows != nullptr) mysql_free_result(std::exchange(m_rows, nullptr));
    m_session.reset();
    m_broken = false;
}

Status MariadbClient::failed() {
    if (!m_session) return notConnected();
    const MariadbFault fault = faultOf(*m_session);
    const Status status = mariadbStatus(fault, place());
    m_asking = false;
    const bool ofClient = fault.number >= CR_MIN_ERROR && fault.number <= CR_MYSQL_LAST_ERROR;
    if (ofClient || fault.number == 0) m_broken = true;
    if (m_broken) close();
    return status;
}

Status MariadbClient::gaveUp() {
    close();
    return cancelled();
}

Result<bool> MariadbClient::send(const std::string& statement) {
    if (!isConnected()) return failed();
    if (givesUp()) return gaveUp();
    RW_TRY(finish());
    m_asking = true;
    int error = 0;
    const int status = mysql_real_query_start(&error, m_session.get(), statement.data(),
                                              static_cast<unsigned long>(statement.size()));
    RW_TRY(carryOut(status, until(),
                    [&](int ready) { return mysql_real_query_cont(&error, m_session.get(), ready); }));
    if (error != 0) return failed();
    m_rows = mysql_use_result(m_session.get());
    m_asking = m_rows != nullptr;
    if (m_rows == nullptr && mysql_field_count(m_session.get()) != 0) return failed();
    return m_rows != nullptr;
}

Result<bool> MariadbClient::fetch(Cells& cells) {
    if (m_rows == nullptr) return false;
    MYSQL_ROW row = nullptr;
    const int status = mysql_fetch_row_start(&row, m_rows);
    if (status != 0)
        RW_TRY(
            carryOut(status, until(), [&](int ready) { return mysql_fetch_row_cont(&row, m_rows, ready); }));
    if (row == nullptr) {
        m_asking = false;
        const Status ended = mysql_errno(m_session.get()) != 0 ? failed() : Status();
        if (m_rows != nullptr) mysql_free_result(std::exchange(m_rows, nullptr));
        RW_TRY(ended);
        return false;
    }
    const unsigned long* const lengths = mysql_fetch_lengths(m_rows);
    cells.resize(mysql_num_fields(m_rows));
    for (std::size_t i = 0; i < cells.size(); ++i) {
        cells[i].reset();
        if (row[i] != nullptr) cells[i] = std::string_view(row[i], lengths[i]);
    }
    return true;
}

Status MariadbClient::finish() {
    Cells cells;
    while (m_rows != nullptr) RW_TRY(fetch(cells).status());
    return {};
}

std::vector<DatabaseColumn> MariadbClient::columns() const {
    std::vector<DatabaseColumn> columns;
    if (m_rows == nullptr) return columns;
    const unsigned count = mysql_num_fields(m_rows);
    const MYSQL_FIELD* const fields = mysql_fetch_fields(m_rows);
    for (unsigned i = 0; i < count; ++i) columns.push_back(mariadbColumn(fields[i]));
    return columns;
}

std::uint64_t MariadbClient::changed() const {
    return m_session ? mysql_affected_rows(m_session.get()) : 0;
}

Result<DatabaseRows> MariadbClient::query(const std::string& statement,
                                          const std::vector<DatabaseValue>& values) {
    std::string text;
    std::size_t next = 0;
    for (const char c : statement) {
        if (c != '?' || next == values.size()) {
            text += c;
            continue;
        }
        const DatabaseValue& value = values[next++];
        if (value) appendLiteral(text, *value);
        if (!value) text += "NULL";
    }
    DatabaseRows rows;
    RW_TRY_ASSIGN(const bool any, send(text));
    if (!any) {
        rows.changed = changed();
        return rows;
    }
    for (const DatabaseColumn& column : columns()) rows.columns.push_back(column.name);
    Cells cells;
    for (;;) {
        RW_TRY_ASSIGN(const bool more, fetch(cells));
        if (!more) return rows;
        std::vector<DatabaseValue>& row = rows.rows.emplace_back();
        for (const std::optional<std::string_view>& cell : cells)
            row.push_back(cell ? DatabaseValue(std::string(*cell)) : DatabaseValue());
    }
}

std::string MariadbClient::quoted(const std::string& identifier) const {
    std::string out = "`";
    for (const char c : identifier) {
        if (c == '`') out += c;
        out += c;
    }
    return out + '`';
}

std::string MariadbClient::version() const {
    if (!m_session) return {};
    const std::string said = mysql_get_server_info(m_session.get());
    const bool mariadb = said.find("MariaDB") != std::string::npos;
    return (mariadb ? "MariaDB " : "MySQL ") + said.substr(0, said.find('-'));
}

void MariadbClient::appendLiteral(std::string& out, std::string_view text) {
    out += '\'';
    while (!text.empty()) {
        const std::size_t plain =
            std::min(text.find_first_of(std::string_view("\0'\\\"\n\r\x1a", 7)), text.size());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        out += '\\';
        switch (text.front()) {
            case '\0':
                out += '0';
                break;
            case '\n':
                out += 'n';
                break;
            case '\r':
                out += 'r';
                break;
            case '\x1a':
                out += 'Z';
                break;
            default:
                out += text.front();
        }
        text.remove_prefix(1);
    }
    out += '\'';
}

}  // namespace rw

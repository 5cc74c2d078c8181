#include "tests/support/databases/postgresql_world.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "tests/support/databases/world_session.h"

namespace rw::test {

namespace {
constexpr int kWorldLook = 20;  // milliseconds
}

PostgresqlWorld::PostgresqlWorld() {
    listen();
    m_accepting = std::thread([this] {
        while (!m_over) {
            pollfd look{m_listening, POLLIN, 0};
            if (::poll(&look, 1, kWorldLook) <= 0) continue;
            const int connection = ::accept4(m_listening, nullptr, nullptr, SOCK_CLOEXEC);
            if (connection < 0) continue;
            if (m_down) {
                ::close(connection);
                continue;
            }
            const std::lock_guard lock(m_mutex);
            forgetDone();
            Serving& serving = m_sessions.emplace_back();
            serving.session = std::make_shared<WorldSession>(*this, connection);
            serving.thread = std::thread([session = serving.session.get()] {
                session->serve();
                session->hasLeft = true;
            });
        }
    });
}

PostgresqlWorld::~PostgresqlWorld() {
    m_over = true;
    m_accepting.join();
    killSessions();
    for (Serving& serving : m_sessions) serving.thread.join();
    m_sessions.clear();
    ::close(m_listening);
}

/// The contract makes thousands.
void PostgresqlWorld::forgetDone() {
    for (auto each = m_sessions.begin(); each != m_sessions.end();) {
        if (!each->session->hasLeft) {
            ++each;
            continue;
        }
        each->thread.join();
        each = m_sessions.erase(each);
    }
}

void PostgresqlWorld::listen() {
    m_listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    // Its connections have it from here: an answer of several writes does not wait 40 ms for the first one's
    // acknowledgement.
    const int yes = 1;
    ::setsockopt(m_listening, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof at;
    ::bind(m_listening, reinterpret_cast<const sockaddr*>(&at), length);
    ::getsockname(m_listening, reinterpret_cast<sockaddr*>(&at), &length);
    m_port = ntohs(at.sin_port);
    ::listen(m_listening, 64);
}

std::string PostgresqlWorld::address() const {
    return fmt::format("127.0.0.1:{}", m_port);
}

std::shared_ptr<const Connections> PostgresqlWorld::connections(const std::string& name) const {
    Connection made{name,
                    "postgresql",
                    {{"address", address()}, {"database", "world"}, {"user", "tester"}, {"tls", "off"}},
                    {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

NodeConnection PostgresqlWorld::connection() const {
    const std::shared_ptr<const Connections> all = connections("world");
    return NodeConnection(*all->named("world"), all);
}

void PostgresqlWorld::createTable(const std::string& definition) {
    WorldSession session(*this, -1);
    session.define("CREATE TABLE IF NOT EXISTS " + definition);
}

void PostgresqlWorld::dropTable(const std::string& name) {
    const std::lock_guard lock(m_mutex);
    m_tables.erase(name);
}

void PostgresqlWorld::put(const std::string& name, std::vector<std::vector<WorldCell>> rows) {
    const std::lock_guard lock(m_mutex);
    auto table = std::make_shared<WorldTable>(*m_tables.at(name));
    for (std::vector<WorldCell>& row : rows) table->rows.push_back(std::move(row));
    m_tables[name] = std::move(table);
}

void PostgresqlWorld::clear() {
    killSessions();
    const std::lock_guard lock(m_mutex);
    m_tables.clear();
    m_markers.clear();
    m_statements.clear();
    m_hasMarkers = false;
}

bool PostgresqlWorld::hasTable(const std::string& name) const {
    const std::lock_guard lock(m_mutex);
    return m_tables.contains(name);
}

std::vector<std::string> PostgresqlWorld::rows(const std::string& table) const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> lines;
    const auto found = m_tables.find(table);
    if (found == m_tables.end()) return lines;
    for (const std::vector<WorldCell>& row : found->second->rows) {
        std::string& line = lines.emplace_back();
        for (const WorldCell& cell : row) line += (line.empty() ? "" : "|") + cell.value_or("NULL");
    }
    std::sort(lines.begin(), lines.end());
    return lines;
}

std::int64_t PostgresqlWorld::marker(const std::string& name) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_markers.find(name);
    return found == m_markers.end() ? -1 : found->second.number;
}

void PostgresqlWorld::addSlot(const std::string& name, int reader, std::int64_t keptBytes) {
    const std::lock_guard lock(m_mutex);
    m_slots[name] = {reader, keptBytes};
}

std::vector<std::string> PostgresqlWorld::statements() const {
    const std::lock_guard lock(m_mutex);
    return m_statements;
}

void PostgresqlWorld::refer(const std::string& table, const std::string& column, const std::string& toTable,
                            const std::string& toColumn) {
    const std::lock_guard lock(m_mutex);
    m_references.push_back({table, column, toTable, toColumn});
}

void PostgresqlWorld::hold(const std::string& beginning, const Holder& holder) {
    const std::lock_guard lock(m_mutex);
    m_held = {beginning, holder};
}

bool PostgresqlWorld::wasAskedForLocks() const {
    const std::lock_guard lock(m_mutex);
    return std::any_of(m_statements.begin(), m_statements.end(),
                       [](const std::string& each) { return each.starts_with("SELECT p.pid"); });
}

void PostgresqlWorld::release() {
    const std::lock_guard lock(m_mutex);
    m_held.reset();
    m_news.notify_all();
}

void PostgresqlWorld::refuseSignIn(const std::string& state) {
    const std::lock_guard lock(m_mutex);
    m_signInRefused = state;
}

void PostgresqlWorld::reject(const std::string& text) {
    const std::lock_guard lock(m_mutex);
    m_rejected.push_back(text);
}

void PostgresqlWorld::fail(const std::string& beginning, const std::string& state) {
    const std::lock_guard lock(m_mutex);
    m_failures.emplace_back(beginning, state);
}

void PostgresqlWorld::loseCommit(bool carriedOut) {
    const std::lock_guard lock(m_mutex);
    m_lostCommit = carriedOut;
}

void PostgresqlWorld::endSessions(const void* but, const std::string& name) {
    for (Serving& serving : m_sessions) {
        const bool named = name.empty() || serving.session->name() == name;
        if (serving.session.get() != but && named) serving.session->end();
    }
}

void PostgresqlWorld::killSessions() {
    const std::lock_guard lock(m_mutex);
    endSessions(nullptr, {});
    m_news.notify_all();
}

void PostgresqlWorld::setDown(bool down) {
    m_down = down;
    if (down) killSessions();
}

}  // namespace rw::test

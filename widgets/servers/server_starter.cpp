#include "widgets/servers/server_starter.h"

#include <algorithm>
#include <set>
#include <utility>

#include "core/connect/connections/host_port.h"
#include "core/net/tcp_stream.h"
#include "widgets/background/background.h"
#include "widgets/document/connection_list.h"
#include "widgets/servers/server_script.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr Millis kAnswersWithin = 1'000;

bool answersAt(const std::string& address) {
    const Result<HostPort> at = parseHostPort(address, 0);
    if (!at.ok()) return false;
    TcpServer server;
    server.host = at->host;
    server.port = at->port;
    server.connectWithin = kAnswersWithin;
    TcpStream stream(std::move(server));
    return stream.connect().ok();
}

}  // namespace

ServerStarter::ServerStarter(ConnectionList& connections, QString script, QObject* parent)
    : QObject(parent), m_connections(connections), m_script(std::move(script)) {
    connect(&m_connections, &ConnectionList::changed, this, &ServerStarter::changed);
}

QString ServerStarter::addressOf(const LocalServer& server) const {
    const Connection* const found = m_connections.named(server.connection);
    return found == nullptr ? QString() : QString::fromStdString(fieldOf(*found, "address"));
}

ServerStarter::Place ServerStarter::placeOf(const LocalServer& server) const {
    if (!m_connections.trouble().ok()) return Place::Elsewhere;  // it can't be made
    const Connection* const found = m_connections.named(server.connection);
    if (found == nullptr) return Place::Away;
    if (!mayLeadTo(*found, server)) return Place::Elsewhere;
    const auto looked = m_answers.find(fieldOf(*found, "address"));
    if (looked == m_answers.end()) return Place::Unknown;
    return looked->second ? Place::Here : Place::Away;
}

void ServerStarter::look(const LocalServerList& servers) {
    std::set<std::string> addresses;
    for (const LocalServer* const server : servers) {
        const Connection* const found = m_connections.named(server->connection);
        if (found != nullptr && mayLeadTo(*found, *server)) addresses.insert(fieldOf(*found, "address"));
    }
    if (addresses.empty()) return;
    m_looking.start([this, addresses, address = MainThreadReceiver(this)] {
        std::map<std::string, bool> answers;
        for (const std::string& each : addresses) answers[each] = answersAt(each);
        address.send([this, answers] {
            bool news = false;
            for (const auto& [at, answer] : answers) {
                const auto before = m_answers.find(at);
                news = news || before == m_answers.end() || before->second != answer;
                m_answers[at] = answer;
            }
            if (news) Q_EMIT changed();
        });
    });
}

void ServerStarter::start(const LocalServerList& servers) {
    begin(Work::Starting, servers);
}

void ServerStarter::stop(const LocalServerList& servers) {
    begin(Work::Stopping, servers);
}

void ServerStarter::begin(Work work, const LocalServerList& servers) {
    if (m_work != Work::None || m_script.isEmpty() || servers.empty()) return;
    m_last = LocalServerList(servers);  // they may be these
    m_waiting.assign(m_last.begin(), m_last.end());
    m_work = m_lastWork = work;
    next();
}

void ServerStarter::again() {
    const auto from = std::find(m_last.begin(), m_last.end(), m_current);
    begin(m_lastWork, LocalServerList(from, m_last.end()));
}

void ServerStarter::next() {
    m_current = m_waiting.front();
    m_waiting.pop_front();
    m_failure = {};
    m_line.clear();
    run(m_work == Work::Starting ? "up" : "down");
    Q_EMIT changed();
}

void ServerStarter::run(const char* verb) {
    const QStringList words{QString::fromStdString(m_current->name), QLatin1String(verb)};
    const auto run = [this, words, script = m_script](const Latest::Question& question) {
        const auto tell = [this, &question](const std::string& line) {
            question.tell([this, line] {
                m_line = shownText(QString::fromStdString(line));
                Q_EMIT changed();
            });
        };
        return runServerScript(
            script, words, [&question] { return question.isDropped(); }, tell);
    };
    m_running.ask(m_worker, run, [this](const Result<std::string>& printed) { take(printed); });
}

void ServerStarter::take(const Result<std::string>& printed) {
    const bool starts = m_work == Work::Starting;
    m_failure = printed.status();
    if (starts && printed.ok()) m_failure = connectTo(printed.value());
    if (!starts || !m_failure.ok()) m_answers.erase(addressOf(*m_current).toStdString());
    const bool done = m_failure.ok();
    const QString name = QString::fromStdString(m_current->name);
    if (done && !m_waiting.empty()) {
        next();
    } else {
        m_waiting.clear();
        m_work = Work::None;
        look({m_current});
        Q_EMIT changed();
    }
    if (!done) return;
    if (starts) {
        Q_EMIT started(name);
    } else {
        Q_EMIT stopped(name);
    }
}

/// One that was made before leads to where the server answers now.
Status ServerStarter::connectTo(const std::string& printed) {
    RW_TRY_ASSIGN(const Connection wanted, connectionToLocal(*m_current, printed));
    m_answers[fieldOf(wanted, "address")] = true;
    const Connection* const before = m_connections.named(wanted.name);
    if (before == nullptr) return m_connections.add(wanted);
    if (!mayLeadTo(*before, *m_current)) {
        return {ErrorCode::Refused,
                RW_TEXT("servers", "There is another connection of the name “%1”.").with(wanted.name),
                RW_TEXT("servers", "Rename that one, and start the server again.")};
    }
    if (fieldOf(*before, "address") == fieldOf(wanted, "address")) return {};
    Connection now = *before;
    now.fields["address"] = wanted.fields.at("address");
    return m_connections.change(*before, now);
}

void ServerStarter::cancel() {
    if (m_work == Work::None) return;
    m_running.drop();
    m_worker.abandon();
    m_waiting.clear();
    m_work = Work::None;
    m_current = nullptr;
    Q_EMIT changed();
}

void ServerStarter::forget() {
    if (m_work != Work::None) return;
    m_failure = {};
    m_current = nullptr;
    Q_EMIT changed();
}

}  // namespace rw::ui

#include "widgets/document/connection_list.h"

#include <QGuiApplication>
#include <algorithm>
#include <utility>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

ConnectionList::ConnectionList(PipelineDocument& document, SecretSource secrets, std::string path,
                               QObject* parent)
    : QObject(parent),
      m_document(document),
      m_secrets(std::move(secrets)),
      m_store(path.empty() ? connectionsPath() : std::move(path)) {
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) reload();
    });
    reload();
}

void ConnectionList::reload() {
    Result<std::vector<Connection>> read = m_store.read();
    std::vector<Connection> now = read.ok() ? read.value() : std::vector<Connection>();
    const auto wordsOf = [](const Status& status) {
        return status.ok() ? std::string() : english(status.error());
    };
    if (m_read && now == m_connections && wordsOf(read.status()) == wordsOf(m_trouble)) return;
    m_read = true;
    m_connections = std::move(now);
    m_trouble = read.status();
    m_document.setConnections(m_trouble.ok() ? std::make_shared<const Connections>(m_connections, m_secrets)
                                             : std::make_shared<const Connections>(m_trouble));
    Q_EMIT changed();
}

const Connection* ConnectionList::named(const std::string& name) const {
    const auto found = std::find_if(m_connections.begin(), m_connections.end(),
                                    [&name](const Connection& each) { return each.name == name; });
    return found == m_connections.end() ? nullptr : &*found;
}

Status ConnectionList::add(const Connection& connection) {
    const Status done = m_store.add(connection);
    reload();
    return done;
}

Status ConnectionList::change(const Connection& before, const Connection& now) {
    const Connection was = before;  // it may be one of ours
    const Status done = m_store.change(was, now);
    reload();
    return done;
}

Status ConnectionList::remove(const std::string& name) {
    const Status done = m_store.remove(name);
    reload();
    return done;
}

Result<ConnectionStore::Imported> ConnectionList::merge(
    const std::vector<ExportedConnection>& connections,
    const std::function<bool(const std::string& name)>& replace) {
    Result<ConnectionStore::Imported> done = m_store.merge(connections, replace);
    reload();
    return done;
}

}  // namespace rw::ui

#include "widgets/servers/servers_menu.h"

#include "widgets/document/translated.h"
#include "widgets/servers/server_starter.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

ServersMenu::ServersMenu(ServerStarter& starter, QWidget* parent) : QMenu(parent), m_starter(starter) {
    setObjectName(QStringLiteral("serversMenu"));
    LocalServerList all;
    for (const LocalServer& server : localServers()) {
        all.push_back(&server);
        QAction* const action = addAction(QString());
        action->setObjectName(QString::fromStdString(server.name));
        m_entries.emplace_back(&server, action);
        connect(action, &QAction::triggered, this, [this, each = &server] {
            if (m_starter.placeOf(*each) == ServerStarter::Place::Here) {
                m_starter.stop({each});
            } else {
                m_starter.start({each});
            }
        });
    }
    connect(this, &QMenu::aboutToShow, this, [this, all] { m_starter.look(all); });
    connect(&m_starter, &ServerStarter::changed, this, &ServersMenu::refresh);
    retranslate();
}

void ServersMenu::retranslate() {
    setTitle(tr("Servers on this co&mputer"));
    refresh();
}

void ServersMenu::refresh() {
    const bool possible = !m_starter.script().isEmpty() && m_starter.work() == ServerStarter::Work::None;
    qsizetype number = 0;
    for (const auto& [server, action] : m_entries) {
        const ServerStarter::Place place = m_starter.placeOf(*server);
        const QString label = translated(server->label);
        action->setText(numberedLabel(++number, place == ServerStarter::Place::Here
                                                    ? tr("Stop: %1").arg(label)
                                                    : tr("Start: %1").arg(label)));
        action->setEnabled(possible && place != ServerStarter::Place::Elsewhere);
    }
}

}  // namespace rw::ui

#include "widgets/servers/servers_feature.h"

#include <QCoreApplication>
#include <QWidget>

#include "widgets/pane/action_registry.h"
#include "widgets/servers/server_script.h"
#include "widgets/servers/servers_bar.h"
#include "widgets/servers/servers_menu.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

ServersFeature::ServersFeature(const FeatureParts& parts)
    : m_document(parts.document),
      m_session(parts.session),
      m_starter(new ServerStarter(parts.connections, serverScript(QCoreApplication::applicationDirPath()),
                                  &parts.window)),
      m_menu(new ServersMenu(*m_starter, &parts.window)) {}

void ServersFeature::addActions(ActionRegistry& registry) {
    registry.addList(QStringLiteral("servers.list"), m_menu, {MainMenu::Tools, 1});
}

QToolBar* ServersFeature::bar() {
    auto* made = new ServersBar(m_document, *m_starter);
    QObject::connect(&m_session, &RunSession::stateChanged, made, &ServersBar::look);
    return made;
}

void ServersFeature::retranslate() {
    m_menu->retranslate();
}

}  // namespace rw::ui

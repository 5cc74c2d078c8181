// The menu with the servers that can be started on this computer.
#pragma once
#include <QMenu>
#include <utility>
#include <vector>

#include "core/connect/connections/local_server.h"

namespace rw::ui {

class ServerStarter;

class ServersMenu : public QMenu {
    Q_OBJECT
 public:
    /// The starter must outlive it.
    explicit ServersMenu(ServerStarter& starter, QWidget* parent = nullptr);

    void retranslate();

 private:
    void refresh();

    ServerStarter& m_starter;
    std::vector<std::pair<const LocalServer*, QAction*>> m_entries{};
};

}  // namespace rw::ui

#include "widgets/document/connection_list.h"

#include <QGuiApplication>
#include <utility>

#include "widgets/document/pipeline_document.h"

namespace rw::ui {

ConnectionList::ConnectionList(PipelineDocument& document, SecretSource secrets, std::string path,
                               QObject* parent)
    : QObject(parent),
      m_document(document),
      m_secrets(std::move(secrets)),
      m_path(path.empty() ? connectionsPath() : std::move(path)) {
    connect(qGuiApp, &QGuiApplication::applicationStateChanged, this, [this](Qt::ApplicationState state) {
        if (state == Qt::ApplicationActive) reload();
    });
    reload();
}

void ConnectionList::reload() {
    Result<std::vector<Connection>> read = readConnections(m_path);
    if (!read.ok()) {
        const std::string trouble = english(read.error());
        if (trouble == m_trouble) return;
        m_trouble = trouble;
        m_read.reset();
        return m_document.setConnections(std::make_shared<const Connections>(read.status()));
    }
    if (m_read == *read) return;
    m_trouble.clear();
    m_read = *read;
    m_document.setConnections(std::make_shared<const Connections>(*std::move(read), m_secrets));
}

}  // namespace rw::ui

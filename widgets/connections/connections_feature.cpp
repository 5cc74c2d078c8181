#include "widgets/connections/connections_feature.h"

#include "core/connect/connections/connection_kind.h"
#include "core/launch/connection_testers.h"
#include "widgets/document/pipeline_document.h"

namespace rw::ui {

ConnectionsFeature::ConnectionsFeature(const FeatureParts& parts)
    : m_parts(parts), m_uses(parts.document, parts.recent) {
    QObject::connect(&parts.document, &PipelineDocument::connectionRequested, &m_uses,
                     [this](const QString& name, const QStringList& kinds) { add(name, kinds); });
}

std::vector<PreferencesPage*> ConnectionsFeature::preferencesPages() {
    m_page = new ConnectionsPage(m_parts.connections, m_uses, m_parts.secrets, allConnectionTesters());
    return {m_page};
}

// Of the first kind that there is.
void ConnectionsFeature::add(const QString& name, const QStringList& kinds) {
    std::string kind = connectionKinds().front().name;
    for (const QString& each : kinds) {
        if (connectionKind(each.toStdString()) == nullptr) continue;
        kind = each.toStdString();
        break;
    }
    m_parts.preferences("connections");
    if (m_page) m_page->addNew(kind, name.toStdString());
}

}  // namespace rw::ui

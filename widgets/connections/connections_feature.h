// The connections of this computer to other systems as a feature of the window: their page in Preferences.
#pragma once
#include <QPointer>
#include <QStringList>

#include "widgets/connections/connection_uses.h"
#include "widgets/connections/connections_page.h"
#include "widgets/pane/feature.h"

namespace rw::ui {

class ConnectionsFeature final : public Feature {
 public:
    explicit ConnectionsFeature(const FeatureParts& parts);

    const char* id() const override { return "connections"; }
    std::vector<PreferencesPage*> preferencesPages() override;

 private:
    void add(const QString& name, const QStringList& kinds);

    const FeatureParts m_parts;
    ConnectionUses m_uses;
    QPointer<ConnectionsPage> m_page{};  ///< the newest one
};

}  // namespace rw::ui

// Servers on this computer, as a feature of the window: the bar that offers them, and their menu.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class ServerStarter;
class ServersMenu;

class ServersFeature final : public Feature {
 public:
    explicit ServersFeature(const FeatureParts& parts);

    const char* id() const override { return "servers"; }
    void addActions(ActionRegistry& registry) override;
    QToolBar* bar() override;
    void retranslate() override;

 private:
    PipelineDocument& m_document;
    RunSession& m_session;
    ServerStarter* m_starter;
    ServersMenu* m_menu;
};

}  // namespace rw::ui

// Recording runs and replaying tapes, as a feature of the window: a list in the Run menu, a button beside Run
// that records, and the bar on which a person leads a replay to a moment.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class TapeMenu;

class ReplayFeature final : public Feature {
 public:
    explicit ReplayFeature(const FeatureParts& parts);

    const char* id() const override { return "replay"; }
    void addActions(ActionRegistry& registry) override;
    std::vector<QWidget*> toolBarParts() override;
    QToolBar* bar() override;
    void retranslate() override;

 private:
    RunSession& m_session;
    TapeMenu* m_menu;
};

}  // namespace rw::ui

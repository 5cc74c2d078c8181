// Steps and breakpoints, as a feature of the window: their menu, and the bar that says where the run stands.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class SteppingMenu;

class SteppingFeature final : public Feature {
 public:
    explicit SteppingFeature(const FeatureParts& parts);

    const char* id() const override { return "stepping"; }
    void addActions(ActionRegistry& registry) override;
    std::vector<QWidget*> toolBarParts() override;
    QToolBar* bar() override;
    void retranslate() override;

 private:
    const FeatureParts m_parts;
    SteppingMenu* m_menu;
};

}  // namespace rw::ui

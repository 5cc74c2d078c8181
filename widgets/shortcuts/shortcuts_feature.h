// The keys of all actions, as a feature of the window: the sheet that lists them, and the page of the
// Preferences where a person chooses others.
#pragma once
#include "widgets/pane/feature.h"

class QAction;

namespace rw::ui {

class ShortcutsFeature final : public Feature {
 public:
    explicit ShortcutsFeature(const FeatureParts& parts);

    const char* id() const override { return "shortcuts"; }
    /// The keys that were chosen before are given to all actions, to those that are added later, too.
    void addActions(ActionRegistry& registry) override;
    std::vector<PreferencesPage*> preferencesPages() override;
    void retranslate() override;

 private:
    QWidget& m_window;
    ActionRegistry* m_registry = nullptr;
    QAction* m_show;
};

}  // namespace rw::ui

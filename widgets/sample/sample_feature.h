// Samples, as a feature of the window: the panel that shows what a node would give before any run.
#pragma once
#include <QPointer>

#include "widgets/pane/feature.h"
#include "widgets/sample/sample_panel.h"

namespace rw::ui {

class SampleFeature final : public Feature {
 public:
    explicit SampleFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "sample"; }
    std::vector<Pane*> panels() override;
    std::vector<PreferencesPage*> preferencesPages() override;

 private:
    const FeatureParts m_parts;
    QPointer<SamplePanel> m_panel{};
};

}  // namespace rw::ui

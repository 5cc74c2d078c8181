// Results as a feature of the window: the page that shows databases.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class ResultsFeature final : public Feature {
 public:
    explicit ResultsFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "results"; }
    std::vector<Pane*> pages() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

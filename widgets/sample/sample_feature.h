// Samples, as a feature of the window: the panel that shows what a node would give before any run.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class SampleFeature final : public Feature {
 public:
    explicit SampleFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "sample"; }
    std::vector<Pane*> panels() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

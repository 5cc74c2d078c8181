// Tests of the pipeline, as a feature of the window: the panel that runs and changes them.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class TestsFeature final : public Feature {
 public:
    explicit TestsFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "tests"; }
    std::vector<Pane*> panels() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

// The Timeline as a feature of the window: the panel of windows and watermarks.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class TimelineFeature final : public Feature {
 public:
    explicit TimelineFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "timeline"; }
    std::vector<Pane*> panels() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

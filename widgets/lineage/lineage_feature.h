// Why this row, and why no row, as a feature of the window: the panel that asks and shows the answers.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class LineageFeature final : public Feature {
 public:
    explicit LineageFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "lineage"; }
    std::vector<Pane*> panels() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

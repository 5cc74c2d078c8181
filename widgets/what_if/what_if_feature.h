// What if as a feature of the window: the page that compares the pipeline with other settings of it.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class WhatIfFeature final : public Feature {
 public:
    explicit WhatIfFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "what_if"; }
    std::vector<Pane*> pages() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

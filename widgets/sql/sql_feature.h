// SQL as a feature of the window: the page that asks results and live rows.
#pragma once
#include "widgets/pane/feature.h"

namespace rw::ui {

class SqlFeature final : public Feature {
 public:
    explicit SqlFeature(const FeatureParts& parts) : m_parts(parts) {}

    const char* id() const override { return "sql"; }
    std::vector<Pane*> pages() override;

 private:
    const FeatureParts m_parts;
};

}  // namespace rw::ui

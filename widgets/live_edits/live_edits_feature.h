// Edits of a pipeline that runs, as a feature of the window: the receipt before one is applied, and what is said when
// it could not be.
#pragma once
#include "widgets/pane/feature.h"

namespace rw {
class Status;
}

namespace rw::ui {

class LiveEditsFeature final : public Feature {
 public:
    explicit LiveEditsFeature(const FeatureParts& parts);

    const char* id() const override { return "live_edits"; }
    std::vector<Pane*> panels() override;

 private:
    void sayNotApplied(const Status& why);

    const FeatureParts m_parts;
};

}  // namespace rw::ui

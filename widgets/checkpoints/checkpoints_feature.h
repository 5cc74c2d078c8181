// Checkpoints as a feature of the window: their panel, and Resume.
#pragma once
#include "widgets/checkpoints/checkpoint_flow.h"
#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/checkpoints/resume_action.h"
#include "widgets/pane/feature.h"

namespace rw::ui {

class CheckpointsFeature final : public Feature {
 public:
    explicit CheckpointsFeature(const FeatureParts& parts);

    const char* id() const override { return "checkpoints"; }
    std::vector<Pane*> panels() override;
    void addActions(ActionRegistry& registry) override;
    StartAction* startAction() override { return &m_resume; }
    void retranslate() override { m_resume.retranslate(); }

 private:
    const FeatureParts m_parts;
    CheckpointList m_list;
    CheckpointFlow m_flow;
    ResumeAction m_resume;
};

}  // namespace rw::ui

// Checkpoints as a feature of the window: their panel, and Resume.
#pragma once
#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/pane/feature.h"

namespace rw::ui {

class CheckpointFlow;
class ResumeAction;

class CheckpointsFeature final : public Feature {
 public:
    explicit CheckpointsFeature(const FeatureParts& parts);

    const char* id() const override { return "checkpoints"; }
    std::vector<Pane*> panels() override;
    void addActions(ActionRegistry& registry) override;
    StartAction* startAction() override;
    void retranslate() override;

 private:
    const FeatureParts m_parts;
    CheckpointList m_list;
    CheckpointFlow* m_flow;  ///< of the window, as the action is
    ResumeAction* m_resume;
};

}  // namespace rw::ui

// Edits of a pipeline that runs, as a feature of the window: the receipt before one is applied, and what is
// said when it could not be; and the end of a run that leaves nothing to resume.
#pragma once
#include "widgets/pane/feature.h"

class QAction;

namespace rw {
class Status;
}

namespace rw::ui {

class LiveEditsFeature final : public Feature {
 public:
    explicit LiveEditsFeature(const FeatureParts& parts);

    const char* id() const override { return "live_edits"; }
    std::vector<Pane*> panels() override;
    void addActions(ActionRegistry& registry) override;
    void retranslate() override;

 private:
    void refresh();
    void say(const QString& words, const Status& why);

    const FeatureParts m_parts;
    QAction* m_finish;  ///< open windows give their results, and the run ends
};

}  // namespace rw::ui

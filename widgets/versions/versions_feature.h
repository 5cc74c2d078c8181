// Versions of the pipeline, as a feature of the window: each save leaves one, an entry in the Pipeline menu
// opens the dialog that lists them, and another the page that compares two of them.
#pragma once
#include <QAction>

#include "widgets/pane/difference_canvas.h"
#include "widgets/pane/feature.h"

namespace rw::ui {

class VersionKeeper;

class VersionsFeature final : public Feature {
 public:
    /// `makeCanvas`: of the canvas, which this room does not know.
    VersionsFeature(const FeatureParts& parts, MakeDifferenceCanvas makeCanvas);

    const char* id() const override { return "versions"; }
    std::vector<Pane*> pages() override;
    void addActions(ActionRegistry& registry) override;
    void retranslate() override;

 private:
    const FeatureParts m_parts;
    const MakeDifferenceCanvas m_makeCanvas;
    VersionKeeper* m_keeper;
    QAction* m_show;
};

}  // namespace rw::ui

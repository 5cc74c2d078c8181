// Versions of the pipeline, as a feature of the window: each save leaves one, and an entry in the Pipeline
// menu opens the dialog that lists them.
#pragma once
#include <QAction>

#include "widgets/pane/feature.h"

namespace rw::ui {

class VersionKeeper;

class VersionsFeature final : public Feature {
 public:
    explicit VersionsFeature(const FeatureParts& parts);

    const char* id() const override { return "versions"; }
    void addActions(ActionRegistry& registry) override;
    void retranslate() override;

 private:
    QAction* m_show;
};

}  // namespace rw::ui

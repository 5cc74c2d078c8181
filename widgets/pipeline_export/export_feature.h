// The exports of a pipeline for other engines, as a feature of the window: a list in the menu File, and what
// Run offers while such an engine is chosen and has no target.
#pragma once
#include "widgets/pane/feature.h"
#include "widgets/pane/offers_export.h"

namespace rw::ui {

class PipelineExport;

class ExportFeature final : public Feature, public OffersExport {
 public:
    explicit ExportFeature(const FeatureParts& parts);

    const char* id() const override { return "export"; }
    void addActions(ActionRegistry& registry) override;
    OffersExport* exports() override { return this; }
    void retranslate() override;

    void offerExport(Engine engine, const QWidget& button) override;

 private:
    QWidget& m_window;
    PipelineExport* m_export;
};

}  // namespace rw::ui

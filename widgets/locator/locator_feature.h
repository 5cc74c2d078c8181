// The search of everything as a feature of the window. It finds the nodes and columns of the document and the
// actions of the window by itself; all else others add (widgets/pane/search_items.h).
#pragma once
#include "widgets/pane/feature.h"
#include "widgets/pane/opens_search.h"

namespace rw::ui {

class LocatorPopup;

class LocatorFeature final : public Feature, public OpensSearch {
 public:
    explicit LocatorFeature(const FeatureParts& parts);

    const char* id() const override { return "locator"; }
    void addActions(ActionRegistry& registry) override { m_actions = &registry; }
    void addSearchItems(SearchItems& items) override;
    OpensSearch* search() override { return this; }

    void openSearch(const QWidget& anchor) override;

 private:
    PipelineDocument& m_document;
    const ActionRegistry* m_actions = nullptr;
    const SearchItems* m_items = nullptr;
    LocatorPopup* m_popup;
};

}  // namespace rw::ui

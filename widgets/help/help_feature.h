// The help as a feature of the window: F1, the window of pages, and its pages in the search of everything.
#pragma once
#include "widgets/pane/feature.h"
#include "widgets/pane/shows_help.h"

class QAction;

namespace rw::ui {

class HelpWindow;

class HelpFeature final : public Feature, public ShowsHelp {
 public:
    explicit HelpFeature(const FeatureParts& parts);

    const char* id() const override { return "help"; }
    void addActions(ActionRegistry& registry) override;
    void addSearchItems(SearchItems& items) override;
    ShowsHelp* help() override { return this; }
    void retranslate() override;

    void showPage(const QString& page, QWidget& over) override;
    void showNode(const QString& nodeType) override;

 private:
    void showHere();
    HelpWindow& windowOver(QWidget& over);  ///< made when it is first asked for

    PipelineDocument& m_document;
    QWidget& m_window;
    const std::function<QString()> m_pageHere;
    QAction* m_here;
};

}  // namespace rw::ui

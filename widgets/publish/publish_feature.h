// Publishing to Superset, as a feature of the window: an entry in the File menu, and the dialog behind it.
#pragma once
#include <QAction>
#include <QObject>

#include "widgets/pane/feature.h"

namespace rw::ui {

/// Opens the dialog for the document as it is: once it is checked, and where it has no errors.
class PublishAction : public QAction {
    Q_OBJECT
 public:
    /// Both must outlive it; dialogs belong to the window.
    PublishAction(PipelineDocument& document, RunSession& session, QWidget& window);

 Q_SIGNALS:
    void helpRequested(QWidget* over);

 private:
    void start();
    void resume();

    PipelineDocument& m_document;
    RunSession& m_session;
    QWidget& m_window;
    bool m_waiting = false;  ///< for the check of the newest change
};

class PublishFeature final : public Feature {
 public:
    explicit PublishFeature(const FeatureParts& parts);

    const char* id() const override { return "publish"; }
    void addActions(ActionRegistry& registry) override;
    void retranslate() override;

 private:
    PublishAction* m_action;
};

}  // namespace rw::ui

// Apply and Revert: what becomes of changes that the run does not have.
#pragma once
#include <QObject>

class QAction;

namespace rw::ui {

class ActionRegistry;
class PipelineDocument;
class RunSession;

class ChangeActions : public QObject {
    Q_OBJECT
 public:
    /// Both must outlive it.
    ChangeActions(const PipelineDocument& document, RunSession& session, QObject* parent = nullptr);

    void addActions(ActionRegistry& registry);
    void retranslate();

 private:
    void refresh();

    const PipelineDocument& m_document;
    RunSession& m_session;
    QAction *m_apply, *m_revert;
};

}  // namespace rw::ui

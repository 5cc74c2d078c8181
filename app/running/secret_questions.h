// Puts a run's questions for secrets that nothing holds to the person at the window.
#pragma once
#include <QAction>
#include <QObject>
#include <functional>
#include <vector>

#include "core/connect/connections/needed_secrets.h"

class QWidget;

namespace rw::ui {

class ActionRegistry;
class PipelineDocument;
class RunSession;

class SecretQuestions : public QObject {
    Q_OBJECT
 public:
    /// All must outlive it. `tell` says what was done in the status bar.
    SecretQuestions(PipelineDocument& document, RunSession& session,
                    std::function<void(const QString& words)> tell, QWidget* window);

    /// The command that forgets what was typed, in the menu Run.
    void addActions(ActionRegistry& registry);
    void retranslate();

 private:
    void prompt(const std::vector<NeededSecret>& needed);
    void forget();

    PipelineDocument& m_document;
    RunSession& m_session;
    const std::function<void(const QString& words)> m_tell;
    QWidget* m_window;
    QAction m_forget{this};
};

}  // namespace rw::ui

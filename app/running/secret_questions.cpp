#include "app/running/secret_questions.h"

#include <utility>

#include "core/secrets/typed_secrets.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/pane/action_registry.h"
#include "widgets/secrets/secret_dialog.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

namespace {

constexpr int kMenuSection = 6;  // behind all that is about the run itself

}  // namespace

SecretQuestions::SecretQuestions(PipelineDocument& document, RunSession& session,
                                 std::function<void(const QString& words)> tell, QWidget* window)
    : QObject(window), m_document(document), m_session(session), m_tell(std::move(tell)), m_window(window) {
    session.setAsksForSecrets();
    connect(&session, &RunSession::secretsRequested, this, &SecretQuestions::prompt);
    connect(&m_forget, &QAction::triggered, this, &SecretQuestions::forget);
}

void SecretQuestions::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("secrets.forget"), &m_forget, MenuPlace{MainMenu::Run, kMenuSection});
}

void SecretQuestions::retranslate() {
    m_forget.setText(tr("Forget t&yped secrets"));
}

void SecretQuestions::prompt(const std::vector<NeededSecret>& needed) {
    auto* dialog = new SecretDialog(needed, m_document.displayName(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, &m_session, &RunSession::proceed);
    connect(dialog, &QDialog::rejected, &m_session, &RunSession::decline);
    // The run was stopped, or another document is here: there is nothing left to ask.
    connect(&m_session, &RunSession::stateChanged, dialog, [this, dialog] {
        if (!m_session.isAwaitingConsent()) dialog->close();
    });
    dialog->open();
}

// A run that is under way has what it was given.
void SecretQuestions::forget() {
    m_tell(typedSecrets().forgetAll() > 0
               ? tr("What you typed is forgotten: the next run asks for its secrets again")
               : tr("No secret was typed since the program started"));
}

}  // namespace rw::ui

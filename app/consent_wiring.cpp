#include "app/consent_wiring.h"

#include "app/run_question_dialog.h"

namespace rw::ui {

ConsentWiring::ConsentWiring(PipelineDocument& document, RunSession& session, RunConsent& consent,
                             QWidget* window)
    : QObject(window), m_document(document), m_session(session), m_window(window) {
    session.setConsent(&consent);
    connect(&session, &RunSession::consentWanted, this, &ConsentWiring::ask);
}

void ConsentWiring::ask(const RunQuestion& question) {
    auto* dialog = new RunQuestionDialog(question, m_document.displayName(), m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, &m_session, &RunSession::proceed);
    connect(dialog, &QDialog::rejected, &m_session, &RunSession::decline);
    // The run was stopped, or another document is here: there is nothing left to ask.
    connect(&m_session, &RunSession::stateChanged, dialog, [this, dialog] {
        if (!m_session.isAsking()) dialog->close();
    });
    dialog->open();
}

}  // namespace rw::ui

#include "app/menu_states.h"

#include "app/menus.h"
#include "app/start_page.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/run_session.h"

namespace rw::ui {

MenuStates::MenuStates(Menus& menus, const PipelineDocument& document, const RunSession& session,
                       const StartPage& start, QObject* parent)
    : QObject(parent), m_menus(menus), m_document(document), m_session(session), m_start(start) {
    connect(&document, &PipelineDocument::changed, this, &MenuStates::refresh);
    connect(&document, &PipelineDocument::validatedChanged, this, &MenuStates::refresh);
    connect(&session, &RunSession::stateChanged, this, &MenuStates::refresh);
    connect(&session, &RunSession::unappliedChangesChanged, this, &MenuStates::refresh);
    connect(&start, &StartPage::welcomeShown, this, &MenuStates::refresh);
    refresh();
}

void MenuStates::refresh() {
    const bool changes = m_session.isActive() && m_session.hasUnappliedChanges();
    m_menus.applyChanges->setEnabled(changes && m_document.isValidated() && !hasErrors(m_document.issues()));
    m_menus.revertChanges->setEnabled(changes);
    m_menus.welcome->setEnabled(!m_start.isWelcome());
}

}  // namespace rw::ui

#include "app/running/change_actions.h"

#include <QAction>

#include "widgets/document/pipeline_document.h"
#include "widgets/pane/action_registry.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {

ChangeActions::ChangeActions(const PipelineDocument& document, RunSession& session, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_session(session),
      m_apply(new QAction(this)),
      m_revert(new QAction(this)) {
    // A keyboard has two of them.
    m_apply->setShortcuts(
        {QKeySequence(QStringLiteral("Ctrl+Return")), QKeySequence(QStringLiteral("Ctrl+Enter"))});
    connect(m_apply, &QAction::triggered, &session, &RunSession::apply);
    connect(m_revert, &QAction::triggered, &session, &RunSession::revert);
    connect(&document, &PipelineDocument::changed, this, &ChangeActions::refresh);
    connect(&document, &PipelineDocument::validatedChanged, this, &ChangeActions::refresh);
    connect(&session, &RunSession::stateChanged, this, &ChangeActions::refresh);
    connect(&session, &RunSession::unappliedChangesChanged, this, &ChangeActions::refresh);
    retranslate();
    refresh();
}

void ChangeActions::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("run.apply"), m_apply, MenuPlace{MainMenu::Run, 1});
    registry.add(QStringLiteral("run.revert"), m_revert, MenuPlace{MainMenu::Run, 1});
}

void ChangeActions::retranslate() {
    m_apply->setText(tr("&Apply changes"));
    m_revert->setText(tr("Re&vert changes"));
}

void ChangeActions::refresh() {
    const bool changes = m_session.isActive() && m_session.hasUnappliedChanges();
    const bool takes = m_session.shownRun().has(RunAbility::Applying);
    m_apply->setEnabled(changes && takes && m_document.isValidated() && !hasErrors(m_document.issues()));
    m_revert->setEnabled(changes);
}

}  // namespace rw::ui

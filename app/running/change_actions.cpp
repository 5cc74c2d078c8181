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
}

void ChangeActions::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("run.apply"), m_apply, MenuPlace{MainMenu::Run, 1});
    registry.add(QStringLiteral("run.revert"), m_revert, MenuPlace{MainMenu::Run, 1});
}

void ChangeActions::retranslate() {
    m_revert->setText(tr("Re&vert changes"));
    refresh();
}

void ChangeActions::refresh() {
    const bool changes = m_session.isActive() && m_session.hasUnappliedChanges();
    const bool takes = m_session.shownRun().has(RunAbility::Applying);
    m_apply->setEnabled(changes && takes && m_document.isValidated() && !hasErrors(m_document.issues()));
    m_revert->setEnabled(changes);
    // What it costs is said before it is chosen.
    const bool restarts = takes && m_session.beginsAnewWhenApplied();
    m_apply->setText(restarts ? tr("&Apply changes and restart") : tr("&Apply changes"));
    m_apply->setToolTip(restarts ? tr("The run takes no checkpoints: it begins anew, with the changes")
                                 : tr("The run goes on with the changes, from a last checkpoint"));
}

}  // namespace rw::ui

#include "widgets/live_edits/live_edits_feature.h"

#include <QAction>
#include <QMessageBox>

#include "widgets/document/translated.h"
#include "widgets/live_edits/apply_panel.h"
#include "widgets/pane/action_registry.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

LiveEditsFeature::LiveEditsFeature(const FeatureParts& parts)
    : m_parts(parts), m_finish(new QAction(&parts.window)) {
    QObject::connect(m_finish, &QAction::triggered, &parts.session,
                     [session = &parts.session] { session->stop(StopMode::Drain); });
    QObject::connect(&parts.session, &RunSession::stateChanged, m_finish, [this] { refresh(); });
    refresh();
    QObject::connect(&parts.session, &RunSession::notApplied, &parts.window,
                     [this](const Status& why) { say(ApplyPanel::notAppliedWords(m_parts.session), why); });
    QObject::connect(&parts.session, &RunSession::notGoneBack, &parts.window, [this](const Status& why) {
        say(ApplyPanel::tr(
                "The run can't go back, and goes on as it is. The editor has the pipeline of before; "
                "Undo brings the newer one back."),
            why);
    });
}

std::vector<Pane*> LiveEditsFeature::panels() {
    return {new ApplyPanel({m_parts.document, m_parts.session, m_parts.charts})};
}

void LiveEditsFeature::addActions(ActionRegistry& registry) {
    registry.add(QStringLiteral("live_edits.finish"), m_finish, MenuPlace{MainMenu::Run, 0});
}

void LiveEditsFeature::retranslate() {
    m_finish->setText(ApplyPanel::tr("Finish open &windows"));
    refresh();
}

void LiveEditsFeature::refresh() {
    const RunSession::State state = m_parts.session.state();
    const bool goesOn = state == RunSession::State::Running || state == RunSession::State::Paused;
    const QString why = m_parts.session.shownRun().lacks(RunAbility::Finishing);
    m_finish->setEnabled(goesOn && why.isEmpty());
    m_finish->setToolTip(
        why.isEmpty()
            ? ApplyPanel::tr("The sources end, open windows give their results, and the run is complete")
            : why);
}

void LiveEditsFeature::say(const QString& words, const Status& why) {
    auto* box = new QMessageBox(QMessageBox::Warning, ApplyPanel::tr("Apply"), words, QMessageBox::Ok,
                                &m_parts.window);
    box->setInformativeText(shownLines(errorLines(why.error()), kTipLength));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
    if (m_parts.tell) m_parts.tell(words);
}

}  // namespace rw::ui

#include "widgets/checkpoints/checkpoint_flow.h"

#include <QInputDialog>
#include <QMessageBox>
#include <QPushButton>
#include <algorithm>
#include <utility>

#include "widgets/checkpoints/checkpoint_list.h"
#include "widgets/checkpoints/resume_action.h"
#include "widgets/checkpoints/resume_dialog.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

constexpr int kMostName = 80;  ///< letters of a savepoint's name

}  // namespace

CheckpointFlow::CheckpointFlow(PipelineDocument& document, RunSession& session, CheckpointList& list,
                               QWidget* window)
    : QObject(window), m_document(document), m_session(session), m_list(list), m_window(window) {
    connect(&list, &CheckpointList::examined, this, &CheckpointFlow::onExamined);
    connect(&list, &CheckpointList::failed, this, &CheckpointFlow::onFailed);
    connect(&session, &RunSession::stateChanged, this, &CheckpointFlow::onState);
    connect(&document, &PipelineDocument::changed, this, [this](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) m_looking = false;
    });
}

void CheckpointFlow::resume() {
    look(std::nullopt);
}

void CheckpointFlow::startFrom(const SavedCheckpoint& saved) {
    look(saved);
}

void CheckpointFlow::look(const std::optional<SavedCheckpoint>& which) {
    if (m_session.isActive() || !m_session.shownRun().has(RunAbility::Checkpoints)) return;
    if (hasErrors(m_document.issues())) return m_session.reportStartBlocked();
    m_looking = true;
    m_list.examine(which);
}

void CheckpointFlow::onExamined(const ExaminedCheckpoint& found) {
    if (!std::exchange(m_looking, false) || m_session.isActive()) return;
    if (!found.failure.ok()) return warn(tr("The run can't be resumed"), found.failure);
    if (found.checkpoint == nullptr) {
        Q_EMIT told(tr("There is no checkpoint to resume from"));
    } else if (found.checkpoint->about.kind == CheckpointKind::Finished) {
        Q_EMIT told(tr("The last run ended well: there is nothing to resume from"));
    } else if (found.plain()) {
        go(found, false);
    } else {
        ask(found);
    }
}

void CheckpointFlow::ask(const ExaminedCheckpoint& found) {
    auto* dialog = new ResumeDialog(m_document, found, m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, found] { go(found, true); });
    // Something else was begun, or another document is here: there is nothing left to ask.
    connect(&m_session, &RunSession::stateChanged, dialog, [this, dialog] {
        if (m_session.isActive()) dialog->reject();
    });
    connect(&m_document, &PipelineDocument::changed, dialog, [dialog](const DocumentChange& change) {
        if (change.kind == DocumentChange::Kind::Reset) dialog->reject();
    });
    dialog->open();
}

void CheckpointFlow::go(const ExaminedCheckpoint& found, bool agreed) {
    if (m_session.isActive()) return;
    CheckpointChoice choice;
    choice.from = found.checkpoint;
    choice.location = found.location;
    if (agreed) choice.agreed = found.now.text;
    m_session.resumeFrom(std::move(choice));
}

// A run from the beginning names the checkpoints that it replaces, once, and asks nothing.
void CheckpointFlow::onState() {
    if (!m_session.shownRun().has(RunAbility::Checkpoints)) return;
    using State = RunSession::State;
    const SavedCheckpoint* newest = m_list.newest();
    const State state = m_session.state();
    const bool goes = newest != nullptr && newest->name.empty();
    if (state == State::Starting) m_before = goes ? std::optional(*newest) : std::nullopt;
    if (state != State::Running || m_begun == m_session.startedAt()) return;
    m_begun = m_session.startedAt();
    if (!m_session.runCheckpoints()) return;
    if (const std::optional<SavedCheckpoint>& from = m_session.resumedFrom()) {
        Q_EMIT told(tr("Goes on from %1 of %2").arg(checkpointTitle(*from), momentText(from->taken)));
    } else if (m_before) {
        Q_EMIT told(tr("From the beginning: the first checkpoint takes the place of %1 of %2")
                        .arg(checkpointTitle(*m_before), momentText(m_before->taken)));
    }
}

void CheckpointFlow::keep(const SavedCheckpoint& saved) {
    auto* dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save as savepoint"));
    dialog->setLabelText(tr("Name of the savepoint. It is kept until you delete it."));
    dialog->setOkButtonText(tr("Save"));
    dialog->setCancelButtonText(tr("Cancel"));
    connect(dialog, &QInputDialog::textValueSelected, this, [this, saved](const QString& chosen) {
        const QString name = chosen.trimmed().left(kMostName);
        if (!name.isEmpty() && mayTake(name, saved)) m_list.name(saved, name);
    });
    dialog->open();
}

bool CheckpointFlow::mayTake(const QString& name, const SavedCheckpoint& saved) {
    const auto& all = m_list.saved();
    const bool taken = std::any_of(all.begin(), all.end(), [&name, &saved](const SavedCheckpoint& each) {
        return each.name == name.toStdString() && each.id != saved.id;
    });
    if (!taken) return true;
    QMessageBox box(QMessageBox::Question, tr("Save as savepoint"),
                    tr("There is a savepoint “%1” already.").arg(shownText(name)), QMessageBox::NoButton,
                    m_window);
    box.setInformativeText(
        tr("Its name goes to checkpoint %1, and what has it now is kept no longer.").arg(saved.number));
    const QPushButton* yes = box.addButton(tr("Give it the name"), QMessageBox::DestructiveRole);
    QPushButton* no = box.addButton(tr("Keep both as they are"), QMessageBox::RejectRole);
    box.setDefaultButton(no);
    box.exec();
    return box.clickedButton() == yes;
}

void CheckpointFlow::remove(const SavedCheckpoint& saved) {
    QMessageBox box(QMessageBox::Question, tr("Delete a checkpoint"),
                    tr("Delete %1 of %2?").arg(checkpointTitle(saved), momentText(saved.taken)),
                    QMessageBox::NoButton, m_window);
    const auto& all = m_list.saved();
    const bool counts = !saved.name.empty() && !all.empty() && all.front().id == saved.id && !saved.behind;
    box.setInformativeText(
        counts ? tr("While it is the newest checkpoint it only loses its name: a run may have to resume from "
                    "it.")
               : tr("Nothing can resume from it any more. This can't be undone."));
    const QPushButton* yes = box.addButton(tr("Delete"), QMessageBox::DestructiveRole);
    QPushButton* no = box.addButton(tr("Keep it"), QMessageBox::RejectRole);
    box.setDefaultButton(no);
    box.exec();
    if (box.clickedButton() == yes) m_list.remove(saved);
}

void CheckpointFlow::onFailed(const Status& why) {
    warn(tr("The checkpoints are as they were"), why);
}

void CheckpointFlow::warn(const QString& what, const Status& why) {
    auto* box = new QMessageBox(QMessageBox::Warning, what, what, QMessageBox::Ok, m_window);
    box->setInformativeText(shownLines(errorLines(why.error()), kTipLength));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

}  // namespace rw::ui

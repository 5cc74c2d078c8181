#include "widgets/what_if/what_if_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/what_if/settings.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/number_text.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/portability_check.h"
#include "widgets/document/translated.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/comparison_view.h"
#include "widgets/what_if/input_bar.h"
#include "widgets/what_if/overlay_chart.h"
#include "widgets/what_if/settings_side.h"

namespace rw::ui {

namespace {

// Its keys are those of its entry in Run, where people look for it.
constexpr PaneFacts kWhatIfFacts{
    .id = "what_if", .icon = "sliders", .shortcut = "", .place = 5, .help = "what_if"};
constexpr int kLongestTestWords = 80;  ///< of what is varied, in the name of a test

}  // namespace

WhatIfPage::WhatIfPage(const PaneParts& parts, std::function<void(const QString& words)> tell)
    : Pane(kWhatIfFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_tell(std::move(tell)),
      m_asker(parts.document),
      m_recording(parts.session, this),
      m_open(addEntry(MainMenu::Run, "open", QKeySequence(QStringLiteral("Ctrl+5")),
                      [this] { Q_EMIT openRequested(); })),
      m_bar(new InputBar),
      m_settings(new SettingsSide(this)),
      m_view(new ComparisonView(parts.document)),
      m_hint(new HintBox),
      m_empty(new EmptyState) {
    auto* right = new QWidget;
    auto* rows = new QVBoxLayout(right);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    auto* hints = new QHBoxLayout;
    hints->setContentsMargins(metrics::kListPadding, 0, metrics::kListPadding, 0);
    hints->addWidget(m_hint);
    rows->addLayout(hints);
    auto* pages = new QWidget;
    m_pages = new QStackedLayout(pages);
    m_pages->addWidget(m_view);
    m_pages->addWidget(m_empty);
    m_pages->setCurrentWidget(m_empty);
    rows->addWidget(pages, 1);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(0);
    sides->addWidget(m_settings);
    sides->addWidget(right, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_bar);
    column->addLayout(sides, 1);
    m_hint->hide();
    connect(&m_document, &PipelineDocument::changed, this, &WhatIfPage::onDocument);
    connect(&m_document, &PipelineDocument::fileChanged, this, &WhatIfPage::compare);  // another folder
    connect(&m_session, &RunSession::stateChanged, this, &WhatIfPage::onRun);
    connect(&m_session, &RunSession::tapeChanged, this, &WhatIfPage::showAnswer);
    connect(&m_asker, &VariantAsker::changed, this, &WhatIfPage::showAnswer);
    connect(&m_recording, &TimedRecording::changed, this, &WhatIfPage::showAnswer);
    connect(&m_recording, &TimedRecording::ended, this, &WhatIfPage::onRecorded);
    connect(m_settings, &SettingsSide::changed, this, &WhatIfPage::compare);
    connect(m_settings, &SettingsSide::useRequested, this, &WhatIfPage::useVariant);
    connect(m_settings, &SettingsSide::saveRequested, this, &WhatIfPage::save);
    connect(m_settings, &SettingsSide::shownChanged, this, &WhatIfPage::showAnswer);
    connect(m_view, &ComparisonView::exportable, this,
            [this] { m_bar->exportButton().setEnabled(m_view->mayExport()); });
    connect(m_bar, &InputBar::tapeChosen, this, &WhatIfPage::compare);
    connect(m_bar, &InputBar::againRequested, this, &WhatIfPage::compareAgain);
    connect(m_bar, &InputBar::cancelRequested, &m_asker, &VariantAsker::cancel);
    connect(m_bar, &InputBar::exportRequested, m_view, &ComparisonView::exportDifferences);
    connect(m_empty, &EmptyState::actionTriggered, this, &WhatIfPage::act);
    m_bar->exportButton().setEnabled(false);
    refreshEntries();
    retranslate();
}

QString WhatIfPage::title() const {
    return tr("What &if");
}

void WhatIfPage::refreshEntries() {
    m_open->setEnabled(!m_document.pipeline().nodes.empty());
}

void WhatIfPage::onDocument(const DocumentChange& change) {
    refreshEntries();
    if (change.kind == DocumentChange::Kind::Reset) {
        m_missed = true;
        m_asker.forget();
    }
    if (isOn()) follow();
}

/// What is on show is of the document as it is now.
void WhatIfPage::follow() {
    if (std::exchange(m_missed, false)) {
        m_settings->forget();
        m_bar->forget();
        m_view->setAnswer(nullptr);
        m_bar->offerTape(finishedTape());
    }
    m_settings->setVariations(variationsOf(m_document.pipeline(), m_document.catalogue()));
    compare();
}

/// Of a run that goes on there is only a part.
QString WhatIfPage::finishedTape() const {
    return m_session.isActive() ? QString() : m_session.lastTape();
}

void WhatIfPage::onRun() {
    if (!isOn()) return;
    m_bar->offerTape(finishedTape());
    m_bar->setKept(m_session.keptInput() != nullptr);
    m_settings->setRunning(m_session.isActive(), mayApply());
    compare();
}

void WhatIfPage::onActivated() {
    m_bar->offerTape(finishedTape());
    m_bar->setKept(m_session.keptInput() != nullptr);
    m_settings->setRunning(m_session.isActive(), mayApply());
    follow();
}

/// What is not looked at is not computed; it is asked for again.
void WhatIfPage::onDeactivated() {
    m_asker.cancel();
}

void WhatIfPage::closed() {
    m_asker.forget();
    m_settings->forget();
    m_bar->forget();
    m_view->setAnswer(nullptr);
}

VariantQuestion WhatIfPage::question() const {
    VariantQuestion question;
    question.pipeline = m_document.pipeline();
    question.folder = m_document.folder();
    question.a = m_settings->settings(CompareSide::A);
    for (std::size_t i = 1; i < m_settings->sides(); ++i)
        question.variants.push_back(m_settings->settings(sideAt(i)));
    question.tape = m_bar->tape();
    if (question.tape.isEmpty()) question.kept = m_session.keptInput();
    return question;
}

/// Asks where the answer that there is, or that is on its way, is of another question.
void WhatIfPage::compare() {
    if (!isOn()) return;
    if (!m_settings->differs()) {
        m_asker.cancel();
    } else if (VariantQuestion now = question(); !m_asker.asked() || !isSameQuestion(*m_asker.asked(), now)) {
        return m_asker.askSoon(std::move(now));
    }
    showAnswer();
}

void WhatIfPage::compareAgain() {
    if (m_settings->differs()) m_asker.askNow(question());
}

/// How many sinks that a run would write to have no part in it.
int WhatIfPage::sinksOff() const {
    const auto& nodes = m_document.pipeline().nodes;
    return static_cast<int>(std::count_if(nodes.begin(), nodes.end(), [this](const Node& node) {
        const NodeKind* const kind = m_document.catalogue().of(node);
        return kind != nullptr && !node.disabled && kind->group == NodeGroup::Sink && !kind->chart;
    }));
}

void WhatIfPage::showAnswer() {
    if (!isOn()) return;
    const bool waiting = m_asker.isWaiting();
    const VariantAnswerRef &good = m_asker.good(), &newest = m_asker.answer();
    const bool failed = newest && !newest->failed.ok() && !waiting && m_asker.asked();
    m_bar->setBusy(waiting);
    m_bar->againButton().setEnabled(m_settings->differs());
    m_bar->setAnswer(good, sinksOff());
    m_view->setVariant(m_settings->shown());
    if (good != m_view->answer()) m_view->setAnswer(good);
    m_view->setStale(waiting || failed || !m_asker.asked());
    m_bar->exportButton().setEnabled(m_view->mayExport() && !waiting);
    m_settings->saveButton().setEnabled(maySave());
    m_hint->hide();
    if (m_document.pipeline().nodes.empty()) return showNothing(Nothing::Empty);
    if (!m_settings->differs()) return showNothing(Nothing::Same);
    if (failed && needsTape())
        return showNothing(m_recording.isUnderWay() ? Nothing::Recording : Nothing::NoInput);
    if (!good && failed) return showNothing(Nothing::Failed);
    if (!good) return showNothing(waiting ? Nothing::Waiting : Nothing::Ended);
    turnTo(*m_pages, 0, &m_view->chart());
    showHints();
}

/// Of what is shown: what went wrong with the newest settings, or is to be known of these.
void WhatIfPage::showHints() {
    const VariantAnswerRef& newest = m_asker.answer();
    if (!newest || m_asker.isWaiting()) return;
    if (!newest->failed.ok()) {
        m_hint->set(HintBox::Kind::Error, tr("With these settings there is no answer"),
                    failureWords() + u' ' + tr("Shown is the answer before."));
        return m_hint->show();
    }
    QStringList words;
    QString failed;
    for (std::size_t i = 0; i < newest->answer.sides.size(); ++i) {
        const WhatIfSide& side = newest->answer.sides[i];
        if (!side.failed.ok()) {
            words << translated(side.failed.error().message);
            if (failed.isEmpty()) failed = letterOf(sideAt(i));
        }
        for (const Text& note : side.notes) {
            const QString line = translated(note);
            if (!words.contains(line)) words << line;
        }
    }
    if (!newest->incomplete.empty()) words << translated(newest->incomplete);
    if (words.isEmpty()) return;
    m_hint->set(
        failed.isEmpty() ? HintBox::Kind::Info : HintBox::Kind::Error,
        failed.isEmpty() ? tr("Notes on this comparison") : tr("The run of %1 failed").arg(failed),
        shownLines(words.join(u' '), kTipLength));
    m_hint->show();
}

/// Of the newest answer: what happened, at which node, and what to do.
QString WhatIfPage::failureWords() const {
    const Error& error = m_asker.answer()->failed.error();
    QString words = translated(error.message);
    if (m_document.node(error.node) != nullptr)
        words = tr("“%1”: %2").arg(titleOf(m_document.pipeline(), error.node), words);
    if (!error.fix.empty()) words += u' ' + translated(error.fix);
    return shownText(words, kTipLength);
}

/// A source can't be read again, and nothing was recorded of it.
bool WhatIfPage::needsTape() const {
    const VariantAnswerRef& newest = m_asker.answer();
    if (!newest->asked.tape.isEmpty()) return false;
    const Error& error = newest->failed.error();
    const NodeKind* const kind = m_document.kindOf(error.node);
    if (kind == nullptr || !error.param.empty() || error.code != ErrorCode::Invalid) return false;
    const auto& issues = m_document.issuesOf(error.node);
    const bool broken = std::any_of(issues.begin(), issues.end(),
                                    [](const Issue* issue) { return issue->severity == Severity::Error; });
    return kind->group == NodeGroup::Source && !broken;
}

void WhatIfPage::showNothing(Nothing why) {
    m_nothing = why;
    switch (why) {
        case Nothing::Empty:
            m_empty->set(QStringLiteral("sliders"), tr("There is nothing to compare yet"),
                         tr("Build a pipeline, or open one. Then change a value here and see what it would "
                            "give, before anything runs."));
            break;
        case Nothing::Same:
            m_empty->set(QStringLiteral("sliders"), tr("No parameter differs yet"),
                         tr("A is the pipeline as it is. Move a slider of B, or add a parameter: both run "
                            "over the same input, and nothing is written."),
                         m_settings->cards().empty() && m_settings->hasVariations() ? tr("Add a parameter")
                                                                                    : QString());
            break;
        case Nothing::Waiting:
            m_empty->set(QStringLiteral("sliders"), tr("All run"),
                         tr("A and its variants read the same input. Nothing is written."), tr("Cancel"));
            break;
        case Nothing::Ended:
            m_empty->set(QStringLiteral("info"), tr("The comparison was ended"),
                         tr("Nothing was changed by it."), tr("Run all again"));
            break;
        case Nothing::NoInput:
            showNoInput();
            break;
        case Nothing::Recording:
            showRecording();
            break;
        case Nothing::Failed:
            m_empty->set(QStringLiteral("error"), tr("These can't be compared"), failureWords(),
                         tr("Run all again"));
            break;
    }
    turnTo(*m_pages, 1, m_empty);
}

void WhatIfPage::showNoInput() {
    const QString lacks = tr("“%1” can't be read again, and nothing was kept of what it gave.")
                              .arg(titleOf(m_document.pipeline(), m_asker.answer()->failed.error().node));
    const bool goesOn = m_session.isActive(), taped = goesOn && !m_session.lastTape().isEmpty();
    const bool elsewhere = m_session.shownRun().isElsewhere() || m_document.portability().engine();
    const QString then =
        elsewhere ? tr("Only the embedded engine records a tape: choose it first.")
        : taped   ? tr("The run that goes on has a tape, which is chosen here once it is stopped.")
        : goesOn  ? tr("The run that goes on is not recorded: stop it first.")
                 : tr("A run that is recorded leaves a tape, which all can read. It writes to its outputs as "
                      "any other run, and stops by itself after five minutes.");
    m_empty->set(QStringLiteral("record"), tr("Record a tape first"), lacks + u' ' + then,
                 m_session.mayStart() ? tr("Record 5 min") : QString());
}

void WhatIfPage::showRecording() {
    const QDateTime ends = m_recording.endsAt();
    const QString when = ends.isNull() ? tr("The run begins. It stops by itself after five minutes.")
                                       : tr("The run stops by itself: %1.").arg(momentText(ends));
    m_empty->set(QStringLiteral("record"), tr("A run is recorded"),
                 when + u' ' + tr("Then its tape is chosen here, and all run over it."), tr("Stop it now"));
}

/// Also while it is off: nobody else says why the run has stopped.
void WhatIfPage::onRecorded(TimedRecording::End how) {
    if (how == TimedRecording::End::InTime && m_tell)
        m_tell(tr("The run was recorded for five minutes, and has stopped. What if compares on its tape."));
    if (how == TimedRecording::End::Untaped && m_tell)
        m_tell(tr("Recording has ended early, and the run was stopped: %1")
                   .arg(translated(m_session.recordingTrouble())));
    showAnswer();
}

void WhatIfPage::act() {
    switch (m_nothing) {
        case Nothing::Same:
            return m_settings->openPicker();
        case Nothing::Waiting:
            return m_asker.cancel();
        case Nothing::NoInput:
            m_bar->followRuns();
            return m_recording.begin();
        case Nothing::Recording:
            return m_recording.stop();
        case Nothing::Empty:
            return;
        case Nothing::Ended:
        case Nothing::Failed:
            return compareAgain();
    }
}

/// An edit can be applied to the run that is shown, which keeps its state. One that would begin anew is not
/// touched by what a person tries here.
bool WhatIfPage::mayApply() const {
    return m_session.keepsStateWhenApplied() && m_session.shownRun().has(RunAbility::Applying);
}

void WhatIfPage::useVariant() {
    const CompareSide shown = m_settings->shown();
    const Result<Pipeline> with =
        withValues(m_document.pipeline(), m_document.catalogue(), m_settings->settings(shown));
    if (!with.ok()) return;
    m_document.revertTo(*with, tr("Use %1 of What if").arg(letterOf(shown)));
    if (!mayApply() || !m_session.hasUnappliedChanges()) return;
    m_session.dropReceipt();  // of an edit before: it is to be seen anew, and is not agreed to by this
    m_session.apply();
}

/// What is shown is of the variant as it is now, and there is a file beside which tests can be.
bool WhatIfPage::maySave() const {
    const VariantAnswerRef& newest = m_asker.answer();
    const std::size_t shown = numberOf(m_settings->shown());
    return newest && newest->failed.ok() && shown < newest->answer.sides.size() &&
           newest->answer.sides[shown].failed.ok() && !m_asker.isWaiting() && m_asker.asked() &&
           m_settings->differs() && !m_document.path().isEmpty();
}

void WhatIfPage::save() {
    if (!maySave()) return;
    const VariantQuestion& asked = m_asker.answer()->asked;
    const std::vector<WhatIfSetting>& settings = asked.variants[numberOf(m_settings->shown()) - 1];
    Result<Varied> varied = vary(asked.pipeline, m_document.catalogue(), {}, settings);
    if (!varied.ok()) return;
    VariantForTest variant;
    variant.file = m_document.path();
    variant.pipeline = std::move(varied->pipeline);
    for (const auto& [name, value] : varied->variables) variant.set.push_back({name, value});
    variant.node = m_view->shownNode();
    QStringList names;
    for (const WhatIfSetting& setting : settings)
        names << QString::fromStdString(setting.name + "=" + setting.value);
    variant.name = shownText(names.join(QStringLiteral(", ")), kLongestTestWords);
    variant.tape = asked.tape;
    variant.kept = asked.kept;
    Q_EMIT testRequested(variant);
}

void WhatIfPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && m_asker.isWaiting()) return m_asker.cancel();
    Pane::keyPressEvent(event);
}

void WhatIfPage::retranslate() {
    m_open->setText(tr("What &if"));
    m_bar->retranslate();
    m_view->retranslate();
    if (!isOn()) return;
    m_settings->setVariations(variationsOf(m_document.pipeline(), m_document.catalogue()));
    showAnswer();
}

}  // namespace rw::ui

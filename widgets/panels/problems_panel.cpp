#include "widgets/panels/problems_panel.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedLayout>
#include <QTableView>
#include <algorithm>
#include <iterator>

#include "widgets/document/unfinished.h"
#include "widgets/issues/issue_list.h"
#include "widgets/session/lost_rows.h"
#include "widgets/session/run_findings.h"
#include "widgets/session/run_session.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/session/words/tape_issues.h"
#include "widgets/theme/chip.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {
constexpr PaneFacts kProblemsFacts{.id = "problems", .icon = "warning", .shortcut = "Alt+1", .place = 1};
constexpr int kAdviceMillis = 1000;  // a run's suggestions do not change faster than they can be read
}  // namespace

ProblemsPanel::ProblemsPanel(const PaneParts& parts)
    : Pane(kProblemsFacts),
      m_document(parts.document),
      m_session(parts.session),
      m_model(parts.document),
      m_list(new IssueList(parts.document, m_model, this)),
      m_empty(new EmptyState(this)),
      m_tools(new QWidget(this)),
      m_unapplied(new Chip({}, m_tools)),
      m_errors(new Chip({}, m_tools)),
      m_warnings(new Chip({}, m_tools)),
      m_notices(new Chip({}, m_tools)),
      m_unfinished(new Chip({}, m_tools)),
      m_goText(m_list->addKey(QStringLiteral("↵"))),
      m_fixText(m_list->addKey(QStringLiteral("Alt ↵"))),
      m_nextText(m_list->addKey(QStringLiteral("F8"))) {
    auto* chips = new QHBoxLayout(m_tools);
    chips->setContentsMargins(0, 0, metrics::kGrid, 0);
    chips->addWidget(m_unapplied);
    chips->addWidget(m_errors);
    chips->addWidget(m_warnings);
    chips->addWidget(m_notices);
    chips->addWidget(m_unfinished);
    m_unapplied->setIcon(QStringLiteral("info"));
    m_unapplied->setTone(Chip::Tone::Warn);
    m_notices->setIcon(QStringLiteral("info"));
    m_unfinished->setIcon(QStringLiteral("edit"));
    m_errors->setIcon(QStringLiteral("error"));
    m_errors->setTone(Chip::Tone::Error);
    m_warnings->setIcon(QStringLiteral("warning"));
    m_warnings->setTone(Chip::Tone::Warn);
    makeEntries();
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(m_list);
    m_pages->addWidget(m_empty);

    connect(&m_document, &PipelineDocument::validatedChanged, this, &ProblemsPanel::refresh);
    connect(&m_document, &PipelineDocument::changed, this, &ProblemsPanel::onDocument);
    connect(&m_session, &RunSession::refusedChanged, this, &ProblemsPanel::refresh);
    connect(&m_session, &RunSession::updated, this, &ProblemsPanel::onRun);
    connect(&m_session, &RunSession::runReplaced, this, &ProblemsPanel::refresh);
    connect(&m_session, &RunSession::stateChanged, this, [this] {
        if (m_session.shownRun().isElsewhere()) refresh();
    });
    connect(&m_session, &RunSession::unappliedChangesChanged, this, &ProblemsPanel::showUnapplied);
    connect(&m_session, &RunSession::stateChanged, this, &ProblemsPanel::showUnapplied);
    for (const auto refused : {&RunSession::startRefused, &RunSession::refused})
        connect(&m_session, refused, this, &ProblemsPanel::goToFirst);
    connect(m_list, &IssueList::chosenChanged, this, &ProblemsPanel::refreshEntries);
    connect(m_list, &IssueList::rowsRequested, this, &ProblemsPanel::rowsRequested);
    connect(m_list, &IssueList::whyRequested, this, &ProblemsPanel::whyRequested);
    retranslate();
}

QString ProblemsPanel::title() const {
    return tr("Pro&blems");
}

void ProblemsPanel::makeEntries() {
    m_next = addEntry(MainMenu::Pipeline, "next", QKeySequence(QStringLiteral("F8")), [this] { step(1); });
    m_previous = addEntry(MainMenu::Pipeline, "previous", QKeySequence(QStringLiteral("Shift+F8")),
                          [this] { step(-1); });
    m_fix = addEntry(MainMenu::Pipeline, "fix", {}, [this] { m_list->applyFix(); });
    // A keyboard has two of them.
    m_fix->setShortcuts(
        {QKeySequence(QStringLiteral("Alt+Return")), QKeySequence(QStringLiteral("Alt+Enter"))});
    onlyWhileOn(m_fix);
}

void ProblemsPanel::onActivated() {
    refresh();
}

void ProblemsPanel::onRun() {
    if (m_adviceAge.isValid() && m_adviceAge.elapsed() < kAdviceMillis && m_session.isActive()) return;
    m_adviceAge.start();
    refresh();
}

// Errors are signalled when the pipeline was checked; until then only titles, and suggestions of a run, can
// be others.
void ProblemsPanel::onDocument(const DocumentChange& change) {
    using Kind = DocumentChange::Kind;
    if (change.kind == Kind::Reset || m_advised) {
        refresh();
    } else if (isOn() && (change.kind == Kind::TitleChanged || change.kind == Kind::NodesRemoved)) {
        m_model.refresh();
    }
}

std::vector<Issue> ProblemsPanel::problems() {
    std::vector<Issue> issues = m_document.issues();
    const auto& warnings = m_document.loadWarnings();
    issues.insert(issues.end(), warnings.begin(), warnings.end());
    if (m_session.shownRun().isElsewhere()) {  // a cluster judges the pipeline, too
        const auto& refused = m_session.startIssues();
        issues.insert(issues.end(), refused.begin(), refused.end());
    }
    std::vector<Issue> advice = m_session.findings().advice();
    std::vector<Issue> lost = lostRows(m_document, m_session);
    std::move(lost.begin(), lost.end(), std::back_inserter(advice));
    std::vector<Issue> tapes = tapeIssues(m_session);
    std::move(tapes.begin(), tapes.end(), std::back_inserter(advice));
    std::vector<Issue> notices = m_session.findings().notices();
    std::move(notices.begin(), notices.end(), std::back_inserter(advice));
    m_advised = !advice.empty();
    std::move(advice.begin(), advice.end(), std::back_inserter(issues));
    return issues;
}

void ProblemsPanel::refresh() {
    std::vector<Issue> issues = problems();
    const bool calm = !m_session.wasRefused();
    // A missing part is no problem, nor what may well be meant so.
    const auto problems = std::count_if(issues.begin(), issues.end(), [calm](const Issue& issue) {
        return !isUnfinished(issue, calm) && !isNotice(issue);
    });
    m_listed = static_cast<int>(issues.size());
    setCount(static_cast<int>(problems));
    if (isOn()) list(std::move(issues));
    refreshEntries();
}

void ProblemsPanel::list(std::vector<Issue> issues) {
    m_list->keepChosen([&] { m_model.set(std::move(issues), !m_session.wasRefused()); });
    const int errors = m_model.errors(), warned = m_model.warnings(), unfinished = m_model.unfinished();
    const int notices = m_model.notices();
    m_errors->setText(errors == 1 ? tr("1 error") : tr("%n errors", nullptr, errors));
    m_warnings->setText(warned == 1 ? tr("1 warning") : tr("%n warnings", nullptr, warned));
    m_notices->setText(notices == 1 ? tr("1 notice") : tr("%n notices", nullptr, notices));
    m_notices->setVisible(notices > 0);
    m_unfinished->setText(tr("%1 to do").arg(unfinished));
    m_unfinished->setVisible(unfinished > 0);
    m_errors->setVisible(errors > 0);
    m_warnings->setVisible(warned > 0);
    const bool any = m_listed > 0;
    turnTo(*m_pages, any ? 0 : 1, any ? static_cast<QWidget*>(&m_list->table()) : m_empty);
}

void ProblemsPanel::refreshEntries() {
    for (QAction* step : {m_next, m_previous}) step->setEnabled(m_listed > 0);
    m_fix->setEnabled(m_list->canFix());
}

// A quick fix that changes nothing just now would look like one that does not help.
void ProblemsPanel::showUnapplied() {
    const bool waits = m_session.isActive() && m_session.hasUnappliedChanges() &&
                       m_session.shownRun().has(RunAbility::Applying);
    m_unapplied->setVisible(waits);
}

void ProblemsPanel::goToFirst() {
    Q_EMIT openRequested();
    if (isOn() && m_listed > 0) m_list->goTo(0);
}

void ProblemsPanel::step(int step) {
    Q_EMIT openRequested();
    if (!isOn() || m_listed == 0) return;
    const int from = m_list->chosenRow();
    m_list->goTo(from < 0 ? (step > 0 ? 0 : m_listed - 1) : (from + step + m_listed) % m_listed);
}

void ProblemsPanel::retranslate() {
    m_list->table().setAccessibleName(tr("Problems"));
    m_goText->setText(tr("Enter goes to the problem"));
    m_fixText->setText(tr("Apply the quick fix"));
    m_nextText->setText(tr("Next problem"));
    m_unapplied->setText(tr("The run goes on without the changes: press Apply"));
    showUnapplied();
    m_empty->set(QStringLiteral("check-circle"), tr("No problems"),
                 tr("What keeps the pipeline from running, or is worth a look, is listed here."));
    m_next->setText(tr("&Next problem"));
    m_previous->setText(tr("P&revious problem"));
    m_fix->setText(tr("Apply the &quick fix"));
    m_model.refresh();
    refresh();
}

}  // namespace rw::ui

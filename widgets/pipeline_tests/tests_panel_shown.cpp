// What the panel shows, and when it runs tests by itself.
#include <QCheckBox>
#include <QDesktopServices>
#include <QFileInfo>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStackedLayout>
#include <QTableView>
#include <QUrl>
#include <utility>

#include "core/base/figures.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/test_edits.h"
#include "widgets/pipeline_tests/tests_panel.h"
#include "widgets/pipeline_tests/window_bars.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kWidestCell = 240;

QString linesOfError(const Status& status) {
    return status.ok() ? QString() : errorLines(status.error());
}

}  // namespace

void TestsPanel::onActivated() {
    followFile();
    m_store.look();
    m_runner.follow();
    runSoon();
    showAll();
}

void TestsPanel::onDeactivated() {
    m_rest.stop();
    m_long.stop();
}

void TestsPanel::onDocument() {
    if (!isOn()) return;
    const quint64 before = m_runner.edition();
    m_runner.follow();
    if (m_runner.edition() != before) runSoon();
    showSoon();
}

/// The document has another file, or is another.
void TestsPanel::followFile() {
    m_runAllAction->setEnabled(!m_document.path().isEmpty());
    if (m_store.isOpen(m_document.path())) return;
    m_sampling.drop();
    m_refused = {};
    m_runner.forget();
    setCount(0);
    // The file is read once somebody looks.
    m_store.open(isOn() ? m_document.path() : QString());
}

void TestsPanel::runSoon() {
    if (isOn() && m_auto->isChecked() && m_store.isRead()) m_rest.start();
}

void TestsPanel::runStale() {
    if (!isOn() || !m_auto->isChecked()) return;
    std::vector<PipelineTest> stale;
    for (const PipelineTest& test : m_store.tests().tests) {
        if (m_runner.isOlder(test) && !m_runner.isSlow(test.name) && !m_runner.isUnderWay(test))
            stale.push_back(test);
    }
    if (!stale.empty()) m_runner.run(stale);
}

/// Many results come at once: they are shown together.
void TestsPanel::showSoon() {
    if (std::exchange(m_showDue, true)) return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_showDue = false;
            std::size_t failed = 0;
            for (const PipelineTest& test : m_store.tests().tests) {
                const TestResultRef result = m_runner.resultOf(test.name);
                if (result && result->outcome.state == TestOutcome::State::Failed) ++failed;
            }
            setCount(static_cast<int>(failed));
            if (isOn()) showAll();
        },
        Qt::QueuedConnection);
}

void TestsPanel::showAll() {
    m_openFile->setEnabled(m_store.isThere());
    const bool nothing = showNothing();
    turnTo(*m_pages, nothing ? 1 : 0, nothing ? static_cast<QWidget*>(m_empty) : m_listView);
    if (!nothing) {
        showList();
        showSteps();
        showOutcome();
        showTrouble();
    }
    refreshButtons();
}

/// Whether words are shown in place of tests.
bool TestsPanel::showNothing() {
    const QString icon = QStringLiteral("tests");
    const QString name = shownText(QFileInfo(m_store.file()).fileName());
    if (m_document.path().isEmpty()) {
        m_empty->set(icon, tr("Save the pipeline first"),
                     tr("Tests are in a file beside that of the pipeline."), tr("Save…"));
        return true;
    }
    if (!m_store.isRead()) {
        m_empty->set(icon, tr("Reading the tests"), {});
        return true;
    }
    if (!m_store.broken().ok()) {
        m_empty->set(QStringLiteral("error"), tr("“%1” can't be used").arg(name),
                     linesOfError(m_store.broken()), tr("Open the file"));
        return true;
    }
    if (!m_store.tests().tests.empty() || m_store.trouble() != TestStore::Trouble::None) return false;
    if (m_sampling.isWaiting()) {
        m_empty->set(icon, tr("Making a test"), {});
    } else if (!m_refused.ok()) {
        m_empty->set(icon, tr("No test was made"), linesOfError(m_refused), tr("New test by hand"));
    } else if (nodeForSample().empty()) {
        m_empty->set(
            icon, tr("No tests yet"),
            tr("A test gives rows to the sources and says what must come of them. Add a source and a "
               "node first."));
    } else {
        m_empty->set(icon, tr("No tests yet"),
                     tr("A test gives rows to the sources, step by step, and says what must come of them."),
                     tr("New test from sample"));
    }
    return true;
}

void TestsPanel::onEmptyAction() {
    if (m_document.path().isEmpty()) {
        if (m_window.save) (void)m_window.save();
    } else if (!m_store.broken().ok()) {
        QDesktopServices::openUrl(QUrl::fromLocalFile(m_store.file()));
    } else if (!m_refused.ok()) {
        newByHand();
    } else {
        newFromSample();
    }
}

void TestsPanel::showList() {
    m_list.set(m_store.tests().tests);
    if (m_list.rowOf(m_chosen) < 0) m_chosen = m_list.rowCount() > 0 ? m_list.nameAt(0) : std::string();
    const int row = m_list.rowOf(m_chosen);
    if (row >= 0 && m_listView->currentIndex().row() != row) m_listView->setCurrentIndex(m_list.index(row));
    const TestCount count = m_list.count();
    QStringList parts;
    const auto part = [&parts](std::size_t number, const Text& words) {
        if (number > 0) parts << translated(words);
    };
    part(count.passed, figures::counted(count.passed, RW_TEXT("tests panel", "1 passed"),
                                        RW_TEXT("tests panel", "%1 passed")));
    part(count.failed, figures::counted(count.failed, RW_TEXT("tests panel", "1 failed"),
                                        RW_TEXT("tests panel", "%1 failed")));
    part(count.notRun, figures::counted(count.notRun, RW_TEXT("tests panel", "1 not run"),
                                        RW_TEXT("tests panel", "%1 not run")));
    m_counts->setText(parts.join(QStringLiteral(" · ")));
}

const PipelineTest* TestsPanel::chosenTest() const {
    return testNamed(m_store.tests(), m_chosen);
}

void TestsPanel::choose(const std::string& name) {
    if (m_chosen == name) return;
    m_chosen = name;
    if (isOn()) showAll();
}

void TestsPanel::showSteps() {
    const PipelineTest* const test = chosenTest();
    m_stepsHead->setText(test == nullptr ? QString() : shownText(QString::fromStdString(test->name)));
    if (test == nullptr) return m_steps.set(nullptr, {}, nullptr);
    const TestResultRef result = m_runner.resultOf(test->name);
    const int columns = m_steps.columnCount();
    m_steps.set(m_store.shared(), test->name, result && result->test == *test ? result : nullptr);
    if (m_wideFor == m_chosen && columns == m_steps.columnCount()) return;
    m_wideFor = m_chosen;
    fitColumns(*m_stepsView, Theme::of(this).scaled(kWidestCell));
}

void TestsPanel::showOutcome() {
    const PipelineTest* const test = chosenTest();
    const TestResultRef result = test == nullptr ? nullptr : m_runner.resultOf(test->name);
    using State = TestOutcome::State;
    const bool failed = result && result->outcome.state == State::Failed;
    const int columns = m_difference.columnCount();
    const bool another = m_difference.set(failed ? result : nullptr);
    // Its columns may not have been known before.
    if (another || (failed && m_bars->bars().empty()))
        m_bars->set(failed ? windowBarsOf(m_document, *result) : WindowBars());
    if (failed && columns != m_difference.columnCount())
        fitColumns(*m_differenceView, Theme::of(this).scaled(kWidestCell));
    if (const QModelIndex change = m_difference.firstChange(); another && change.isValid())
        m_differenceView->scrollTo(change);
    QString head;
    if (test != nullptr)
        head = m_list.index(m_list.rowOf(test->name)).data(TestListModel::kCaptionRole).toString();
    m_outcomeHead->setText(head);
    const bool now = failed && !m_runner.isOlder(*test);
    const QString role = now ? QStringLiteral("error") : QStringLiteral("strong");
    if (m_outcomeHead->property("role").toString() != role) {
        m_outcomeHead->setProperty("role", role);
        Theme::repolish(m_outcomeHead);
    }
    if (!failed) showNoDifference(result);
    m_outcomePages->setCurrentIndex(failed ? 0 : 1);
    const bool since = now && !result->brokenBy.isEmpty();
    if (since) {
        m_since->set(HintBox::Kind::Info, tr("Passed until “%1”").arg(shownText(result->brokenBy, 80)),
                     tr("Undo that change, or accept what came if it is what you want."));
    }
    m_since->setVisible(since);
}

void TestsPanel::showNoDifference(const TestResultRef& result) {
    if (!result) {
        m_noDifference->set(QStringLiteral("tests"), tr("Not run yet"),
                            tr("What came and what was expected is shown here."));
    } else if (result->outcome.state == TestOutcome::State::Passed) {
        m_noDifference->set(QStringLiteral("check-circle"), tr("All came as expected"), {});
    } else {
        m_noDifference->set(QStringLiteral("blocked"), tr("The test could not be run"),
                            linesOfError(result->outcome.error));
    }
}

void TestsPanel::showTrouble() {
    const QString name = shownText(QFileInfo(m_store.file()).fileName());
    switch (m_store.trouble()) {
        case TestStore::Trouble::ChangedOutside:
            m_trouble->set(
                HintBox::Kind::Warn, tr("“%1” was changed or removed by another program").arg(name),
                tr("Your last change was not written."), {tr("Take what the file has"), tr("Overwrite it")});
            break;
        case TestStore::Trouble::NotWritten:
            m_trouble->set(HintBox::Kind::Error, tr("The tests were not written"),
                           linesOfError(m_store.error()), {tr("Take what the file has"), tr("Try again")});
            break;
        case TestStore::Trouble::None:
            if (!m_refused.ok())
                m_trouble->set(HintBox::Kind::Warn, tr("Nothing was changed"), linesOfError(m_refused),
                               {tr("Close")});
            break;
    }
    m_trouble->setVisible(m_store.trouble() != TestStore::Trouble::None || !m_refused.ok());
}

void TestsPanel::onTrouble(int action) {
    if (m_store.trouble() == TestStore::Trouble::None) {
        m_refused = {};
        return showAll();
    }
    if (action == 0) {
        m_store.takeTheirs();
    } else if (m_store.trouble() == TestStore::Trouble::ChangedOutside) {
        m_store.writeAnyway();
    } else {
        m_store.tryAgain();
    }
}

void TestsPanel::refreshButtons() {
    const PipelineTest* const test = chosenTest();
    const bool usable = m_store.isRead() && m_store.broken().ok();
    m_offersCancel = m_runner.isRunning() && !m_long.isActive();  // short runs change no button
    const std::size_t tests = m_store.tests().tests.size();
    m_runAll->setText(m_offersCancel
                          ? tr("Cancel")
                          : translated(figures::counted(tests, RW_TEXT("tests panel", "Run 1 test"),
                                                        RW_TEXT("tests panel", "Run %1 tests"))));
    m_runAll->setEnabled(tests > 0);
    m_runThis->setEnabled(test != nullptr && !m_runner.isWaiting(m_chosen));
    const TestResultRef result = test == nullptr ? nullptr : m_runner.resultOf(test->name);
    m_accept->setEnabled(result && result->outcome.state == TestOutcome::State::Failed &&
                         !m_runner.isOlder(*test) && !(result->outcome.asItCame == *test));
    m_undo->setEnabled(m_store.canUndo());
    m_undo->setLabel(m_store.canUndo() ? tr("Undo: %1").arg(m_store.undoes()) : tr("Undo"));
    m_new->setEnabled(usable);
    showWhatCanBeMade();
    m_more->setEnabled(test != nullptr);
    const StepLine* const line = test == nullptr ? nullptr : currentLine();
    m_addRow->setEnabled(line != nullptr && hasRows(test->steps[line->step]));
    m_addStep->setEnabled(test != nullptr);
    m_editStep->setEnabled(line != nullptr);
    m_remove->setEnabled(line != nullptr);
    m_remove->setText(line != nullptr && line->kind == StepLine::Kind::Row ? tr("Remove row")
                                                                           : tr("Remove step"));
}

void TestsPanel::showWhatCanBeMade() {
    const NodeId node = nodeForSample();
    m_fromSample->setEnabled(!node.empty() && !m_sampling.isWaiting());
    m_fromSample->setText(node.empty()
                              ? tr("New test from &sample")
                              : tr("New test from &sample of “%1”")
                                    .arg(labelText(shownText(titleOf(m_document.pipeline(), node), 40))));
    const bool tape = tapeAtHand().any();
    for (QAction* each : {m_fromTape, m_fromPart}) {
        each->setEnabled(!node.empty() && tape && !m_sampling.isWaiting());
        each->setToolTip(tape ? QString() : tr("The run has no tape: record it"));
    }
    m_newMenu->setToolTipsVisible(!tape);  // else they would repeat the entries
    m_byHand->setEnabled(!node.empty());
}

}  // namespace rw::ui

// What the buttons of the panel do.
#include <QHeaderView>
#include <QInputDialog>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QTableView>
#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/tape/rolling/rolling_tape.h"
#include "widgets/document/editing/node_appearance.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/pipeline_tests/cell_text.h"
#include "widgets/pipeline_tests/sample_test.h"
#include "widgets/pipeline_tests/step_dialog.h"
#include "widgets/pipeline_tests/tape_dialog.h"
#include "widgets/pipeline_tests/tape_test.h"
#include "widgets/pipeline_tests/test_edits.h"
#include "widgets/pipeline_tests/tests_panel.h"
#include "widgets/theme/shown_text.h"

namespace rw::ui {

namespace {

std::size_t rowsOfTest(const PipelineTest& test) {
    std::size_t rows = 0;
    for (const PipelineTestStep& step : test.steps) rows += step.rows ? step.rows->size() : 0;
    return rows;
}

Text rowsText(std::size_t rows) {
    return figures::counted(rows, RW_TEXT("pipeline_tests", "1 row"), RW_TEXT("pipeline_tests", "%1 rows"));
}

/// A file with more rows could not be read any more.
Status fitsBeside(const PipelineTestFile& file, const PipelineTest& test) {
    std::size_t rows = rowsOfTest(test);
    for (const PipelineTest& each : file.tests) rows += rowsOfTest(each);
    if (rows <= kMostTestRows) return {};
    return {ErrorCode::Invalid,
            RW_TEXT("pipeline_tests", "With this test the file would have %1, and it takes at most %2.")
                .with(rowsText(rows), rowsText(kMostTestRows)),
            RW_TEXT("pipeline_tests", "Delete other tests, or make one with fewer rows.")};
}

}  // namespace

void TestsPanel::say(const QString& words) const {
    if (m_window.tell) m_window.tell(words);
}

void TestsPanel::runAll() {
    if (!m_store.tests().tests.empty()) m_runner.run(m_store.tests().tests);
}

void TestsPanel::runChosen() {
    if (const PipelineTest* const test = chosenTest()) m_runner.run({*test});
}

void TestsPanel::accept() {
    const TestResultRef result = m_runner.resultOf(m_chosen);
    if (!result || result->outcome.state != TestOutcome::State::Failed) return;
    edit(tr("Accept what “%1” got").arg(shownText(QString::fromStdString(m_chosen), 60)),
         [&](PipelineTest& test) {
             if (result->test == test) test = result->outcome.asItCame;
         });
}

void TestsPanel::edit(const QString& what, const std::function<void(PipelineTest& test)>& change) {
    PipelineTestFile tests = m_store.tests();
    PipelineTest* const test = testNamed(tests, m_chosen);
    if (test == nullptr) return;
    change(*test);
    m_refused = {};
    m_store.change(std::move(tests), what);
    if (isOn()) showAll();
}

void TestsPanel::add(PipelineTest test, const QString& what) {
    PipelineTestFile tests = m_store.tests();
    test.name = freeTestName(tests, test.name);
    m_chosen = test.name;
    tests.tests.push_back(std::move(test));
    m_refused = {};
    m_store.change(std::move(tests), what);
    if (isOn()) showAll();
}

/// The selected node; else the first sink, or the last node: there all that the pipeline does is seen.
NodeId TestsPanel::nodeForSample() const {
    const auto fits = [this](const Node& node) {
        const NodeKind* const kind = m_document.kindOf(node.id);
        return kind != nullptr && !node.disabled && !expectationsOf(m_document, node.id).empty();
    };
    const Node* const selected = m_document.selection().single();
    if (selected != nullptr && fits(*selected)) return selected->id;
    const std::vector<Node>& nodes = m_document.pipeline().nodes;
    for (const Node& node : nodes) {
        const NodeKind* const kind = m_document.kindOf(node.id);
        if (kind != nullptr && kind->group == NodeGroup::Sink && fits(node)) return node.id;
    }
    const auto last = std::find_if(nodes.rbegin(), nodes.rend(), fits);
    return last == nodes.rend() ? NodeId() : last->id;
}

void TestsPanel::newFromSample() {
    make(nodeForSample(), tr("first rows of %1"), tr("New test from sample"),
         [](const MadeTestQuestion& question, const std::atomic<bool>& dropped) {
             return testFromSample(question, dropped);
         });
}

TapeAtHand TestsPanel::tapeAtHand() const {
    TapeAtHand tape;
    if (m_window.tape) tape.file = m_window.tape().toStdString();
    if (tape.file.empty() && m_window.kept) tape.kept = m_window.kept();
    return tape;
}

void TestsPanel::newFromTape() {
    const TapeAtHand tape = tapeAtHand();
    if (!tape.any()) return;
    make(nodeForSample(), tr("newest rows at %1"), tr("New test from the tape"),
         [tape](const MadeTestQuestion& question, const std::atomic<bool>& dropped) -> Result<PipelineTest> {
             RW_TRY_ASSIGN(const TapeFileRef open, tape.open());
             return testFromTape(question, open, dropped);
         });
}

void TestsPanel::newFromTapePart() {
    const TapeAtHand tape = tapeAtHand();
    const NodeId node = nodeForSample();
    if (!tape.any() || node.empty() || !m_store.isRead() || !m_store.broken().ok()) return;
    m_refused = {};
    m_sampling.ask(
        [question = madeTestQuestion(m_document, node, {}),
         tape](const Latest::Question& asked) -> Result<TapeSurvey> {
            RW_TRY_ASSIGN(const TapeFileRef open, tape.open());
            return surveyTape(question, open, *asked.flag());
        },
        [this, node](Result<TapeSurvey> survey) {
            if (!survey.ok()) m_refused = survey.status();
            showSoon();
            // Who has gone to another tab meanwhile is not asked over that.
            if (survey.ok() && isOn()) askForPart(node, *std::move(survey));
        });
    if (isOn()) showAll();
}

/// The test is of that node, whatever is selected by then: its sources are those of the survey.
void TestsPanel::askForPart(const NodeId& node, TapeSurvey survey) {
    auto* dialog = new TapeDialog(m_document, std::move(survey), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, node] {
        if (m_document.node(node) == nullptr) return;
        make(node, tr("part of the tape at %1"), tr("New test from the tape"),
             [tape = dialog->survey().tape, span = dialog->span()](const MadeTestQuestion& question,
                                                                   const std::atomic<bool>& dropped) {
                 return testFromTape(question, tape, span, dropped);
             });
    });
    dialog->open();
}

/// `name`: of the test, with the title of the node for %1; `step`: of undo.
void TestsPanel::make(const NodeId& node, const QString& name, const QString& step, MakesTest makes) {
    if (node.empty() || !m_store.isRead() || !m_store.broken().ok()) return;
    const std::string named = name.arg(titleOf(m_document.pipeline(), node)).toStdString();
    make(madeTestQuestion(m_document, node, named), step, std::move(makes));
}

void TestsPanel::make(MadeTestQuestion question, const QString& step, MakesTest makes) {
    m_refused = {};
    m_sampling.ask([question = std::move(question), makes = std::move(makes)](
                       const Latest::Question& asked) { return makes(question, *asked.flag()); },
                   [this, step](Result<PipelineTest> made) {
                       const Status fits = made.ok() ? fitsBeside(m_store.tests(), *made) : made.status();
                       if (fits.ok()) {
                           add(*std::move(made), step);
                       } else {
                           m_refused = fits;
                       }
                       showSoon();
                   });
    if (isOn()) showAll();
}

void TestsPanel::newFromVariant(const VariantForTest& variant) {
    m_variant = variant;
    Q_EMIT openRequested();
    takeVariant();
}

void TestsPanel::takeVariant() {
    if (!m_variant || !m_store.isRead() || !m_store.isOpen(m_document.path())) return;
    const VariantForTest variant = *std::exchange(m_variant, std::nullopt);
    if (variant.file != m_document.path() || !m_store.broken().ok()) return;
    const QString name =
        tr("what if %1, at %2").arg(variant.name, titleOf(m_document.pipeline(), variant.node));
    make(madeTestQuestion(m_document, variant, name.toStdString()), tr("New test from What if"),
         [tape = variant.tape.toStdString(), kept = variant.kept](
             const MadeTestQuestion& question, const std::atomic<bool>& dropped) -> Result<PipelineTest> {
             if (!tape.empty()) return testFromTape(question, tape, dropped);
             if (!kept) return testFromSample(question, dropped);
             RW_TRY_ASSIGN(const TapeFileRef open, kept->tape());
             return testFromTape(question, open, dropped);
         });
}

/// Nothing goes in, and nothing is expected to come: the file takes no test that expects nothing at all.
void TestsPanel::newByHand() {
    const NodeId node = nodeForSample();
    if (node.empty()) return;
    PipelineTest test;
    test.name = tr("new test").toStdString();
    for (const Node& source : m_document.pipeline().nodes) {
        const NodeKind* const kind = m_document.kindOf(source.id);
        if (kind == nullptr || kind->group != NodeGroup::Source || source.disabled) continue;
        PipelineTestStep rows;
        rows.at = source.id;
        rows.rows = Json::array();
        test.steps.push_back(std::move(rows));
        break;
    }
    PipelineTestStep end;
    end.verb = PipelineTestStep::Verb::End;
    test.steps.push_back(std::move(end));
    for (PipelineTestStep& step : expectationsOf(m_document, node)) test.steps.push_back(std::move(step));
    add(std::move(test), tr("New test"));
}

void TestsPanel::rename() {
    if (chosenTest() == nullptr) return;
    const std::string before = m_chosen;
    bool given = false;
    const QString name =
        QInputDialog::getText(this, tr("Name of the test"), tr("It says what the pipeline is to do."),
                              QLineEdit::Normal, QString::fromStdString(before), &given)
            .trimmed();
    if (!given || name.isEmpty() || name.toStdString() == before) return;
    PipelineTestFile tests = m_store.tests();
    PipelineTest* const test = testNamed(tests, before);
    if (test == nullptr) return;  // another program took it away meanwhile
    const std::string after = freeTestName(tests, name.toStdString());
    test->name = after;
    m_runner.rename(before, after);
    m_chosen = after;
    m_store.change(std::move(tests), tr("Rename a test"));
}

void TestsPanel::removeTest() {
    PipelineTestFile tests = m_store.tests();
    const QString name = shownText(QString::fromStdString(m_chosen), 60);
    const int row = m_list.rowOf(m_chosen);
    std::erase_if(tests.tests, [this](const PipelineTest& test) { return test.name == m_chosen; });
    if (!tests.tests.empty()) {
        const auto next =
            std::clamp<std::size_t>(static_cast<std::size_t>(std::max(row, 0)), 0, tests.tests.size() - 1);
        m_chosen = tests.tests[next].name;
    }
    m_refused = {};
    m_store.change(std::move(tests), tr("Delete the test “%1”").arg(name));
    say(tr("The test “%1” was deleted. Undo in Tests gives it back.").arg(name));
}

const StepLine* TestsPanel::currentLine() const {
    const QModelIndex current = m_stepsView->currentIndex();
    return current.isValid() ? m_steps.line(current.row()) : nullptr;
}

void TestsPanel::goTo(const StepLine& line, int column) {
    const int row = m_steps.lineOf(line);
    if (row < 0) return;
    const QModelIndex index = m_steps.index(row, std::clamp(column, 0, m_steps.columnCount() - 1));
    m_stepsView->setCurrentIndex(index);
    m_stepsView->scrollTo(index);
}

void TestsPanel::onTyped(std::size_t step, std::size_t row, std::size_t column, const QString& text) {
    const auto& columns = m_steps.columnsOfStep(step);
    const std::optional<Type> type = column < columns.size() ? columns[column].type : std::nullopt;
    edit(tr("Change a value"), [&](PipelineTest& test) {
        if (step >= test.steps.size() || !hasRows(test.steps[step])) return;
        const Json& rows = *test.steps[step].rows;
        if (row >= rows.size() || column >= rows[row].size()) return;
        setCell(test, step, row, column, typedCell(text, rows[row][column], type));
    });
}

void TestsPanel::addRow() {
    const StepLine* const at = currentLine();
    if (at == nullptr || chosenTest() == nullptr || !hasRows(chosenTest()->steps[at->step])) return;
    const StepLine line = *at;
    const std::size_t rows = chosenTest()->steps[line.step].rows->size();
    const std::size_t place = line.kind == StepLine::Kind::Row ? line.row + 1 : rows;
    const std::size_t cells = m_steps.cellsOf(line.step);
    edit(tr("Add a row"), [&](PipelineTest& test) { rw::ui::addRow(test, line.step, place, cells); });
    goTo({StepLine::Kind::Row, line.step, place}, 1);
}

void TestsPanel::addStep() {
    const PipelineTest* const test = chosenTest();
    if (test == nullptr) return;
    const StepLine* const at = currentLine();
    const std::size_t place = at == nullptr ? test->steps.size() : at->step + 1;
    StepDialog dialog(m_document, {}, true, this);
    if (dialog.exec() != QDialog::Accepted) return;
    edit(tr("Add a step"), [&](PipelineTest& changed) { rw::ui::addStep(changed, place, dialog.step()); });
    goTo({StepLine::Kind::Words, place, 0}, 0);
}

void TestsPanel::editStep() {
    const StepLine* const at = currentLine();
    if (at == nullptr || chosenTest() == nullptr) return;
    const std::size_t place = at->step;
    const PipelineTestStep before = chosenTest()->steps[place];
    StepDialog dialog(m_document, before, false, this);
    if (dialog.exec() != QDialog::Accepted) return;
    edit(tr("Change a step"), [&](PipelineTest& test) {
        // Another program may have written the file while the dialog was open.
        if (place < test.steps.size() && test.steps[place] == before) test.steps[place] = dialog.step();
    });
    goTo({StepLine::Kind::Words, place, 0}, 0);
}

void TestsPanel::removeLine() {
    const StepLine* const at = currentLine();
    if (at == nullptr) return;
    const StepLine line = *at;
    const int column = m_stepsView->currentIndex().column();
    if (line.kind == StepLine::Kind::Row) {
        edit(tr("Remove a row"), [&](PipelineTest& test) { removeRow(test, line.step, line.row); });
        if (m_steps.lineOf(line) >= 0) return goTo(line, column);
        return goTo({StepLine::Kind::Words, line.step, 0}, 0);
    }
    edit(tr("Remove a step"), [&](PipelineTest& test) { removeStep(test, line.step); });
    goTo({StepLine::Kind::Words, line.step > 0 ? line.step - 1 : 0, 0}, 0);
}

void TestsPanel::moveStep(bool down) {
    const StepLine* const at = currentLine();
    if (at == nullptr) return;
    const std::size_t step = at->step;
    edit(tr("Move a step"), [&](PipelineTest& test) { rw::ui::moveStep(test, step, down); });
    goTo({StepLine::Kind::Words, down ? step + 1 : step - 1, 0}, 0);
}

void TestsPanel::openStepsMenu(QPoint at) {
    const StepLine* const line = currentLine();
    const PipelineTest* const test = chosenTest();
    if (line == nullptr || test == nullptr) return;
    QMenu menu(this);
    const auto entry = [&](const QString& words, bool possible, auto act) {
        QAction* const action = menu.addAction(words);
        action->setEnabled(possible);
        connect(action, &QAction::triggered, this, act);
    };
    entry(tr("Add a &row"), hasRows(test->steps[line->step]), [this] { addRow(); });
    entry(tr("Add a &step…"), true, [this] { addStep(); });
    entry(tr("&Edit the step…"), true, [this] { editStep(); });
    entry(tr("Move the step &up"), line->step > 0, [this] { moveStep(false); });
    entry(tr("Move the step &down"), line->step + 1 < test->steps.size(), [this] { moveStep(true); });
    menu.addSeparator();
    entry(line->kind == StepLine::Kind::Row ? tr("Re&move the row") : tr("Re&move the step"), true,
          [this] { removeLine(); });
    menu.exec(m_stepsView->viewport()->mapToGlobal(at));
}

}  // namespace rw::ui

// The Tests panel: the tests of the pipeline, the steps of the chosen one, and what came in place of what it
// expects.
#pragma once
#include <QTimer>
#include <functional>
#include <optional>
#include <string>

#include "widgets/background/latest.h"
#include "widgets/background/ticker.h"
#include "widgets/pane/pane.h"
#include "widgets/pane/variant_for_test.h"
#include "widgets/pipeline_tests/made_test.h"
#include "widgets/pipeline_tests/steps_model.h"
#include "widgets/pipeline_tests/tape_range.h"
#include "widgets/pipeline_tests/test_difference_model.h"
#include "widgets/pipeline_tests/test_list_model.h"
#include "widgets/pipeline_tests/test_runner.h"
#include "widgets/pipeline_tests/test_store.h"

class QCheckBox;
class QLabel;
class QListView;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class HintBox;
class IconButton;
class WindowBarsView;

/// What the window does for the panel.
struct TestsWindow {
    std::function<void(const QString& words)> tell{};  ///< may be null
    std::function<bool()> save{};                      ///< may be null
    std::function<QString()> tape{};  ///< of the run, the last one when none is active; empty: none
    /// The newest input that this run keeps, where it has no tape; null, or gives null: none.
    std::function<std::shared_ptr<const RollingTape>()> kept{};
};

/// Counts the tests that failed.
class TestsPanel final : public Pane {
    Q_OBJECT
 public:
    static constexpr int kRestMillis = 300;   ///< after a change, which may be followed by others
    static constexpr int kLookMillis = 2000;  ///< between looks whether the file is another
    static constexpr int kLongMillis = 500;   ///< of a run, before it is offered to be cancelled

    TestsPanel(const PaneParts& parts, TestsWindow window);

    QString title() const override;
    /// Whether tests run after each change, and the file.
    QWidget* tools() const override { return m_tools; }

    const TestListModel& list() const { return m_list; }
    const StepsModel& steps() const { return m_steps; }
    const TestDifferenceModel& difference() const { return m_difference; }
    TestStore& store() { return m_store; }
    TestRunner& runner() { return m_runner; }
    /// The test whose steps are shown; empty: none.
    const std::string& chosen() const { return m_chosen; }
    void choose(const std::string& name);

    // What its buttons do.
    void runAll();
    void runChosen();
    void accept();
    void newFromSample();
    void newFromTape();
    /// Asks which part of the tape, once it is read.
    void newFromTapePart();
    void newByHand();
    /// A test that expects what the variant gives: it fails until the pipeline is as that, where more than
    /// variables were varied. Opens the panel; the file of tests may have to be read first.
    void newFromVariant(const VariantForTest& variant);
    void rename();
    void removeTest();
    void addRow();
    void addStep();
    void editStep();
    void removeLine();
    void moveStep(bool down);

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void makeTools();
    QWidget* makeList();
    QWidget* makeSteps();
    QWidget* makeDifference();
    void makeMenus();
    void connectParts();
    void styleTable(QTableView& table);

    void onDocument();
    void followFile();
    void runSoon();
    void runStale();
    void showSoon();
    void showAll();
    bool showNothing();
    void showList();
    void showSteps();
    void showOutcome();
    void showNoDifference(const TestResultRef& result);
    void showTrouble();
    void onTrouble(int action);
    void onEmptyAction();
    void refreshButtons();
    void openStepsMenu(QPoint at);

    const PipelineTest* chosenTest() const;
    /// Changes the chosen test, and keeps the place in the table near `line`.
    void edit(const QString& what, const std::function<void(PipelineTest& test)>& change);
    void add(PipelineTest test, const QString& what);
    void onTyped(std::size_t step, std::size_t row, std::size_t column, const QString& text);
    const StepLine* currentLine() const;
    void goTo(const StepLine& line, int column);
    NodeId nodeForSample() const;
    using MakesTest =
        std::function<Result<PipelineTest>(const MadeTestQuestion&, const std::atomic<bool>& dropped)>;
    void make(const NodeId& node, const QString& name, const QString& step, MakesTest makes);
    void make(MadeTestQuestion question, const QString& step, MakesTest makes);
    TapeAtHand tapeAtHand() const;
    void askForPart(const NodeId& node, TapeSurvey survey);
    void takeVariant();
    void showWhatCanBeMade();
    void say(const QString& words) const;

    PipelineDocument& m_document;
    const TestsWindow m_window;
    TestStore m_store;
    TestRunner m_runner;
    Latest m_sampling{this};
    TestListModel m_list;
    StepsModel m_steps;
    TestDifferenceModel m_difference;
    std::string m_chosen{};
    std::string m_wideFor{};  ///< the test by which columns were made wide
    Status m_refused{};
    std::optional<VariantForTest> m_variant{};  ///< waits for the file of tests
    bool m_showDue = false, m_runWhenRead = false, m_ran = false, m_offersCancel = false;
    QTimer m_rest, m_long;
    Ticker m_watch;  ///< whether the file is another

    QAction* m_runAllAction;
    QWidget* m_tools;
    QCheckBox* m_auto;
    IconButton *m_openFile, *m_undo, *m_new, *m_more;
    QPushButton *m_runAll, *m_runThis, *m_accept;
    QPushButton *m_addRow, *m_addStep, *m_editStep, *m_remove;
    QMenu *m_newMenu, *m_moreMenu;
    QAction *m_fromSample = nullptr, *m_fromTape = nullptr, *m_fromPart = nullptr, *m_byHand = nullptr,
            *m_rename = nullptr, *m_delete = nullptr;
    ElidedLabel *m_counts, *m_stepsHead, *m_outcomeHead;
    QListView* m_listView;
    QTableView *m_stepsView, *m_differenceView;
    WindowBarsView* m_bars;
    HintBox *m_trouble, *m_since;
    EmptyState *m_noDifference, *m_empty;
    QStackedLayout *m_outcomePages = nullptr, *m_pages = nullptr;
};

}  // namespace rw::ui

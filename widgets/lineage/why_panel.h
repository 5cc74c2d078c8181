// The Why panel: asks why a row is there, or why one is not, and shows the answer step by step.
#pragma once
#include <QStringList>
#include <QTimer>
#include <memory>
#include <optional>
#include <vector>

#include "core/runtime/tap.h"
#include "widgets/lineage/answer_rows.h"
#include "widgets/lineage/step_list.h"
#include "widgets/lineage/why_asker.h"
#include "widgets/pane/lit_path.h"
#include "widgets/pane/pane.h"
#include "widgets/pane/shows_rows.h"

class QGraphicsOpacityEffect;
class QLabel;
class QListView;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ChartQuestions;
class ElidedLabel;
class EmptyState;
class IconButton;
class MendBar;
class WhyForm;
struct ChartAsk;
struct DocumentChange;

class WhyPanel final : public Pane, public ShowsRows {
    Q_OBJECT
 public:
    static constexpr int kSlowMillis = 1'000;  ///< after that it shows that it is busy

    explicit WhyPanel(const PaneParts& parts);

    QString title() const override;
    std::vector<QTableView*> rowTables() const override { return {m_table}; }
    std::optional<ShownRow> currentRow(const QTableView& table) const override;

    /// The context menus of these tables offer the question from now on. `rows` outlives this, or goes with
    /// it.
    void serve(const ShowsRows& rows);
    /// Opens the panel, and asks why the row is there.
    void askAbout(const ShownRow& row);
    /// Opens the panel, and asks why that row is there, which a chart of the run draws.
    void askChart(const rw::NodeId& chart, const rw::ui::ChartAsk& ask);
    /// Opens the panel with its form about the rows that such a chart draws; `where`, if it says anything, is
    /// what is known of the one that is missed.
    /// It asks why there is none; where it says nothing and the chart has got no rows at all, at once.
    void openFormFor(const rw::NodeId& chart, const QString& where);
    /// An entry for menus of the node: it asks why there is no row of it, or of a sink no row for it. Null:
    /// it neither gives nor takes any. Of the node that was asked about last.
    QAction* missingOf(const NodeId& node);
    /// Opens the panel, and asks why that join has no pair.
    void askForPair(const rw::NodeId& join);
    const StepModel& steps() const { return m_stepModel; }
    const AnswerRows& rows() const { return m_rows; }
    bool isWaiting() const { return m_asker.isWaiting(); }
    /// A person has seen the way of the answer that is shown: all is shown alike until there is another.
    void dropPath();

 Q_SIGNALS:
    /// The way of the answer that is shown, for the canvas; an empty one: there is none.
    void pathChanged(const rw::ui::LitPath& path);

 protected:
    void onActivated() override;
    void onDeactivated() override;
    void retranslate() override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    void makeProgress();
    void makeAnswer();
    // In why_panel_asks.cpp.
    void answerCharts(ChartQuestions& questions);
    void askCurrent();
    void askMissingInHand();
    void askMissingOf(const PortRef& from, const QString& where);
    void askAnyRow(const PortRef& from);
    bool isSilent(const PortRef& from) const;
    void watchValues();
    QStringList valuesSeen(const QString& column) const;
    std::optional<PortRef> rowsOf(const NodeId& node) const;
    void editForm(const PortRef& from, const QString& where, bool missing);
    void dropOtherPath();
    void openForm(bool missing);
    std::optional<ShownRow> rowInHand(bool focused) const;
    std::vector<PortRef> inputOf(const NodeId& chart) const;
    void askForm(bool missing);
    void askMissing();
    void takeInput(WhyQuestion& question) const;
    void askOfRun(WhyQuestion question);
    void open(WhyQuestion question);
    void ask(WhyQuestion question);
    void askAgain();
    void askOn(std::size_t after, bool displaced);
    bool isOtherQuestion() const;
    void actOnNothing();
    void onDocument(const DocumentChange& change);
    void refreshEntries();
    void onSelection();
    bool isOnTheWay() const;
    void follow(const PortRef& from);
    void showAnswer();
    void showWaiting();
    void showInput();
    bool wantsTape() const;
    bool showNothing();
    void showSteps();
    void tellSteps();
    void retellSteps();
    void showStep();
    QString shareText(const AnswerStep& step) const;
    void showLinks(const AnswerStep& step);
    void showMends();
    void applyMend(const LineageMend& mend);
    void showAllRows();
    void showHead();
    void showAge();
    QString ageText() const;
    QString questionText() const;
    void showPath();
    void copyAnswer() const;
    void copyRows() const;
    void selectTheWay();
    void revealStep();

    PipelineDocument& m_document;
    RunSession& m_session;
    WhyAsker m_asker;
    WhyAnswerRef m_shown{};
    LitPath m_path{};          ///< as it was told last
    WhyAnswerRef m_dropped{};  ///< the answer whose way was seen
    std::optional<PortRef> m_followed{};  ///< where the form went on to by itself since the question
    bool m_leading = false;  ///< the selection follows the answer, not the question the selection
    StepModel m_stepModel{};
    AnswerRows m_rows{};
    std::vector<const ShowsRows*> m_served{};
    QTimer m_slow{};
    QAction* m_why;
    QAction* m_missing;
    QAction* m_missingOf;
    PortRef m_watched{};  ///< whose rows m_tap has
    std::shared_ptr<Tap> m_tap{};
    NodeId m_asksOf{};  ///< whom m_missingOf is about
    WhyForm* m_form;
    ElidedLabel* m_input;  ///< what there is of the input
    QWidget* m_progress;
    QPushButton* m_cancel;
    QWidget* m_answer;
    QLabel* m_verdict;
    QLabel* m_changed;  ///< which files have changed since the run
    MendBar* m_mends;
    ElidedLabel *m_head, *m_old, *m_words;
    QPushButton* m_again;
    QGraphicsOpacityEffect* m_fade;
    QLabel* m_whole;  ///< the words of a step without rows
    IconButton *m_copy, *m_way;
    QListView* m_steps;
    QTableView* m_table;
    QPushButton* m_all;
    QPushButton *m_next, *m_newest;  ///< other rows of the step
    QPushButton* m_displaced;
    QLabel* m_together;  ///< what the rows come to
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui

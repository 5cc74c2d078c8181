// The Compare panel: whether two engines give the same rows. The engines are chosen beside the tabs. It has a
// list of sinks, charts and conditions of verdicts, and for the chosen one the causes in words and the rows
// that differ. Obstacles to a comparison are listed with their nodes.
#pragma once

#include "widgets/background/ticker.h"
#include "widgets/clusters/compare_model.h"
#include "widgets/clusters/difference_model.h"
#include "widgets/clusters/refusals_model.h"
#include "widgets/pane/pane.h"

class QComboBox;
class QLabel;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ClusterSession;
class CompareSession;
class EmptyState;
class IconButton;
class IssueList;
class TargetList;

/// There once there is a cluster to compare with, or it was opened from the menu. Its count is of the nodes
/// that differ, and of the obstacles to a comparison.
class ComparePanel final : public Pane {
    Q_OBJECT
 public:
    /// All must outlive it. The target of `cluster` is the one that is offered.
    ComparePanel(const PaneParts& parts, CompareSession& session, TargetList& targets,
                 ClusterSession& cluster);

    const CompareModel& found() const { return m_found; }
    const DifferenceModel& rows() const { return m_rows; }
    const RefusalsModel& refusals() const { return m_refusals; }
    QString title() const override;
    /// Both engines, begin or end, copy.
    QWidget* tools() const override { return m_tools; }
    /// The text that the command line prints of it, in English; empty: there is nothing yet.
    QString asText() const;

 Q_SIGNALS:
    void told(const QString& words);  ///< how a comparison ended
    void targetsRequested();          ///< in Preferences

 protected:
    void onActivated() override;
    void retranslate() override;
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    void makeTools();
    void makeResults();
    void connectParts();
    void askFor();  ///< from the menu
    void begin();
    void copy() const;
    void copyRows() const;
    void goToNode(int row);
    void onEmptyAction();
    void onSession();
    void onDocument(const DocumentChange& change);
    void refreshEntry();
    void refreshPresence();
    void refreshTools();
    void fillEngines();
    void fillEngines(QComboBox& box, const QString& chosen) const;
    CompareSide sideOf(const QComboBox& box) const;
    void refresh();
    void showRightPage();
    void showProgress();
    void showNothing();
    void showChosen();
    void placeWords();
    void resizeTools();
    int chosenRow() const;  ///< of found(); -1: none
    bool hasProblems() const;
    QString summary() const;

    PipelineDocument& m_document;
    CompareSession& m_session;
    TargetList& m_targets;
    ClusterSession& m_cluster;
    CompareModel m_found;
    DifferenceModel m_rows;
    RefusalsModel m_refusals;
    QAction* m_entry;
    QWidget* m_tools;
    QComboBox *m_a, *m_b;
    QLabel* m_with;
    QPushButton *m_begin, *m_cancel;
    IconButton* m_copy;
    QSplitter* m_results;
    QTableView *m_list, *m_table;
    QLabel* m_words;
    QScrollArea* m_wordsArea;
    IssueList* m_problems;
    QLabel *m_goText, *m_fixText;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    Ticker m_ageing;           ///< while one runs
    bool m_asked = false;      ///< for the panel, in the menu
    bool m_byHand = false;     ///< the second engine was chosen
    bool m_preferred = false;  ///< a row was chosen of the report that is shown
};

}  // namespace rw::ui

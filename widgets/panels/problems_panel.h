// The Problems panel: everything that is wrong with the pipeline or worth a look, each with its place and a
// way out. Enter goes to the problem, Alt+Enter applies its quick fix, F8 and Shift+F8 walk through all.
#pragma once
#include <QElapsedTimer>

#include "widgets/pane/pane.h"
#include "widgets/panels/problems_model.h"

class QLabel;
class QStackedLayout;

namespace rw::ui {

class Chip;
class EmptyState;
class IssueList;

class ProblemsPanel final : public Pane {
    Q_OBJECT
 public:
    explicit ProblemsPanel(const PaneParts& parts);

    const ProblemsModel& model() const { return m_model; }
    QString title() const override;
    /// Chips with the numbers of errors, warnings, notices and things to do; before them, that a run goes on
    /// without the changes.
    QWidget* tools() const override { return m_tools; }

    /// Goes to the problem `step` rows on from the chosen one, around the ends; opens the panel.
    void step(int step);

 Q_SIGNALS:
    void rowsRequested(const rw::NodeId& node);  ///< the late and rejected rows of a node
    void whyRequested(const rw::NodeId& node);   ///< why a join has no pair

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeEntries();
    void onDocument(const DocumentChange& change);
    void onRun();
    void goToFirst();
    std::vector<Issue> problems();
    void refresh();
    void list(std::vector<Issue> issues);
    void refreshEntries();
    void showUnapplied();

    PipelineDocument& m_document;
    const RunSession& m_session;
    ProblemsModel m_model;
    IssueList* m_list;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    QWidget* m_tools;
    Chip *m_unapplied, *m_errors, *m_warnings, *m_notices, *m_unfinished;
    QLabel *m_goText, *m_fixText, *m_nextText;
    QAction *m_next = nullptr, *m_previous = nullptr, *m_fix = nullptr;
    int m_listed = 0;           ///< also missing parts, which do not count
    QElapsedTimer m_adviceAge;  ///< since the run was last asked
    bool m_advised = false;     ///< something the run suggested is listed
};

}  // namespace rw::ui

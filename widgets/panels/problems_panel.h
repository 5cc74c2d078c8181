// The Problems panel: everything that is wrong with the pipeline or worth a look, each with its place and a
// way out. Enter goes to the problem, Alt+Enter applies its quick fix, F8 and Shift+F8 walk through all.
#pragma once
#include <QElapsedTimer>
#include <QWidget>

#include "widgets/panels/problems_model.h"

class QLabel;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class Chip;
class EmptyState;
class RunSession;

class ProblemsPanel : public QWidget {
    Q_OBJECT
 public:
    /// Both must outlive the panel.
    ProblemsPanel(PipelineDocument& document, const RunSession& session, QWidget* parent = nullptr);

    const ProblemsModel& model() const { return m_model; }
    int count() const { return m_model.rowCount(); }
    /// Chips with the numbers of errors and warnings, for beside the dock's tabs.
    QWidget* tools() const { return m_tools; }

    void goToFirst();
    /// Goes to the problem `step` rows on from the chosen one, around the ends.
    void step(int step);
    /// Applies the first quick fix of the chosen problem, if it has one.
    void applyFix();
    bool canFix() const;

 Q_SIGNALS:
    void countChanged(int count);
    void chosenChanged();  ///< the chosen problem, or the list of them

 protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

 private:
    void makeTable();
    QWidget* makeKeys();
    void onDocument(const DocumentChange& change);
    void refresh();
    void goTo(int row);
    void onClicked(const QModelIndex& index, QPoint at);
    void openMenu(QPoint at);
    void copy(int row) const;
    void retranslate();
    void resizeColumns();
    int currentRow() const;

    PipelineDocument& m_document;
    const RunSession& m_session;
    ProblemsModel m_model;
    QTableView* m_table;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
    QWidget* m_tools;
    Chip *m_errors, *m_warnings;
    QLabel *m_goWords = nullptr, *m_fixWords = nullptr, *m_nextWords = nullptr;
    int m_lastCount = 0;
    QElapsedTimer m_adviceAge;  ///< since the run was last asked
    bool m_advised = false;     ///< something the run suggested is listed
};

}  // namespace rw::ui

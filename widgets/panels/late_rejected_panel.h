// The Late & rejected panel: the rows that came after their window had closed, and those that could not be
// used, with the node and the reason. A chosen row chooses its node.
#pragma once
#include <QWidget>

#include "widgets/document/run_session.h"
#include "widgets/panels/kept_rows_model.h"

class QComboBox;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class EmptyState;
class IconButton;
class SearchField;
class SegmentedControl;

class LateRejectedPanel : public QWidget {
    Q_OBJECT
 public:
    /// Both must outlive the panel.
    LateRejectedPanel(PipelineDocument& document, RunSession& session, QWidget* parent = nullptr);

    const KeptRowsModel& model() const { return m_model; }
    /// Kind, node and search, copy and export; for beside the dock's tabs.
    QWidget* tools() const { return m_tools; }
    /// Shows the late rows of that node only.
    void showNode(const NodeId& node);
    /// The shown rows as CSV, times exact and delays in milliseconds.
    std::string csv() const;
    void copy() const;  ///< the chosen rows, else all shown ones

 Q_SIGNALS:
    /// All late and rejected rows of the run, also those no longer kept.
    void countChanged(int count);

 protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

 private:
    void makeTools();
    void makeTable();
    void startOver();
    void take();
    bool atEnd() const;
    void showRightPage();
    void listNodes();
    void showAll();
    void exportCsv();
    void retranslate();
    void resizeColumns();
    std::vector<int> chosenRows() const;
    Batch batchOf(const std::vector<int>& rows) const;

    PipelineDocument& m_document;
    RunSession& m_session;
    KeptRowsModel m_model;
    KeptRowsFilter m_filter;
    std::uint64_t m_taken = 0;  ///< number of the newest row in the model
    int m_frames = 0;
    int m_lastCount = 0;
    bool m_following = true;
    QWidget* m_tools;
    SegmentedControl* m_kinds;
    QComboBox* m_nodes;
    SearchField* m_search;
    IconButton *m_copy, *m_export;
    QTableView* m_table;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui

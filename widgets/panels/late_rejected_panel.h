// The Late & rejected panel: the rows that came after their window had closed, and those that could not be
// used, with the node and the reason. A chosen row chooses its node.
#pragma once
#include "widgets/pane/pane.h"
#include "widgets/pane/shows_rows.h"
#include "widgets/panels/kept_rows_model.h"
#include "widgets/session/run_session.h"

class QComboBox;
class QLabel;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class EmptyState;
class IconButton;
class SearchField;
class SegmentedControl;

/// Counts all late and rejected rows of the run, also those no longer kept.
class LateRejectedPanel final : public Pane, public ShowsRows {
    Q_OBJECT
 public:
    explicit LateRejectedPanel(const PaneParts& parts);

    const KeptRowsModel& model() const { return m_model; }
    QString title() const override;
    std::vector<QTableView*> rowTables() const override { return {m_table}; }
    std::optional<ShownRow> currentRow(const QTableView& table) const override;
    /// Kind, node and search, copy and export.
    QWidget* tools() const override { return m_tools; }
    /// Opens with the late and rejected rows of that node only; empty: of all nodes.
    void showNode(const NodeId& node);
    /// The shown rows as CSV, times exact and delays in milliseconds.
    std::string csv() const;
    void copy() const;  ///< the chosen rows, else all shown ones

 protected:
    void onActivated() override;
    void retranslate() override;

 private:
    void makeTools();
    void makeTable();
    void onDocument(const DocumentChange& change);
    void onNewRun();
    void onRun();
    void startOver();
    void take();
    void followEnd();
    void recount();
    bool isSorted() const;
    bool atEnd() const;
    void showRightPage();
    void tellKept();
    QString clusterCounts() const;
    void listNodes();
    void showAll();
    void exportCsv();
    void resizeTools();
    std::vector<int> chosenRows() const;
    std::vector<int> shownRows() const;
    Batch batchOf(const std::vector<int>& rows) const;

    PipelineDocument& m_document;
    RunSession& m_session;
    KeptRowsModel m_model;
    KeptRowsFilter m_filter;
    std::uint64_t m_taken = 0;  ///< number of the newest row in the model
    std::uint64_t m_late = 0, m_rejected = 0;  ///< of the run, when rows were taken last
    int m_frames = 0;
    bool m_following = true;
    bool m_newRun = false, m_newDocument = false;  ///< begun since the panel was on
    QWidget* m_tools;
    SegmentedControl* m_kinds;
    QComboBox* m_nodes;
    SearchField* m_search;
    IconButton *m_copy, *m_export;
    QLabel* m_kept;  ///< says that not all rows are listed
    QTableView* m_table;
    EmptyState* m_empty;
    QStackedLayout* m_pages;
};

}  // namespace rw::ui

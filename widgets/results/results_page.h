// The Results tab: the tables that the pipeline's SQLite sinks write, or any other database, read-only. Looks
// again by itself while a run writes.
#pragma once
#include <QTimer>
#include <optional>

#include "widgets/background/ticker.h"
#include "widgets/pane/pane.h"
#include "widgets/pane/shows_rows.h"
#include "widgets/results/result_export.h"
#include "widgets/results/result_model.h"
#include "widgets/results/result_side.h"
#include "widgets/session/run_session.h"

class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ComparisonPanel;
class EmptyState;
class IconButton;
class ProfilePanel;
class ResultChart;
class ResultFooter;
class SearchField;

class ResultsPage final : public Pane, public ShowsRows {
    Q_OBJECT
 public:
    explicit ResultsPage(const PaneParts& parts);

    QString title() const override;
    std::vector<QTableView*> rowTables() const override { return {m_grid}; }
    /// As the sink took it: what the cells do not tell of that is not known.
    std::optional<ShownRow> currentRow(const QTableView& table) const override;
    ResultSide& side() { return *m_side; }
    const ResultModel& model() const { return m_model; }
    QTableView& grid() { return *m_grid; }
    ComparisonPanel& comparison() const { return *m_comparison; }
    /// Writes the differences that are shown; tells in a box when it can't be.
    void exportDifference(const QString& path, ResultFormat format);
    /// Shows how the chosen table differs, in place of its rows.
    void compareWith(const ComparedWith& with);
    /// Keeps rows with these words, or for which `column > value and …` holds. Text that is neither is
    /// refused under the rows, which stay.
    void setFilter(const QString& text);
    /// Tells in a box when it can't be.
    void exportTo(const QString& path, ResultFormat format = ResultFormat::Csv) {
        exportRows(m_model.shownMatch(), path, format);
    }
    /// As a table of the database at `path`, which may not be there yet. Asks before it replaces a table.
    void exportInto(const QString& path) { exportTable(m_model.shownMatch(), path, false); }

 protected:
    void onActivated() override;
    void onDeactivated() override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void retranslate() override;

 private:
    QWidget* makeBar();
    void placeFilter();
    void makeGrid();
    void connectParts();
    void findDatabases();
    void readAgain();
    void onListed(const QString& path, const Result<SqliteListing>& listing);
    void onFound(const Result<SqliteMatch>& match, qint64 millis);
    void chooseTable();
    void search();
    void forgetRows();
    void fitColumns();
    void fitSortedColumn();
    void sortBy(int column);
    ExportTarget exportTarget() const;
    void promptForExport(ResultFormat format);
    void promptForDatabase();
    void onExported(const Result<UnreadRows>& written, const QString& path);
    void exportRows(const ResultReader::Match& match, const QString& path, ResultFormat format);
    void exportTable(const ResultReader::Match& match, const QString& path, bool replace);
    void copy();
    void endComparison();
    void promptForDifference(ResultFormat format);
    QStringList databasesWritten() const;
    void onPartFailed(const Error& error);
    void showError(const Error& error);
    bool isReading() const { return !m_answered && !m_side->path().isEmpty(); }
    void showRightPage();
    void refreshTexts();
    void onEmptyAction();
    void resizeParts();

    PipelineDocument& m_document;
    RunSession& m_session;
    ResultReader m_reader;
    ResultModel m_model;
    ResultExport m_export;
    ResultReader::Match m_exportedTable{};  ///< goes into a database; null: the export is a file of its own
    bool m_replaces = false;                ///< the table that is there, which was agreed to
    Ticker m_pace;                          ///< looks whether the file has changed
    QTimer m_typing;      ///< the filter is used when typing rests
    std::string m_stamp;  ///< of the listing shown
    std::string m_shownTable;
    SqliteQuery m_asked{};  ///< whose rows are to be shown
    Error m_error{};
    bool m_failed = false;
    bool m_answered = false;           ///< false: the chosen table, or the list of the tables, is being read
    std::optional<Error> m_refused{};  ///< why the filter's text is none
    int m_sortColumn = -1;
    bool m_descending = false;
    bool m_widthsSet = false;
    bool m_sortedFits = false;  ///< the sorted column has the width for what the sort has put on top
    qint64 m_millis = 0;
    ResultSide* m_side;
    QWidget* m_bar = nullptr;  ///< above the rows
    QLabel* m_count;
    SearchField* m_filter;
    IconButton* m_asChart;
    QPushButton* m_exportButton;
    QMenu* m_exportMenu;
    QAction *m_asCsv, *m_asJson, *m_asTable;
    QTableView* m_grid;
    QAction* m_copy = nullptr;
    ResultFooter* m_foot;
    ResultChart* m_chart;
    EmptyState* m_empty;
    ProfilePanel* m_profile;
    ComparisonPanel* m_comparison;
    QWidget* m_rows = nullptr;  ///< all that is beside the tables, but for the comparison
    QStackedLayout* m_pages;
};

}  // namespace rw::ui

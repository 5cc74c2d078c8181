// How a table differs from another one: counts, and the rows that only one of them has or that changed.
#pragma once
#include <QWidget>

#include "widgets/background/latest.h"
#include "widgets/results/comparison_rows.h"
#include "widgets/results/result_export.h"

class QAction;
class QLabel;
class QMenu;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace rw::ui {

class ElidedLabel;
class EmptyState;
class IconButton;
class SegmentedControl;

class ComparisonPanel : public QWidget {
    Q_OBJECT
 public:
    explicit ComparisonPanel(QWidget* parent = nullptr);
    ~ComparisonPanel() override;

    /// `here` and `there`: what people know the tables by.
    /// `csv`: a file that is the other side, in place of a table.
    void compare(TableComparison asked, const QString& here, const QString& there, const QString& csv = {});
    void stop();
    bool isComparing() const { return m_comparing.isWaiting(); }
    const ComparisonRows& rows() const { return m_rows; }
    /// Compares again, by these columns.
    void matchBy(std::vector<std::string> key);
    SegmentedControl& kinds() const { return *m_kinds; }
    /// The kind of the rows that are shown; nothing: all.
    std::optional<RowDiffering::Kind> shownKind() const;
    void setExporting(bool exporting);

 Q_SIGNALS:
    void closed();
    void compared();
    void exportRequested(rw::ui::ResultFormat format);

 protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

 private:
    QWidget* makeHead();
    QWidget* makeCounts();
    void makeTable();
    void ask();
    void take(const Result<TableDifference>& found);
    void showAll();
    void showCounts();
    void showPage();
    void showKeys();
    void showExport();
    void fillKeys();
    void fitTable();
    void copy();
    QString notes() const;

    TableComparison m_asked{};
    QString m_here{}, m_there{}, m_csv{};
    bool m_exporting = false;
    bool m_takesKeyboard = false;  ///< once there are rows: a comparison has begun
    ComparisonRows m_rows{};
    std::optional<Error> m_error{};
    Worker m_worker;
    Latest m_comparing{this};
    ElidedLabel *m_title, *m_same;
    QPushButton *m_keyButton, *m_export;
    QAction *m_asCsv, *m_asJson;
    QMenu* m_keys;
    IconButton *m_again, *m_close;
    SegmentedControl* m_kinds;
    QTableView* m_table;
    EmptyState* m_empty;
    QLabel* m_notes;
    QStackedLayout* m_pages = nullptr;
};

}  // namespace rw::ui

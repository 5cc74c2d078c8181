// The last rows that came, or the table that an updating stream describes.
#pragma once
#include <QAbstractTableModel>
#include <optional>

#include "core/views/table_view.h"
#include "widgets/charts/chart_widget.h"

class QLabel;
class QShortcut;
class QTableView;

namespace rw::ui {

class ColumnWidths;

/// The rows of a TableView snapshot for a QTableView, in the order of the snapshot or sorted by a column.
class TableModel : public QAbstractTableModel {
    Q_OBJECT
 public:
    using QAbstractTableModel::QAbstractTableModel;

    void setInfo(const TableInfo& info);
    /// `pale`: which rows of it are in dim letters beside those that were chosen; empty: none.
    void setSnapshot(TableSnapshot snapshot, std::vector<bool> pale = {});
    /// Rows that may still change are in dim letters.
    void dimProvisional(bool on) { m_dims = on; }
    const std::vector<ChartColumn>& columns() const { return m_info.columns; }
    const TableSnapshot& snapshot() const { return m_shot; }
    const TableRow& rowAt(std::size_t row) const { return *m_shot.rows[m_places[row]]; }
    QString text(std::size_t row, std::size_t column) const;  ///< NULL is “NULL”

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;  ///< -1: as in the snapshot

 private:
    QString tip(std::size_t row, std::size_t column) const;
    bool isProvisional(std::size_t row) const;
    void placeRows();
    void tellAllChanged();

    TableInfo m_info;
    TableSnapshot m_shot;
    std::vector<bool> m_pale{};
    std::vector<std::size_t> m_places{};  ///< in the snapshot, of each row shown
    int m_sortColumn = -1;
    bool m_descending = false;
    bool m_dims = true;
};

class TableChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = TableView;
    explicit TableChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const TableView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    void fillMenu(QMenu& menu) override;
    std::vector<ChartColumn> keptColumns() const override { return m_model->columns(); }
    bool keepsTimes() const override { return timeColumn().has_value(); }
    bool isFedEarly() const override;
    std::optional<ChartAsk> rowAsked() const override;

 protected:
    void draw() override;
    void reset() override;
    std::uint64_t rows() const override;
    bool isBlank() const override { return m_model->rowCount() == 0; }
    void keyPressEvent(QKeyEvent* event) override;

 private:
    const TableInfo& info() const;
    /// The column of event times, where it is shown; of windows that of their starts, where line charts have
    /// them.
    std::optional<std::size_t> timeColumn() const;
    void keepRows(TableSnapshot& shot) const;
    /// Of each row, whether a value was chosen here that it has not; empty: none was.
    std::vector<bool> notChosen(const TableSnapshot& shot) const;
    /// By which the cell lets all charts be filtered; nothing: there is none, or nothing is filtered here.
    std::optional<ColumnValue> valueAt(const QModelIndex& cell) const;
    std::optional<std::size_t> explaining() const;  ///< the column of contributions
    QString rowWords() const;
    /// The contributions of the current row; null: it has none.
    const std::string* contributions() const;
    void showWhy();
    void placeColumns();

    QTableView* m_table;
    TableModel* m_model;
    ColumnWidths& m_widths;
    QShortcut* m_why;
    QLabel* m_notes;  ///< which rows may still change, how many are not there; hidden when there are none
};

}  // namespace rw::ui

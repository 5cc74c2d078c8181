// The last rows that came, or the table that an updating stream describes.
#pragma once
#include "core/views/table_view.h"
#include "widgets/charts/chart_widget.h"

class QLabel;
class QTableView;

namespace rw::ui {

class TableModel;

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

 protected:
    void draw() override;
    void reset() override;
    std::uint64_t rows() const override;

 private:
    QTableView* m_table;
    TableModel* m_model;
    QLabel* m_leftOut;  ///< says how many rows are not there; hidden when there are none
};

}  // namespace rw::ui

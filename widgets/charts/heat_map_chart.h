// The last value of each row and stretch of time, of numbers, or of each pair of categories, as the colour of
// a cell.
#pragma once
#include <optional>

#include "core/views/heat_map_view.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/place_axis.h"

class QLabel;

namespace rw::ui {

class ChartTooltip;
class HeatScale;
class Plot;

class HeatMapChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = HeatMapView;
    explicit HeatMapChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const HeatMapView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    std::optional<ChartAsk> rowAsked() const override;
    QString rangeText() const override;
    QString shownSpan() const override;
    std::vector<ChartColumn> keptColumns() const override;
    bool keepsTimes() const override { return hasTimes(); }
    bool isFedEarly() const override { return view() && cells().info().updating && hasTimes(); }
    void fillMenu(QMenu& menu) override;

 protected:
    void draw() override;
    void reset() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void momentChanged() override;
    void keyPressEvent(QKeyEvent* event) override;
    bool isBlank() const override { return m_shot.picture.cells.empty(); }

 private:
    const HeatMapView& cells() const;
    PlaceAxis across() const;
    bool hasTimes() const { return view() && cells().info().axes().times; }
    Range columnOf(const HeatCell& cell) const;  ///< which times or numbers it is of
    Range rowOf(const HeatCell& cell) const;     ///< of numbers
    QString rowText(const HeatCell& cell) const;
    QString columnText(const HeatCell& cell) const;
    QString noteText() const;
    void showAxes();
    void paintCells(QPainter& painter) const;
    QRectF boxOf(const HeatCell& cell) const;

    // Of what is kept, in sharing/heat_map_filter.cpp.
    std::string rowLabel(const HeatCell& cell) const;
    std::vector<ColumnValue> valuesOf(const HeatCell& cell) const;
    bool isPale(const HeatCell& cell) const;
    void keepCells();
    void keepRow(const ColumnValue& kept);
    void choose();
    const HeatCell* pointedCell() const;

    // Of a confusion matrix, in confusion_matrix.cpp.
    bool isMatrix() const { return view() && cells().info().diagonal; }
    std::size_t columnPlace(const HeatCell& cell) const;  ///< of its category
    std::size_t rowPlace(const HeatCell& cell) const;
    double sumOfRow(const HeatCell& cell) const;
    QString matrixText() const;  ///< all rows, and how many are on the diagonal
    void paintNumber(QPainter& painter, const QRectF& box, const HeatCell& cell) const;
    void paintDiagonal(QPainter& painter) const;
    ChartTable matrixTable() const;
    /// Null: there is none at that place.
    const HeatCell* cellAt(double x, double y) const;
    void pointAt(double x, double y);
    void step(double columns, double rows);
    void forgetPoint();

    Plot* m_plot;
    HeatScale* m_scale;
    ChartTooltip* m_tooltip;
    QLabel* m_note;
    QTimeZone m_zone = QTimeZone::utc();
    HeatMapSnapshot m_shot;
    QSize m_drawnFor;                  ///< how large the plot was then
    Range m_values;                    ///< of the colours
    std::optional<QPointF> m_pointed;  ///< inside of the cell that is told about
};

}  // namespace rw::ui

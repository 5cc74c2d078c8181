// A point per row, one number or time against another. The person may pan and zoom; “Show all” returns.
#pragma once
#include <optional>
#include <vector>

#include "core/views/scatter_view.h"
#include "widgets/charts/chart_widget.h"
#include "widgets/charts/place_axis.h"

class QLabel;
class QPushButton;

namespace rw::ui {

class ChartTooltip;
class Legend;
class Plot;

class ScatterChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = ScatterView;
    explicit ScatterChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const ScatterView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    std::optional<ChartAsk> rowAsked() const override;
    QString rangeText() const override;
    std::vector<ChartColumn> keptColumns() const override;
    bool keepsTimes() const override { return view() && across().eventTime; }
    bool isFedEarly() const override { return view() && points().info().updating && across().eventTime; }

 protected:
    void draw() override;
    void reset() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool isBlank() const override { return m_shot.points.empty(); }

 private:
    const ScatterView& points() const;
    PlaceAxis across() const;
    QString seriesName(std::size_t place) const;
    void keepPoints();
    void choose(std::size_t series);
    bool isPale(std::size_t series) const;
    bool isSeen(const ScatterPoint& point) const;
    void drawPoints();
    void paintPoints(QPainter& painter) const;
    void showRange(const Range& x, const Range& y);
    void showAll();
    void pointNear(double at, double height);
    void tell(const ScatterPoint& point);
    void forgetPoint();

    Plot* m_plot;
    Legend* m_legend;
    ChartTooltip* m_tooltip;
    QLabel* m_note;
    QPushButton* m_all;
    QTimeZone m_zone = QTimeZone::utc();
    ScatterSnapshot m_shot;
    Range m_x, m_y;
    bool m_ownRange = false;    ///< the user chose the visible range
    std::vector<bool> m_shown;  ///< by place of the series
    std::optional<ScatterPoint> m_pointed;
};

}  // namespace rw::ui

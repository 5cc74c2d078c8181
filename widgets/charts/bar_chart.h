// A bar for each category, the largest first; of rows of windows, the newest complete window.
#pragma once
#include <optional>

#include "core/views/bar_view.h"
#include "widgets/charts/chart_widget.h"

class QBarSet;
class QHorizontalBarSeries;
class QLabel;

namespace rw::ui {

class ChartTooltip;
class Plot;

class BarChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = BarView;
    explicit BarChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const BarView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    QString rangeText() const override;

 protected:
    void draw() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void keyPressEvent(QKeyEvent* event) override;

 private:
    const BarView& bars() const;
    QString windowText() const;
    void pointAt(int place);
    void forgetPoint();

    Plot* m_plot;
    ChartTooltip* m_tooltip;
    QLabel* m_window;
    QHorizontalBarSeries* m_series;
    QBarSet* m_set;
    BarSnapshot m_shot;
    std::optional<int> m_pointed;  ///< the bar whose value is told
};

}  // namespace rw::ui

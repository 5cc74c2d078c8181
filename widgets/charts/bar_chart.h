// A bar for each category, the largest first; of rows of windows, the newest complete window.
#pragma once
#include "core/views/bar_view.h"
#include "widgets/charts/chart_widget.h"

class QBarSet;
class QHorizontalBarSeries;
class QLabel;

namespace rw::ui {

class Plot;

class BarChart final : public ChartWidget {
    Q_OBJECT
 public:
    explicit BarChart(QWidget* parent = nullptr);

    void paintPicture(QPainter& painter, const QRectF& rect) override;
    QString csv() const override;
    QString summary() const override;
    QString rangeText() const override;
    std::uint64_t rowsSinceFreeze() const override;

 protected:
    void draw() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }

 private:
    const BarView& bars() const;
    QString windowText() const;

    Plot* m_plot;
    QLabel* m_window;
    QHorizontalBarSeries* m_series;
    QBarSet* m_set;
    BarSnapshot m_shot;
};

}  // namespace rw::ui

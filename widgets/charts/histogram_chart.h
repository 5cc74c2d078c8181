// How often which values came, with the median, the 95th and the 99th percentile marked.
#pragma once
#include <optional>

#include "core/views/histogram_view.h"
#include "widgets/charts/chart_widget.h"

class QStackedBarSeries;
class QBarSet;

namespace rw::ui {

class ChartTooltip;
class Legend;
class Plot;

class HistogramChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = HistogramView;
    explicit HistogramChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const HistogramView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    QString shownSpan() const override;

 protected:
    void draw() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void keyPressEvent(QKeyEvent* event) override;

 private:
    const HistogramView& histogram() const;
    void drawBars();
    void pointAt(int bin);
    void forgetPoint();
    QString withUnit(const QString& number) const;

    Plot* m_plot;
    Legend* m_legend;
    ChartTooltip* m_tooltip;
    QStackedBarSeries* m_series;
    std::vector<QBarSet*> m_sets;
    HistogramSnapshot m_shot;
    std::optional<int> m_pointed;  ///< the bin that is told about
};

}  // namespace rw::ui

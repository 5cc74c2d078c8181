// A bar for each category, the largest first; of rows of windows, the newest complete window.
#pragma once
#include "core/views/bar_view.h"
#include "widgets/charts/category_chart.h"

class QBarSet;
class QHorizontalBarSeries;

namespace rw::ui {

class Plot;

class BarChart final : public CategoryChart {
    Q_OBJECT
 public:
    using View = BarView;
    explicit BarChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const BarView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    std::optional<ChartAsk> rowAsked() const override;
    std::string rowMissed() const override;

 protected:
    void draw() override;
    const CategoryShot& shot() const override { return m_shot; }
    int places() const override { return static_cast<int>(m_shot.bars.size()); }
    void tell(int place) override;
    const std::string* categoryAt(int place) const override;
    QStringList notes() const override;

 private:
    const BarView& bars() const;

    Plot* m_plot;
    QHorizontalBarSeries* m_series;
    QBarSet* m_set;
    BarSnapshot m_shot;
};

}  // namespace rw::ui

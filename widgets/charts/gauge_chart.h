// The newest value on a half circle, whose part above the threshold is marked; in little room beside its
// figures.
#pragma once
#include "core/views/gauge_view.h"
#include "widgets/charts/chart_widget.h"

namespace rw::ui {

class ChartTooltip;

class GaugeChart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = GaugeView;
    explicit GaugeChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const GaugeView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;

 protected:
    void draw() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    const GaugeInfo& info() const;
    QString withUnit(double value) const;
    QString words() const;  ///< where the value is, if not within the scale and its threshold
    void paintLarge(QPainter& painter, const QRectF& inside) const;
    void paintSmall(QPainter& painter, const QRectF& inside) const;
    void paintWords(QPainter& painter, const QRectF& place, Qt::AlignmentFlag align) const;
    void tell(const QPoint& at);

    ChartTooltip* m_tooltip;
    QPoint m_told{};  ///< where it was asked for
    GaugeSnapshot m_shot;
};

}  // namespace rw::ui

// One value in large figures, its trend against a span ago, and a sparkline.
#pragma once
#include "core/views/number_view.h"
#include "widgets/charts/chart_widget.h"

namespace rw::ui {

class NumberCard final : public ChartWidget {
    Q_OBJECT
 public:
    using View = NumberView;
    explicit NumberCard(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const NumberView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    QString shownSpan() const override;

 protected:
    void draw() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void paintEvent(QPaintEvent* event) override;

 private:
    const NumberView& number() const;
    QString trendText() const;
    bool isBeyond() const;  ///< the threshold

    NumberSnapshot m_shot;
};

}  // namespace rw::ui

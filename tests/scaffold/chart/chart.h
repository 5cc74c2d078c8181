// The newest value of a column, in large figures.
#pragma once
#include "core/views/@type@_view.h"
#include "widgets/charts/chart_widget.h"

namespace rw::ui {

class @Name@Chart final : public ChartWidget {
    Q_OBJECT
 public:
    using View = @Name@View;
    explicit @Name@Chart(QWidget* parent = nullptr) : ChartWidget(parent) {}

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const @Name@View& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;

 protected:
    void draw() override;
    std::uint64_t rows() const override { return m_shot.totals.rows; }
    void paintEvent(QPaintEvent* event) override;

 private:
    @Name@Snapshot m_shot;
};

}  // namespace rw::ui

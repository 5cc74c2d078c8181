// The share of each category in the whole, as slices from the top on, clockwise; of rows of windows, in the
// newest complete window.
#pragma once
#include "core/views/pie_view.h"
#include "widgets/charts/category_chart.h"

namespace rw::ui {

class Legend;

class PieChart final : public CategoryChart {
    Q_OBJECT
 public:
    using View = PieView;
    explicit PieChart(QWidget* parent = nullptr);

    /// As ChartKind::thumbnail.
    static bool paintThumbnail(QPainter& painter, const QRectF& rect, const PieView& view);
    void paintPicture(QPainter& painter, const QRectF& rect) override;
    ChartTable table() const override;
    QString summary() const override;
    std::optional<ChartAsk> rowAsked() const override;

 protected:
    void draw() override;
    const CategoryShot& shot() const override { return m_shot; }
    int places() const override { return static_cast<int>(m_slices.size()); }
    void tell(int place) override;
    const std::string* categoryAt(int place) const override;
    QStringList notes() const override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

 private:
    struct Circle {
        QRectF area{};  ///< of the pie and its words
        QPointF center{};
        double radius = 0;
    };
    Circle circle() const;
    void paintPie(QPainter& painter, const Circle& where, std::optional<int> marked) const;
    int placeAt(const QPointF& at) const;  ///< -1: none
    int placeOf(const QString& name) const;
    void pointAtNamed(const QString& name);

    int m_pressed = -1;  ///< the slice that a click begins on
    Legend* m_legend;
    PieSnapshot m_shot;
    std::vector<PieSlice> m_slices;  ///< the rest among them, by the name that it is shown by
};

}  // namespace rw::ui

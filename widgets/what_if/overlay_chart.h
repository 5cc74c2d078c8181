// Curves of A and its variants over event time, laid over each other, each with the line of its side. The
// pointer, or arrow keys, ask for the values at a time.
#pragma once
#include <QString>
#include <QWidget>
#include <optional>

#include "widgets/charts/drawing/ticks.h"
#include "widgets/what_if/result_series.h"

namespace rw::ui {

class ChartTooltip;

class OverlayChart final : public QWidget {
    Q_OBJECT
 public:
    explicit OverlayChart(QWidget* parent = nullptr);

    /// `name`: of the number, beside the axis.
    void setSeries(ResultSeries series, const QString& name);
    /// The curves are of the settings before: another answer is under way.
    void setStale(bool stale);
    /// Marks that time, or none.
    void mark(std::optional<double> time);
    std::optional<double> marked() const { return m_marked; }
    const ResultSeries& series() const { return m_series; }
    bool isStale() const { return m_stale; }
    /// What the marked time has, in words.
    QString words() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    void pointed(double time);  ///< by a person

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    QRectF plot() const;
    QPointF placeOf(const QPointF& point) const;
    void paintAxes(QPainter& painter) const;
    void paintBetween(QPainter& painter) const;
    void paintMark(QPainter& painter) const;
    QPolygonF line(const std::vector<QPointF>& points) const;
    void point(std::optional<double> time);
    void showTip();
    std::optional<double> nearest(double x) const;
    QString spanWords(double time) const;
    void describe();
    struct Curve {
        CompareSide side = CompareSide::A;
        const std::vector<QPointF>* points = nullptr;
    };
    /// In the order of their letters.
    std::vector<Curve> curves() const;

    ResultSeries m_series{};
    std::vector<double> m_times{};  ///< of all, ascending
    QString m_name{};
    Range m_across{}, m_values{};
    std::optional<double> m_marked{};
    bool m_stale = false;
    ChartTooltip* m_tip;
};

}  // namespace rw::ui

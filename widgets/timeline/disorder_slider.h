// How far rows come behind the newest, as bars on a logarithmic scale, and under them the slider of the
// watermark delay: a ring where it is now, a handle where it would be.
#pragma once
#include <QSlider>
#include <vector>

#include "core/stream/disorder.h"

namespace rw::ui {

/// The value is the delay that would be, in steps of the width of the counts' bins. Left and Right, [ and ]
/// go one step, Page Up and Page Down ten, Home and End to the ends; a click and a drag anywhere take the
/// time there.
class DisorderSlider final : public QSlider {
    Q_OBJECT
 public:
    explicit DisorderSlider(QWidget* parent = nullptr);

    /// `now`: the delay that the run has; `chosen`: the one that would be, which may lie between two steps.
    void set(const TimeCounts& behind, Millis now, Millis chosen, Millis axisEnd);
    /// In words, for those who do not see it.
    QString spoken() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 Q_SIGNALS:
    /// By a person.
    void delayChosen(rw::Millis delay);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    bool event(QEvent* event) override;

 private:
    struct Bar {
        Millis from = 0, to = 0;  ///< of the last one all that is longer
        std::uint64_t rows = 0;
    };
    std::vector<Bar> bars() const;
    QRect plotRect() const;
    int axisTop() const;
    double placeOf(Millis delay) const;
    void take(double x);
    void paintScale(QPainter& painter, const QRect& plot, double decades) const;
    void paintBars(QPainter& painter, const QRect& plot, double decades) const;
    void paintMarks(QPainter& painter, const QRect& plot) const;
    void paintGroove(QPainter& painter) const;

    TimeCounts m_behind{};
    Millis m_now = 0, m_chosen = 0, m_end = 1;
    bool m_setting = false;  ///< not by a person
};

}  // namespace rw::ui

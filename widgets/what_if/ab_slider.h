// A slider of one side, A or B, and the sign of that side. Sides are told apart by their lines, dashed and
// solid, and by their letters; colours come on top.
#pragma once
#include <QPen>
#include <QSlider>
#include <QWidget>

namespace rw::ui {

enum class CompareSide { A, B };

QString letterOf(CompareSide side);
QColor colorOf(CompareSide side);
/// A dashed, B solid.
QPen penOf(CompareSide side, double width);

/// A piece of its line and its letter.
class SideSign final : public QWidget {
    Q_OBJECT
 public:
    explicit SideSign(CompareSide side, bool line, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    const CompareSide m_side;
    const bool m_line;
};

class SideSlider final : public QSlider {
    Q_OBJECT
 public:
    static constexpr int kSteps = 1'000;

    explicit SideSlider(CompareSide side, QWidget* parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

 protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;

 private:
    void take(double x);

    const CompareSide m_side;
};

}  // namespace rw::ui

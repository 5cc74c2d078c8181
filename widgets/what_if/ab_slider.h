// A slider of one side, A or one of the variants, and the sign of that side. Sides are told apart by their
// lines (dashed, solid, dotted, dashed and dotted) and by their letters; colours come on top.
#pragma once
#include <QPen>
#include <QSlider>
#include <QWidget>
#include <cstddef>

namespace rw::ui {

/// A is what the others, the variants, are compared with.
enum class CompareSide { A, B, C, D };
inline constexpr std::size_t kMostSides = 4;
constexpr std::size_t numberOf(CompareSide side) {
    return static_cast<std::size_t>(side);
}
constexpr CompareSide sideAt(std::size_t number) {
    return static_cast<CompareSide>(number);
}

QString letterOf(CompareSide side);
QColor colorOf(CompareSide side);
/// The line of a side.
QPen penOf(CompareSide side, double width);

/// A piece of its line and its letter.
class SideSign final : public QWidget {
    Q_OBJECT
 public:
    explicit SideSign(CompareSide side, bool line, QWidget* parent = nullptr);
    void setSide(CompareSide side);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

 protected:
    void paintEvent(QPaintEvent* event) override;

 private:
    CompareSide m_side;
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

// The course of a wire between two ports.
#pragma once
#include <QPainterPath>
#include <QPointF>
#include <QPolygonF>
#include <vector>

namespace rw::ui {

/// Runs from right to left: leaves and enters with stubs and passes above both cards.
bool isBackward(QPointF from, QPointF to);

/// `above`: the y that a backward wire keeps clear of, the upper edge of the higher of the two cards.
QPainterPath wirePath(QPointF from, QPointF to, double above);

/// The path flattened for walking along it at one speed.
class WireCourse {
 public:
    WireCourse() = default;
    explicit WireCourse(const QPainterPath& path);

    double length() const { return m_length; }
    QPointF at(double distance) const;
    QPointF middle() const { return at(m_length / 2); }
    /// Distance along the course of the point nearest to `point`, and how far away that is.
    struct Nearest {
        double along = 0, away = 0;
    };
    Nearest nearest(QPointF point) const;

 private:
    QPolygonF m_points;
    std::vector<double> m_along;  ///< distance of each point from the start
    double m_length = 0;
};

}  // namespace rw::ui

// What a person does to a plot with wheel, buttons and keys.
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/charts/drawing/plot.h"

namespace rw::ui {

namespace {

constexpr double kZoomPerStep = 1.2, kZoomPerKey = 1.5;
constexpr double kStill = 3;  ///< pixels that the pointer may move in a click

Range zoomedAround(const Range& range, double at, double factor) {
    return {at - (at - range.from) * factor, at + (range.to - at) * factor};
}

}  // namespace

void Plot::wheelEvent(QWheelEvent* event) {
    if (!m_interactive || event->angleDelta().isNull()) return;
    const int delta = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    const double factor = std::pow(kZoomPerStep, -delta / 120.0);
    if ((event->modifiers() & Qt::ShiftModifier) != 0) {
        Q_EMIT zoomed(m_x, zoomedAround(m_y, heightAt(event->position().y()), factor));
    } else {
        Q_EMIT zoomed(zoomedAround(m_x, valueAt(event->position().x()), factor), m_y);
    }
    event->accept();
}

bool Plot::zoomByKey(const QKeyEvent& event, std::optional<double> at, std::optional<double> height,
                     bool both) {
    const int key = event.key();
    const bool in = key == Qt::Key_Plus || key == Qt::Key_Equal, out = key == Qt::Key_Minus;
    const bool other = event.modifiers().testAnyFlags(Qt::ControlModifier | Qt::AltModifier);
    if (!m_interactive || other || !(in || out || key == Qt::Key_0)) return false;
    if (key == Qt::Key_0) {
        Q_EMIT resetRequested();
        return true;
    }
    const double factor = in ? 1 / kZoomPerKey : kZoomPerKey;
    const Range y = both ? zoomedAround(m_y, height.value_or(m_y.from + m_y.length() / 2), factor) : m_y;
    Q_EMIT zoomed(zoomedAround(m_x, at.value_or(m_x.from + m_x.length() / 2), factor), y);
    return true;
}

void Plot::mousePressEvent(QMouseEvent* event) {
    // Names beside the picture belong to it; the rest around it is the card's.
    const QRectF area = plotArea().adjusted(-plotArea().left(), 0, 0, 0);
    const bool clicks = m_clickable && area.contains(event->position());
    if (event->button() != Qt::LeftButton || (!m_interactive && !clicks)) return event->ignore();
    const bool brushes = m_brushable && (event->modifiers() & Qt::ShiftModifier) != 0;
    m_drag = !m_interactive                                    ? Drag::Click
             : brushes                                         ? Drag::Brush
             : (event->modifiers() & Qt::ControlModifier) != 0 ? Drag::Box
                                                               : Drag::Pan;
    m_dragFrom = m_dragTo = event->position();
    m_dragX = m_x;
    m_dragY = m_y;
}

void Plot::mouseMoveEvent(QMouseEvent* event) {
    const QRectF area = plotArea();
    m_dragTo = event->position();
    if (m_drag == Drag::Pan && !isStill()) {
        const double dx = (m_dragFrom.x() - m_dragTo.x()) / area.width() * m_dragX.length();
        Q_EMIT zoomed({m_dragX.from + dx, m_dragX.to + dx}, m_dragY);
    } else if (m_drag == Drag::Box) {
        viewport()->update();
    } else if (m_drag == Drag::Brush) {
        setBand(draggedTimes());
    } else if (area.contains(event->position())) {
        Q_EMIT hovered(valueAt(event->position().x()), heightAt(event->position().y()));
    } else {
        Q_EMIT left();
    }
}

void Plot::mouseReleaseEvent(QMouseEvent* event) {
    if (m_drag == Drag::Box) {
        const QRectF box = QRectF(m_dragFrom, m_dragTo).normalized().intersected(plotArea());
        if (box.width() > 8 && box.height() > 8) {
            Q_EMIT zoomed({valueAt(box.left()), valueAt(box.right())},
                          {heightAt(box.bottom()), heightAt(box.top())});
        }
    }
    const Drag done = std::exchange(m_drag, Drag::None);
    if (done == Drag::Brush) {
        m_band.reset();
        if (!isStill()) Q_EMIT brushed(draggedTimes());
    }
    m_dragTo = event->position();
    viewport()->update();
    event->accept();
    const bool clicks = m_clickable && (done == Drag::Click || done == Drag::Pan) && isStill();
    if (clicks) Q_EMIT clicked(valueAt(m_dragTo.x()), heightAt(m_dragTo.y()));
}

bool Plot::isStill() const {
    return (m_dragTo - m_dragFrom).manhattanLength() <= kStill;
}

/// The part of the horizontal axis between press and pointer.
Range Plot::draggedTimes() const {
    const double from = std::clamp(valueAt(m_dragFrom.x()), m_x.from, m_x.to);
    const double to = std::clamp(valueAt(m_dragTo.x()), m_x.from, m_x.to);
    return {std::min(from, to), std::max(from, to)};
}

void Plot::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && m_interactive) Q_EMIT resetRequested();
}

void Plot::leaveEvent(QEvent* event) {
    Q_EMIT left();
    QChartView::leaveEvent(event);
}

}  // namespace rw::ui

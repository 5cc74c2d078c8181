// A way of using the mouse on the canvas, from press to release. The view makes one when a button goes down
// and lets it go when the button comes up.
#pragma once
#include <QPoint>
#include <QPointF>
#include <Qt>

namespace rw::ui {

class CanvasScene;
class CanvasView;

struct PointerEvent {
    QPointF scene;
    QPoint view;  ///< pixels in the viewport
    Qt::KeyboardModifiers modifiers;
};

class Tool {
 public:
    virtual ~Tool() = default;
    virtual void move(const PointerEvent& event) = 0;
    virtual void release(const PointerEvent& event) = 0;
    virtual void cancel() = 0;  ///< Esc, or the focus was lost: as if nothing had been begun
};

/// A press that stays within this many pixels is a click.
inline constexpr int kDragDistance = 4;

}  // namespace rw::ui

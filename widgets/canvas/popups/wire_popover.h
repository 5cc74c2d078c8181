// The rows of a wire: the last ones, the watermark and how far it is behind, queue and backpressure. Opened
// by resting on a wire or with Space; a click pins it, Esc closes it.
#pragma once
#include <QFrame>
#include <QTimer>
#include <memory>

#include "widgets/background/ticker.h"
#include "widgets/canvas/canvas_view.h"

class QLabel;

namespace rw::ui {

class WirePopover : public QFrame {
    Q_OBJECT
 public:
    WirePopover(CanvasView& view, QWidget* parent);

    void openFor(const Wire& wire, bool byKeyboard);

 protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void hideEvent(QHideEvent* event) override;

 private:
    void follow();
    void refresh();
    void followRun();
    void fillRows();
    void fillFoot();
    void place();

    CanvasView& m_view;
    Wire m_wire;
    bool m_pinned = false;
    std::shared_ptr<Tap> m_tap;
    QLabel* m_title;
    QLabel* m_kind;
    QLabel* m_rows;
    QLabel* m_watermark;
    QLabel* m_behind;
    QLabel* m_pressure;
    QTimer m_resting;  ///< from the pointer coming to rest to the popover
    QTimer m_leaving;  ///< time to get from the wire to the popover
    Ticker m_refreshing;  ///< while the run goes on, and once more
};

}  // namespace rw::ui

// The small buttons above the card under the pointer: collapse, duplicate, disable, delete.
#pragma once
#include <QFrame>
#include <QTimer>

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class IconButton;

class HoverStrip : public QFrame {
    Q_OBJECT
 public:
    HoverStrip(CanvasView& view, QWidget* parent);

 protected:
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void changeEvent(QEvent* event) override;

 private:
    void follow();
    void place();
    void retranslate();

    CanvasView& m_view;
    NodeId m_node;
    IconButton* m_collapse;
    IconButton* m_duplicate;
    IconButton* m_disable;
    IconButton* m_remove;
    QTimer m_leaving;  ///< time to get from the card to the strip
};

}  // namespace rw::ui

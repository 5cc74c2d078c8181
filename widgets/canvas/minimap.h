// The whole graph in a lower corner: shows which part is seen, moves it by drag, fits all on double-click.
// CanvasWidget puts it where it covers no card, and hides it while there is no such corner. A sibling of the
// view, so that scrolling the view need not repaint it.
#pragma once
#include <QPixmap>
#include <QWidget>

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class Minimap : public QWidget {
    Q_OBJECT
 public:
    static constexpr int kWidth = 176, kHeight = 104, kGap = 16;

    Minimap(CanvasView& view, QWidget* parent);
    void retranslate();

    /// The view is being moved by it, or is about to be.
    bool isInUse() const { return m_dragged || underMouse(); }

 Q_SIGNALS:
    void left();  ///< it is not in use any more

 protected:
    void leaveEvent(QEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;

 private:
    QTransform toMap() const;
    void centreAt(QPoint point);
    const QPixmap& cards(const QTransform& map);

    CanvasView& m_view;
    bool m_dragged = false;
    QRectF m_content;       ///< the box around all cards and notes
    QPixmap m_cards;        ///< all cards, drawn when they or the map's scale change: not with every pan
    QTransform m_cardsMap;  ///< by which they were drawn
};

}  // namespace rw::ui

// Renames a node on its card, in place.
#pragma once
#include <QLineEdit>

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class TitleEditor : public QLineEdit {
    Q_OBJECT
 public:
    TitleEditor(CanvasView& view, QWidget* parent);

    void edit(const NodeId& node);

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

 private:
    void openOver(const QRectF& head, const QString& text);
    void finish(bool accepted);

    CanvasView& m_view;
    NodeId m_node;  ///< whose title is edited; empty: it is hidden
};

}  // namespace rw::ui

// Renames a node on its card, or changes the words of a comment, in place.
#pragma once
#include <QLineEdit>

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class TitleEditor : public QLineEdit {
    Q_OBJECT
 public:
    TitleEditor(CanvasView& view, QWidget* parent);

    void edit(const NodeId& node);
    void editNote(NoteId note);

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

 private:
    void openOver(const QRectF& head, const QString& text, const QString& name);
    void finish(bool accepted);

    CanvasView& m_view;
    ItemRef m_item;  ///< the item being edited; nothing: it is hidden
};

}  // namespace rw::ui

// Changes the words of a comment in place, in as many lines as they have. Enter begins another line; Esc,
// Tab, a click elsewhere and a view that moves take the words over.
#pragma once
#include <QPlainTextEdit>

#include "widgets/canvas/canvas_view.h"

namespace rw::ui {

class NoteEditor : public QPlainTextEdit {
    Q_OBJECT
 public:
    NoteEditor(CanvasView& view, QWidget* parent);

    /// Over the comment, with all of its words selected; nothing where it is gone.
    void edit(NoteId note);

 protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void insertFromMimeData(const QMimeData* source) override;

 private:
    QRect placeOver(const QRectF& frame) const;
    void cutToRoom();
    void finish();

    CanvasView& m_view;
    NoteId m_note{};  ///< the comment being edited; none: it is hidden
};

}  // namespace rw::ui

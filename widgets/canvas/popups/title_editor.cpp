#include "widgets/canvas/popups/title_editor.h"

#include <QKeyEvent>

namespace rw::ui {

TitleEditor::TitleEditor(CanvasView& view, QWidget* parent) : QLineEdit(parent), m_view(view) {
    setObjectName(QStringLiteral("title_editor"));
    setAccessibleName(tr("Title of the node"));
    connect(&view, &CanvasView::viewChanged, this, [this] {
        if (isVisible()) finish(true);
    });
    hide();
}

void TitleEditor::edit(const NodeId& id) {
    const NodeItem* item = m_view.canvas().node(id);
    if (item == nullptr) return;
    m_view.reveal(id);
    m_node = id;
    const QRectF header = item->mapRectToScene(item->layout().header);
    const QRect place = m_view.mapFromScene(header).boundingRect();
    setText(item->card().title);
    selectAll();
    const QPoint corner = m_view.mapTo(parentWidget(), place.topLeft());
    const int height = sizeHint().height();
    setGeometry(corner.x() + 4, corner.y() + (place.height() - height) / 2, qMax(place.width() - 8, 120),
                height);
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void TitleEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        finish(true);
    } else if (event->key() == Qt::Key_Escape) {
        finish(false);
    } else {
        QLineEdit::keyPressEvent(event);
    }
}

void TitleEditor::focusOutEvent(QFocusEvent* event) {
    QLineEdit::focusOutEvent(event);
    if (isVisible()) finish(true);
}

void TitleEditor::finish(bool accepted) {
    const NodeId node = std::exchange(m_node, {});
    hide();
    if (accepted && !node.empty() && !text().trimmed().isEmpty())
        m_view.canvas().document().setTitle(node, text());
    m_view.setFocus(Qt::OtherFocusReason);
}

}  // namespace rw::ui

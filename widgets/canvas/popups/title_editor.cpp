#include "widgets/canvas/popups/title_editor.h"

#include <QKeyEvent>

#include "core/pipeline/limits.h"
#include "widgets/document/number_text.h"

namespace rw::ui {

TitleEditor::TitleEditor(CanvasView& view, QWidget* parent) : QLineEdit(parent), m_view(view) {
    setObjectName(QStringLiteral("title_editor"));
    setMaxLength(kMaxTitle);
    connect(&view, &CanvasView::viewChanged, this, [this] {
        if (isVisible()) finish(true);
    });
    connect(this, &QLineEdit::inputRejected, this, [this] {
        Q_EMIT m_view.told(tr("The title has room for %1 characters: the rest was left out.")
                               .arg(countText(static_cast<std::uint64_t>(maxLength()))));
    });
    hide();
}

// Revealing comes first: a canvas that was not shown yet has its cards only then, and a view that moves ends
// the editing, which changes the document.
void TitleEditor::edit(const NodeId& id) {
    m_view.reveal(id);
    const NodeItem* item = m_view.canvas().node(id);
    if (item == nullptr) return;
    m_node = id;
    openOver(item->mapRectToScene(item->layout().header), item->card().title);
}

void TitleEditor::openOver(const QRectF& head, const QString& words) {
    const QRect place = m_view.mapFromScene(head).boundingRect();
    setAccessibleName(tr("Title of the node"));
    setText(words);
    selectAll();
    const QPoint corner = m_view.mapTo(parentWidget(), place.topLeft());
    const int high = sizeHint().height();
    setGeometry(corner.x() + 4, corner.y() + (place.height() - high) / 2, qMax(place.width() - 8, 120), high);
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
    const QString words = text().trimmed();
    if (accepted && !words.isEmpty() && !node.empty()) m_view.canvas().document().setTitle(node, words);
    m_view.setFocus(Qt::OtherFocusReason);
}

}  // namespace rw::ui

#include "widgets/canvas/popups/title_editor.h"

#include <QKeyEvent>

#include "core/pipeline/limits.h"

namespace rw::ui {

TitleEditor::TitleEditor(CanvasView& view, QWidget* parent) : QLineEdit(parent), m_view(view) {
    setObjectName(QStringLiteral("title_editor"));
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
    setMaxLength(kMaxTitle);
    openOver(item->mapRectToScene(item->layout().header), item->card().title, tr("Title of the node"));
}

void TitleEditor::editNote(std::size_t place) {
    const auto& notes = m_view.canvas().document().pipeline().notes;
    if (place >= notes.size()) return;
    m_note = place;
    const Note& note = notes[place];
    setMaxLength(kMaxNote);
    openOver({note.at.x, note.at.y, note.size.x, NoteItem::kHead}, QString::fromStdString(note.text),
             tr("Comment"));
}

void TitleEditor::openOver(const QRectF& head, const QString& words, const QString& name) {
    const QRect place = m_view.mapFromScene(head).boundingRect();
    setAccessibleName(name);
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
    const std::optional<std::size_t> place = std::exchange(m_note, std::nullopt);
    hide();
    PipelineDocument& document = m_view.canvas().document();
    const QString words = text().trimmed();
    if (accepted && !words.isEmpty() && !node.empty()) document.setTitle(node, words);
    if (accepted && place && *place < document.pipeline().notes.size()) {
        Note note = document.pipeline().notes[*place];
        note.text = words.toStdString();
        document.setNote(*place, note, tr("Change comment"));
    }
    m_view.setFocus(Qt::OtherFocusReason);
}

}  // namespace rw::ui

#include "widgets/canvas/popups/title_editor.h"

#include <QKeyEvent>

#include "core/pipeline/limits.h"
#include "widgets/document/number_text.h"

namespace rw::ui {

TitleEditor::TitleEditor(CanvasView& view, QWidget* parent) : QLineEdit(parent), m_view(view) {
    setObjectName(QStringLiteral("title_editor"));
    connect(&view, &CanvasView::viewChanged, this, [this] {
        if (isVisible()) finish(true);
    });
    connect(this, &QLineEdit::inputRejected, this, [this] {
        const QString words = m_item.note() != nullptr
                                  ? tr("The comment has room for %1 characters: the rest was left out.")
                                  : tr("The title has room for %1 characters: the rest was left out.");
        Q_EMIT m_view.told(words.arg(countText(static_cast<std::uint64_t>(maxLength()))));
    });
    hide();
}

// Revealing comes first: a canvas that was not shown yet has its cards only then, and a view that moves ends
// the editing, which changes the document.
void TitleEditor::edit(const NodeId& id) {
    m_view.reveal(id);
    const NodeItem* item = m_view.canvas().node(id);
    if (item == nullptr) return;
    m_item = id;
    setMaxLength(kMaxTitle);
    openOver(item->mapRectToScene(item->layout().header), item->card().title, tr("Title of the node"));
}

void TitleEditor::editNote(NoteId id) {
    m_view.reveal(id);
    const Note* note = m_view.canvas().document().note(id);
    if (note == nullptr) return;
    m_item = id;
    setMaxLength(kMaxNote);
    openOver({note->at.x, note->at.y, note->size.x, NoteItem::kHead}, QString::fromStdString(note->text),
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
    const ItemRef item = std::exchange(m_item, {});
    hide();
    PipelineDocument& document = m_view.canvas().document();
    const QString words = text().trimmed();
    if (accepted && !words.isEmpty() && item.node() != nullptr) document.setTitle(*item.node(), words);
    const Note* edited = item.note() != nullptr ? document.note(*item.note()) : nullptr;
    if (accepted && edited != nullptr) {
        Note note = *edited;
        note.text = words.toStdString();
        document.setNote(*item.note(), note, tr("Change comment"));
    }
    m_view.setFocus(Qt::OtherFocusReason);
}

}  // namespace rw::ui

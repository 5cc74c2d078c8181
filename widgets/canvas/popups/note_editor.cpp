#include "widgets/canvas/popups/note_editor.h"

#include <QKeyEvent>
#include <QMimeData>
#include <algorithm>

#include "core/pipeline/limits.h"
#include "widgets/document/number_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kMostCharacters = static_cast<int>(kMaxNote);
constexpr int kLongestCharacter = 2;  ///< in QString
constexpr int kLeastWidth = 180, kLeastLines = 3, kEdges = 12;

}  // namespace

NoteEditor::NoteEditor(CanvasView& view, QWidget* parent) : QPlainTextEdit(parent), m_view(view) {
    setObjectName(QStringLiteral("note_editor"));
    setTabChangesFocus(true);
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(&view, &CanvasView::viewChanged, this, &NoteEditor::finish);
    connect(this, &QPlainTextEdit::textChanged, this, &NoteEditor::cutToRoom);
    hide();
}

// Revealing comes first: a view that moves ends the editing.
void NoteEditor::edit(NoteId id) {
    finish();
    m_view.reveal(id);
    const Note* note = m_view.canvas().document().note(id);
    if (note == nullptr) return;
    setAccessibleName(tr("Comment"));
    setPlainText(QString::fromStdString(note->text));
    selectAll();
    ensurePolished();  // its font decides on its least size
    setGeometry(placeOver({note->at.x, note->at.y, note->size.x, note->size.y}));
    m_note = id;
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

// As large as the comment, within the view: both follow the zoom of the text.
QRect NoteEditor::placeOver(const QRectF& frame) const {
    const QRect shown = m_view.mapFromScene(frame).boundingRect();
    const QSize least(Theme::of().scaled(kLeastWidth),
                      kLeastLines * fontMetrics().lineSpacing() + Theme::of().scaled(kEdges));
    const QRect room(m_view.mapTo(parentWidget(), QPoint()), m_view.size());
    QRect place(m_view.mapTo(parentWidget(), shown.topLeft()), shown.size().expandedTo(least));
    place.setSize(place.size().boundedTo(room.size()));
    place.moveLeft(std::clamp(place.left(), room.left(), room.right() + 1 - place.width()));
    place.moveTop(std::clamp(place.top(), room.top(), room.bottom() + 1 - place.height()));
    return place;
}

void NoteEditor::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) return finish();
    QPlainTextEdit::keyPressEvent(event);
}

// Its own context menu takes the focus only for a while.
void NoteEditor::focusOutEvent(QFocusEvent* event) {
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason) finish();
}

// Laying out a text of a million characters, only to cut it, takes seconds.
void NoteEditor::insertFromMimeData(const QMimeData* source) {
    insertPlainText(source->text().left(kLongestCharacter * kMostCharacters + 1));
    ensureCursorVisible();
}

// The end of what was put in last gives way. Characters count as a file of a pipeline counts them.
void NoteEditor::cutToRoom() {
    if (document()->characterCount() - 1 <= kMostCharacters) return;
    auto surplus = static_cast<int>(charactersOf(toPlainText().toStdString())) - kMostCharacters;
    if (surplus <= 0) return;
    QTextCursor cursor = textCursor();
    int from = cursor.position();
    for (; surplus > 0 && from > 0; --surplus) {
        --from;
        const bool half = document()->characterAt(from).isLowSurrogate();
        if (half && from > 0 && document()->characterAt(from - 1).isHighSurrogate()) --from;
    }
    cursor.setPosition(from, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    Q_EMIT m_view.told(tr("The comment has room for %1 characters: the rest was left out.")
                           .arg(countText(static_cast<std::uint64_t>(kMaxNote))));
}

void NoteEditor::finish() {
    const NoteId id = std::exchange(m_note, NoteId{});
    if (id == NoteId{}) return;
    const bool focused = hasFocus(), changed = document()->isModified();
    hide();
    PipelineDocument& pipeline = m_view.canvas().document();
    const QString words = toPlainText().trimmed();
    if (const Note* edited = pipeline.note(id); edited != nullptr && changed) {
        Note note = *edited;
        note.text = words.toStdString();
        note.size.y = std::max(note.size.y, NoteItem::heightFor(words, note.size.x));
        pipeline.setNote(id, note, tr("Change comment"));
    }
    if (focused) m_view.setFocus(Qt::OtherFocusReason);
}

}  // namespace rw::ui

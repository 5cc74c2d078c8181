#include "widgets/canvas/items/note_item.h"

#include <QPainter>

#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

NoteItem::NoteItem(NoteId id, const Note& note) : m_id(id) {
    setAcceptedMouseButtons(Qt::NoButton);
    setNote(note);
}

void NoteItem::setNote(const Note& note) {
    m_words = shownLines(QString::fromStdString(note.text), kTipLength);
    setFrame({note.at.x, note.at.y, note.size.x, note.size.y});
    update();
}

void NoteItem::setFrame(const QRectF& frame) {
    setPos(frame.topLeft());
    if (frame.size() == m_size) return;
    prepareGeometryChange();
    m_size = frame.size();
}

void NoteItem::setLook(bool selected, bool hovered) {
    if (selected == m_selected && hovered == m_hovered) return;
    m_selected = selected;
    m_hovered = hovered;
    update();
}

bool NoteItem::isHead(QPointF scenePoint) const {
    return QRectF(pos(), QSizeF(m_size.width(), kHead)).contains(scenePoint);
}

bool NoteItem::isCorner(QPointF scenePoint) const {
    const QSizeF corner(kCorner, kCorner);
    return QRectF(frame().bottomRight() - QPointF(kCorner, kCorner), corner).contains(scenePoint);
}

void NoteItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Tokens& tokens = Theme::of().tokens();
    const double in = m_selected ? 1 : 0.5;
    const QRectF box = boundingRect().adjusted(in, in, -in, -in);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_selected ? QPen(tokens.accent, 2) : QPen(tokens.line2, 1, Qt::DashLine));
    painter->setBrush(mixed(tokens.panel, tokens.bg, Shade::Note));
    painter->drawRoundedRect(box, metrics::kCardRadius, metrics::kCardRadius);
    painter->setFont(sceneFont(TextStyle::BodyStrong));
    painter->setPen(tokens.dim);
    painter->drawText(box.adjusted(12, 5, -12, -4), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap, m_words);
    if (!m_selected && !m_hovered) return;
    // Where it is sized: two strokes across its corner.
    painter->setPen(QPen(m_selected ? tokens.accent : tokens.dim, 1.5));
    for (const double reach : {6.0, 12.0}) {
        const QPointF corner = box.bottomRight() - QPointF(4, 4);
        painter->drawLine(corner - QPointF(reach, 0), corner - QPointF(0, reach));
    }
}

}  // namespace rw::ui

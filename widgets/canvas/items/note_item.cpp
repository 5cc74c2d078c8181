#include "widgets/canvas/items/note_item.h"

#include <QPainter>

#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

NoteItem::NoteItem(Note note) : m_note(std::move(note)) {
    setPos(m_note.at.x, m_note.at.y);
    setAcceptedMouseButtons(Qt::NoButton);
}

bool NoteItem::handleContains(QPointF scenePoint) const {
    return QRectF(m_note.at.x, m_note.at.y, m_note.size.x, kHead).contains(scenePoint);
}

void NoteItem::setSelectedLook(bool selected) {
    m_selected = selected;
    update();
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
    painter->drawText(box.adjusted(12, 5, -12, -4), Qt::AlignLeft | Qt::AlignTop | Qt::TextWordWrap,
                      shownLines(QString::fromStdString(m_note.text), kTipLength));
}

}  // namespace rw::ui

#include "widgets/canvas/items/note_item.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

#include "widgets/theme/scene_fonts.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

const QMarginsF kInside(12, 5, 12, 4);  // between the edge and the words

QString wordsOf(const QString& text) {
    return shownLines(text, kTipLength);
}

/// A word that is wider than the comment is broken: none of it is out of sight.
QTextOption wrapping() {
    QTextOption option(Qt::AlignLeft | Qt::AlignTop);
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    return option;
}

}  // namespace

NoteItem::NoteItem(NoteId id, const Note& note) : m_id(id) {
    setAcceptedMouseButtons(Qt::NoButton);
    setNote(note);
}

void NoteItem::setNote(const Note& note) {
    m_words = wordsOf(QString::fromStdString(note.text));
    m_color = noteColorOf(note);
    setFrame({note.at.x, note.at.y, note.size.x, note.size.y});
    update();
}

NoteTone NoteItem::toneOf(NoteColor color) {
    const NoteTones tones = noteTones(Theme::of().tokens());
    switch (color) {
        case NoteColor::None:
            break;
        case NoteColor::Blue:
            return tones.blue;
        case NoteColor::Green:
            return tones.green;
        case NoteColor::Amber:
            return tones.amber;
        case NoteColor::Red:
            return tones.red;
        case NoteColor::Violet:
            return tones.violet;
    }
    return tones.plain;
}

double NoteItem::heightFor(const QString& text, double width) {
    QTextLayout layout(wordsOf(text).replace(u'\n', QChar::LineSeparator), sceneFont(TextStyle::BodyStrong));
    layout.setTextOption(wrapping());
    layout.beginLayout();
    double height = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width - kInside.left() - kInside.right());
        height += line.height();
    }
    layout.endLayout();
    return std::ceil(height + kInside.top() + kInside.bottom()) + 2;  // and the edge
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
    if (!frame().contains(scenePoint)) return false;
    return scenePoint.y() - pos().y() < std::max(kHead, heightFor(m_words, m_size.width()));
}

bool NoteItem::isCorner(QPointF scenePoint) const {
    const QSizeF corner(kCorner, kCorner);
    return QRectF(frame().bottomRight() - QPointF(kCorner, kCorner), corner).contains(scenePoint);
}

void NoteItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const Tokens& tokens = Theme::of().tokens();
    const NoteTone tone = this->tone();
    const double in = m_selected ? 1 : 0.5;
    const QRectF box = boundingRect().adjusted(in, in, -in, -in);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(m_selected ? QPen(tokens.accent, 2) : QPen(tone.line, 1, Qt::DashLine));
    painter->setBrush(tone.tint);
    painter->drawRoundedRect(box, metrics::kCardRadius, metrics::kCardRadius);
    painter->setFont(sceneFont(TextStyle::BodyStrong));
    painter->setPen(tokens.dim);
    painter->drawText(box.marginsRemoved(kInside), m_words, wrapping());
    if (!m_selected && !m_hovered) return;
    // Where it is sized: two strokes across its corner.
    painter->setPen(QPen(m_selected ? tokens.accent : tokens.dim, 1.5));
    for (const double reach : {6.0, 12.0}) {
        const QPointF corner = box.bottomRight() - QPointF(4, 4);
        painter->drawLine(corner - QPointF(reach, 0), corner - QPointF(0, reach));
    }
}

}  // namespace rw::ui

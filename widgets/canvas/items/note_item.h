// A comment on the canvas: a frame with words above the cards that it is about. Taken hold of by its head and
// sized by its lower right corner only, so that one can still draw a box inside.
#pragma once
#include <QGraphicsObject>

#include "core/pipeline/json/note_color.h"
#include "widgets/document/editing/item_ref.h"
#include "widgets/theme/note_tones.h"

namespace rw::ui {

class NoteItem : public QGraphicsObject {
    Q_OBJECT
 public:
    static constexpr double kHead = 24, kCorner = 24;
    NoteItem(NoteId id, const Note& note);

    NoteId id() const { return m_id; }
    const QString& text() const { return m_words; }
    NoteColor color() const { return m_color; }
    /// That color in the theme in force.
    static NoteTone toneOf(NoteColor color);
    NoteTone tone() const { return toneOf(m_color); }
    /// The height that a comment of that width needs for all of the words that are shown of `text`, in units
    /// of the scene.
    static double heightFor(const QString& text, double width);
    /// In scene coordinates, as it is drawn: while it is dragged elsewhere than in the document.
    QRectF frame() const { return {pos(), m_size}; }
    void setFrame(const QRectF& frame);
    /// Takes over words, colour, place and size.
    void setNote(const Note& note);
    bool selected() const { return m_selected; }
    void setLook(bool selected, bool hovered);
    /// On its words, all lines of them: by these it is taken, while a rubber band begins below.
    bool isHead(QPointF scenePoint) const;
    bool isCorner(QPointF scenePoint) const;

    QRectF boundingRect() const override { return {QPointF(), m_size}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    NoteId m_id;
    QString m_words;
    NoteColor m_color = NoteColor::None;
    QSizeF m_size;
    bool m_selected = false, m_hovered = false;
};

}  // namespace rw::ui

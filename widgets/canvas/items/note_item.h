// A comment on the canvas: a frame with words above what it is about. Taken hold of by its head only, so that
// one can still draw a box inside.
#pragma once
#include <QGraphicsItem>

#include "core/pipeline/pipeline.h"

namespace rw::ui {

class NoteItem : public QGraphicsItem {
 public:
    static constexpr double kHead = 24;
    explicit NoteItem(Note note);

    const Note& note() const { return m_note; }
    void setSelectedLook(bool selected);
    bool handleContains(QPointF scenePoint) const;

    QRectF boundingRect() const override { return {0, 0, m_note.size.x, m_note.size.y}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    Note m_note;
    bool m_selected = false;
};

}  // namespace rw::ui

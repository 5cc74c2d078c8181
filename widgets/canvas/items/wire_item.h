// A wire on the canvas: line, dots and label. Paints and measures only: tools handle the mouse.
#pragma once
#include <QGraphicsObject>

#include "core/pipeline/pipeline.h"
#include "widgets/canvas/wires/wire_painter.h"
#include "widgets/document/editing/item_ref.h"

namespace rw::ui {

class WireItem : public QGraphicsObject {
    Q_OBJECT
 public:
    explicit WireItem(Wire wire);
    ~WireItem() override;

    /// The wire whose label this item is; null: it is none.
    static const WireItem* ofLabel(const QGraphicsItem& item);

    const Wire& wire() const { return *m_item.wire(); }
    /// The same, as selection and hits name it.
    const ItemRef& item() const { return m_item; }
    const WireCourse& course() const { return m_course; }
    QPointF from() const { return m_from; }
    QPointF to() const { return m_to; }

    /// `above`: upper edge of the higher card at its ends, for backward wires.
    void setEnds(QPointF from, QPointF to, double above);
    const WireLook& look() const { return m_look; }
    void setLook(const WireLook& look);
    void setLabelShown(bool shown);
    /// While the canvas is being panned.
    void setPlain(bool plain) { m_plain = plain; }
    /// Off the way that is shown: nearly gone, and nothing moves.
    void setFaint(bool faint);
    /// Moves the dots to `phase`.
    void advanceDots(double phase);
    void refresh();

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    class Label;
    QString labelText() const;
    void placeLabel();

    ItemRef m_item;
    QPointF m_from, m_to;
    QPainterPath m_path;
    WireCourse m_course;
    QRectF m_bounds;
    WireLook m_look;
    double m_phase = 0;
    bool m_plain = false, m_labelShown = true, m_faint = false;
    Label* m_label;  ///< an item of its own, above all wires; goes with it
};

}  // namespace rw::ui

#include "widgets/canvas/items/wire_item.h"

#include <QGraphicsScene>
#include <QPainterPathStroker>

#include "widgets/canvas/items/layers.h"

namespace rw::ui {

class WireItem::Label : public QGraphicsItem {
 public:
    explicit Label(WireItem& wire) : m_item(wire) {
        setZValue(layers::kWireLabel);
        setAcceptedMouseButtons(Qt::NoButton);
    }
    // A scene that is cleared may take it down before its wire.
    ~Label() override { m_item.m_label = nullptr; }
    /// `text` where the wire is still where it was.
    void show(const QString& text) { text == m_text ? update() : place(text); }
    void place(const QString& text) {
        prepareGeometryChange();
        m_text = text;
        m_rect = labelRect(m_item.course(), text);
        setVisible(!text.isEmpty());
        update();
    }
    const WireItem& wire() const { return m_item; }
    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override {
        paintLabel(*painter, m_rect, m_text, m_item.look());
    }

 private:
    WireItem& m_item;
    QString m_text;
    QRectF m_rect;
};

WireItem::WireItem(Wire wire) : m_item(std::move(wire)), m_label(new Label(*this)) {
    setZValue(layers::kWire);
    setAcceptedMouseButtons(Qt::NoButton);
}

WireItem::~WireItem() {
    delete m_label;
}

const WireItem* WireItem::ofLabel(const QGraphicsItem& item) {
    const auto* label = dynamic_cast<const Label*>(&item);
    return label != nullptr ? &label->wire() : nullptr;
}

void WireItem::setEnds(QPointF from, QPointF to, double above) {
    if (m_label->scene() == nullptr && scene() != nullptr) scene()->addItem(m_label);
    prepareGeometryChange();
    m_from = from;
    m_to = to;
    m_path = wirePath(from, to, above);
    m_course = WireCourse(m_path);
    m_bounds = m_path.boundingRect().adjusted(-6, -6, 6, 6);
    setZValue(isBackward(from, to) ? layers::kBackwardWire : layers::kWire);
    placeLabel();
}

void WireItem::setLook(const WireLook& look) {
    if (look == m_look) return;
    m_look = look;
    m_label->show(labelText());
    update();
}

void WireItem::setLabelShown(bool shown) {
    if (shown == m_labelShown) return;
    m_labelShown = shown;
    placeLabel();
}

QString WireItem::labelText() const {
    return m_labelShown || m_look.hovered ? wireLabel(m_look) : QString();
}

void WireItem::placeLabel() {
    m_label->place(labelText());
}

void WireItem::setFaint(bool faint) {
    if (faint == m_faint) return;
    m_faint = faint;
    for (QGraphicsItem* part : std::initializer_list<QGraphicsItem*>{this, m_label})
        part->setOpacity(faint ? kFaint : 1);
}

void WireItem::advanceDots(double phase) {
    m_phase = phase;
    if (!m_faint && m_look.flowing && m_look.rate > 0) update();
}

void WireItem::refresh() {
    placeLabel();
    update();
}

QPainterPath WireItem::shape() const {
    QPainterPathStroker stroker;
    stroker.setWidth(12);
    return stroker.createStroke(m_path);
}

void WireItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    paintWire(*painter, m_path, m_look, m_plain);
    if (!m_faint && m_look.flowing && m_look.rate > 0) paintDots(*painter, m_course, m_look, m_phase);
}

}  // namespace rw::ui

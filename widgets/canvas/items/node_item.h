// A node on the canvas. Its picture is kept; the parts that change while a run goes on are in a child of its
// own, so that the picture survives. Paints and measures only: tools handle the mouse.
#pragma once
#include <QGraphicsObject>
#include <memory>

#include "widgets/canvas/cards/card_facts.h"
#include "widgets/canvas/cards/card_painter.h"
#include "widgets/canvas/items/item_picture.h"
#include "widgets/canvas/items/layers.h"
#include "widgets/canvas/items/live_item.h"

namespace rw::ui {

class NodeItem : public QGraphicsObject {
    Q_OBJECT
 public:
    explicit NodeItem(CardModel card);

    const NodeId& id() const { return m_card.id; }
    const CardModel& card() const { return m_card; }
    const CardLayout& layout() const { return m_layout; }
    LiveItem& live() const { return *m_live; }

    void setCard(CardModel card);
    /// Another card is so near below that the line at its foot has to find room within the card.
    void setTight(bool tight);
    bool isTight() const { return m_tight; }
    /// How it stands just now, for the tooltip: set when that is about to be shown.
    void setLiveTip(const QString& lines);
    /// Of the run, when card() was made.
    const CardFacts& facts() const { return m_facts; }
    void setFacts(CardFacts facts) { m_facts = std::move(facts); }
    const CardLook& look() const { return m_look; }
    void setLook(const CardLook& look);
    void setPortEmphasis(std::vector<PortEmphasis> emphasis);  ///< empty: none
    /// While the zoom changes, a picture of another scale will do.
    void setRough(bool rough);
    /// Off the way that is shown: nearly gone. Its pictures stay as they are.
    void setFaint(bool faint) { setOpacity(faint ? kFaint : 1); }
    /// Colours, fonts or language are others now.
    void refresh();

    QPointF portAt(int index) const { return mapToScene(m_layout.ports[static_cast<std::size_t>(index)]); }
    int portIndex(const std::string& name, bool input) const;  ///< -1: none
    QRectF cardRect() const { return mapRectToScene(m_layout.card); }

    QRectF boundingRect() const override { return m_layout.bounds(); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

 private:
    void tellTip();
    void repaint();

    CardModel m_card;
    QString m_liveTip;
    CardFacts m_facts;
    CardLayout m_layout;
    CardLook m_look;
    std::vector<PortEmphasis> m_emphasis;
    LiveItem* m_live;  ///< child
    ItemPicture m_picture;
    bool m_tight = false;
    bool m_rough = false;
    bool m_detailWaits = false;  ///< the picture has another detail until the zoom rests
};

}  // namespace rw::ui

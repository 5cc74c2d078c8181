#include "widgets/canvas/items/node_item.h"

#include <QGraphicsScene>

#include "widgets/theme/shown_text.h"

namespace rw::ui {

NodeItem::NodeItem(CardModel card)
    : m_card(std::move(card)), m_layout(cardLayout(m_card)), m_live(new LiveItem(this)) {
    setAcceptedMouseButtons(Qt::NoButton);
    setCard(m_card);
}

void NodeItem::setCard(CardModel card) {
    CardLayout layout = cardLayout(card, m_tight);
    if (layout.card != m_layout.card || layout.ports != m_layout.ports) prepareGeometryChange();
    m_card = std::move(card);
    m_layout = std::move(layout);
    m_emphasis.assign(m_card.ports.size(), PortEmphasis::None);
    m_live->setPlace(m_layout, m_card);
    tellTip();
    repaint();
}

void NodeItem::setTight(bool tight) {
    if (tight == m_tight) return;
    m_tight = tight;
    prepareGeometryChange();
    m_layout = cardLayout(m_card, m_tight);
    m_live->setPlace(m_layout, m_card);
    repaint();
}

void NodeItem::setLiveTip(const QString& lines) {
    if (lines == m_liveTip) return;
    m_liveTip = lines;
    tellTip();
}

void NodeItem::tellTip() {
    // of these the strip has a part
    const bool part = m_card.stripKind == StripKind::Note || m_card.stripKind == StripKind::Assured ||
                      m_card.stripKind == StripKind::Unassured;
    const QString strip = part ? QString() : m_card.strip;
    QStringList told{m_card.summary,  strip,        m_liveTip,        m_card.guarantee,
                     m_card.nullRows, m_card.notes, m_card.verdictTip};
    told.removeAll(QString());
    setToolTip(shownLines(told.join(QLatin1Char('\n')), kTipLength));
}

void NodeItem::setLook(const CardLook& look) {
    if (look == m_look) return;
    CardLook before = std::exchange(m_look, look);
    m_live->setShown(look.detail);
    before.detail = look.detail;
    const bool onlyDetail = before == look;
    m_detailWaits = m_detailWaits || (onlyDetail && m_rough);
    if (!onlyDetail || !m_rough) repaint();
}

void NodeItem::setPortEmphasis(std::vector<PortEmphasis> emphasis) {
    emphasis.resize(m_card.ports.size(), PortEmphasis::None);
    if (emphasis == m_emphasis) return;
    m_emphasis = std::move(emphasis);
    repaint();
}

void NodeItem::setRough(bool rough) {
    m_rough = rough;
    if (!rough && std::exchange(m_detailWaits, false)) repaint();
}

void NodeItem::repaint() {
    m_picture.forget();
    update();
}

void NodeItem::refresh() {
    repaint();
    m_live->update();
}

int NodeItem::portIndex(const std::string& name, bool input) const {
    for (std::size_t i = 0; i < m_card.ports.size(); ++i) {
        if (m_card.ports[i].input == input && m_card.ports[i].name == name) return static_cast<int>(i);
    }
    return -1;
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget* widget) {
    const auto paint = [this](QPainter& on) { paintCard(on, m_card, m_layout, m_look, m_emphasis); };
    if (widget == nullptr) return paint(*painter);  // not on the screen
    m_picture.draw(*painter, boundingRect(), m_rough, paint);
}

}  // namespace rw::ui

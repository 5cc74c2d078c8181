#include "widgets/canvas/difference/difference_view.h"

#include <QKeyEvent>
#include <algorithm>
#include <unordered_map>

#include "widgets/canvas/free_place.h"
#include "widgets/canvas/items/note_item.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

using Mark = DifferencePicture::Mark;

constexpr int kKeyPan = 64;

/// The cards of both pipelines by their names.
class CardsOfBoth {
 public:
    void add(DifferenceCard* card) { (card->mark() == Mark::Removed ? m_before : m_now)[card->id()] = card; }
    /// That a wire of this mark ends at; null: there is none.
    DifferenceCard* find(const NodeId& id, Mark wire) const {
        const auto& first = wire == Mark::Removed ? m_before : m_now;
        const auto& second = wire == Mark::Removed ? m_now : m_before;
        if (const auto found = first.find(id); found != first.end()) return found->second;
        const auto found = second.find(id);
        return found != second.end() ? found->second : nullptr;
    }

 private:
    std::unordered_map<NodeId, DifferenceCard*> m_before{}, m_now{};
};

bool has(const std::vector<int>& changes, int change) {
    return change >= 0 && std::find(changes.begin(), changes.end(), change) != changes.end();
}

}  // namespace

DifferenceView::DifferenceView(QWidget* parent) : GraphView(parent) {
    connect(&Theme::of(), &Theme::changed, this, [this] {
        for (DifferenceCard* card : m_cards) card->update();
    });
    refreshWords();
    setZoom(1);
}

void DifferenceView::clearItems() {
    scene()->clear();
    m_cards.clear();
    m_wires.clear();
    m_notes.clear();
}

void DifferenceView::setPicture(const DifferencePicture& picture, const Catalogue& catalogue) {
    clearItems();
    Pipeline joined;
    for (const DifferencePicture::Line& line : picture.lines) joined.wires.push_back(line.wire);
    const WireIndex wires(joined);
    std::unordered_map<NodeId, const NodeKind*> kinds;
    for (const DifferencePicture::Card& card : picture.cards) {
        if (card.mark != Mark::Removed) kinds[card.node.id] = catalogue.of(card.node);
    }
    for (const DifferencePicture::Card& card : picture.cards)
        kinds.try_emplace(card.node.id, catalogue.of(card.node));
    const auto kindOf = [&kinds](const NodeId& id) {
        const auto found = kinds.find(id);
        return found != kinds.end() ? found->second : nullptr;
    };
    for (const Note& note : picture.notes) {
        auto* item = new NoteItem(NoteId{}, note);
        item->setOpacity(opacityOf(Shade::Stale));
        scene()->addItem(item);
        m_notes.push_back(item);
    }
    CardsOfBoth both;
    std::vector<DifferenceCard*> gone;
    std::vector<QRectF> taken;
    for (const DifferencePicture::Card& card : picture.cards) {
        auto* item = new DifferenceCard(card, nodeCard(catalogue, wires, card.node, card.summary, kindOf));
        item->setDetail(detailAt(transform().m11()));
        scene()->addItem(item);
        both.add(item);
        m_cards.push_back(item);
        card.mark == Mark::Removed ? gone.push_back(item) : taken.push_back(item->cardRect());
    }
    // What is gone stands where it was, or beside what has taken its place.
    for (DifferenceCard* item : gone) {
        const QRectF rect = item->cardRect();
        const bool covered = std::any_of(taken.begin(), taken.end(),
                                         [&rect](const QRectF& other) { return other.intersects(rect); });
        if (covered) item->setPos(freePlaceNear(rect.size(), rect.topLeft(), taken));
        taken.push_back(item->cardRect());
    }
    for (const DifferencePicture::Line& line : picture.lines) {
        const DifferenceCard* from = both.find(line.wire.from.node, line.mark);
        const DifferenceCard* to = both.find(line.wire.to.node, line.mark);
        if (from == nullptr || to == nullptr) continue;  // a file may name nodes that are not there
        const PortRole role = outputRole(kindOf(line.wire.from.node), line.wire.from.port);
        auto* item = new DifferenceWire(line, role, *from, *to);
        scene()->addItem(item);
        m_wires.push_back(item);
    }
    choose(m_chosen, false);
}

void DifferenceView::choose(int change, bool reveals) {
    m_chosen = change;
    QRectF all;
    for (DifferenceCard* card : m_cards) {
        card->setChosen(has(card->changes(), change));
        if (card->isChosen()) all |= card->cardRect();
    }
    for (DifferenceWire* wire : m_wires) {
        const bool its = has(wire->changes(), change);
        wire->setChosen(its);
        if (its) all |= wire->middle();
    }
    if (reveals && !all.isNull()) reveal(all);
}

QRectF DifferenceView::contentRect() const {
    QRectF all;
    for (const DifferenceCard* card : m_cards) all |= card->cardRect();
    for (const QGraphicsItem* note : m_notes) all |= note->sceneBoundingRect();
    return all;
}

void DifferenceView::showScale(double scale) {
    for (DifferenceCard* card : m_cards) card->setDetail(detailAt(scale));
}

void DifferenceView::mousePressEvent(QMouseEvent* event) {
    press(event->pos());
    event->accept();
}

void DifferenceView::mouseMoveEvent(QMouseEvent* event) {
    if (event->buttons() == Qt::NoButton) return GraphView::mouseMoveEvent(event);
    panBy(movedTo(event->pos()));
}

void DifferenceView::mouseReleaseEvent(QMouseEvent* event) {
    if (isDragged(event->pos()) || event->button() != Qt::LeftButton) return;
    const QGraphicsItem* const under = itemAt(event->pos());
    const auto* card = dynamic_cast<const DifferenceCard*>(under);
    const auto* wire = dynamic_cast<const DifferenceWire*>(under);
    const std::vector<int> changes = card != nullptr   ? card->changes()
                                     : wire != nullptr ? wire->changes()
                                                       : std::vector<int>();
    if (!changes.empty()) Q_EMIT chosen(changes.front());
}

void DifferenceView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left:
            return panBy({kKeyPan, 0});
        case Qt::Key_Right:
            return panBy({-kKeyPan, 0});
        case Qt::Key_Up:
            return panBy({0, kKeyPan});
        case Qt::Key_Down:
            return panBy({0, -kKeyPan});
        case Qt::Key_Home:
            Q_EMIT fitRequested();
            return;
        default:
            GraphView::keyPressEvent(event);
    }
}

void DifferenceView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) refreshWords();
    GraphView::changeEvent(event);
}

void DifferenceView::refreshWords() {
    setAccessibleName(tr("Picture of the changes"));
    setAccessibleDescription(tr("The list beside it has them in words."));
}

}  // namespace rw::ui

// The texts and looks of cards and wires of CanvasScene.
#include <QDateTime>
#include <QGraphicsSceneHelpEvent>
#include <algorithm>

#include "widgets/canvas/canvas_scene.h"
#include "widgets/canvas/items/layers.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/live_text.h"
#include "widgets/session/sample_figures.h"

namespace rw::ui {

namespace {

bool samePorts(const CardModel& a, const CardModel& b) {
    return std::equal(
        a.ports.begin(), a.ports.end(), b.ports.begin(), b.ports.end(),
        [](const CardPort& x, const CardPort& y) { return x.name == y.name && x.input == y.input; });
}

}  // namespace

void CanvasScene::onValidated(const std::vector<NodeId>& nodes) {
    Ids concerned(nodes.begin(), nodes.end());
    // The output of a node is shown at the other end of its wires, too.
    for (const NodeId& id : nodes) {
        for (const WireItem* item : wiresAt(id)) {
            const Wire& wire = item->wire();
            const NodeItem* to = wire.from.node == id ? node(wire.to.node) : nullptr;
            const int port = to != nullptr ? to->portIndex(wire.to.port, true) : -1;
            if (port < 0) continue;
            const StreamType* stream = m_document.streamAt(wire.from);
            const bool updating = stream != nullptr && stream->updating;
            if (to->card().ports[static_cast<std::size_t>(port)].updating != updating)
                concerned.insert(wire.to.node);
        }
    }
    if (!m_awake) {
        m_behind = true;
        return m_putOff.merge(concerned);
    }
    if (refreshCards(concerned)) Q_EMIT contentMoved();
    refreshWires(concerned);
}

void CanvasScene::onVerdicts(const std::vector<NodeId>& nodes) {
    Ids concerned(nodes.begin(), nodes.end());
    if (!m_awake) {
        m_behind = true;
        return m_putOff.merge(concerned);
    }
    if (refreshCards(concerned)) Q_EMIT contentMoved();
}

void CanvasScene::setAwake(bool awake) {
    if (awake == m_awake) return;
    m_awake = awake;
    if (!awake) return;
    catchUp();
    followSelection();
    refreshFacts();
    refreshWires();
}

void CanvasScene::refreshCards() {
    Ids all;
    for (const auto& [id, item] : m_nodes) all.insert(all.end(), id);
    if (refreshCards(all)) Q_EMIT contentMoved();
}

bool CanvasScene::refreshCards(const Ids& nodes) {
    std::vector<NodeItem*> changed;
    Ids moved;
    bool otherPorts = false;
    for (const NodeId& id : nodes) {
        const Node* node = m_document.node(id);
        NodeItem* item = this->node(id);
        if (node == nullptr || item == nullptr) continue;
        CardFacts facts = factsOf(id);
        CardModel card = made(*node, facts);
        item->setFacts(std::move(facts));
        if (card == item->card()) continue;
        const bool same = samePorts(card, item->card());
        otherPorts = otherPorts || !same;
        if (card.collapsed != item->card().collapsed || !same) moved.insert(id);
        item->setCard(std::move(card));
        refreshLook(*item);  // the ports are marked again
        changed.push_back(item);
    }
    fitFeet(changed);
    if (otherPorts) Q_EMIT portsChanged();
    routeWires(moved);
    if (!changed.empty()) Q_EMIT cardsChanged(changed);
    return !moved.empty();
}

void CanvasScene::fitFeet() {
    std::vector<NodeItem*> all;
    for (const auto& [id, item] : m_nodes) all.push_back(item);
    fitFeet(all);
}

void CanvasScene::fitFeet(const std::vector<NodeItem*>& cards) {
    // Asked for once, from left to right: of a thousand cards each may have such a line.
    std::vector<std::pair<const NodeItem*, QRectF>> places;
    double widest = 0;
    for (NodeItem* item : cards) {
        const double growth = footGrowth(item->card());
        if (growth == 0) {
            item->setTight(false);
            continue;
        }
        if (places.empty()) {
            for (const auto& [id, each] : m_nodes) places.emplace_back(each, each->cardRect());
            for (const auto& each : places) widest = std::max(widest, each.second.width());
            std::ranges::sort(places, {}, [](const auto& each) { return each.second.left(); });
        }
        QRectF bare = item->cardRect();
        if (!item->isTight()) bare.setHeight(bare.height() - growth);
        const QRectF grown = bare.adjusted(0, 0, 0, growth);
        const auto first = std::ranges::lower_bound(places, grown.left() - widest, {},
                                                    [](const auto& each) { return each.second.left(); });
        const auto behind = std::find_if(
            first, places.end(), [&grown](const auto& each) { return each.second.left() >= grown.right(); });
        item->setTight(std::any_of(first, behind, [&](const auto& other) {
            return other.first != item && other.second.intersects(grown) && !other.second.intersects(bare);
        }));
    }
}

void CanvasScene::refreshFacts() {
    std::vector<NodeItem*> all;
    for (const auto& [id, item] : m_nodes) all.push_back(item);
    refreshFacts(all);
}

void CanvasScene::refreshFacts(const std::vector<NodeItem*>& cards) {
    Ids others;
    for (const NodeItem* card : cards) {
        if (!(factsOf(card->id()) == card->facts())) others.insert(card->id());
    }
    if (refreshCards(others)) Q_EMIT contentMoved();
}

// They change at any time, also when no run is active any more.
void CanvasScene::refreshAlerts() {
    if (!m_awake) return;
    std::vector<NodeItem*> others;
    for (const auto& [id, item] : m_nodes) {
        if (!(m_session.alerts().countsOf(id) == item->facts().alerts)) others.push_back(item);
    }
    refreshFacts(others);
}

void CanvasScene::setSample(SampleFigures* sample) {
    m_sample = sample;
    if (sample == nullptr) return;
    connect(sample, &SampleFigures::changed, this, [this] {
        if (m_awake) refreshWires();  // it does when it wakes up
        Q_EMIT sampleChanged();
    });
}

const SampleFigures* CanvasScene::sample() const {
    return m_sample;
}

void CanvasScene::refreshSeen() {
    const Seen now = seen();
    refreshFacts(now.cards);
    for (WireItem* item : now.wires) refreshWire(*item);
}

void CanvasScene::helpEvent(QGraphicsSceneHelpEvent* event) {
    const ItemRef under = hitAt(event->scenePos()).item;
    if (NodeItem* item = under.node() != nullptr ? node(*under.node()) : nullptr) {
        const LiveNode* live = m_session.isActive() ? m_session.snapshot().node(item->id()) : nullptr;
        const QStringList lines =
            live != nullptr ? liveLines(live->metrics, QDateTime::currentMSecsSinceEpoch()) : QStringList();
        item->setLiveTip(lines.join(QLatin1Char('\n')));
    }
    QGraphicsScene::helpEvent(event);
}

void CanvasScene::routeWires() {
    for (WireItem* item : m_wires) route(*item);
}

void CanvasScene::routeWires(const Ids& nodes) {
    for (const NodeId& id : nodes) {
        for (WireItem* item : wiresAt(id)) route(*item);
    }
}

void CanvasScene::route(WireItem& item) {
    const Wire& wire = item.wire();
    const NodeItem* from = node(wire.from.node);
    const NodeItem* to = node(wire.to.node);
    item.setVisible(from != nullptr && to != nullptr);
    if (from == nullptr || to == nullptr) return;
    const auto end = [](const NodeItem& card, int port, bool input) {
        const QRectF rect = card.cardRect();
        return port >= 0 ? card.portAt(port) : QPointF(input ? rect.left() : rect.right(), rect.top() + 16);
    };
    const QPointF start = end(*from, from->portIndex(wire.from.port, false), false);
    const QPointF stop = end(*to, to->portIndex(wire.to.port, true), true);
    if (start != item.from() || stop != item.to()) {
        item.setEnds(start, stop, std::min(from->cardRect().top(), to->cardRect().top()));
    }
}

void CanvasScene::refreshWires() {
    for (WireItem* item : m_wires) refreshWire(*item);
}

void CanvasScene::refreshWires(const Ids& nodes) {
    for (const NodeId& id : nodes) {
        for (WireItem* item : wiresAt(id)) refreshWire(*item);
    }
}

void CanvasScene::refreshWire(WireItem& item) {
    WireLook look = item.look();
    const Wire& wire = item.wire();
    look.role = outputRole(m_document.kindOf(wire.from.node), wire.from.port);
    const LiveWire* live = m_session.isActive() ? m_session.snapshot().wire(wire) : nullptr;
    if (live != nullptr && !tellsRate(m_session, live->known, live->rate)) live = nullptr;
    look.flowing = live != nullptr;
    look.sampled = m_sample != nullptr && !m_session.isActive() ? m_sample->rowsAt(wire.from) : std::nullopt;
    look.stepped = m_session.steppedRows(wire);
    look.traced = rowsTraced(item.item());
    look.rate = live != nullptr ? live->rate.perSecond() : 0;
    look.backpressure = live != nullptr ? live->metrics.backpressure : 0;
    const std::vector<const Issue*>& issues = m_document.issuesOf(wire.to.node);
    look.broken = std::any_of(issues.begin(), issues.end(), [&](const Issue* issue) {
        return issue->severity == Severity::Error && issue->port == wire.to.port;
    });
    item.setLook(look);
}

void CanvasScene::refreshLooks() {
    for (const auto& [id, item] : m_nodes) refreshLook(*item);
    for (WireItem* item : m_wires) refreshLook(*item);
    for (NoteItem* item : m_notes) refreshLook(*item);
}

void CanvasScene::refreshLook(const ItemRef& each) {
    if (NodeItem* card = each.node() != nullptr ? node(*each.node()) : nullptr) refreshLook(*card);
    if (WireItem* line = each.wire() != nullptr ? wire(each) : nullptr) refreshLook(*line);
    if (NoteItem* frame = each.note() != nullptr ? note(*each.note()) : nullptr) refreshLook(*frame);
}

void CanvasScene::refreshLook(NodeItem& item) {
    const NodeId& id = item.id();
    const auto isIt = [&](const ItemRef& ref) { return ref.node() != nullptr && *ref.node() == id; };
    CardLook look;
    look.detail = detailAt(m_scale);
    look.selected = m_document.selection().contains(id);
    look.hovered = isIt(m_hover.item);
    look.focused = m_focusMarked && (isIt(m_focus.item) || m_focus.from == id);
    look.target = isIt(m_dropTarget);
    std::vector<PortEmphasis> emphasis;
    if (m_portLooks != nullptr) {
        const auto found = m_portLooks->find(id);
        if (found != m_portLooks->end()) emphasis = found->second;
        look.hovered = false;
    } else if (look.hovered) {
        emphasis.assign(item.card().ports.size(), PortEmphasis::Hover);
    }
    // A node of an unknown type has the ports that its wires name: one may have gone.
    const auto ports = static_cast<int>(item.card().ports.size());
    if (m_focusMarked && isIt(m_focus.item) && m_focus.port >= 0 && m_focus.port < ports) {
        emphasis.resize(item.card().ports.size(), PortEmphasis::None);
        emphasis[static_cast<std::size_t>(m_focus.port)] = PortEmphasis::Fits;
    }
    item.setLook(look);
    refreshFaint(item);
    item.setPortEmphasis(std::move(emphasis));
    item.setZValue(look.selected ? layers::kSelectedNode : layers::kNode);
}

void CanvasScene::refreshLook(WireItem& item) {
    const auto isIt = [&](const ItemRef& ref) { return ref.wire() != nullptr && ref == item.item(); };
    const Selection& selection = m_document.selection();
    WireLook look = item.look();
    look.hovered = isIt(m_hover.item) || (m_focusMarked && isIt(m_focus.item));
    look.selected = !selection.wires().empty() && selection.contains(item.item());
    look.target = isIt(m_dropTarget);
    item.setLook(look);
    refreshFaint(item);
    item.setLabelShown(m_scale >= 0.6);
}

void CanvasScene::refreshLook(NoteItem& item) {
    item.setLook(m_document.selection().contains(item.id()), m_hover.item == item.id());
}

// Only items that entered or left the selection look different.
void CanvasScene::followSelection() {
    if (!m_awake) return;
    const Selection& selection = m_document.selection();
    const std::vector<ItemRef> before = std::exchange(m_selected, selection.items());
    for (const ItemRef& item : before) {
        if (!selection.contains(item)) refreshLook(item);
    }
    for (const ItemRef& item : m_selected) {
        const NodeItem* card = item.node() != nullptr ? node(*item.node()) : nullptr;
        if (card == nullptr || !card->look().selected) refreshLook(item);
    }
}

void CanvasScene::repaintAll() {
    for (const auto& [id, item] : m_nodes) item->refresh();
    for (WireItem* item : m_wires) item->refresh();
    refreshCards();
    update();
}

}  // namespace rw::ui

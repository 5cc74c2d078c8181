#include "widgets/canvas/level/level_view.h"

#include <algorithm>

#include "core/pipeline/subflow.h"
#include "widgets/canvas/cards/card_state.h"
#include "widgets/canvas/cards/run_live.h"
#include "widgets/canvas/items/note_item.h"
#include "widgets/charts/recent_rows.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/document/translated.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/run_session.h"
#include "widgets/session/words/empty_reason.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kLevelTick = 50, kLevelLiveTicks = 10;  // milliseconds; cards at 2 Hz
constexpr double kLevelDotsPerTick = 2.5;

}  // namespace

LevelView::LevelView(PipelineDocument& document, RunSession& session, QWidget* parent)
    : GraphView(parent), m_document(document), m_session(session), m_ticker(*this, kLevelTick) {
    setAcceptDrops(true);
    connect(&m_ticker, &Ticker::ticked, this, &LevelView::tick);
    connect(&session, &RunSession::stateChanged, this, &LevelView::followRun);
    connect(&session, &RunSession::runReplaced, this, &LevelView::followRun);
    // Of a run that is over, or stands, the last figures come when it is no longer followed by the clock.
    connect(&session, &RunSession::updated, this, [this] {
        if (m_ticker.isSeen() && !m_ticker.isTicking()) refreshLive();
    });
    connect(&Theme::of(), &Theme::changed, this, [this] {
        for (const auto& [id, card] : m_cards) card->refresh();
        for (WireItem* wire : m_wires) wire->refresh();
    });
    setZoom(1);
}

LevelView::~LevelView() {
    m_session.disconnect(this);
}

CardModel LevelView::made(const LevelNode& each, const CardFacts& facts) const {
    const auto kindOf = [this](const NodeId& id) {
        const auto found = m_kinds.find(id);
        return found != m_kinds.end() ? found->second : nullptr;
    };
    CardModel card = nodeCard(m_document.catalogue(), *m_wireIndex, each.node, each.summary, kindOf);
    fillState(card, m_document, m_session, facts);
    const std::vector<Text>& told = each.errors.empty() ? each.warnings : each.errors;
    if (told.empty() || facts.failed) return card;
    const bool error = !each.errors.empty();
    card.strip = translated(told.front());
    card.stripKind = error ? StripKind::Error : StripKind::Warning;
    card.dot = error ? DotState::Failed : DotState::Look;
    card.badge.clear();
    card.badgeIcon = error ? QStringLiteral("error") : QStringLiteral("warning");
    card.badgeKind = error ? BadgeKind::Error : BadgeKind::Warning;
    return card;
}

void LevelView::setGraph(LevelGraph graph) {
    m_graph = std::move(graph);
    rebuild();
    if (m_cards.count(m_chosen) == 0) m_chosen.clear();
    Q_EMIT chosenChanged();
    describeChosen();
}

void LevelView::rebuild() {
    scene()->clear();
    m_cards.clear();
    m_wires.clear();
    m_nodes.clear();
    m_kinds.clear();
    m_wired.wires = m_graph.wires;
    m_wireIndex.emplace(m_wired);
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        const Node& node = m_graph.nodes[i].node;
        m_nodes[node.id] = i;
        m_kinds[node.id] = m_document.catalogue().of(node);
    }
    for (const Note& note : m_graph.notes) scene()->addItem(new NoteItem(NoteId{}, note));
    for (const LevelNode& each : m_graph.nodes) {
        auto* card = new NodeItem(made(each, {}));
        card->setPos(each.node.at.x, each.node.at.y);
        card->setZValue(layers::kNode);
        scene()->addItem(card);
        m_cards[each.node.id] = card;
    }
    for (const Wire& wire : m_graph.wires) {
        const auto from = m_cards.find(wire.from.node), to = m_cards.find(wire.to.node);
        if (from == m_cards.end() || to == m_cards.end())
            continue;  // a file may name nodes that are not there
        auto* item = new WireItem(wire);
        scene()->addItem(item);
        const auto end = [](const NodeItem& card, const std::string& port, bool input) {
            const int index = card.portIndex(port, input);
            const QRectF rect = card.cardRect();
            return index >= 0 ? card.portAt(index)
                              : QPointF(input ? rect.left() : rect.right(), rect.center().y());
        };
        item->setEnds(end(*from->second, wire.from.port, false), end(*to->second, wire.to.port, true),
                      std::min(from->second->cardRect().top(), to->second->cardRect().top()));
        m_wires.push_back(item);
    }
    setZoom(zoom());
    followRun();
    if (!m_ticker.isSeen()) refreshLive();
}

void LevelView::followRun() {
    const RunSession::State state = m_session.state();
    const bool moves = state == RunSession::State::Running || state == RunSession::State::Stopping;
    m_ticker.setNeeded(moves);
    if (!m_ticker.isSeen()) return;
    for (const auto& [id, card] : m_cards) {
        if (card->live().hasPicture()) card->live().setView(m_session.view(id));
    }
    refreshLive();
}

void LevelView::tick() {
    if (++m_ticks % kLevelLiveTicks == 0) refreshLive();
    if (Theme::of().reducedMotion()) return;
    m_phase += kLevelDotsPerTick;
    for (WireItem* wire : m_wires) wire->advanceDots(m_phase);
}

void LevelView::refreshLive() {
    for (const LevelNode& each : m_graph.nodes) refreshCard(each, *m_cards.at(each.node.id));
    for (WireItem* wire : m_wires) refreshWire(*wire);
    Q_EMIT liveChanged();
}

void LevelView::refreshCard(const LevelNode& each, NodeItem& card) {
    CardFacts facts = factsOf(m_document, m_session, *m_wireIndex, each.node.id);
    // The session names the subflow that it is in.
    facts.failed = m_session.state() == RunSession::State::Failed && !m_session.failure().ok() &&
                   m_session.failure().error().node == each.node.id;
    CardModel now = made(each, facts);
    card.setFacts(std::move(facts));
    if (!(now == card.card())) card.setCard(std::move(now));
    CardLook look;
    look.detail = detailAt(transform().m11());
    look.selected = look.focused = each.node.id == m_chosen;
    card.setLook(look);
    card.live().setLive(
        runLive(m_session, card.card(), m_kinds[each.node.id], m_document.typed(each.node.id)));
    if (card.live().hasPicture()) refreshPicture(card);
}

void LevelView::refreshPicture(NodeItem& card) {
    card.live().setEmptyText(emptyReason(m_session, card.id()));
    if (m_session.view(card.id())) return card.live().refreshPicture();
    for (const Wire* wire : m_wireIndex->into(card.id())) {
        const std::shared_ptr<Tap> tap = m_session.tap(wire->from);
        card.live().setRows(tap ? thumbnailRows(tap->recent()) : RecentRows{});
        break;
    }
}

void LevelView::refreshWire(WireItem& item) {
    const Wire& wire = item.wire();
    const auto& expanded = m_document.validated().expanded;
    const LiveWire* live =
        m_session.isActive() ? m_session.snapshot().wire(expanded ? expanded->joined(wire) : wire) : nullptr;
    if (live != nullptr && !tellsRate(m_session, live->known, live->rate)) live = nullptr;
    WireLook look;
    look.role = outputRole(m_kinds[wire.from.node], wire.from.port);
    look.flowing = live != nullptr;
    look.rate = live != nullptr ? live->rate.perSecond() : 0;
    look.backpressure = live != nullptr ? live->metrics.backpressure : 0;
    item.setLook(look);
}

void LevelView::choose(const NodeId& node) {
    const NodeId now = m_cards.count(node) > 0 ? node : NodeId();
    if (now == m_chosen) return;
    m_chosen = now;
    refreshLive();
    if (const auto card = m_cards.find(now); card != m_cards.end()) reveal(card->second->cardRect());
    Q_EMIT chosenChanged();
    describeChosen();
}

const LevelNode* LevelView::chosen() const {
    const auto found = m_nodes.find(m_chosen);
    return found != m_nodes.end() ? &m_graph.nodes[found->second] : nullptr;
}

// The cards are no widgets: a screen reader hears of the chosen one as the description of the view.
void LevelView::describeChosen() {
    const auto card = m_cards.find(m_chosen);
    setAccessibleDescription(card != m_cards.end() ? spoken(card->second->card()) : QString());
}

void LevelView::showScale(double scale) {
    for (const auto& [id, card] : m_cards) {
        CardLook look = card->look();
        look.detail = detailAt(scale);
        card->setLook(look);
    }
    for (WireItem* wire : m_wires) wire->setLabelShown(scale >= 0.6);
}

void LevelView::fitAll() {
    QRectF all;
    for (const auto& [id, card] : m_cards) all |= card->cardRect();
    fitTo(all);
}

void LevelView::zoomActual() {
    zoomBy(1 / zoom());
}

void LevelView::showEvent(QShowEvent* event) {
    GraphView::showEvent(event);
    followRun();
}

}  // namespace rw::ui

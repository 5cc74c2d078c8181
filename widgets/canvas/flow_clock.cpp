#include "widgets/canvas/flow_clock.h"

#include "widgets/canvas/cards/run_live.h"
#include "widgets/canvas/cards/sampled_live.h"
#include "widgets/session/sample_figures.h"
#include "widgets/session/shown/shown_run.h"
#include "widgets/session/words/empty_reason.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kTick = 50;             // milliseconds
constexpr int kPictureTicks = 5;      // 4 Hz
constexpr int kRateTicks = 10;        // 2 Hz
constexpr double kDotsPerTick = 2.5;  // scene units: one speed for all wires

}  // namespace

FlowClock::FlowClock(CanvasScene& scene) : QObject(&scene), m_scene(scene), m_ticker(*this, kTick) {
    connect(&m_ticker, &Ticker::ticked, this, &FlowClock::tick);
    connect(&scene.session(), &RunSession::stateChanged, this, &FlowClock::follow);
    connect(&scene.session(), &RunSession::runReplaced, this, &FlowClock::attachPictures);
    connect(&scene.session(), &RunSession::updated, this, &FlowClock::showWhatCameLate);
    connect(&scene, &CanvasScene::cardsChanged, this, &FlowClock::take);
    connect(&scene, &CanvasScene::sampleChanged, this, [this] {
        if (!m_held) refreshRates();
    });
    follow();
}

void FlowClock::setHeld(bool held) {
    m_held = held;
    follow();
}

void FlowClock::follow() {
    const RunSession::State state = m_scene.session().state();
    const bool moving = state == RunSession::State::Running || state == RunSession::State::Stopping;
    m_ticker.setNeeded(moving && !m_held);
    if (m_held) return;
    attachPictures();
    refreshRates();
    refreshPictures();
}

// The figures of a step may come after the run has paused, and the last rows of charts of a job on a cluster
// when it has ended.
void FlowClock::showWhatCameLate() {
    const RunSession& session = m_scene.session();
    if (m_held || m_ticker.isTicking()) return;
    if (session.state() == RunSession::State::Paused && session.beforeStep()) {
        m_scene.refreshSeen();
        return refreshRates();
    }
    if (!session.shownRun().isElsewhere() || session.isActive()) return;
    refreshRates();
    for (const auto& [id, card] : m_scene.nodes()) {
        if (card->live().hasPicture()) refreshPicture(*card);
    }
}

void FlowClock::tick() {
    ++m_ticks;
    refreshSome();
    if (m_ticks % kRateTicks == 0) m_scene.refreshSeen();
    if (Theme::of().reducedMotion() || m_scene.scale() < 0.25) return;
    m_phase += kDotsPerTick;
    for (WireItem* wire : m_scene.seen().wires) wire->advanceDots(m_phase);
}

bool FlowClock::seen(const QGraphicsItem& item) const {
    return m_scene.visibleRect().intersects(item.sceneBoundingRect());
}

CardLive FlowClock::liveOf(const NodeItem& item) const {
    const RunSession& session = m_scene.session();
    const SampleFigures* const sample = session.isActive() ? nullptr : m_scene.sample();
    if (const LookedCounts* counts = sample != nullptr ? sample->countsOf(item.id()) : nullptr)
        return sampledLive(*counts, item.card(), sample->sampled()->cut,
                           sample->sampled()->silent.contains(item.id()));
    const NodeKind* kind = m_scene.document().kindOf(item.id());
    return runLive(session, item.card(), kind, m_scene.document().typed(item.id()));
}

void FlowClock::refreshRate(NodeItem& card) {
    if (card.live().setLive(liveOf(card))) ++m_updates;
}

// Every tenth card at each tick, and every fifth picture, for their order stays the same for long: repainting
// all cards at once could take longer than the event loop may.
void FlowClock::refreshSome() {
    const std::vector<NodeItem*> cards = m_scene.seen().cards;
    for (auto i = static_cast<std::size_t>(m_ticks % kRateTicks); i < cards.size(); i += kRateTicks)
        refreshRate(*cards[i]);
    for (auto i = static_cast<std::size_t>(m_ticks % kPictureTicks); i < cards.size(); i += kPictureTicks)
        if (cards[i]->live().hasPicture()) refreshPicture(*cards[i]);
}

// When nothing runs, nothing will come round to cards that are scrolled into sight.
void FlowClock::refreshRates() {
    if (m_ticker.isTicking()) {
        for (NodeItem* card : m_scene.seen().cards) refreshRate(*card);
    } else {
        for (const auto& [id, card] : m_scene.nodes()) refreshRate(*card);
    }
}

void FlowClock::attachPicture(NodeItem& card) {
    if (!card.live().hasPicture()) return;
    card.live().setView(m_scene.session().view(card.id()));
    card.live().setEmptyText(emptyReason(m_scene.session(), card.id()));
}

void FlowClock::attachPictures() {
    if (m_held) return;
    for (const auto& [id, item] : m_scene.nodes()) attachPicture(*item);
}

void FlowClock::take(const std::vector<NodeItem*>& cards) {
    if (m_held) return;
    for (NodeItem* card : cards) {
        attachPicture(*card);
        if (!m_ticker.isTicking() || seen(*card)) refreshRate(*card);
    }
}

void FlowClock::refreshPictures() {
    for (NodeItem* card : m_scene.seen().cards) {
        if (card->live().hasPicture()) refreshPicture(*card);
    }
}

// A sink that draws no chart shows the last rows that came to it.
void FlowClock::refreshPicture(NodeItem& card) {
    RunSession& session = m_scene.session();
    card.live().setEmptyText(emptyReason(session, card.id()));
    if (session.view(card.id())) return card.live().refreshPicture();
    for (const WireItem* item : m_scene.wiresAt(card.id())) {
        if (item->wire().to.node != card.id()) continue;
        const std::shared_ptr<Tap> tap = session.tap(item->wire().from);
        card.live().setRows(tap ? thumbnailRows(tap->recent()) : RecentRows{});
        break;
    }
}

}  // namespace rw::ui

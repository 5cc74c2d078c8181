// A pipeline of a thousand nodes: a change touches the cards that it concerns and no others, a tick of a
// run none, and nothing is done while nothing is visible. Counted, not timed: a count is the same on every machine.
#include <QLineEdit>
#include <algorithm>
#include <cmath>
#include <utility>

#include "core/pipeline/json/json.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/flow_clock.h"
#include "widgets/canvas/outline.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kNodes = 1000;
constexpr int kRunning = 60;  // nodes of a run: about ten are in sight

NodeId filterAt(int place) {
    return "filter_" + std::to_string(place);
}

/// A generator, filters in a long chain, and a number card at its end.
std::string chain(int nodes = kNodes) {
    Pipeline pipeline;
    const auto add = [&](NodeId id, const char* type, const char* params) {
        const auto place = static_cast<double>(pipeline.nodes.size());
        pipeline.nodes.push_back({.id = id,
                                  .type = type,
                                  .title = {},
                                  .at = {240 * std::fmod(place, 40), 176 * std::floor(place / 40)},
                                  .params = Json::parse(params)});
        if (pipeline.nodes.size() < 2) return;
        const NodeId& before = pipeline.nodes[pipeline.nodes.size() - 2].id;
        pipeline.wires.push_back({{before, "out"}, {id, "in"}});
    };
    add("source", "generator",
        R"json({"columns": ["ts TIMESTAMP(3)", "v DOUBLE = RANDOM()"], "rate": 10, "event_time": "ts"})json");
    for (int i = 1; i < nodes - 1; ++i) add(filterAt(i), "filter", R"({"condition": "v > 0.5"})");
    add("card", "number_card", R"({"value": "v"})");
    return savePipeline(pipeline);
}

}  // namespace

class TestCanvasCounts : public QObject {
    Q_OBJECT

    std::unique_ptr<CanvasFixture> m_f;
    std::unique_ptr<QSignalSpy> m_changed;

    PipelineDocument& document() const { return m_f->document; }
    CanvasScene& scene() const { return m_f->canvas.view().canvas(); }
    /// Whether at most so many cards were put together since there were `before`.
    bool madeAtMost(quint64 most, quint64 before) const {
        const quint64 made = scene().cardsCreated() - before;
        if (made > most) qWarning("%llu cards were made", made);
        return made <= most;
    }
    /// Cards that were laid out and will be repainted since the last call.
    std::set<NodeId> laidOut() {
        std::set<NodeId> cards;
        for (const QList<QVariant>& call : std::as_const(*m_changed)) {
            for (const NodeItem* card : call.front().value<std::vector<NodeItem*>>())
                cards.insert(card->id());
        }
        m_changed->clear();
        return cards;
    }
    FlowClock& clock() const { return *scene().findChild<FlowClock*>(); }
    CardLive live(const NodeId& node) const { return scene().node(node)->live().live(); }
    /// Runs a short chain until its first card says that it does.
    bool run() {
        if (!document().restore(chain(kRunning), {}, {}).ok()) return false;
        m_f->waitForChecks();
        m_f->canvas.view().zoomTo(1, {});
        m_f->canvas.view().centerOn(500, 300);
        m_f->session.start();
        return QTest::qWaitFor([this] { return live("source").out != QStringLiteral("–"); }, 60'000) &&
               QTest::qWaitFor([this] { return scene().node("source")->card().dot == DotState::Running; },
                               30'000);
    }
    /// Waits until so many more pictures of the run were taken, one every RunSession::kFrameMillis.
    bool ranOn(quint64 pictures) const {
        const RunSnapshot& snapshot = m_f->session.snapshot();
        const quint64 last = snapshot.sequence + pictures;
        return QTest::qWaitFor([&] { return snapshot.sequence >= last; }, 60'000);
    }
    void stop() {
        m_f->session.stop(StopMode::Discard);
        QTRY_VERIFY_WITH_TIMEOUT(!m_f->session.isActive(), 60'000);
    }

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init() {
        m_f = std::make_unique<CanvasFixture>();
        m_f->show();
        QVERIFY(document().restore(chain(), {}, {}).ok());
        m_f->waitForChecks();
        QCOMPARE(scene().nodes().size(), std::size_t{kNodes});
        m_changed = std::make_unique<QSignalSpy>(&scene(), &CanvasScene::cardsChanged);
    }
    void cleanup() {
        m_changed.reset();
        m_f.reset();
    }
    void openingMakesEachCardAFewTimes();
    void aParameterTouchesItsCard();
    void aTitleTouchesItsCard();
    void aWireTouchesItsEnds();
    void movingAndLookingTouchNoCard();
    void addingAndRemovingTouchNeighbours();
    void manyParametersTouchEachCardOnce();
    void selectingAThousandComparesFew();
    void startingTouchesEachCardAFewTimes();
    void aTickMakesNoCardAndLooksAtThoseInSight();
    void cardsInSightTakeTurns();
    void aHiddenCanvasDoesNothingAndCatchesUp();
    void aHiddenCanvasIsRightWhenItIsShown();
    void aHiddenCanvasCatchesUpForWhoNeedsIt();
    void aHiddenOutlineDoesNothing();
    void clearingTakesNothingOffOneByOne();
    void aHubLetsGoOfAllItsWiresAtOnce();
};

void TestCanvasCounts::openingMakesEachCardAFewTimes() {
    const quint64 before = scene().cardsCreated();
    QVERIFY(document().restore(chain(), {}, {}).ok());
    m_f->waitForChecks();
    QVERIFY(madeAtMost(3 * kNodes, before));
}

// Made at once, and again when it is checked: then its sentence is another.
void TestCanvasCounts::aParameterTouchesItsCard() {
    const quint64 before = scene().cardsCreated();
    document().setParam(filterAt(500), "condition", "v > 0.6");
    m_f->waitForChecks();
    QVERIFY(madeAtMost(2, before));
    QCOMPARE(laidOut(), std::set<NodeId>{filterAt(500)});
    QVERIFY(scene().node(filterAt(500))->card().summary.contains(QLatin1String("0.6")));
}

void TestCanvasCounts::aTitleTouchesItsCard() {
    const quint64 before = scene().cardsCreated();
    document().setTitle(filterAt(500), QStringLiteral("Half of them"));
    m_f->waitForChecks();
    QVERIFY(madeAtMost(1, before));
    QCOMPARE(laidOut(), std::set<NodeId>{filterAt(500)});
    QCOMPARE(scene().node(filterAt(500))->card().title, QStringLiteral("Half of them"));
}

void TestCanvasCounts::aWireTouchesItsEnds() {
    const NodeId other = m_f->add("number_card", "Another", {0, -400}, R"({"value": "v"})");
    m_f->waitForChecks();
    laidOut();
    const quint64 before = scene().cardsCreated();
    document().connectPorts({filterAt(700), "out"}, {other, "in"});
    m_f->waitForChecks();
    QVERIFY(madeAtMost(3, before));
    QCOMPARE(laidOut(), std::set<NodeId>{other});  // the other end has had a wire before
    QVERIFY(scene().node(other)->card().ports.front().wired);
    QVERIFY(scene().node(other)->card().strip.isEmpty());
    const WireItem* wire = scene().wires().back();
    QVERIFY(wire->isVisible());
    QCOMPARE(wire->to(), scene().node(other)->portAt(0));
    document().undoStack().undo();
    QVERIFY(!scene().node(other)->card().ports.front().wired);
}

void TestCanvasCounts::movingAndLookingTouchNoCard() {
    const quint64 before = scene().cardsCreated();
    document().move({{filterAt(3), {5000, 5000}}});
    QCOMPARE(scene().node(filterAt(3))->pos(), QPointF(5000, 5000));
    scene().setHover({.item = filterAt(5)});
    QVERIFY(scene().node(filterAt(5))->look().hovered);
    scene().setHover({});
    QVERIFY(!scene().node(filterAt(5))->look().hovered);
    document().selection().selectAll();
    QVERIFY(scene().node(filterAt(9))->look().selected);
    document().selection().set({filterAt(9)});
    QVERIFY(scene().node(filterAt(9))->look().selected);
    QVERIFY(!scene().node(filterAt(8))->look().selected);
    m_f->waitForChecks();
    QCOMPARE(scene().cardsCreated(), before);
    QVERIFY(laidOut().empty());
}

void TestCanvasCounts::addingAndRemovingTouchNeighbours() {
    quint64 before = scene().cardsCreated();
    m_f->add("union", "New", {0, -400});
    m_f->waitForChecks();
    QVERIFY(madeAtMost(2, before));
    before = scene().cardsCreated();
    document().move({{"union", {0, -800}}});
    document().remove({"union"});
    m_f->waitForChecks();
    QVERIFY(madeAtMost(0, before));
    m_changed->clear();  // it names the card that is gone
    // Nodes behind the gap are typed no more; the nodes before it are not concerned.
    document().remove({filterAt(990)});
    m_f->waitForChecks();
    before = scene().cardsCreated();
    m_changed->clear();
    document().setParam(filterAt(1), "condition", "v > 0.9");
    m_f->waitForChecks();
    QVERIFY(madeAtMost(2, before));
    QCOMPARE(laidOut(), std::set<NodeId>{filterAt(1)});
}

void TestCanvasCounts::manyParametersTouchEachCardOnce() {
    Pipeline other = document().pipeline();
    for (Node& node : other.nodes) {
        if (node.type == "filter") node.params["condition"] = "v > 0.7";
    }
    document().revertTo(other, QStringLiteral("Revert"));
    m_f->waitForChecks();
    const quint64 before = scene().cardsCreated(), visited = document().nodesVisited();
    document().undoStack().undo();
    m_f->waitForChecks();
    QVERIFY(madeAtMost(2 * kNodes, before));
    const quint64 looked = document().nodesVisited() - visited;
    QVERIFY2(looked < 50 * kNodes, qPrintable(QString::number(looked)));  // not a thousand times a thousand
}

void TestCanvasCounts::selectingAThousandComparesFew() {
    const quint64 before = ItemRef::comparisons();
    document().selection().selectAll();
    document().selection().clear();
    const quint64 compared = ItemRef::comparisons() - before;
    QVERIFY2(compared < 40 * kNodes, qPrintable(QString::number(compared)));
}

void TestCanvasCounts::startingTouchesEachCardAFewTimes() {
    const quint64 before = scene().cardsCreated();
    m_f->session.start();
    QTRY_COMPARE_WITH_TIMEOUT(m_f->session.state(), RunSession::State::Running, 60'000);
    const bool few = madeAtMost(3 * kNodes, before);  // each node that is ready once rebuilt all
    m_f->session.stop(StopMode::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(!m_f->session.isActive(), 60'000);
    QVERIFY(few);
}

void TestCanvasCounts::aTickMakesNoCardAndLooksAtThoseInSight() {
    QVERIFY(run());
    const NodeId near = filterAt(1), far = filterAt(kRunning - 2);
    QVERIFY(m_f->canvas.view().visibleSceneRect().intersects(scene().node(near)->cardRect()));
    QVERIFY(!m_f->canvas.view().visibleSceneRect().intersects(scene().node(far)->cardRect()));
    const CardLive farBefore = live(far);
    const std::size_t inSight = scene().seen().cards.size();
    // Changes by the first rows, or a machine that was busy with others, rebuild cards, and the stretch starts
    // once more; a tick that made one would do so in every stretch.
    constexpr int kLooks = 4;
    CardLive shown = live(near);
    quint64 made = scene().cardsCreated(), updates = clock().updates();
    int looks = 0;
    const bool none = QTest::qWaitFor(
        [&] {
            if (const quint64 now = scene().cardsCreated(); now != made || !laidOut().empty()) {
                made = now;
                updates = clock().updates();
                looks = 0;
            }
            if (CardLive now = live(near); now != shown) {
                shown = std::move(now);
                ++looks;
            }
            return looks >= kLooks;
        },
        60'000);
    const quint64 updated = clock().updates() - updates;
    const CardLive farAfter = live(far);
    // Out of sight it is not looked at; in sight it is, when it comes there.
    m_f->canvas.view().centerOn(scene().node(far)->cardRect().center());
    const bool follows = QTest::qWaitFor([&] { return live(far) != farBefore; }, 20'000);
    stop();
    QVERIFY(none);
    QVERIFY2(updated > 0 && updated <= 20 * inSight, qPrintable(QString::number(updated)));
    QVERIFY(farAfter == farBefore);
    QVERIFY(follows);
}

void TestCanvasCounts::cardsInSightTakeTurns() {
    QVERIFY(run());
    QVERIFY(ranOn(24));
    const std::size_t inSight = scene().seen().cards.size();
    QVERIFY(inSight > 2);
    // The clock hears of its ticker first. A card that was rebuilt is looked at besides.
    quint64 updates = clock().updates(), made = scene().cardsCreated(), most = 0;
    int ticks = 0;
    const auto heard = connect(clock().findChild<Ticker*>(), &Ticker::ticked, this, [&] {
        const quint64 before = std::exchange(updates, clock().updates());
        const quint64 madeBefore = std::exchange(made, scene().cardsCreated());
        if (made != madeBefore) return;
        if (ticks++ > 0) most = std::max(most, updates - before);
    });
    const bool ticked = QTest::qWaitFor([&] { return ticks > 60; }, 60'000);
    disconnect(heard);
    stop();
    QVERIFY(ticked && most > 0);
    QVERIFY2(most <= inSight / 10 + 1, qPrintable(QStringLiteral("%1 of %2").arg(most).arg(inSight)));
}

void TestCanvasCounts::aHiddenCanvasDoesNothingAndCatchesUp() {
    QVERIFY(run());
    m_f->canvas.hide();
    const quint64 made = scene().cardsCreated(), updates = clock().updates();
    laidOut();
    document().setParam(filterAt(1), "condition", "v > 0.9");
    document().setTitle(filterAt(2), QStringLiteral("Second"));
    m_f->waitForChecks();
    QVERIFY(ranOn(24));  // more than a second
    m_f->session.pause();
    QTRY_COMPARE(m_f->session.state(), RunSession::State::Paused);
    const bool nothing = madeAtMost(0, made) && clock().updates() == updates && laidOut().empty();
    const DotState dot = scene().node("source")->card().dot;
    m_f->canvas.show();
    const DotState shown = scene().node("source")->card().dot;
    const QString summary = scene().node(filterAt(1))->card().summary,
                  title = scene().node(filterAt(2))->card().title;
    stop();
    QVERIFY(nothing);
    QCOMPARE(dot, DotState::Running);
    QCOMPARE(shown, DotState::Paused);
    QVERIFY(summary.contains(QLatin1String("0.9")));
    QCOMPARE(title, QStringLiteral("Second"));
}

// After any changes it is then as a new one would be.
void TestCanvasCounts::aHiddenCanvasIsRightWhenItIsShown() {
    QVERIFY(document().restore(chain(kRunning), {}, {}).ok());
    const NoteId kept = document().addNote({"kept", {}}), gone = document().addNote({"gone", {}});
    m_f->waitForChecks();
    m_f->canvas.hide();
    const quint64 made = scene().cardsCreated();
    const qsizetype items = scene().items().size();
    const NodeId added = m_f->add("union", "New", {0, -400});
    document().connectPorts({filterAt(3), "out"}, {added, "in"});
    document().remove({filterAt(7), gone});
    document().remove({filterAt(9)});
    document().undoStack().undo();  // it comes back
    document().move({{filterAt(1), {5000, 0}}, {kept, {64, 64}}});
    document().setCollapsed({filterAt(2)}, true);
    document().addNote({"new", {}});
    document().selection().set({added, kept, document().pipeline().wires.front()});
    m_f->waitForChecks();
    QVERIFY(madeAtMost(0, made));
    QCOMPARE(scene().items().size(), items);
    m_f->canvas.show();
    const CanvasScene other(document(), m_f->session);
    const auto cards = [](const CanvasScene& scene) {
        std::vector<std::tuple<NodeId, double, double, bool>> all;
        for (const auto& [id, card] : scene.nodes())
            all.emplace_back(id, card->x(), card->y(), card->look().selected);
        return all;
    };
    const auto wires = [](const CanvasScene& scene) {
        std::multiset<std::tuple<PortRef, PortRef, double, double, bool>> all;
        for (const WireItem* wire : scene.wires())
            all.emplace(wire->wire().from, wire->wire().to, wire->from().x(), wire->to().y(),
                        wire->look().selected);
        return all;
    };
    const auto notes = [](const CanvasScene& scene) {
        std::vector<std::tuple<NoteId, QString, double, double, bool>> all;
        for (const NoteItem* note : scene.notes())
            all.emplace_back(note->id(), note->text(), note->x(), note->zValue(), note->selected());
        return all;
    };
    QCOMPARE(cards(scene()), cards(other));
    QCOMPARE(wires(scene()), wires(other));
    QCOMPARE(notes(scene()), notes(other));
    for (const auto& [id, card] : scene().nodes())
        QVERIFY2(card->card() == other.node(id)->card(), id.c_str());
}

// A panel that goes to a node, and menus, are there while the canvas is not.
void TestCanvasCounts::aHiddenCanvasCatchesUpForWhoNeedsIt() {
    QVERIFY(document().restore(chain(kRunning), {}, {}).ok());
    m_f->waitForChecks();
    m_f->canvas.hide();
    const NodeId added = m_f->add("union", "New", {9000, 4000});
    QVERIFY(scene().node(added) == nullptr);
    document().selection().reveal(added);
    QVERIFY(m_f->canvas.view().visibleSceneRect().intersects(scene().node(added)->cardRect()));
    const NodeId another = m_f->add("union", "Another", {8000, 4000});
    document().selection().set({added, another});
    m_f->canvas.actions().alignLeft->trigger();
    QCOMPARE(document().node(added)->at.x, 8000.0);
    const NodeId third = m_f->add("union", "Third", {7000, 4000});
    Q_EMIT m_f->canvas.view().renameRequested(third);
    QCOMPARE(m_f->canvas.findChild<QLineEdit*>(QStringLiteral("title_editor"))->text(),
             QStringLiteral("Third"));
}

void TestCanvasCounts::aHiddenOutlineDoesNothing() {
    Outline outline(document(), m_f->session);
    document().setTitle(filterAt(1), QStringLiteral("First"));
    m_f->waitForChecks();
    QCOMPARE(outline.topLevelItemCount(), 0);
    outline.show();
    QCOMPARE(outline.topLevelItemCount(), 1);
    QCOMPARE(outline.topLevelItem(0)->child(0)->text(0), QStringLiteral("First"));
    document().setTitle(filterAt(1), QStringLiteral("Second"));
    QCOMPARE(outline.topLevelItem(0)->child(0)->text(0), QStringLiteral("Second"));
    outline.hide();
    document().setTitle(filterAt(1), QStringLiteral("Third"));
    QCOMPARE(outline.topLevelItem(0)->child(0)->text(0), QStringLiteral("Second"));
    outline.show();
    QCOMPARE(outline.topLevelItem(0)->child(0)->text(0), QStringLiteral("Third"));
}

// Another document, and all of it deleted: the scene is cleared, for any number of nodes.
void TestCanvasCounts::clearingTakesNothingOffOneByOne() {
    constexpr int kMany = 20'000;
    QVERIFY(document().restore(chain(kMany), {}, {}).ok());
    document().addNote({"words", {}});
    QCOMPARE(scene().nodes().size(), std::size_t{kMany});
    const quint64 before = scene().itemsRemoved();
    document().selection().selectAll();
    document().remove(document().selection().items());
    QVERIFY(scene().nodes().empty() && scene().wires().empty());
    QCOMPARE(scene().items().size(), 1);  // the overlay
    document().undoStack().undo();
    QCOMPARE(scene().nodes().size(), std::size_t{kMany});
    QCOMPARE(scene().wires().size(), std::size_t{kMany - 1});
    document().startEmpty();
    QVERIFY(scene().nodes().empty() && scene().notes().empty());
    QCOMPARE(scene().items().size(), 1);
    QCOMPARE(scene().itemsRemoved(), before);
}

// Each of its wires would be looked for among all of them.
void TestCanvasCounts::aHubLetsGoOfAllItsWiresAtOnce() {
    constexpr std::size_t kWires = 2000;
    Pipeline pipeline;
    pipeline.nodes.push_back({.id = "hub", .type = "union", .title = {}, .at = {}});
    for (std::size_t i = 0; i < kWires; ++i) {
        const NodeId id = "end_" + std::to_string(i);
        const double y = 20 * static_cast<double>(i);
        pipeline.nodes.push_back({.id = id, .type = "union", .title = {}, .at = {400, y}});
        pipeline.wires.push_back({{"hub", "out"}, {id, "in"}});
    }
    QVERIFY(document().restore(savePipeline(pipeline), {}, {}).ok());
    QCOMPARE(scene().wiresAt("hub").size(), kWires);
    const quint64 before = ItemRef::comparisons();
    document().remove({"hub"});
    const quint64 compared = ItemRef::comparisons() - before;
    QVERIFY2(compared < 40 * kWires, qPrintable(QString::number(compared)));
    QVERIFY(scene().wires().empty() && scene().wiresAt("hub").empty());
    QCOMPARE(scene().nodes().size(), kWires);
}

QTEST_MAIN(TestCanvasCounts)
#include "test_canvas_counts.moc"

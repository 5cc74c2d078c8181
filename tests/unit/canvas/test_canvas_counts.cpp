// A pipeline of a thousand nodes: what changes touches the cards that it concerns and no others. Counted, not
// timed: a count is the same on every machine.
#include <cmath>

#include "core/pipeline/json.h"
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/outline.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr int kNodes = 1000;
constexpr quint64 kFew = 4;

NodeId filterAt(int place) {
    return "filter_" + std::to_string(place);
}

/// A generator, filters in a long chain, and a number card at its end.
std::string chain() {
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
    for (int i = 1; i < kNodes - 1; ++i) add(filterAt(i), "filter", R"({"condition": "v > 0.5"})");
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
        const quint64 made = scene().cardsMade() - before;
        if (made > most) qWarning("%llu cards were made", made);
        return made <= most;
    }
    /// Cards that were laid out and will be painted anew since the last call.
    int laidOut() {
        int cards = 0;
        for (const QList<QVariant>& call : std::as_const(*m_changed))
            cards += static_cast<int>(call.front().value<std::vector<NodeItem*>>().size());
        m_changed->clear();
        return cards;
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
    void aTitleTouchesItsCardAndTheNext();
    void aWireTouchesItsEnds();
    void movingAndLookingTouchNoCard();
    void addingAndRemovingTouchNeighbours();
    void startingTouchesEachCardAFewTimes();
    void aHiddenOutlineDoesNothing();
};

void TestCanvasCounts::openingMakesEachCardAFewTimes() {
    const quint64 before = scene().cardsMade();
    QVERIFY(document().restore(chain(), {}, {}).ok());
    m_f->waitForChecks();
    QVERIFY(madeAtMost(3 * kNodes, before));
}

void TestCanvasCounts::aParameterTouchesItsCard() {
    const quint64 before = scene().cardsMade();
    document().setParam(filterAt(500), "condition", "v > 0.6");
    m_f->waitForChecks();
    QVERIFY(madeAtMost(kFew, before));
    const int touched = laidOut();
    QVERIFY(touched >= 1 && touched <= 2);
    QVERIFY(scene().node(filterAt(500))->card().summary.contains(QLatin1String("0.6")));
}

void TestCanvasCounts::aTitleTouchesItsCardAndTheNext() {
    const quint64 before = scene().cardsMade();
    document().setTitle(filterAt(500), QStringLiteral("Half of them"));
    m_f->waitForChecks();
    QVERIFY(madeAtMost(kFew, before));
    QCOMPARE(laidOut(), 1);
    QCOMPARE(scene().node(filterAt(500))->card().title, QStringLiteral("Half of them"));
}

void TestCanvasCounts::aWireTouchesItsEnds() {
    const NodeId other = m_f->add("number_card", "Another", {0, -400}, R"({"value": "v"})");
    m_f->waitForChecks();
    laidOut();
    const quint64 before = scene().cardsMade();
    document().connectPorts({filterAt(700), "out"}, {other, "in"});
    m_f->waitForChecks();
    QVERIFY(madeAtMost(kFew + 2, before));
    QVERIFY(scene().node(other)->card().ports.front().wired);
    QVERIFY(scene().node(other)->card().strip.isEmpty());
    const WireItem* wire = scene().wires().back();
    QVERIFY(wire->isVisible());
    QCOMPARE(wire->to(), scene().node(other)->portAt(0));
    document().undoStack().undo();
    QVERIFY(!scene().node(other)->card().ports.front().wired);
}

void TestCanvasCounts::movingAndLookingTouchNoCard() {
    const quint64 before = scene().cardsMade();
    document().move({{filterAt(3), {5000, 5000}}});
    QCOMPARE(scene().node(filterAt(3))->pos(), QPointF(5000, 5000));
    scene().setHover({.kind = Hit::Kind::Node, .node = filterAt(5)});
    QVERIFY(scene().node(filterAt(5))->look().hovered);
    scene().setHover({});
    QVERIFY(!scene().node(filterAt(5))->look().hovered);
    document().selection().selectAll();
    QVERIFY(scene().node(filterAt(9))->look().selected);
    document().selection().set({filterAt(9)});
    QVERIFY(scene().node(filterAt(9))->look().selected);
    QVERIFY(!scene().node(filterAt(8))->look().selected);
    m_f->waitForChecks();
    QCOMPARE(scene().cardsMade(), before);
    QCOMPARE(laidOut(), 0);
}

void TestCanvasCounts::addingAndRemovingTouchNeighbours() {
    quint64 before = scene().cardsMade();
    m_f->add("union", "New", {0, -400});
    m_f->waitForChecks();
    QVERIFY(madeAtMost(kFew, before));
    // What stands behind the gap is typed no more; the nodes before it are not concerned.
    document().remove({filterAt(990)}, {});
    m_f->waitForChecks();
    before = scene().cardsMade();
    laidOut();
    document().setParam(filterAt(1), "condition", "v > 0.9");
    m_f->waitForChecks();
    QVERIFY(madeAtMost(kFew, before));
}

void TestCanvasCounts::startingTouchesEachCardAFewTimes() {
    const quint64 before = scene().cardsMade();
    m_f->session.start();
    QTRY_COMPARE_WITH_TIMEOUT(m_f->session.state(), RunSession::State::Running, 60'000);
    const bool few = madeAtMost(8 * kNodes, before);  // each node that is ready once made all anew
    m_f->session.stop(StopMode::Discard);
    QTRY_VERIFY_WITH_TIMEOUT(!m_f->session.isActive(), 60'000);
    QVERIFY(few);
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

QTEST_MAIN(TestCanvasCounts)
#include "test_canvas_counts.moc"

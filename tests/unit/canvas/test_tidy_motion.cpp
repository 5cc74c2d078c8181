// Cards on their way to the places of an arrangement: the document has them at once, and whatever a person
// does next finds the cards there.
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/tidy_motion.h"

using namespace rw;
using namespace rw::ui;

class TestTidyMotion : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() {
        m_f.reset();
        Theme::of().apply({.mode = ThemeMode::Dark});
    }
    void cardsAndWiresGetThere();
    void theDocumentHasThePlacesAtOnce();
    void keysEndIt();
    void theMouseEndsIt();
    void undoEndsIt();
    void editsEndIt();
    void aNodeThatGoesOnItsWay();
    void aRunEndsIt();
    void anotherActionEndsIt();
    void itEndsOutOfSight();
    void reducedMotionHasNone();
    void whereAllIsInPlaceNothingMoves();
    void manyCardsAreThereAtOnce();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    TidyMotion& motion() { return *m_f->canvas.findChild<TidyMotion*>(); }
    void arrange() { m_f->canvas.actions().arrange->trigger(); }
    /// Begins one, of which this process has not seen the end yet.
    void begin() {
        arrange();
        QVERIFY(motion().isRunning());
        QVERIFY(!isThere());
    }
    /// Every card is where the document has it, and every wire ends at its cards.
    bool isThere() {
        for (const Node& node : document().pipeline().nodes) {
            if (scene().node(node.id)->pos() != QPointF(node.at.x, node.at.y)) return false;
        }
        for (const WireItem* wire : scene().wires()) {
            const NodeItem& from = *scene().node(wire->wire().from.node);
            if (wire->from() != from.portAt(from.portIndex(wire->wire().from.port, false))) return false;
        }
        return true;
    }

    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source, m_filter, m_chart;
};

void TestTidyMotion::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_source = m_f->add("generator", "CPU", {640, 400});
    m_filter = m_f->add("filter", "Busy", {40, 296});
    m_chart = m_f->add("line_chart", "Load", {104, 8});
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    m_f->show();
    m_f->waitForChecks();
    QVERIFY(isThere());
}

void TestTidyMotion::cardsAndWiresGetThere() {
    const QPointF before = scene().node(m_source)->pos();
    const QSignalSpy moved(&scene(), &CanvasScene::contentMoved);
    begin();
    QCOMPARE(scene().node(m_source)->pos(), before);  // it sets out from where it was
    const WireItem* wire = scene().wire(Wire{{m_source, "out"}, {m_filter, "in"}});
    const NodeItem* source = scene().node(m_source);
    QCOMPARE(wire->from(), source->portAt(source->portIndex("out", false)));  // wires follow
    const qsizetype told = moved.size();
    QTRY_VERIFY(!motion().isRunning());
    QVERIFY(isThere());
    QVERIFY(moved.size() > told);  // the minimap draws the cards where they are
}

void TestTidyMotion::theDocumentHasThePlacesAtOnce() {
    const int steps = document().undoStack().count();
    begin();
    const auto x = [this](const NodeId& id) { return document().node(id)->at.x; };
    QVERIFY(x(m_source) < x(m_filter) && x(m_filter) < x(m_chart));
    QCOMPARE(document().undoStack().count(), steps + 1);
    const QRectF seen = m_f->canvas.view().visibleSceneRect();
    QTRY_VERIFY(!motion().isRunning());
    QCOMPARE(document().undoStack().count(), steps + 1);
    QCOMPARE(m_f->canvas.view().visibleSceneRect(), seen);
    for (const auto& [id, item] : scene().nodes()) QVERIFY(seen.contains(item->cardRect()));
}

void TestTidyMotion::keysEndIt() {
    begin();
    m_f->key(Qt::Key_Down);
    QVERIFY(!motion().isRunning() && isThere());
}

void TestTidyMotion::theMouseEndsIt() {
    begin();
    QTest::mousePress(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, {5, 5});
    QVERIFY(!motion().isRunning() && isThere());
    QTest::mouseRelease(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, {5, 5});
    QVERIFY(isThere());
}

void TestTidyMotion::undoEndsIt() {
    begin();
    document().undoStack().undo();
    QVERIFY(!motion().isRunning() && isThere());
    QVERIFY((document().node(m_source)->at == Point{640, 400}));
    document().undoStack().redo();
    QVERIFY(!motion().isRunning() && isThere());
}

void TestTidyMotion::editsEndIt() {
    begin();
    document().setTitle(m_filter, QStringLiteral("Very busy"));
    QVERIFY(!motion().isRunning() && isThere());
    document().undoStack().undo();
    document().undoStack().undo();
    begin();
    const NodeId added = m_f->add("union", "New", {900, 900});
    QVERIFY(!motion().isRunning() && isThere());
    QCOMPARE(scene().node(added)->pos(), QPointF(900, 900));
}

void TestTidyMotion::aNodeThatGoesOnItsWay() {
    begin();
    document().remove({ItemRef(m_filter)});
    QVERIFY(!motion().isRunning() && isThere());
    document().undoStack().undo();
    QVERIFY(isThere());
    document().undoStack().undo();
    begin();
    document().startEmpty();
    QVERIFY(!motion().isRunning());
    QVERIFY(scene().nodes().empty());
}

void TestTidyMotion::aRunEndsIt() {
    begin();
    Q_EMIT m_f->session.stateChanged();
    QVERIFY(!motion().isRunning() && isThere());
}

void TestTidyMotion::anotherActionEndsIt() {
    begin();
    m_f->canvas.actions().selectAll->trigger();
    QVERIFY(!motion().isRunning() && isThere());
    document().undoStack().undo();
    begin();
    const Point first = document().node(m_source)->at;
    arrange();  // again: all are in their places
    QVERIFY(!motion().isRunning() && isThere());
    QVERIFY(document().node(m_source)->at == first);
}

void TestTidyMotion::itEndsOutOfSight() {
    begin();
    m_f->canvas.hide();
    QVERIFY(!motion().isRunning() && isThere());
    document().undoStack().undo();
    arrange();
    QVERIFY(!motion().isRunning());
    m_f->canvas.show();
    QVERIFY(isThere());
}

void TestTidyMotion::reducedMotionHasNone() {
    Theme::of().apply({.mode = ThemeMode::Dark, .reducedMotion = true});
    const int steps = document().undoStack().count();
    arrange();
    QVERIFY(!motion().isRunning() && isThere());
    QCOMPARE(document().undoStack().count(), steps + 1);
}

void TestTidyMotion::whereAllIsInPlaceNothingMoves() {
    begin();
    motion().finish();
    QVERIFY(isThere());
    motion().finish();
    const int steps = document().undoStack().count();
    arrange();
    QVERIFY(!motion().isRunning());
    QCOMPARE(document().undoStack().count(), steps);
}

void TestTidyMotion::manyCardsAreThereAtOnce() {
    Pipeline many;
    for (std::size_t i = 0; i < TidyMotion::kMostCards + 2; ++i) {
        const auto place = static_cast<double>(i);
        many.nodes.push_back(
            {.id = "n" + std::to_string(i), .type = "union", .title = {}, .at = {-8 * place, 8 * place}});
        if (i > 0) many.wires.push_back({{"n" + std::to_string(i - 1), "out"}, {many.nodes.back().id, "in"}});
    }
    QVERIFY(document().restore(savePipeline(many), {}, {}).ok());
    arrange();
    QVERIFY(!motion().isRunning() && isThere());
}

QTEST_MAIN(TestTidyMotion)
#include "test_tidy_motion.moc"

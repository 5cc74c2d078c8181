// The item of a click, the pointer at rest, a double-click and the context menu: the visible one
// there.
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/canvas_actions.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasHits : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void aClickNearAWiresEndIsOnTheWire_data();
    void aClickNearAWiresEndIsOnTheWire();
    void aClickOnAWiredPortIsOnItsWires();
    void aClickOnAFreePortIsOnItsCard();
    void aPortStillGivesAWireWhereOneDrags();
    void theTopmostOfTwoCardsIsMeant();
    void aCoveredPortIsNotMeant();
    void aWireAboveACardIsMeant();
    void aLabelIsItsWires();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    Selection& selection() { return document().selection(); }
    Wire wire() const { return {{m_source, "out"}, {m_filter, "in"}}; }
    void click(QPoint at) { QTest::mouseClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, at); }
    QPoint along(const Wire& wire, double distance) {
        return m_f->canvas.view().mapFromScene(scene().wire(wire)->course().at(distance));
    }
    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source, m_filter, m_chart;
};

void TestCanvasHits::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_source = m_f->add("this_computer", "CPU", {32, 48}, R"({"table": "cpu"})");
    m_filter = m_f->add("filter", "Busy", {400, 48}, R"({"condition": "load > 0.5"})");
    m_chart = m_f->add("line_chart", "Load", {720, 48}, R"({"y": ["load"]})");
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    selection().clear();
    m_f->show();
    m_f->waitForChecks();
}

void TestCanvasHits::aClickNearAWiresEndIsOnTheWire_data() {
    QTest::addColumn<bool>("fromStart");
    QTest::addColumn<double>("distance");
    for (const double distance : {10.0, 16.0, 26.0}) {
        QTest::addRow("%g from its start", distance) << true << distance;
        QTest::addRow("%g from its end", distance) << false << distance;
    }
}

void TestCanvasHits::aClickNearAWiresEndIsOnTheWire() {
    QFETCH(bool, fromStart);
    QFETCH(double, distance);
    const double length = scene().wire(wire())->course().length();
    const QPoint at = along(wire(), fromStart ? distance : length - distance);
    QTest::mouseMove(m_f->viewport(), at);
    QTRY_VERIFY(scene().hover().item.wire() != nullptr);
    click(at);
    QVERIFY(selection().nodes().empty());
    QCOMPARE(selection().wires(), std::vector<Wire>{wire()});
    QVERIFY(scene().wire(wire())->look().selected);
    m_f->key(Qt::Key_Delete);
    QVERIFY(document().pipeline().wires.empty());
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{3});
}

void TestCanvasHits::aClickOnAWiredPortIsOnItsWires() {
    m_f->wire({m_source, "out"}, {m_chart, "in"});
    click(m_f->portOf(m_filter, "in", true));
    QVERIFY(selection().nodes().empty());
    QCOMPARE(selection().wires(), std::vector<Wire>{wire()});
    QCOMPARE(scene().focusTarget().node(), m_filter);  // not the node at the other end
    click(m_f->portOf(m_source, "out", false));
    QCOMPARE(selection().wires().size(), std::size_t{2});
    QCOMPARE(scene().focusTarget().node(), m_source);
    m_f->key(Qt::Key_Delete);
    QVERIFY(document().pipeline().wires.empty());
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{3});
}

void TestCanvasHits::aClickOnAFreePortIsOnItsCard() {
    click(m_f->portOf(m_filter, "rejected", false));
    QCOMPARE(selection().nodes(), std::vector<NodeId>{m_filter});
    QCOMPARE(scene().portRef({scene().focusTarget().node(), scene().focusTarget().port}).port,
             std::string("rejected"));
}

// Between the port's drawing and the end of its hit area nothing else is seen: a drag from there draws a
// wire.
void TestCanvasHits::aPortStillGivesAWireWhereOneDrags() {
    const QPoint beside = m_f->portOf(m_filter, "out", false) + QPoint(11, -9);
    m_f->drag(beside, m_f->portOf(m_chart, "in", true) + QPoint(-11, 0));
    QVERIFY(scene().wire({{m_filter, "out"}, {m_chart, "in"}}) != nullptr);
    // Also onto the end of a wire that is there: it gives way.
    m_f->drag(m_f->portOf(m_source, "out", false), m_f->portOf(m_chart, "in", true) + QPoint(-11, 0));
    QVERIFY(scene().wire({{m_source, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasHits::theTopmostOfTwoCardsIsMeant() {
    const NodeId lower = m_f->add("union", "Lower", {200, 300}),
                 upper = m_f->add("filter", "Upper", {280, 340});
    QVERIFY(upper < lower);  // the last one painted is on top, not the last by its id
    selection().clear();
    const QRectF both = scene().node(lower)->cardRect() & scene().node(upper)->cardRect();
    const QPoint at = m_f->canvas.view().mapFromScene(both.center());
    QTest::mouseMove(m_f->viewport(), at);
    QTRY_COMPARE(nodeOf(scene().hover().item), upper);
    QVERIFY(scene().node(upper)->look().hovered && !scene().node(lower)->look().hovered);

    CanvasView& view = m_f->canvas.view();
    QObject::disconnect(&view, &CanvasView::contextMenuRequested, &m_f->canvas,
                        nullptr);  // it would wait for a choice
    std::vector<Hit> menus;
    connect(&view, &CanvasView::contextMenuRequested, this, [&](const Hit& hit) { menus.push_back(hit); });
    QContextMenuEvent menu(QContextMenuEvent::Mouse, at, m_f->viewport()->mapToGlobal(at));
    QCoreApplication::sendEvent(m_f->viewport(), &menu);
    QCOMPARE(menus.size(), std::size_t{1});
    QCOMPARE(nodeOf(menus.front().item), upper);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{upper});

    selection().clear();
    QStringList activated;
    connect(&view, &CanvasView::nodeActivated, this,
            [&](const NodeId& node) { activated << QString::fromStdString(node); });
    QTest::mouseDClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, at);
    QCOMPARE(activated, QStringList{QString::fromStdString(upper)});

    selection().clear();
    click(at);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{upper});
    selection().set({lower});  // comes to the front
    QCOMPARE(nodeOf(scene().hitAt(both.center()).item), lower);
}

void TestCanvasHits::aCoveredPortIsNotMeant() {
    const NodeId lower = m_f->add("filter", "Lower", {200, 300}),
                 upper = m_f->add("filter", "Upper", {280, 300});
    selection().clear();
    const QPoint port = m_f->portOf(lower, "out", false);
    click(port);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{upper});
    QCOMPARE(scene().focusTarget().port, -1);
    m_f->drag(port, port + QPoint(0, 64));
    QVERIFY(document().pipeline().find(upper)->at.y > 340);  // the card was taken hold of
}

// A wire that runs backwards passes above cards.
void TestCanvasHits::aWireAboveACardIsMeant() {
    document().move({{m_filter, {640, 320}}, {m_chart, {96, 320}}, {m_source, {32, 560}}});
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    const Wire back{{m_filter, "out"}, {m_chart, "in"}};
    const QPointF middle = scene().wire(back)->course().middle();
    const NodeId under = m_f->add("union", "Under", {middle.x() - 88, middle.y() - 60});
    selection().clear();
    QVERIFY(scene().node(under)->cardRect().contains(middle));
    click(m_f->canvas.view().mapFromScene(middle));
    QCOMPARE(selection().wires(), std::vector<Wire>{back});
    click(m_f->canvas.view().mapFromScene(middle + QPointF(0, 14)));
    QCOMPARE(selection().nodes(), std::vector<NodeId>{under});
}

void TestCanvasHits::aLabelIsItsWires() {
    WireItem* item = scene().wire(wire());
    WireLook look = item->look();
    look.flowing = true;
    look.rate = 1640;
    item->setLook(look);
    const QRectF label = labelRect(item->course(), wireLabel(look));
    QVERIFY(label.height() > 12);
    click(m_f->canvas.view().mapFromScene(label.center() - QPointF(0, label.height() / 2 - 2)));
    QCOMPARE(selection().wires(), std::vector<Wire>{wire()});
    QVERIFY(selection().nodes().empty());
}

QTEST_MAIN(TestCanvasHits)
#include "test_canvas_hits.moc"

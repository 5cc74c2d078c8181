// The canvas by mouse, on a real screen.
#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/minimap.h"
#include "widgets/canvas/tools/fit_finder.h"
#include "widgets/document/editing/template_list.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasMouse : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void dropsANodeFromThePalette();
    void dropsANodeOnAWire();
    void aWindowFromThePaletteWorksAtOnce();
    void connectsByDrag();
    void connectsToTheWholeCard();
    void refusesAndOffersTheWayOut();
    void ringsShowWhatFits();
    void movesAWireEnd();
    void takesAWireOffByDroppingItInTheVoid();
    void addsFromAWireEnd();
    void selectsWithARubberBand();
    void aRubberBandSurvivesTheLossOfTheFocus();
    void movesWhatIsSelected();
    void copiesWithCtrl();
    void escapeGivesUpADrag();
    void survivesAnUndoInTheMiddleOfADrag();
    void portsThatGoEndAWire();
    void insertsAFreeNodeOnAWire();
    void pansAndZooms();
    void doubleClickAddsByTyping();
    void doubleClickRenames();
    void hoverStripDeletes();
    void restingOnAWireShowsItsColumns();
    void minimapMovesTheView();
    void fittingKeepsCardsFromUnderTheMinimap();
    void theMinimapIsWhereItCoversLeast();
    void fittingShowsAllThereIs();
    void framesMoveWhatIsInside();
    void framesAreDeletedByKey();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source, m_filter, m_chart;
};

void TestCanvasMouse::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_source = m_f->add("this_computer", "CPU", {32, 48}, R"({"table": "cpu"})");
    m_filter = m_f->add("filter", "Busy", {320, 48}, R"({"condition": "load > 0.5"})");
    m_chart = m_f->add("line_chart", "Load", {640, 48}, R"({"y": ["load"]})");
    document().selection().clear();
    m_f->show();
    m_f->waitForChecks();
}

void TestCanvasMouse::dropsANodeFromThePalette() {
    m_f->drop({"select", Json::object(), QStringLiteral("Columns")}, {500, 400});
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{4});
    const Node& node = document().pipeline().nodes.back();
    QCOMPARE(node.title, std::string("Columns"));
    QCOMPARE(std::fmod(node.at.x, 16), 0.0);
    const QPointF at = m_f->canvas.view().mapToScene(500, 400);
    QVERIFY(scene().node(node.id)->cardRect().contains(at));
    QVERIFY(document().selection().contains(node.id));
}

void TestCanvasMouse::dropsANodeOnAWire() {
    m_f->wire({m_source, "out"}, {m_chart, "in"});
    document().move({{m_filter, {320, 400}}});
    m_f->waitForChecks();
    m_f->drop({"union", Json::object(), QStringLiteral("Union")},
              m_f->middleOf({{m_source, "out"}, {m_chart, "in"}}));
    const NodeId added = document().pipeline().nodes.back().id;
    QCOMPARE(document().pipeline().wires.size(), std::size_t{2});
    QVERIFY(scene().wire({{m_source, "out"}, {added, "in"}}) != nullptr);
    QVERIFY(scene().wire({{added, "out"}, {m_chart, "in"}}) != nullptr);
    document().undoStack().undo();  // one step
    QVERIFY(scene().wire({{m_source, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasMouse::aWindowFromThePaletteWorksAtOnce() {
    const NodeId table = m_f->add("table_view", "Rows", {640, 320});
    m_f->wire({m_source, "out"}, {table, "in"});
    m_f->waitForChecks();
    const std::vector<TemplateEntry> entries = templateEntries(m_f->catalogue);
    const auto window = std::find_if(entries.begin(), entries.end(), [](const TemplateEntry& entry) {
        return entry.node.type == "window_aggregate";
    });
    m_f->drop(window->node, m_f->middleOf({{m_source, "out"}, {table, "in"}}));
    m_f->waitForChecks();
    const NodeId added = document().pipeline().nodes.back().id;
    QVERIFY(scene().wire({{added, "out"}, {table, "in"}}) != nullptr);
    for (const Issue& issue : document().issues())
        QVERIFY2(issue.node != added && issue.node != table, english(issue).c_str());
    QCOMPARE(scene().node(added)->card().summary, QStringLiteral("TUMBLE 10\u2009s · COUNT(*)"));
    QCOMPARE(scene().node(added)->card().stripKind, StripKind::None);
}

void TestCanvasMouse::connectsByDrag() {
    m_f->drag(m_f->portOf(m_source, "out", false), m_f->portOf(m_filter, "in", true));
    QVERIFY(scene().wire({{m_source, "out"}, {m_filter, "in"}}) != nullptr);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Connect"));
    // The other way round, from an input to an output.
    m_f->drag(m_f->portOf(m_chart, "in", true), m_f->portOf(m_filter, "out", false));
    QVERIFY(scene().wire({{m_filter, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasMouse::connectsToTheWholeCard() {
    m_f->drag(m_f->portOf(m_source, "out", false), m_f->titleOf(m_filter));
    QVERIFY(scene().wire({{m_source, "out"}, {m_filter, "in"}}) != nullptr);
}

void TestCanvasMouse::refusesAndOffersTheWayOut() {
    const NodeId rows =
        m_f->add("rows", "Typed rows", {32, 300},
                 R"json({"columns": ["ts TIMESTAMP(3)"], "rows": [["2024-03-01 12:00:00"]]})json");
    const NodeId window =
        m_f->add("window_aggregate", "Count", {400, 300},
                 R"json({"window": "tumble", "size": "1s", "aggregates": ["COUNT(*) AS n"]})json");
    m_f->waitForChecks();
    m_f->drag(m_f->portOf(rows, "out", false), m_f->portOf(window, "in", true));
    QVERIFY(document().pipeline().wires.empty());
    auto* bubble = m_f->canvas.findChild<QWidget*>(QStringLiteral("refusal"));
    QVERIFY(bubble->isVisible());
    QVERIFY(bubble->accessibleName().contains(QStringLiteral("Typed rows")));
    leavePicture(m_f->canvas, QStringLiteral("canvas-refusal"));
    const auto buttons = bubble->findChildren<QPushButton*>();
    QVERIFY(!buttons.isEmpty());
    QTest::mouseClick(buttons.first(), Qt::LeftButton);
    QCOMPARE(document().pipeline().find(rows)->params["event_time"].get<std::string>(), std::string("ts"));
    QVERIFY(scene().wire({{rows, "out"}, {window, "in"}}) != nullptr);
    QVERIFY(!bubble->isVisible());
}

void TestCanvasMouse::ringsShowWhatFits() {
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    m_f->waitForChecks();
    FitFinder finder(scene(), {{m_filter, scene().node(m_filter)->portIndex("out", false)}, false}, {});
    QTRY_VERIFY(finder.isDone());
    const std::vector<PortSpot> fitting = finder.fitting();
    // Only the chart: the source has no input, and back into itself would be a loop.
    QCOMPARE(fitting.size(), std::size_t{1});
    QCOMPARE(fitting.front().node, m_chart);
    QVERIFY(finder.refusal({m_chart, 0}) == std::nullopt);
}

void TestCanvasMouse::movesAWireEnd() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->waitForChecks();
    m_f->drag(m_f->portOf(m_filter, "in", true), m_f->portOf(m_chart, "in", true));
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
    QVERIFY(scene().wire({{m_source, "out"}, {m_chart, "in"}}) != nullptr);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Move wire"));
}

void TestCanvasMouse::takesAWireOffByDroppingItInTheVoid() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->drag(m_f->portOf(m_filter, "in", true), {500, 500});
    QVERIFY(document().pipeline().wires.empty());
}

void TestCanvasMouse::addsFromAWireEnd() {
    m_f->drag(m_f->portOf(m_source, "out", false), {300, 450});
    auto* popup = m_f->canvas.findChild<QWidget*>(QStringLiteral("quick_add"));
    QVERIFY(popup->isVisible());
    const auto* model = popup->findChild<TemplateModel*>();
    QVERIFY(model->rowCount() > 5);
    for (int row = 0; row < model->rowCount(); ++row) {
        QVERIFY(model->entry(model->index(row))->group !=
                NodeGroup::Source);  // nothing without an input fits
    }
    QTest::keyClicks(popup->findChild<QLineEdit*>(), QStringLiteral("filt"));
    leavePicture(m_f->canvas, QStringLiteral("canvas-quick-add"));
    QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Return);
    const Node& added = document().pipeline().nodes.back();
    QCOMPARE(added.type, std::string("filter"));
    QVERIFY(scene().wire({{m_source, "out"}, {added.id, "in"}}) != nullptr);
    QVERIFY(!popup->isVisible());
}

void TestCanvasMouse::selectsWithARubberBand() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->drag({8, 8}, {560, 300});
    QCOMPARE(document().selection().nodes().size(), std::size_t{2});
    QCOMPARE(document().selection().wires().size(), std::size_t{1});
    m_f->drag({600, 8}, {900, 300}, Qt::ShiftModifier);
    QCOMPARE(document().selection().nodes().size(), std::size_t{3});
    QTest::mouseClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, {500, 500});
    QVERIFY(document().selection().empty());
}

// The selection shows itself elsewhere, and that may take the focus: the band is given up, no more.
void TestCanvasMouse::aRubberBandSurvivesTheLossOfTheFocus() {
    QLineEdit field(&m_f->canvas);
    field.show();
    bool active = true;
    connect(&document().selection(), &Selection::changed, &field, [&] {
        field.setFocus();
        active = m_f->canvas.view().isToolActive();
    });
    m_f->canvas.view().setFocus();
    m_f->drag({8, 8}, {560, 300});
    QVERIFY(!active);
    QVERIFY(document().selection().empty());
    QVERIFY(!scene().overlay().isVisible());
}

void TestCanvasMouse::movesWhatIsSelected() {
    document().selection().set({m_source, m_filter});
    const QPoint from = m_f->titleOf(m_source);
    m_f->drag(from, from + QPoint(3, 250));
    QCOMPARE(document().pipeline().find(m_source)->at.x, 32.0);  // kept in line with the grid
    const double y = document().pipeline().find(m_source)->at.y;
    QCOMPARE(std::fmod(y, 16), 0.0);
    QVERIFY(y > 200);
    QCOMPARE(document().pipeline().find(m_filter)->at.y, y);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Move"));
    document().undoStack().undo();
    QCOMPARE(scene().node(m_filter)->pos(), QPointF(320, 48));
}

void TestCanvasMouse::copiesWithCtrl() {
    const QPoint from = m_f->titleOf(m_filter);
    m_f->drag(from, from + QPoint(0, 320), Qt::ControlModifier);
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{4});
    QCOMPARE(document().pipeline().find(m_filter)->at.y, 48.0);
    QVERIFY(document().pipeline().nodes.back().at.y > 300);
}

void TestCanvasMouse::escapeGivesUpADrag() {
    const QPoint from = m_f->titleOf(m_filter);
    QTest::mousePress(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, from);
    const QPoint to = from + QPoint(100, 100);
    QMouseEvent move(QEvent::MouseMove, to, m_f->viewport()->mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(m_f->viewport(), &move);
    QVERIFY(scene().node(m_filter)->pos() != QPointF(320, 48));
    const int steps = document().undoStack().count();
    m_f->key(Qt::Key_Escape);
    QTest::mouseRelease(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, to);
    QCOMPARE(scene().node(m_filter)->pos(), QPointF(320, 48));
    QCOMPARE(document().undoStack().count(), steps);
}

void TestCanvasMouse::survivesAnUndoInTheMiddleOfADrag() {
    const QPoint from = m_f->portOf(m_chart, "in", true);
    QTest::mousePress(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, from);
    m_f->dragOnTo(from - QPoint(100, 0));
    document().undoStack().undo();  // the chart is gone
    m_f->dragOnTo(from - QPoint(150, 0));
    QTest::mouseRelease(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, from - QPoint(150, 0));
    QVERIFY(document().pipeline().find(m_chart) == nullptr);
    QVERIFY(document().pipeline().wires.empty());
    QVERIFY(!m_f->canvas.view().isToolActive());
}

// By an undo, or since the file of a subflow was read. The number of a port is then that of another, or none.
void TestCanvasMouse::portsThatGoEndAWire() {
    const NodeId route = m_f->add("route", "Route", {320, 300}, R"({"branches": ["high: load > 0.5"]})");
    document().setParam(route, "branches", Json::array({"high: load > 0.5", "low: load > 0.1"}));
    document().selection().clear();
    m_f->waitForChecks();
    const QPoint from = m_f->portOf(route, "rejected", false);
    QTest::mousePress(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, from);
    m_f->dragOnTo(from + QPoint(60, 0));
    QVERIFY(m_f->canvas.view().isToolActive());
    document().undoStack().undo();  // the second branch is gone
    QVERIFY(!m_f->canvas.view().isToolActive());
    m_f->dragOnTo(from + QPoint(90, 0));
    QTest::mouseRelease(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, from + QPoint(90, 0));
    QVERIFY(document().pipeline().wires.empty());
}

void TestCanvasMouse::insertsAFreeNodeOnAWire() {
    document().move({{m_filter, {320, 420}}});
    m_f->wire({m_source, "out"}, {m_chart, "in"});
    m_f->waitForChecks();
    const NodeItem* item = scene().node(m_filter);
    const QPoint middle = m_f->middleOf({{m_source, "out"}, {m_chart, "in"}});
    const QPointF reach = item->layout().card.center() - item->layout().title.center();
    const QPoint from = m_f->titleOf(m_filter);
    m_f->drag(from, middle - reach.toPoint());
    QVERIFY(scene().wire({{m_source, "out"}, {m_filter, "in"}}) != nullptr);
    QVERIFY(scene().wire({{m_filter, "out"}, {m_chart, "in"}}) != nullptr);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Insert on wire"));
}

void TestCanvasMouse::pansAndZooms() {
    CanvasView& view = m_f->canvas.view();
    const QPointF before = view.mapToScene(200, 200);
    m_f->drag({200, 200}, {300, 260}, Qt::NoModifier, Qt::MiddleButton);
    QVERIFY((view.mapToScene(300, 260) - before).manhattanLength() < 2);
    const QPointF under = view.mapToScene(400, 300);
    QWheelEvent wheel(QPointF(400, 300), view.viewport()->mapToGlobal(QPointF(400, 300)), {}, {0, 240},
                      Qt::NoButton, Qt::ControlModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(view.viewport(), &wheel);
    QVERIFY(view.zoom() > 1.3);
    QVERIFY((view.mapToScene(400, 300) - under).manhattanLength() < 3);
    view.zoomTo(100, {0, 0});
    QCOMPARE(view.zoom(), CanvasView::kMaxZoom);
    view.zoomTo(0.01, {0, 0});
    QCOMPARE(view.zoom(), CanvasView::kMinZoom);
    leavePicture(m_f->canvas, QStringLiteral("canvas-far"));
    view.fitAll();
    QVERIFY(view.visibleSceneRect().contains(scene().contentRect()));
    QCOMPARE(view.zoom(), 1.0);
}

void TestCanvasMouse::doubleClickAddsByTyping() {
    QTest::mouseDClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, {400, 450});
    auto* popup = m_f->canvas.findChild<QWidget*>(QStringLiteral("quick_add"));
    QVERIFY(popup->isVisible());
    QTest::keyClicks(popup->findChild<QLineEdit*>(), QStringLiteral("unon"));  // letters in order are enough
    QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Return);
    QCOMPARE(document().pipeline().nodes.back().type, std::string("union"));
    QTest::mouseDClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, {100, 500});
    QVERIFY(popup->isVisible());
    QTest::keyClick(popup->findChild<QLineEdit*>(), Qt::Key_Escape);
    QVERIFY(!popup->isVisible());
    QVERIFY(m_f->canvas.view().hasFocus());
}

void TestCanvasMouse::doubleClickRenames() {
    QTest::mouseDClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier, m_f->titleOf(m_filter));
    auto* editor = m_f->canvas.findChild<QLineEdit*>(QStringLiteral("title_editor"));
    QVERIFY(editor->isVisible());
    QTest::keyClicks(editor, QStringLiteral("Very busy"));
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(document().pipeline().find(m_filter)->title, std::string("Very busy"));
    QCOMPARE(scene().node(m_filter)->card().title, QStringLiteral("Very busy"));
}

void TestCanvasMouse::hoverStripDeletes() {
    auto* strip = m_f->canvas.findChild<QWidget*>(QStringLiteral("hover_strip"));
    // A test beside this one on the same screen may take the pointer away before the strip comes.
    for (int i = 0; i < 3 && !strip->isVisible(); ++i) {
        QTest::mouseMove(m_f->viewport(), m_f->titleOf(m_filter) + QPoint(i, 0));
        (void)QTest::qWaitFor([strip] { return strip->isVisible(); }, 2000);
    }
    QVERIFY(strip->isVisible());
    leavePicture(m_f->canvas, QStringLiteral("canvas-hover"));
    QTest::mouseClick(strip->findChildren<QToolButton*>().last(), Qt::LeftButton);
    QVERIFY(document().pipeline().find(m_filter) == nullptr);
    QVERIFY(!strip->isVisible());
}

void TestCanvasMouse::restingOnAWireShowsItsColumns() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->waitForChecks();
    QTest::mouseMove(m_f->viewport(), m_f->middleOf({{m_source, "out"}, {m_filter, "in"}}));
    auto* popover = m_f->canvas.findChild<QWidget*>(QStringLiteral("wire_popover"));
    QTRY_VERIFY(popover->isVisible());
    leavePicture(m_f->canvas, QStringLiteral("canvas-popover"));
    QVERIFY(popover->accessibleName().contains(QStringLiteral("CPU")));
    QStringList words;
    for (const QLabel* label : popover->findChildren<QLabel*>()) words << label->text();
    QVERIFY(words.join(QLatin1Char(' ')).contains(QStringLiteral("freq_mhz")));
    QTest::mouseMove(m_f->viewport(), {500, 500});
    QTRY_VERIFY(!popover->isVisible());
}

void TestCanvasMouse::minimapMovesTheView() {
    auto* minimap = m_f->canvas.findChild<Minimap*>();
    QCOMPARE(minimap->size(), QSize(176, 104));
    const QPointF before = m_f->canvas.view().visibleSceneRect().center();
    QTest::mouseClick(minimap, Qt::LeftButton, Qt::NoModifier, {8, 8});
    QVERIFY(m_f->canvas.view().visibleSceneRect().center() != before);
    QTest::mouseDClick(minimap, Qt::LeftButton, Qt::NoModifier, {88, 52});
    QVERIFY(m_f->canvas.view().visibleSceneRect().contains(scene().contentRect()));
}

void TestCanvasMouse::fittingKeepsCardsFromUnderTheMinimap() {
    const NodeId low = m_f->add("union", "Low", {32, 560});
    const auto* minimap = m_f->canvas.findChild<Minimap*>();
    CanvasView& view = m_f->canvas.view();
    const auto lowest = [&] { return view.mapFromScene(scene().node(low)->cardRect()).boundingRect(); };
    m_f->canvas.actions().minimap->setChecked(false);
    view.fitAll();
    QVERIFY(lowest().intersects(minimap->geometry()));  // the whole window is the graph's
    m_f->canvas.actions().minimap->setChecked(true);
    view.fitAll();
    QVERIFY(!lowest().intersects(minimap->geometry()));
    QVERIFY(view.visibleSceneRect().contains(scene().contentRect()));
}

void TestCanvasMouse::theMinimapIsWhereItCoversLeast() {
    const auto* minimap = m_f->canvas.findChild<Minimap*>();
    CanvasView& view = m_f->canvas.view();
    view.fitAll();
    const QPoint left(Minimap::kGap, m_f->canvas.height() - Minimap::kHeight - Minimap::kGap);
    QCOMPARE(minimap->pos(), left);
    const NoteId note = document().addNote({"What this is about", {32, 560}, {320, 120}});
    m_f->canvas.actions().minimap->setChecked(false);
    view.fitAll();
    const double zoom = view.zoom();
    const auto words = [&] { return view.mapFromScene(scene().note(note)->frame()).boundingRect(); };
    QVERIFY(words().intersects({left, minimap->size()}));
    m_f->canvas.actions().minimap->setChecked(true);  // it looks where it comes
    QVERIFY(!words().intersects(minimap->geometry()));
    view.fitAll();
    QCOMPARE(minimap->geometry().right(), m_f->canvas.width() - 1 - Minimap::kGap);
    QCOMPARE(minimap->y(), left.y());
    QCOMPARE(view.zoom(), zoom);  // all the room is the graph's
    // With something in both corners cards are kept clear of it.
    const NodeId low = m_f->add("union", "Low", {688, 560});
    view.fitAll();
    QVERIFY(!view.mapFromScene(scene().node(low)->cardRect()).boundingRect().intersects(minimap->geometry()));
    QVERIFY(view.visibleSceneRect().contains(scene().contentRect()));
    document().startEmpty();
    QCOMPARE(minimap->pos(), left);
}

void TestCanvasMouse::fittingShowsAllThereIs() {
    m_f->add("union", "Far", {9000, 7000});
    CanvasView& view = m_f->canvas.view();
    view.fitAll();
    QVERIFY(view.zoom() < CanvasView::kMinZoom);
    QVERIFY(view.visibleSceneRect().contains(scene().contentRect()));
    leavePicture(m_f->canvas, QStringLiteral("canvas-all"));
    const double fitted = view.zoom();
    view.zoomBy(0.8);
    QCOMPARE(view.zoom(), fitted);
    view.zoomBy(1.25);
    QVERIFY(view.zoom() > fitted);
    view.zoomTo(1, {0, 0});
    view.zoomTo(0.01, {0, 0});
    QCOMPARE(view.zoom(), CanvasView::kMinZoom);
}

void TestCanvasMouse::framesMoveWhatIsInside() {
    document().selection().set({m_filter});
    m_f->canvas.actions().frame->trigger();
    QCOMPARE(document().pipeline().notes.size(), std::size_t{1});
    const Note note = document().pipeline().notes.front();
    QTest::mouseMove(m_f->viewport(), {900, 600});  // the hover strip must not lie over the frame's head
    const QPoint head = m_f->canvas.view().mapFromScene(QPointF(note.at.x + 20, note.at.y + 10));
    m_f->drag(head, head + QPoint(0, 160));
    QCOMPARE(document().pipeline().notes.front().at.y, note.at.y + 160);
    QCOMPARE(document().pipeline().find(m_filter)->at.y, 208.0);
    QCOMPARE(document().pipeline().find(m_source)->at.y, 48.0);
    document().undoStack().undo();
    QCOMPARE(document().pipeline().find(m_filter)->at.y, 48.0);
    QCOMPARE(document().pipeline().notes.front().at.y, note.at.y);
    document().selection().set({m_filter});
    m_f->canvas.actions().unframe->trigger();
    QVERIFY(document().pipeline().notes.empty());
}

void TestCanvasMouse::framesAreDeletedByKey() {
    document().addNote({"One", {32, 300}, {200, 80}});
    document().addNote({"Two", {320, 300}, {200, 80}});
    document().selection().set({m_filter});
    QTest::mouseMove(m_f->viewport(), {900, 600});
    const auto press = [&](QPointF at) {
        QTest::mouseClick(m_f->viewport(), Qt::LeftButton, Qt::NoModifier,
                          m_f->canvas.view().mapFromScene(at));
    };
    const NoteId one = document().notes().front();
    press({52, 310});
    QCOMPARE(document().selection().items(), std::vector<ItemRef>{one});
    QVERIFY(scene().note(one)->selected());
    press({700, 420});  // the empty canvas
    QVERIFY(document().selection().empty());
    QVERIFY(!scene().note(one)->selected());
    QVERIFY(!m_f->canvas.actions().remove->isEnabled());
    press({52, 310});
    m_f->key(Qt::Key_Delete);
    QCOMPARE(document().pipeline().notes.size(), std::size_t{1});
    QCOMPARE(document().pipeline().notes.front().text, std::string("Two"));
    m_f->key(Qt::Key_Delete);  // nothing is selected any more
    QCOMPARE(document().pipeline().notes.size(), std::size_t{1});
    QVERIFY(document().pipeline().find(m_filter) != nullptr);
    document().undoStack().undo();
    QCOMPARE(document().pipeline().notes.size(), std::size_t{2});
    QCOMPARE(document().notes().front(), one);  // the same one again
}

QTEST_MAIN(TestCanvasMouse)
#include "test_canvas_mouse.moc"

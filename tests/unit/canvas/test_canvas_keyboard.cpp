// The canvas by keyboard alone: everything that the mouse can do.
#include <QAccessible>
#include <QClipboard>
#include <set>

#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/outline.h"
#include "widgets/canvas/tools/fit_finder.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasKeyboard : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void buildsAPipelineFromNothing();
    void arrowsFollowTheGraph();
    void portsAndWiresAreWalked();
    void connectsAndCancels();
    void connectsInALargePipeline();
    void offersFreePortsOnly();
    void saysThatNothingFits();
    void movesAWireEnd();
    void insertsOnAWire();
    void movesInSteps();
    void editingKeys();
    void deletesAndReconnects();
    void copiesAndPastes();
    void saysThatNothingCanBePasted();
    void undoShowsWhatItChanged();
    void lookingKeys();
    void spaceSelectsAndShowsWires();
    void arrangesCards();
    void alignsCardsByEdgesAndCentres();
    void arrangesALongChainWithinReach();
    void outlineFollowsAndLeads();
    void screenReadersFindNodesPortsAndWires();
    void screenReadersHearWhereAWireWouldGo();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    Selection& selection() { return m_f->document.selection(); }
    void add(const char* typed);
    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_source, m_filter, m_chart;
};

void TestCanvasKeyboard::init() {
    m_f = std::make_unique<CanvasFixture>();
    m_source = m_f->add("this_computer", "CPU", {32, 48}, R"({"table": "cpu"})");
    m_filter = m_f->add("filter", "Busy", {320, 48}, R"({"condition": "load > 0.5"})");
    m_chart = m_f->add("line_chart", "Load", {640, 48}, R"({"y": ["load"]})");
    selection().clear();
    m_f->show();
    m_f->waitForChecks();
}

// The first match of quick add for these words.
void TestCanvasKeyboard::add(const char* typed) {
    m_f->key(Qt::Key_A);
    auto* field = m_f->canvas.findChild<QWidget*>(QStringLiteral("quick_add"))->findChild<QLineEdit*>();
    QVERIFY(field->isVisible());
    QTest::keyClicks(field, QString::fromUtf8(typed));
    QTest::keyClick(field, Qt::Key_Return);
    m_f->waitForChecks();
}

void TestCanvasKeyboard::buildsAPipelineFromNothing() {
    document().startEmpty();
    add("generator");
    const NodeId source = document().pipeline().nodes.at(0).id;
    document().setParam(source, "columns", Json::array({"n BIGINT = i"}));
    m_f->waitForChecks();
    m_f->key(Qt::Key_P);  // its output
    QCOMPARE(scene().portRef({scene().focusTarget().node(), scene().focusTarget().port}).port,
             std::string("out"));
    add("table");
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{2});
    QCOMPARE(document().pipeline().nodes.at(1).type, std::string("table_view"));
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
    QVERIFY(!hasErrors(document().issues()));
}

void TestCanvasKeyboard::arrowsFollowTheGraph() {
    const NodeId second = m_f->add("table_view", "Rows", {640, 300});
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    m_f->wire({m_filter, "out"}, {second, "in"});
    selection().set({m_source});
    m_f->key(Qt::Key_Right);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{m_filter});
    m_f->key(Qt::Key_Right);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{m_chart});
    m_f->key(Qt::Key_Down);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{second});
    m_f->key(Qt::Key_Up);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{m_chart});
    m_f->key(Qt::Key_Left);
    m_f->key(Qt::Key_Left);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{m_source});
}

void TestCanvasKeyboard::portsAndWiresAreWalked() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    selection().set({m_filter});
    scene().setFocusTarget({.item = m_filter});
    const auto port = [&] {
        return scene().portRef({scene().focusTarget().node(), scene().focusTarget().port}).port;
    };
    m_f->key(Qt::Key_P);
    QCOMPARE(port(), std::string("out"));
    m_f->key(Qt::Key_P);
    QCOMPARE(port(), std::string("rejected"));
    m_f->key(Qt::Key_P);
    QCOMPARE(port(), std::string("in"));
    m_f->key(Qt::Key_W);
    QVERIFY((scene().focusTarget().item == Wire{{m_source, "out"}, {m_filter, "in"}}));
    m_f->key(Qt::Key_W);
    QVERIFY((scene().focusTarget().item == Wire{{m_filter, "out"}, {m_chart, "in"}}));
    m_f->key(Qt::Key_W);
    QVERIFY((scene().focusTarget().item == Wire{{m_source, "out"}, {m_filter, "in"}}));
    m_f->key(Qt::Key_Delete);
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
}

// Checking a thousand ports takes a while: near ones can be taken at once, and the search goes on
// behind.
void TestCanvasKeyboard::connectsInALargePipeline() {
    std::vector<NodeId> far;
    for (int i = 0; i < 1000; ++i)
        far.push_back(m_f->add("filter", "", {2000.0 + 200 * (i % 40), 200.0 * (i / 40)}));
    m_f->waitForChecks();
    FitFinder finder(scene(), {{m_source, scene().node(m_source)->portIndex("out", false)}, false},
                     scene().node(m_source)->cardRect().center());
    QTRY_VERIFY(finder.isDone());
    QVERIFY(finder.fitting().size() > far.size());
    selection().set({m_source});
    scene().setFocusTarget({.item = m_source});
    m_f->key(Qt::Key_C);
    m_f->key(Qt::Key_Escape);
    QVERIFY(document().pipeline().wires.empty());
    m_f->key(Qt::Key_C);
    m_f->key(Qt::Key_Return);  // before all were looked at
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
    QVERIFY(std::find(far.begin(), far.end(), document().pipeline().wires[0].to.node) == far.end());
}

void TestCanvasKeyboard::connectsAndCancels() {
    selection().set({m_source});
    scene().setFocusTarget({.item = m_source});
    m_f->key(Qt::Key_C);
    m_f->key(Qt::Key_Escape);
    QVERIFY(document().pipeline().wires.empty());
    m_f->key(Qt::Key_C);
    leavePicture(m_f->canvas, QStringLiteral("canvas-keyboard-connect"));
    m_f->key(Qt::Key_Right);  // from the filter to the chart
    m_f->key(Qt::Key_Return);
    QVERIFY(scene().wire({{m_source, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasKeyboard::offersFreePortsOnly() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->waitForChecks();
    const auto offered = [this] { return m_f->canvas.view().accessibleFocus().node(); };
    scene().setFocusTarget({.item = m_source, .port = 0});
    m_f->key(Qt::Key_C);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(offered(), m_chart);
        QVERIFY(!scene().node(m_filter)->look().target);
        m_f->key(Qt::Key_Right);
    }
    m_f->key(Qt::Key_Escape);
    // From an input: not the output that it has already.
    const int in = scene().node(m_filter)->portIndex("in", true);
    scene().setFocusTarget({.item = m_filter, .port = in});
    m_f->key(Qt::Key_C);
    QVERIFY(m_f->canvas.findChild<QWidget*>(QStringLiteral("refusal"))->isVisible());
    const NodeId second = m_f->add("this_computer", "Memory", {32, 320}, R"({"table": "cpu"})");
    m_f->waitForChecks();
    scene().setFocusTarget({.item = m_filter, .port = in});
    m_f->key(Qt::Key_C);
    QCOMPARE(offered(), second);
    m_f->key(Qt::Key_Return);
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
    QVERIFY(scene().wire({{second, "out"}, {m_filter, "in"}}) != nullptr);
}

void TestCanvasKeyboard::saysThatNothingFits() {
    document().remove({m_filter, m_chart});
    scene().setFocusTarget({.item = m_source});
    m_f->key(Qt::Key_C);
    QVERIFY(m_f->canvas.findChild<QWidget*>(QStringLiteral("refusal"))->isVisible());
}

void TestCanvasKeyboard::movesAWireEnd() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->waitForChecks();
    scene().setFocusTarget({.item = m_source});
    m_f->key(Qt::Key_W);
    m_f->key(Qt::Key_Return);  // which end: the right one
    const auto offered = [this] { return scene().node(m_chart)->look().target; };
    for (std::size_t i = 0; i < document().pipeline().nodes.size() && !offered(); ++i)
        m_f->key(Qt::Key_Right);
    QVERIFY(offered());
    m_f->key(Qt::Key_Return);
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
    QVERIFY(scene().wire({{m_source, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasKeyboard::insertsOnAWire() {
    m_f->wire({m_source, "out"}, {m_chart, "in"});
    m_f->waitForChecks();
    scene().setFocusTarget({.item = m_source});
    m_f->key(Qt::Key_W);
    add("union");
    const NodeId added = document().pipeline().nodes.back().id;
    QVERIFY(scene().wire({{m_source, "out"}, {added, "in"}}) != nullptr);
    QVERIFY(scene().wire({{added, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasKeyboard::movesInSteps() {
    selection().set({m_filter});
    const int before = document().undoStack().count();
    m_f->key(Qt::Key_Right, Qt::AltModifier);
    m_f->key(Qt::Key_Right, Qt::AltModifier);
    m_f->key(Qt::Key_Down, Qt::AltModifier | Qt::ShiftModifier);
    QVERIFY((document().pipeline().find(m_filter)->at == Point{352, 50}));
    QCOMPARE(document().undoStack().count(), before + 1);
}

void TestCanvasKeyboard::editingKeys() {
    selection().set({m_filter});
    m_f->key(Qt::Key_E, Qt::ControlModifier);
    QVERIFY(document().pipeline().find(m_filter)->disabled);
    QVERIFY(scene().node(m_filter)->card().disabled);
    m_f->key(Qt::Key_Period, Qt::ControlModifier);
    QVERIFY(scene().node(m_filter)->card().collapsed);
    m_f->key(Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{4});
    m_f->key(Qt::Key_F2);
    auto* editor = m_f->canvas.findChild<QLineEdit*>(QStringLiteral("title_editor"));
    QVERIFY(editor->hasFocus());
    QTest::keyClicks(editor, QStringLiteral("Copy"));
    QTest::keyClick(editor, Qt::Key_Escape);
    QCOMPARE(document().pipeline().nodes.back().title, std::string("Busy 2"));
    m_f->key(Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(selection().nodes().size(), std::size_t{4});
    m_f->key(Qt::Key_Delete);
    QVERIFY(document().pipeline().nodes.empty());
}

void TestCanvasKeyboard::deletesAndReconnects() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    selection().set({m_filter});
    m_f->key(Qt::Key_Delete, Qt::ControlModifier);
    QVERIFY(document().pipeline().find(m_filter) == nullptr);
    QVERIFY(scene().wire({{m_source, "out"}, {m_chart, "in"}}) != nullptr);
}

void TestCanvasKeyboard::copiesAndPastes() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    selection().set({m_source, m_filter});
    m_f->key(Qt::Key_C, Qt::ControlModifier);
    m_f->key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{5});
    QCOMPARE(document().pipeline().wires.size(), std::size_t{2});
    QCOMPARE(selection().nodes().size(), std::size_t{2});
    m_f->key(Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{3});
}

void TestCanvasKeyboard::saysThatNothingCanBePasted() {
    const QSignalSpy told(&m_f->canvas, &CanvasWidget::told);
    const int steps = document().undoStack().count();
    QGuiApplication::clipboard()->setText(QStringLiteral("SELECT load FROM cpu"));
    m_f->key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(document().undoStack().count(), steps);
    QCOMPARE(told.size(), 1);
    QCOMPARE(told.first().first().toString(), QStringLiteral("The clipboard holds no nodes."));
    selection().set({m_filter});
    m_f->key(Qt::Key_C, Qt::ControlModifier);
    m_f->key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(document().pipeline().nodes.size(), std::size_t{4});
    QCOMPARE(told.size(), 1);
}

// Only where none of it is in sight.
void TestCanvasKeyboard::undoShowsWhatItChanged() {
    CanvasView& view = m_f->canvas.view();
    CanvasActions& actions = m_f->canvas.actions();
    const NodeId far = m_f->add("filter", "Far", {6000, 4000});
    const auto sees = [&](const NodeId& node) {
        return view.visibleSceneRect().contains(scene().node(node)->cardRect());
    };
    const auto lookAway = [&] {
        view.reveal(far);
        QVERIFY(sees(far) && !sees(m_source) && !sees(m_chart));
    };
    document().remove({m_filter});
    lookAway();
    actions.undo();
    QVERIFY(sees(m_filter));
    document().setTitle(m_filter, QStringLiteral("Others"));
    const QRectF before = view.visibleSceneRect();
    actions.undo();
    QCOMPARE(view.visibleSceneRect(), before);
    document().setParam(m_filter, "condition", "load > 0.9");
    for (void (CanvasActions::*step)() : {&CanvasActions::undo, &CanvasActions::redo}) {
        lookAway();
        (actions.*step)();
        QVERIFY(sees(m_filter));
    }
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    lookAway();
    actions.undo();
    QVERIFY(sees(m_source) && sees(m_filter));
    Settings settings;
    settings.timeZone = "Europe/Berlin";
    document().setSettings(settings);  // stands nowhere
    lookAway();
    actions.undo();
    QVERIFY(sees(far));
}

void TestCanvasKeyboard::lookingKeys() {
    CanvasView& view = m_f->canvas.view();
    m_f->key(Qt::Key_Equal, Qt::ControlModifier);
    QVERIFY(view.zoom() > 1);
    m_f->key(Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(view.zoom(), 1.0);
    const QPointF before = view.visibleSceneRect().topLeft();
    m_f->key(Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(view.visibleSceneRect().topLeft(), before + QPointF(64, 0));
    m_f->key(Qt::Key_1, Qt::ShiftModifier);
    QVERIFY(view.visibleSceneRect().contains(scene().contentRect()));
}

void TestCanvasKeyboard::spaceSelectsAndShowsWires() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    scene().setFocusTarget({.item = m_source});
    m_f->key(Qt::Key_Space);
    QVERIFY(selection().contains(m_source));
    m_f->key(Qt::Key_Space);
    QVERIFY(!selection().contains(m_source));
    m_f->key(Qt::Key_W);
    m_f->key(Qt::Key_Space);
    auto* popover = m_f->canvas.findChild<QWidget*>(QStringLiteral("wire_popover"));
    QVERIFY(popover->isVisible());
    QTest::keyClick(popover, Qt::Key_Escape);
    QVERIFY(!popover->isVisible());
    QVERIFY(m_f->canvas.view().hasFocus());
    m_f->key(Qt::Key_Space);
    QVERIFY(popover->isVisible() && popover->hasFocus());
    document().setTitle(m_filter, QStringLiteral("Another"));  // an edit from elsewhere hides it
    QVERIFY(!popover->isVisible());
    QVERIFY(m_f->canvas.view().hasFocus());
}

void TestCanvasKeyboard::arrangesCards() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    document().move({{m_source, {600, 300}}, {m_filter, {100, 500}}, {m_chart, {96, 8}}});
    selection().selectAll();
    m_f->canvas.actions().alignLeft->trigger();
    for (const Node& node : document().pipeline().nodes) QCOMPARE(node.at.x, 96.0);
    m_f->canvas.actions().arrange->trigger();
    const auto x = [&](const NodeId& id) { return document().pipeline().find(id)->at.x; };
    QVERIFY(x(m_source) + 176 < x(m_filter));
    QVERIFY(x(m_filter) + 176 < x(m_chart));
}

void TestCanvasKeyboard::alignsCardsByEdgesAndCentres() {
    const std::vector<NodeId> all{m_source, m_filter, m_chart};
    const CanvasActions& actions = m_f->canvas.actions();
    const auto rect = [&](const NodeId& id) { return m_f->canvas.view().canvas().node(id)->cardRect(); };
    const struct {
        QAction* action;
        std::function<double(const QRectF&)> line;
    } ways[] = {{actions.alignLeft, &QRectF::left},
                {actions.alignCentresAcross, [](const QRectF& card) { return card.center().x(); }},
                {actions.alignRight, &QRectF::right},
                {actions.alignTop, &QRectF::top},
                {actions.alignCentresDown, [](const QRectF& card) { return card.center().y(); }},
                {actions.alignBottom, &QRectF::bottom}};
    document().setCollapsed({m_filter}, true);  // of another height
    for (const auto& way : ways) {
        selection().clear();
        QVERIFY(!way.action->isEnabled());
        document().move({{m_source, {600, 304}}, {m_filter, {104, 496}}, {m_chart, {96, 8}}});
        selection().selectAll();
        way.action->trigger();
        QRectF around;
        for (const NodeId& id : all) around |= rect(id);
        for (const NodeId& id : all)
            QVERIFY2(std::abs(way.line(rect(id)) - way.line(around)) <= 0.5, qPrintable(way.action->text()));
        m_f->document.undoStack().undo();
        QCOMPARE(document().node(m_source)->at.x, 600.0);
    }
}

// A row of them all would be longer than a file can say.
void TestCanvasKeyboard::arrangesALongChainWithinReach() {
    Pipeline chain;
    const auto nodeAt = [](int place) { return "union_" + std::to_string(place); };
    for (int i = 0; i < 4600; ++i) {
        chain.nodes.push_back({.id = nodeAt(i), .type = "union", .title = {}, .at = {}});
        if (i > 0) chain.wires.push_back({{nodeAt(i - 1), "out"}, {nodeAt(i), "in"}});
    }
    QVERIFY(document().restore(savePipeline(chain), {}, {}).ok());
    m_f->canvas.actions().arrange->trigger();
    std::set<std::pair<double, double>> places;
    for (const Node& node : document().pipeline().nodes) places.emplace(node.at.x, node.at.y);
    QCOMPARE(places.size(), chain.nodes.size());
    QVERIFY(loadPipeline(savePipeline(document().pipeline())).ok());
}

void TestCanvasKeyboard::outlineFollowsAndLeads() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    Outline outline(document(), m_f->session);
    outline.show();
    QCOMPARE(outline.topLevelItemCount(), 2);  // the source and the chart that nothing feeds
    QCOMPARE(outline.topLevelItem(0)->child(0)->text(0), QStringLiteral("Busy"));
    selection().set({m_filter});
    QVERIFY(outline.topLevelItem(0)->child(0)->isSelected());
    outline.clearSelection();
    outline.topLevelItem(1)->setSelected(true);
    QCOMPARE(selection().nodes(), std::vector<NodeId>{m_chart});
    QVERIFY(outline.topLevelItem(1)
                ->data(0, Qt::AccessibleTextRole)
                .toString()
                .startsWith(QStringLiteral("Load, Line chart")));
    m_f->wire({m_filter, "out"}, {m_chart, "in"});
    QCOMPARE(outline.topLevelItemCount(), 1);
}

void TestCanvasKeyboard::screenReadersFindNodesPortsAndWires() {
    m_f->wire({m_source, "out"}, {m_filter, "in"});
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&m_f->canvas.view());
    QCOMPARE(canvas->childCount(), 4);
    QAccessibleInterface* node = QAccessible::queryAccessibleInterface(scene().node(m_filter));
    QCOMPARE(canvas->indexOfChild(node), 0);  // in the order of ids
    QVERIFY(node->text(QAccessible::Name).startsWith(QStringLiteral("Busy, Filter")));
    QCOMPARE(node->childCount(), 3);
    QCOMPARE(node->child(0)->text(QAccessible::Name), QStringLiteral("input rows, wired"));
    QVERIFY(node->child(1)->text(QAccessible::Name).endsWith(QStringLiteral("free")));
    QCOMPARE(node->parent(), canvas);
    QCOMPARE(canvas->child(3)->text(QAccessible::Name), QStringLiteral("wire from CPU to Busy"));
    const QRect place = node->rect();
    QVERIFY(place.contains(m_f->viewport()->mapToGlobal(m_f->titleOf(m_filter))));
    QCOMPARE(canvas->childAt(place.center().x(), place.center().y()), node);
    scene().setFocusTarget({.item = m_filter, .port = 1});
    QCOMPARE(canvas->focusChild(), node->child(1));
    QVERIFY(node->child(1)->state().focused);
    scene().setFocusTarget({.item = scene().wires().front()->wire(), .from = m_filter});
    QCOMPARE(canvas->focusChild(), canvas->child(3));
    QVERIFY(canvas->child(3)->state().focused);
    m_f->canvas.view().clearFocus();
    QVERIFY(!canvas->child(3)->state().focused);
}

void TestCanvasKeyboard::screenReadersHearWhereAWireWouldGo() {
    scene().setFocusTarget({.item = m_source, .port = 0});
    QAccessibleInterface* canvas = QAccessible::queryAccessibleInterface(&m_f->canvas.view());
    QAccessibleInterface* output = canvas->focusChild();
    m_f->key(Qt::Key_C);
    QAccessibleInterface* candidate = canvas->focusChild();
    QVERIFY(candidate != output);
    QVERIFY(candidate->state().focused && !output->state().focused);
    QVERIFY(candidate->text(QAccessible::Name).startsWith(QStringLiteral("input")));
    m_f->key(Qt::Key_Down);
    QVERIFY(canvas->focusChild() != candidate);
    m_f->key(Qt::Key_Escape);
    QCOMPARE(canvas->focusChild(), output);
}

QTEST_MAIN(TestCanvasKeyboard)
#include "test_canvas_keyboard.moc"

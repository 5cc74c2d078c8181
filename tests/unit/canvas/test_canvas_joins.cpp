// Nodes with two inputs and two late ports on the canvas: drawn, wired and inserted by mouse and keyboard.
#include <QAccessible>

#include "tests/support/pair_kind.h"
#include "tests/unit/canvas/fixture.h"

using namespace rw;
using namespace rw::ui;

namespace {

constexpr char kUsers[] = R"json({"columns": ["id INT", "name STRING"], "rows": [[1, "Ann"]]})json";
constexpr char kOrders[] = R"json({"columns": ["buyer INT", "price DOUBLE"], "rows": [[1, 2.5]]})json";
constexpr char kOn[] = R"json({"on": "left.id = right.buyer"})json";

}  // namespace

class TestCanvasJoins : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void init();
    void cleanup() { m_f.reset(); }
    void everyPortHasItsPlaceAndName();
    void theCardTakesAWireByItsFreeInput();
    void aWireBackOnItsOwnCardStays();
    void aCollapsedCardTakesWiresByItsFreeInput();
    void aFullCardGivesTheFirstInputAway();
    void theKeyboardOffersBothInputs();
    void screenReadersTellTheInputsApart();
    void isInsertedOnAWireByItsFirstInput();
    void isDraggedOntoAWire();
    void quickAddBeforeAnInputFeedsThatOne();
    void theOtherInputsColumnsAreNotThisWiresFault();

 private:
    PipelineDocument& document() { return m_f->document; }
    CanvasScene& scene() { return m_f->canvas.view().canvas(); }
    bool wired(const NodeId& from, const char* input) {
        return scene().wire({{from, "out"}, {m_join, input}}) != nullptr;
    }
    std::unique_ptr<CanvasFixture> m_f;
    NodeId m_users, m_orders, m_join;
};

void TestCanvasJoins::init() {
    m_f = std::make_unique<CanvasFixture>(test::withPairs(builtin()));
    m_users = m_f->add("rows", "Users", {32, 48}, kUsers);
    m_orders = m_f->add("rows", "Orders", {32, 320}, kOrders);
    m_join = m_f->add("pairs", "Pairs", {400, 160}, kOn);
    document().selection().clear();
    m_f->show();
    m_f->waitForChecks();
}

void TestCanvasJoins::everyPortHasItsPlaceAndName() {
    const NodeItem* item = scene().node(m_join);
    const auto& ports = item->card().ports;
    QStringList names;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        names << ports[i].label;
        QVERIFY(item->layout().portNames[i].isValid());
        for (std::size_t j = 0; j < i; ++j) QVERIFY(item->layout().ports[i] != item->layout().ports[j]);
    }
    QCOMPARE(names, QStringList({QStringLiteral("left"), QStringLiteral("right"), QStringLiteral("rows"),
                                 QStringLiteral("late left"), QStringLiteral("late right")}));
    QCOMPARE(ports[3].role, PortRole::Late);
    QCOMPARE(ports[4].role, PortRole::Late);
    leavePicture(m_f->canvas, QStringLiteral("canvas-join"));
}

void TestCanvasJoins::theCardTakesAWireByItsFreeInput() {
    m_f->drag(m_f->portOf(m_users, "out", false), m_f->titleOf(m_join));
    QVERIFY(wired(m_users, "left"));
    m_f->waitForChecks();
    m_f->drag(m_f->portOf(m_orders, "out", false), m_f->titleOf(m_join));
    QVERIFY(wired(m_orders, "right"));
    QVERIFY(wired(m_users, "left"));
    m_f->waitForChecks();
    for (const Issue& issue : document().issues()) {
        const bool wrong = issue.node == m_join && issue.severity == Severity::Error;
        QVERIFY2(!wrong, english(issue).c_str());
    }
}

void TestCanvasJoins::aWireBackOnItsOwnCardStays() {
    m_f->wire({m_users, "out"}, {m_join, "left"});
    m_f->waitForChecks();
    m_f->drag(m_f->portOf(m_join, "left", true), m_f->titleOf(m_join));
    QVERIFY(wired(m_users, "left"));
    QCOMPARE(document().pipeline().wires.size(), std::size_t{1});
    m_f->drag(m_f->portOf(m_join, "left", true), m_f->portOf(m_join, "right", true));
    QVERIFY(wired(m_users, "right") && !wired(m_users, "left"));
}

void TestCanvasJoins::aCollapsedCardTakesWiresByItsFreeInput() {
    document().setCollapsed({m_join}, true);
    m_f->wire({m_users, "out"}, {m_join, "left"});
    m_f->waitForChecks();
    m_f->drag(m_f->portOf(m_orders, "out", false), m_f->portOf(m_join, "left", true));
    QVERIFY(wired(m_users, "left"));
    QVERIFY(wired(m_orders, "right"));
}

void TestCanvasJoins::aFullCardGivesTheFirstInputAway() {
    m_f->wire({m_users, "out"}, {m_join, "left"});
    m_f->wire({m_orders, "out"}, {m_join, "right"});
    const NodeId more = m_f->add("rows", "More users", {640, 380}, kUsers);
    m_f->waitForChecks();
    m_f->drag(m_f->portOf(more, "out", false), m_f->titleOf(m_join));
    QVERIFY(wired(more, "left"));
    QVERIFY(!wired(m_users, "left"));
    QVERIFY(wired(m_orders, "right"));
}

void TestCanvasJoins::theKeyboardOffersBothInputs() {
    const auto offered = [this] {
        const CanvasFocus focus = m_f->canvas.view().accessibleFocus();
        return scene().portRef({focus.node(), focus.port});
    };
    scene().setFocusTarget({.item = m_users, .port = 0});
    m_f->key(Qt::Key_C);
    QCOMPARE(offered().port, std::string("left"));
    m_f->key(Qt::Key_Down);
    QCOMPARE(offered().port, std::string("right"));
    m_f->key(Qt::Key_Up);
    m_f->key(Qt::Key_Return);
    QVERIFY(wired(m_users, "left"));
    m_f->waitForChecks();
    scene().setFocusTarget({.item = m_orders, .port = 0});
    m_f->key(Qt::Key_C);  // the one that is free
    QCOMPARE(offered().port, std::string("right"));
    m_f->key(Qt::Key_Down);
    QCOMPARE(offered().port, std::string("right"));
    m_f->key(Qt::Key_Escape);
    scene().setFocusTarget({.item = m_join});
    QStringList walked;
    for (int i = 0; i < 5; ++i) {
        m_f->key(Qt::Key_P);
        walked << QString::fromStdString(offered().port);
    }
    QCOMPARE(walked.join(u' '), QStringLiteral("out late_left late_right left right"));
}

void TestCanvasJoins::screenReadersTellTheInputsApart() {
    m_f->wire({m_users, "out"}, {m_join, "right"});
    m_f->waitForChecks();
    const QAccessibleInterface* node = QAccessible::queryAccessibleInterface(scene().node(m_join));
    QCOMPARE(node->child(0)->text(QAccessible::Name), QStringLiteral("input left, free"));
    QCOMPARE(node->child(1)->text(QAccessible::Name), QStringLiteral("input right, wired"));
    QCOMPARE(node->child(4)->text(QAccessible::Name), QStringLiteral("output late right, free"));
}

void TestCanvasJoins::isInsertedOnAWireByItsFirstInput() {
    const NodeId table = m_f->add("table_view", "Rows", {640, 48});
    const Wire wire{{m_users, "out"}, {table, "in"}};
    m_f->wire(wire.from, wire.to);
    m_f->waitForChecks();
    const NodeId added =
        document().insertNode({"pairs", Json::parse(kOn), QStringLiteral("Pairs")}, {320, 48}, wire);
    QVERIFY(scene().wire({{m_users, "out"}, {added, "left"}}) != nullptr);
    QVERIFY(scene().wire({{added, "out"}, {table, "in"}}) != nullptr);
    QVERIFY(scene().wire(wire) == nullptr);
}

void TestCanvasJoins::isDraggedOntoAWire() {
    document().move({{m_join, {320, 420}}});
    const NodeId table = m_f->add("table_view", "Rows", {700, 48});
    const Wire wire{{m_users, "out"}, {table, "in"}};
    m_f->wire(wire.from, wire.to);
    m_f->waitForChecks();
    const NodeItem* item = scene().node(m_join);
    const QPointF reach = item->layout().card.center() - item->layout().title.center();
    m_f->drag(m_f->titleOf(m_join), m_f->middleOf(wire) - reach.toPoint());
    QVERIFY(wired(m_users, "left"));
    QVERIFY(scene().wire({{m_join, "out"}, {table, "in"}}) != nullptr);
    QCOMPARE(document().undoStack().undoText(), QStringLiteral("Insert on wire"));
}

void TestCanvasJoins::quickAddBeforeAnInputFeedsThatOne() {
    const int right = scene().node(m_join)->portIndex("right", true);
    scene().setFocusTarget({.item = m_join, .port = right});
    m_f->key(Qt::Key_A);
    auto* field = m_f->canvas.findChild<QWidget*>(QStringLiteral("quick_add"))->findChild<QLineEdit*>();
    QVERIFY(field->isVisible());
    QTest::keyClicks(field, QStringLiteral("filter"));
    QTest::keyClick(field, Qt::Key_Return);
    const NodeId added = document().pipeline().nodes.back().id;
    QCOMPARE(document().pipeline().nodes.back().type, std::string("filter"));
    QVERIFY(wired(added, "right"));
}

// “buyer” is needed in the rows at the right: a sender of these is refused without it, and no other.
void TestCanvasJoins::theOtherInputsColumnsAreNotThisWiresFault() {
    m_f->wire({m_users, "out"}, {m_join, "right"});  // has no “buyer”
    m_f->waitForChecks();
    QVERIFY(!document().checkWire({{m_users, "out"}, {m_join, "left"}}));
    m_f->wire({m_users, "out"}, {m_join, "left"});
    m_f->waitForChecks();
    QTRY_VERIFY(scene().wire({{m_users, "out"}, {m_join, "right"}})->look().broken);
    QVERIFY(!scene().wire({{m_users, "out"}, {m_join, "left"}})->look().broken);
    const std::optional<Issue> refused = document().checkWire({{m_users, "out"}, {m_join, "right"}});
    QVERIFY(refused);
    QCOMPARE(english(refused->message), std::string("“Pairs” needs column “buyer”; “Users” has id, name."));
    QVERIFY(!document().checkWire({{m_orders, "out"}, {m_join, "right"}}));
}

QTEST_MAIN(TestCanvasJoins)
#include "test_canvas_joins.moc"

// New cards lie on no others and are in sight, however they come.
#include <map>
#include <set>

#include "tests/unit/canvas/fixture.h"
#include "widgets/canvas/free_place.h"
#include "widgets/canvas/wire_place.h"
#include "widgets/theme/search_field.h"

using namespace rw;
using namespace rw::ui;

namespace {

const QSizeF kCard(240, 138);

QRectF cardAt(QPointF place) {
    return {place, kCard};
}

/// Every pair of cards, and each of them against the visible part.
void checkPlaces(const CanvasFixture& f, const NodeId& fresh) {
    const CanvasView& view = f.canvas.view();
    const QRectF card = view.canvas().node(fresh)->cardRect();
    for (const auto& [id, item] : view.canvas().nodes())
        QVERIFY2(id == fresh || !item->cardRect().intersects(card), id.c_str());
    QVERIFY(view.visibleSceneRect().contains(card));
}

NodeId addByTyping(CanvasFixture& f, const QString& words) {
    auto* popup = f.canvas.findChild<QWidget*>(QStringLiteral("quick_add"));
    if (popup == nullptr || !popup->isVisible()) qFatal("no list of nodes");
    QWidget* field = QApplication::focusWidget();
    QTest::keyClicks(field, words);
    QTest::keyClick(field, Qt::Key_Return);
    return f.document.pipeline().nodes.back().id;
}

}  // namespace

class TestNewPlaces : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theNearestFreePlaceWithin() {
        const QRectF room(0, 0, 1000, 700);
        QCOMPARE(freePlaceWithin(room, kCard, {100, 100}, {}), std::optional(QPointF(100, 100)));
        const std::vector<QRectF> one{cardAt({96, 96})};
        const auto beside = freePlaceWithin(room, kCard, {100, 100}, one);
        QVERIFY(beside && !cardAt(*beside).intersects(one[0]) && room.contains(cardAt(*beside)));
        QVERIFY(beside->y() > 96);  // below is nearer than beside
        QCOMPARE(std::fmod(beside->x(), 16) + std::fmod(beside->y(), 16), 0.0);
        // Beside another there is room for a wire.
        const QRectF row(0, 96, 1000, kCard.height() + 10);
        const auto nextTo = freePlaceWithin(row, kCard, {120, 96}, one);
        QVERIFY(nextTo && nextTo->x() - one[0].right() >= 48);
        // A place wanted outside comes inside; where there is no room there is no place.
        const auto inside = freePlaceWithin(room, kCard, {5000, -900}, {});
        QVERIFY(inside && room.contains(cardAt(*inside)));
        QVERIFY(!freePlaceWithin(room, kCard, {0, 0}, {room}));
        QVERIFY(!freePlaceWithin({0, 0, 100, 100}, kCard, {0, 0}, {}));
        const QPointF near = freePlaceNear(kCard, {100, 100}, {room});
        QVERIFY(!cardAt(near).intersects(room));
        const QRectF wide(-5000, -5000, 10'000, 10'000);
        QVERIFY(!cardAt(freePlaceNear(kCard, {0, 0}, {wide})).intersects(wide));
    }

    void onesWithoutASelectionFillWhatIsSeen() {
        CanvasFixture f;
        f.show();
        for (int i = 0; i < 12; ++i) {
            f.document.selection().set({});
            checkPlaces(f, f.canvas.addBesideSelection({.type = "filter", .title = QStringLiteral("f")}));
        }
    }

    /// A chain goes on to the right, and the view with it.
    void onesBesideTheSelectionAreScrolledTo() {
        CanvasFixture f;
        f.show();
        NodeId last = f.canvas.addBesideSelection({.type = "generator", .title = QStringLiteral("g")});
        for (int i = 0; i < 8; ++i) {
            const double right = f.canvas.view().canvas().node(last)->cardRect().right();
            last = f.canvas.addBesideSelection({.type = "union", .title = QStringLiteral("u")});
            QVERIFY(f.canvas.view().canvas().node(last)->cardRect().left() > right);
            QCoreApplication::processEvents();
            checkPlaces(f, last);
        }
    }

    void aSourceIsInSightWhateverIsSelected() {
        CanvasFixture f;
        f.show();
        const NodeId sink = f.add("table_view", "t", {600, 100});
        f.document.selection().set({sink});
        const QPointF seen = f.canvas.view().visibleSceneRect().topLeft();
        checkPlaces(f, f.canvas.addBesideSelection({.type = "generator", .title = QStringLiteral("g")}));
        QCOMPARE(f.canvas.view().visibleSceneRect().topLeft(), seen);
    }

    void theMinimapIsNoPlace() {
        CanvasFixture f;
        f.show();
        f.add("generator", "far", {3000, 1500});
        f.canvas.view().fitAll();
        f.canvas.view().zoomTo(1, {0, 0});
        for (int i = 0; i < 4; ++i) {
            f.document.selection().set({});
            checkPlaces(f, f.canvas.addBesideSelection({.type = "filter", .title = QStringLiteral("f")}));
        }
    }

    void aQuickAddNearTheEdgeIsInSight() {
        CanvasFixture f;
        f.show();
        const QPoint corner = f.viewport()->rect().bottomRight() - QPoint(6, 6);
        QTest::mouseDClick(f.viewport(), Qt::LeftButton, {}, corner);
        const NodeId node = addByTyping(f, QStringLiteral("filter"));
        QCoreApplication::processEvents();
        checkPlaces(f, node);
    }

    /// Its edge stays at the pointer while its list shrinks and grows.
    void aQuickAddStaysAtThePointer() {
        CanvasFixture f;
        f.show();
        f.add("generator", "g", {40, 300});
        auto* popup = f.canvas.findChild<QWidget*>(QStringLiteral("quick_add"));
        for (const int y : {80, f.viewport()->height() - 60}) {
            QTest::mouseDClick(f.viewport(), Qt::LeftButton, {}, {500, y});
            QVERIFY(popup->isVisible());
            const QRect opened = popup->geometry();
            const bool above = opened.bottom() < y;
            QCOMPARE(above, y > 80);
            const auto isThere = [&] {
                return above ? popup->geometry().bottom() == opened.bottom() : popup->y() == opened.y();
            };
            auto* field = popup->findChild<QLineEdit*>();
            QTest::keyClicks(field, QStringLiteral("window"));
            QTRY_VERIFY(popup->height() < opened.height());
            QVERIFY(isThere());
            field->clear();
            QTRY_COMPARE(popup->height(), opened.height());
            QVERIFY(isThere());
            QTest::keyClick(field, Qt::Key_Escape);
        }
    }

    void aQuickAddBesideACardLiesOnNone() {
        CanvasFixture f;
        f.show();
        const NodeId card = f.add("filter", "there", {320, 160});
        const QPointF near = f.canvas.view().canvas().node(card)->cardRect().topLeft() - QPointF(60, 20);
        QTest::mouseDClick(f.viewport(), Qt::LeftButton, {}, f.canvas.view().mapFromScene(near));
        checkPlaces(f, addByTyping(f, QStringLiteral("filter")));
    }

    /// From a port at the edge, by keyboard.
    void aQuickAddFromAPortIsScrolledTo() {
        CanvasFixture f;
        f.show();
        const NodeId source = f.add("generator", "g", {0, 0}, R"({"columns": ["n BIGINT = i"]})");
        f.waitForChecks();
        f.canvas.view().reveal(source);
        const QRectF card = f.canvas.view().canvas().node(source)->cardRect();
        const QPoint seen = f.canvas.view().mapFromScene(card.topRight());
        f.canvas.view().panBy({f.viewport()->width() - 20 - seen.x(), 0});
        f.add("union", "in the way", {card.right() + 80, card.top() - 40});
        f.document.selection().set({source});
        f.canvas.view().canvas().setFocusTarget({.item = source, .port = 0});
        f.canvas.view().setFocus();
        f.key(Qt::Key_A);
        const NodeId node = addByTyping(f, QStringLiteral("filter"));
        QCoreApplication::processEvents();
        checkPlaces(f, node);
        QVERIFY(std::any_of(f.document.pipeline().wires.begin(), f.document.pipeline().wires.end(),
                            [&](const Wire& wire) { return wire.to.node == node; }));
    }

    /// A wire that is dropped under its own card does not turn back, also where the view has to follow.
    void aDroppedWireLeadsOn() {
        CanvasFixture f;
        f.show();
        const NodeId source = f.add("generator", "g", {0, 0}, R"({"columns": ["n BIGINT = i"]})");
        f.waitForChecks();
        const CanvasView& view = f.canvas.view();
        const QRectF card = view.canvas().node(source)->cardRect();
        f.canvas.view().panBy(QPoint(f.viewport()->width() - 60, 160) - view.mapFromScene(card.topRight()));
        const QPoint from = f.portOf(source, "out", false);
        f.drag(from, from + QPoint(-160, 220));
        const NodeId behind = addByTyping(f, QStringLiteral("filter"));
        QCoreApplication::processEvents();
        checkPlaces(f, behind);
        QVERIFY(view.canvas().node(behind)->cardRect().left() >= card.right() + 48);
        // To an input from the left.
        f.document.remove({behind});
        const NodeId sink = f.add("table_view", "t", {600, 0});
        f.waitForChecks();
        f.canvas.view().reveal(sink);
        const QPoint input = f.portOf(sink, "in", true);
        f.drag(input, input + QPoint(60, 240));
        const NodeId before = addByTyping(f, QStringLiteral("filter"));
        QCoreApplication::processEvents();
        checkPlaces(f, before);
        QVERIFY(view.canvas().node(before)->cardRect().right() <=
                view.canvas().node(sink)->cardRect().left() - 48);
    }

    /// Where the column behind a card is full, the place is at its end, not at the other side of the view.
    void aDroppedWireGoesNearThePointer() {
        CanvasFixture f;
        f.show();
        const NodeId source = f.add("generator", "g", {500, 220}, R"({"columns": ["n BIGINT = i"]})");
        for (const double y : {220.0, 400.0}) f.add("table_view", "t", {740, y});
        f.waitForChecks();
        const CanvasView& view = f.canvas.view();
        f.canvas.view().centerOn(516, 316);
        const QPoint from = f.portOf(source, "out", false);
        const QPointF dropped = view.mapToScene(from + QPoint(-20, 240));
        f.drag(from, from + QPoint(-20, 240));
        const NodeId node = addByTyping(f, QStringLiteral("sqlite"));
        QCoreApplication::processEvents();
        checkPlaces(f, node);
        const QRectF card = view.canvas().node(node)->cardRect();
        QVERIFY(card.left() > view.canvas().node(source)->cardRect().right());
        QVERIFY2(card.top() > 400 && card.top() < dropped.y() + 240, qPrintable(QString::number(card.top())));
    }

    void aPlaceOnAWireIsBetweenItsCards() {
        Pipeline pipeline;
        const Wire wire{{"a", "out"}, {"b", "in"}};
        pipeline.wires = {wire, {{"b", "out"}, {"c", "in"}}};
        const QSizeF size(176, 160);
        std::map<NodeId, QRectF> cards{{"a", {0, 0, 176, 138}},
                                       {"b", {800, 0, 176, 138}},
                                       {"c", {1040, 0, 176, 138}},
                                       {"beside", {1264, 0, 176, 138}},
                                       {"below", {800, 400, 176, 138}}};
        const auto roomy = placeOnWire(pipeline, cards, wire, size, 0);
        QVERIFY(roomy && roomy->moved.empty());
        QCOMPARE(roomy->corner, QPointF(400, 0));
        // Too near: what is downstream goes, and what that would run into; what is elsewhere stays.
        cards["b"].moveLeft(240);
        cards["c"].moveLeft(480);
        cards["beside"].moveLeft(720);
        const auto tight = placeOnWire(pipeline, cards, wire, size, 0);
        QVERIFY(tight && tight->corner == QPointF(224, 0));
        QCOMPARE(tight->by, 208.0);  // 224 + 176 + 48, on the grid
        QCOMPARE(std::set<NodeId>(tight->moved.begin(), tight->moved.end()),
                 (std::set<NodeId>{"b", "c", "beside"}));
        // A wire that leads back, or to nothing.
        QVERIFY(!placeOnWire(pipeline, cards, {{"c", "out"}, {"a", "in"}}, size, 0));
        QVERIFY(!placeOnWire(pipeline, cards, {{"a", "out"}, {"gone", "in"}}, size, 0));
        // A card in the way: below it.
        cards["b"].moveLeft(800);
        cards["between"] = {400, 0, 176, 138};
        const auto under = placeOnWire(pipeline, cards, wire, size, 0);
        QVERIFY(under && under->corner.y() >= 138 && under->corner.x() >= 224);
    }

    /// *Insert a node* in a tight row.
    void oneOnAWireMakesRoomInOneStep() {
        CanvasFixture f;
        f.show();
        const NodeId source = f.add("generator", "g", {32, 48}, R"({"columns": ["n BIGINT = i"]})");
        const NodeId sink = f.add("table_view", "t", {288, 48});
        const NodeId other = f.add("filter", "there", {544, 48});
        const NoteId note = f.document.addNote({.text = "results", .at = {272, 16}, .size = {224, 240}});
        const Wire wire{{source, "out"}, {sink, "in"}};
        f.wire(wire.from, wire.to);
        f.waitForChecks();
        const Pipeline before = f.document.pipeline();
        const int steps = f.document.undoStack().index();
        const CanvasView& view = f.canvas.view();
        f.canvas.view().openQuickAdd(view.canvas().wire(wire)->course().middle(), {.wire = wire});
        const NodeId added = addByTyping(f, QStringLiteral("select"));
        QCoreApplication::processEvents();
        checkPlaces(f, added);
        const auto cardOf = [&view](const NodeId& id) { return view.canvas().node(id)->cardRect(); };
        QVERIFY(cardOf(added).left() >= cardOf(source).right() + 48);
        QVERIFY(cardOf(added).right() + 48 <= cardOf(sink).left());
        QVERIFY(!cardOf(sink).intersects(cardOf(other)));
        QVERIFY(view.canvas().note(note)->frame().contains(cardOf(sink).center()));  // it goes along
        QCOMPARE(f.document.undoStack().index(), steps + 1);
        f.document.undoStack().undo();
        QVERIFY(f.document.pipeline() == before);
    }

    /// Two texts on each other were read by nobody.
    void aFootLineStaysOffTheCardBelow() {
        CanvasFixture f;
        f.show();
        const NodeId upper = f.add("filter", "upper", {32, 48});  // its condition is to be filled in
        f.waitForChecks();
        const NodeItem& card = *f.canvas.view().canvas().node(upper);
        QTRY_VERIFY(card.card().stripKind != StripKind::None);
        QVERIFY(!card.isTight());
        const QRectF whole = card.cardRect();
        const NodeId lower = f.add("union", "lower", {96, whole.bottom() - 16});
        const NodeItem& below = *f.canvas.view().canvas().node(lower);
        QVERIFY(card.isTight());
        QVERIFY(!card.cardRect().intersects(below.cardRect()));
        QVERIFY(!card.layout().strip.isNull() && card.layout().card.contains(card.layout().strip));
        // It has its room again when the other one goes, and gives it back.
        f.document.move({{lower, {96, 480}}});
        QVERIFY(!card.isTight());
        QCOMPARE(card.cardRect(), whole);
        f.document.undoStack().undo();
        QVERIFY(card.isTight());
        f.document.remove({lower});
        QVERIFY(!card.isTight());
        // One that covers the card itself is no reason.
        f.add("union", "over", {32, 96});
        QVERIFY(!card.isTight());
        // Nor is it for a card without such a line.
        QVERIFY(card.toolTip().contains(card.card().strip));  // whole, however much of it is cut
    }

    void anUnderThePointerNode() {
        CanvasFixture f;
        f.show();
        const QPoint at(500, 300);
        const NodeId first = f.canvas.addUnder({.type = "csv_source"}, f.viewport()->mapToGlobal(at));
        QVERIFY(f.canvas.view().canvas().node(first)->cardRect().contains(f.canvas.view().mapToScene(at)));
        for (int i = 0; i < 5; ++i)
            checkPlaces(f, f.canvas.addUnder({.type = "csv_source"}, f.viewport()->mapToGlobal(at)));
        // Not over the canvas: as without a place.
        checkPlaces(f, f.canvas.addUnder({.type = "csv_source"}, QPoint(-50, -50)));
    }
};

QTEST_MAIN(TestNewPlaces)
#include "test_new_places.moc"

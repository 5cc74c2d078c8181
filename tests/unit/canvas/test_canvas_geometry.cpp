// The geometry of the canvas, without a screen: courses of wires, snapping, ways through the graph.
#include <QtTest/QtTest>

#include "widgets/canvas/cards/card_layout.h"
#include "widgets/canvas/graph_walk.h"
#include "widgets/canvas/tools/snapping.h"
#include "widgets/canvas/wires/wire_painter.h"

using namespace rw;
using namespace rw::ui;

class TestCanvasGeometry : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void wiresLeaveAndEnterLevel();
    void backwardWiresPassAboveTheCards();
    void coursesAreWalkedAtOneSpeed();
    void dotsAreDenserForMoreRows();
    void shortWiresHaveTheirLabelAbove();
    void snapsToGuidesBeforeTheGrid();
    void portsStandOnTheEdges();
    void aTightCardHasItsFootWithinItself();
    void collapsedCardsAreAHeader();
    void neighboursAreFound();
};

void TestCanvasGeometry::wiresLeaveAndEnterLevel() {
    const QPainterPath path = wirePath({0, 0}, {400, 100}, 0);
    QCOMPARE(path.elementAt(1).y, 0.0);
    QCOMPARE(path.elementAt(2).y, 100.0);
    QCOMPARE(path.elementAt(1).x, 160.0);  // half the distance, at most 160
    QCOMPARE(wirePath({0, 0}, {40, 0}, 0).elementAt(1).x, 32.0);
    QCOMPARE(path.currentPosition(), QPointF(400, 100));
}

void TestCanvasGeometry::backwardWiresPassAboveTheCards() {
    QVERIFY(isBackward({300, 80}, {0, 80}));
    QVERIFY(!isBackward({0, 80}, {300, 80}));
    const QPainterPath path = wirePath({300, 80}, {0, 90}, 40);
    QVERIFY(path.boundingRect().top() < 40);
    QCOMPARE(path.currentPosition(), QPointF(0, 90));
    QVERIFY(path.boundingRect().right() > 300);
}

void TestCanvasGeometry::coursesAreWalkedAtOneSpeed() {
    const WireCourse course(wirePath({0, 0}, {300, 200}, 0));
    QVERIFY(course.length() > 360);
    for (double at = 0; at + 20 <= course.length(); at += 20) {
        const double step = QLineF(course.at(at), course.at(at + 20)).length();
        QVERIFY2(step > 18.5 && step < 20.5, qPrintable(QString::number(step)));
    }
    QCOMPARE(course.at(0), QPointF(0, 0));
    QCOMPARE(course.at(1e9), QPointF(300, 200));
    const WireCourse::Nearest nearest = course.nearest(course.at(100) + QPointF(0, 3));
    QVERIFY(std::abs(nearest.along - 100) < 5);
    QVERIFY(nearest.away <= 3.01);
}

void TestCanvasGeometry::dotsAreDenserForMoreRows() {
    QCOMPARE(dotSpacing(10), 26.0);
    QCOMPARE(dotSpacing(500), 18.0);
    QCOMPARE(dotSpacing(9'999), 14.0);
    QCOMPARE(dotSpacing(1e6), 9.0);
}

void TestCanvasGeometry::shortWiresHaveTheirLabelAbove() {
    const QString text = QStringLiteral("1.6\u2009k/s");
    const WireCourse longWire(wirePath({0, 0}, {400, 0}, 0)), shortWire(wirePath({0, 0}, {60, 0}, 0));
    QCOMPARE(labelRect(longWire, text).center().y(), 0.0);
    QCOMPARE(labelRect(shortWire, text).center().y(), -16.0);
}

void TestCanvasGeometry::snapsToGuidesBeforeTheGrid() {
    const Snap grid = snap({37, 21, 176, 100}, {}, 6, true);
    QCOMPARE(QPointF(37, 21) + grid.offset, QPointF(32, 16));
    QVERIFY(grid.guides.empty());
    const Snap guided = snap({37, 21, 176, 100}, {QRectF(40, 300, 176, 80)}, 6, true);
    QCOMPARE((QPointF(37, 21) + guided.offset).x(), 40.0);
    QCOMPARE(guided.guides.size(), std::size_t{1});
    QCOMPARE(guided.guides.front().dx(), 0.0);
    QCOMPARE(snap({37, 21, 176, 100}, {}, 6, false).offset, QPointF(0, 0));
}

void TestCanvasGeometry::portsStandOnTheEdges() {
    CardModel card;
    card.group = NodeGroup::Window;
    card.ports = {{.name = "in"}, {.name = "out", .input = false}, {.name = "late", .input = false}};
    const CardLayout layout = cardLayout(card);
    QCOMPARE(layout.card.size(), QSizeF(224, 32 + 40 + 2 * 20 + 46));
    QCOMPARE(layout.ports.at(0), QPointF(0, 82));
    QCOMPARE(layout.ports.at(2), QPointF(224, 102));
    QCOMPARE(layout.portAt({4, 85}), 0);
    QCOMPARE(layout.portAt({220, 93}), 2);
    QCOMPARE(layout.portAt({100, 82}), -1);
    card.stripKind = StripKind::Warning;
    QCOMPARE(cardLayout(card).card.height(), layout.card.height() + 24);
}

void TestCanvasGeometry::aTightCardHasItsFootWithinItself() {
    for (const bool picture : {false, true}) {
        CardModel card;
        card.picture = picture;
        card.group = picture ? NodeGroup::Sink : NodeGroup::Transform;
        card.ports = {{.name = "in"}, {.name = "out", .input = false}};
        const CardLayout bare = cardLayout(card);
        QCOMPARE(footGrowth(card), 0.0);
        QCOMPARE(cardLayout(card, true).card, bare.card);
        card.stripKind = StripKind::Warning;
        card.queueAhead = 0.9;
        const CardLayout loose = cardLayout(card), tight = cardLayout(card, true);
        QCOMPARE(loose.card.height(), bare.card.height() + footGrowth(card));
        QCOMPARE(tight.card, bare.card);
        QCOMPARE(tight.ports, bare.ports);  // wires stay where they are
        QCOMPARE(tight.strip.bottom(), tight.card.bottom());
        QCOMPARE(tight.strip.height(), loose.strip.height());
        for (const QRectF& part : {tight.metrics, tight.thumbnail, tight.footer})
            QVERIFY(part.isNull() || (!part.intersects(tight.strip) && part.height() >= 20));
        card.collapsed = true;
        QCOMPARE(footGrowth(card), 0.0);
    }
}

void TestCanvasGeometry::collapsedCardsAreAHeader() {
    CardModel card;
    card.collapsed = true;
    card.stripKind = StripKind::Error;
    card.ports = {{.name = "in"}, {.name = "out", .input = false}};
    const CardLayout layout = cardLayout(card);
    QCOMPARE(layout.card.size(), QSizeF(176, 32));
    QCOMPARE(layout.ports.at(1), QPointF(176, 16));
    QCOMPARE(layout.portAt({176, 16}), 1);
    card.ports.push_back({.name = "late", .input = false});  // overlaps the other
    QCOMPARE(cardLayout(card).portAt({176, 16}), 1);
    QCOMPARE(cardLayout(card).portAt({170, 20}), 1);
    QVERIFY(layout.strip.isNull());
}

void TestCanvasGeometry::neighboursAreFound() {
    Pipeline pipeline;
    for (const auto& [id, at] :
         std::vector<std::pair<NodeId, Point>>{{"a", {0, 0}}, {"b", {0, 200}}, {"c", {300, 20}}}) {
        Node node;
        node.id = id;
        node.at = at;
        pipeline.nodes.push_back(node);
    }
    pipeline.wires.push_back({{"a", "out"}, {"c", "in"}});
    QCOMPARE(neighbour(pipeline, "a", {1, 0}), std::string("c"));
    QCOMPARE(neighbour(pipeline, "c", {-1, 0}), std::string("a"));
    QCOMPARE(neighbour(pipeline, "a", {0, 1}), std::string("b"));
    QCOMPARE(neighbour(pipeline, "b", {1, 0}), std::string("c"));  // not wired: by position
    QCOMPARE(neighbour(pipeline, "a", {0, -1}), std::string());
    QCOMPARE(neighbour(pipeline, "", {1, 0}), std::string("a"));
    QCOMPARE(wiresAt(pipeline, "c").size(), std::size_t{1});
}

QTEST_MAIN(TestCanvasGeometry)
#include "test_canvas_geometry.moc"

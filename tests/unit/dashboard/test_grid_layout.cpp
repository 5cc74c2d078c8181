// Cards never cover each other, wherever one is dragged.
#include <QtTest>

#include "widgets/dashboard/grid_layout.h"

using namespace rw;
using namespace rw::ui;

namespace {

DashboardCard card(const char* node, int column, int row, int width, int height) {
    return {node, column, row, width, height, Json::object()};
}

bool anyOverlap(const std::vector<DashboardCard>& cards) {
    for (const DashboardCard& a : cards) {
        for (const DashboardCard& b : cards) {
            if (a.node != b.node && pixelRect(a, 1200, 88, 0).intersects(pixelRect(b, 1200, 88, 0)))
                return true;
        }
    }
    return false;
}

/// Whether one could stand a row higher.
bool anyHangsOverAHole(const std::vector<DashboardCard>& cards) {
    for (std::size_t i = 0; i < cards.size(); ++i) {
        std::vector<DashboardCard> higher = cards;
        if (--higher[i].row >= 0 && !anyOverlap(higher)) return true;
    }
    return false;
}

int filledCells(const std::vector<DashboardCard>& cards) {
    int cells = 0;
    for (const DashboardCard& card : cards) cells += card.width * card.height;
    return cells;
}

}  // namespace

class TestGridLayout : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyChartGetsAPlace() {
        const auto cards =
            defaultCards({{"a", false}, {"n1", true}, {"b", false}, {"c", false}, {"n2", true}});
        QCOMPARE(cards.size(), std::size_t{5});
        QVERIFY(!anyOverlap(cards));
        QCOMPARE(cards.front().row, 0);  // number cards first
        QCOMPARE(cards.front().node, NodeId("n1"));
    }

    void aDraggedCardMovesOthersDown() {
        const std::vector<DashboardCard> cards{card("a", 0, 0, 6, 4), card("b", 6, 0, 6, 4),
                                               card("c", 0, 4, 12, 2)};
        const auto moved = makeRoom(cards, card("b", 0, 0, 6, 4));
        QCOMPARE(moved.size(), std::size_t{3});
        QVERIFY(!anyOverlap(moved));
        QCOMPARE(moved, (std::vector<DashboardCard>{card("a", 0, 4, 6, 4), card("b", 0, 0, 6, 4),
                                                    card("c", 0, 8, 12, 2)}));
    }

    void cardsMoveUpIntoHoles() {
        const std::vector<DashboardCard> holes{card("a", 0, 3, 6, 4), card("b", 6, 0, 6, 2),
                                               card("c", 0, 20, 12, 2)};
        QCOMPARE(compacted(holes), (std::vector<DashboardCard>{card("a", 0, 0, 6, 4), card("b", 6, 0, 6, 2),
                                                               card("c", 0, 4, 12, 2)}));
        // Values that a file may have.
        QVERIFY(!anyOverlap(compacted({card("a", 10, 0, 9, 2), card("b", 0, 0, 40, 1)})));
    }

    void aCardDraggedDownChangesPlacesWithTheOneBelow() {
        const std::vector<DashboardCard> cards{card("a", 0, 0, 12, 4), card("b", 0, 4, 12, 4)};
        QCOMPARE(makeRoom(cards, card("a", 0, 5, 12, 4)), cards);
        QCOMPARE(makeRoom(cards, card("a", 0, 7, 12, 4)),
                 (std::vector<DashboardCard>{card("a", 0, 4, 12, 4), card("b", 0, 0, 12, 4)}));
        QCOMPARE(makeRoom(cards, card("a", 0, 90, 12, 4)),
                 (std::vector<DashboardCard>{card("a", 0, 4, 12, 4), card("b", 0, 0, 12, 4)}));
    }

    void newCardsFillHoles() {
        const std::vector<DashboardCard> cards{card("a", 0, 0, 6, 4), card("b", 0, 4, 12, 2)};
        QCOMPARE(placedFirst(cards, "n", 6, 4), card("n", 6, 0, 6, 4));
        QCOMPARE(placedFirst(cards, "n", 7, 4), card("n", 0, 6, 7, 4));
    }

    void rowsOfDefaultCardsAreFull() {
        const auto cards = defaultCards(
            {{"a", false}, {"n1", true}, {"n2", true}, {"n3", true}, {"b", false}, {"c", false}});
        QCOMPARE(filledCells(cards), kDashboardColumns * rowsOf(cards));
        QCOMPARE(compacted(cards), cards);
    }

    void randomDragsNeverMakeCardsOverlap() {
        std::vector<DashboardCard> cards{card("a", 0, 0, 6, 4), card("b", 6, 0, 6, 4), card("c", 0, 4, 4, 2),
                                         card("d", 4, 4, 8, 3)};
        std::uint32_t random = 7;
        for (int i = 0; i < 500; ++i) {
            random = random * 1664525 + 1013904223;
            DashboardCard moved = cards[(random >> 8) % cards.size()];
            moved.column = static_cast<int>((random >> 12) %
                                            static_cast<std::uint32_t>(kDashboardColumns - moved.width + 1));
            moved.row = static_cast<int>((random >> 20) % 6);
            cards = makeRoom(cards, moved);
            QVERIFY(!anyOverlap(cards));
            QVERIFY(!anyHangsOverAHole(cards));
            QCOMPARE(compacted(cards), cards);
            QCOMPARE(cards.size(), std::size_t{4});
            // In the columns it was dragged to, as far up as it goes: at most half a card, which is 2 rows,
            // further down than it was let go.
            const auto dropped = std::find_if(cards.begin(), cards.end(), [&](const DashboardCard& each) {
                return each.node == moved.node;
            });
            QVERIFY(dropped != cards.end());
            QVERIFY2(dropped->row < moved.row + 2, qPrintable(QString::number(dropped->row - moved.row)));
            moved.row = dropped->row;
            QCOMPARE(*dropped, moved);
        }
    }

    void rowsFillThePageWhereThatIsNear() {
        QCOMPARE(fittedRowHeight(88, 9, 760, 10), 83);   // a little less: no scroll bar for a few pixels
        QCOMPARE(fittedRowHeight(88, 9, 910, 10), 100);  // a little more: no empty strip
        QCOMPARE(fittedRowHeight(88, 12, 760, 10), 88);  // would be squeezed: scrolls
        QCOMPARE(fittedRowHeight(88, 2, 900, 10), 88);   // would be blown up
        QCOMPARE(fittedRowHeight(88, 0, 900, 10), 88);
    }

    void cardsFillTheWidth() {
        const QRect left = pixelRect(card("a", 0, 0, 6, 4), 1212, 88, 10),
                    right = pixelRect(card("b", 6, 0, 6, 4), 1212, 88, 10);
        QCOMPARE(left.left(), 10);
        QVERIFY(right.left() > left.right() && right.left() - left.right() <= 11);
        QVERIFY(right.right() > 1190 && right.right() <= 1202);
    }
};

QTEST_APPLESS_MAIN(TestGridLayout)
#include "test_grid_layout.moc"

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
        QCOMPARE(moved.front(), card("b", 0, 0, 6, 4));
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
            QCOMPARE(cards.size(), std::size_t{4});
            QVERIFY(std::find(cards.begin(), cards.end(), moved) != cards.end());  // where it was dragged
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

// supersetLayout(): our grid as rows of Superset.
#include "core/superset/dashboard_layout.h"

#include <QtTest/QtTest>

using namespace rw;

namespace {

PlacedChart placed(const char* node, int column, int row, int width, int height) {
    return {{node, column, row, width, height, Json::object()}, std::string("uuid-") + node, node};
}

}  // namespace

class TestDashboardLayout : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void cardsOfOneRowStandSideBySide() {
        const Json layout = supersetLayout(
            {placed("b", 8, 0, 4, 5), placed("a", 0, 0, 8, 5), placed("c", 0, 5, 12, 4)}, "Title");
        QCOMPARE(layout["DASHBOARD_VERSION_KEY"], Json("v2"));
        QCOMPARE(layout["HEADER_ID"]["meta"]["text"], Json("Title"));
        QCOMPARE(layout["GRID_ID"]["children"], Json::array({"ROW-1", "ROW-2"}));
        QCOMPARE(layout["ROW-1"]["children"], Json::array({"CHART-1", "CHART-2"}));
        QCOMPARE(layout["CHART-1"]["meta"]["uuid"], Json("uuid-a"));
        QCOMPARE(layout["CHART-2"]["meta"]["width"], Json(4));
        QCOMPARE(layout["CHART-3"]["meta"]["height"], Json(44));
        QCOMPARE(layout["CHART-3"]["parents"], Json::array({"ROOT_ID", "GRID_ID", "ROW-2"}));
    }

    /// The import fails with a KeyError without one.
    void everyChartHasANumberOfItsOwn() {
        const Json layout = supersetLayout({placed("a", 0, 0, 6, 4), placed("b", 6, 0, 6, 4)}, {});
        QVERIFY(layout["CHART-1"]["meta"]["chartId"] != layout["CHART-2"]["meta"]["chartId"]);
    }

    void whatHasNoRoomBeginsARow() {
        const Json layout =
            supersetLayout({placed("a", 0, 0, 8, 4), placed("b", 0, 0, 8, 4), placed("c", 0, 0, 99, 99)}, {});
        QCOMPARE(layout["GRID_ID"]["children"].size(), std::size_t{3});
        QCOMPARE(layout["CHART-3"]["meta"]["width"], Json(12));
        QCOMPARE(layout["CHART-3"]["meta"]["height"], Json(200));
    }

    void withoutCardsNumbersComeFirst() {
        const std::vector<DashboardCard> cards =
            usualCards({{"line", false}, {"one", true}, {"two", true}, {"bars", false}, {"table", false}});
        QCOMPARE(cards.size(), std::size_t{5});
        QCOMPARE(cards[0].node, NodeId("one"));
        QCOMPARE(cards[1].column, 6);
        QCOMPARE(cards[2].node, NodeId("line"));
        QVERIFY(cards[2].row > cards[1].row && cards[3].row == cards[2].row && cards[4].row > cards[3].row);
        QCOMPARE(cards[4].width, 12);
    }
};

QTEST_APPLESS_MAIN(TestDashboardLayout)
#include "test_dashboard_layout.moc"

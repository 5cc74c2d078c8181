// Tiles beside each other go on in further rows where they would be too narrow.
#include <QtWidgets/QtWidgets>

#include "widgets/live_edits/tile_layout.h"

using namespace rw::ui;

class TestTileLayout : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void tilesWrapWhereTheyWouldBeTooNarrow() {
        QWidget box;
        auto* layout = new TileLayout(&box, 8);
        std::vector<QFrame*> tiles;
        for (int i = 0; i < 6; ++i) {
            tiles.push_back(new QFrame);
            tiles.back()->setMinimumSize(100, 40);
            layout->addWidget(tiles.back());
        }
        tiles[3]->hide();
        QCOMPARE(layout->minimumSize().width(), 100);
        QCOMPARE(layout->heightForWidth(532), 40);  // five, and the gaps between
        QCOMPARE(layout->heightForWidth(531), 88);
        QCOMPARE(layout->heightForWidth(100), 5 * 48 - 8);
        QCOMPARE(layout->heightForWidth(20), 5 * 48 - 8);
        box.resize(531, 88);
        box.show();
        QTRY_COMPARE(tiles[2]->geometry().right(), 530);
        QCOMPARE(tiles[0]->x(), 0);
        QCOMPARE(tiles[4]->geometry().topLeft(), QPoint(0, 48));
        QVERIFY(std::abs(tiles[0]->width() - tiles[2]->width()) <= 1);
        QCOMPARE(tiles[5]->x(), tiles[1]->x());
    }
};

QTEST_MAIN(TestTileLayout)
#include "test_tile_layout.moc"

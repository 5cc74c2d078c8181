// Tables that are scrolled sideways: what a cell at the edge shows. Heads of too little room.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

namespace {

/// A name and a value, in so wide columns; the table is 160 pixels wide. No width: the column is hidden.
struct TwoColumns {
    QStandardItemModel model{1, 2};
    QTableView table;

    TwoColumns(int first, int second, Qt::Alignment alignment) {
        model.setItem(0, 0, new QStandardItem(QStringLiteral("Apfelsaft")));
        model.setItem(0, 1, new QStandardItem(QStringLiteral("1749.2218")));
        model.item(0, 1)->setTextAlignment(alignment | Qt::AlignVCenter);
        model.setHorizontalHeaderLabels({QStringLiteral("Goods"), QStringLiteral("Value of all the goods")});
        table.setModel(&model);
        applyTableStyle(table);
        elideAtEdges(table);
        table.horizontalHeader()->setStretchLastSection(false);
        table.horizontalHeader()->setMinimumSectionSize(1);
        table.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        table.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        table.setColumnWidth(0, first);
        table.setColumnHidden(0, first == 0);
        table.setColumnWidth(1, second);
        table.resize(160, 120);
        table.show();
        (void)QTest::qWaitForWindowExposed(&table, 30'000);
    }
    QImage picture() { return table.viewport()->grab().toImage(); }
    QImage heads() { return table.horizontalHeader()->viewport()->grab().toImage(); }
};

/// Nothing is painted in these columns of pixels, but for the line below.
bool isClear(const QImage& heads, int from, int to) {
    for (int x = from; x < to; ++x) {
        for (int y = 0; y < heads.height() - 1; ++y) {
            if (heads.pixel(x, y) != heads.pixel(0, 0)) return false;
        }
    }
    return true;
}

}  // namespace

class TestStyledTable : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    /// As in a column that ends there: with an ellipsis.
    void aFigureIsNotCutAtTheRightEdge_data() {
        QTest::addColumn<int>("room");
        QTest::newRow("whole") << 90;
        QTest::newRow("too little") << 64;
    }
    void aFigureIsNotCutAtTheRightEdge() {
        QFETCH(int, room);
        TwoColumns cut(160 - room, 200, Qt::AlignRight), fits(160 - room, room, Qt::AlignRight);
        QCOMPARE(cut.table.viewport()->width(), 160);
        QCOMPARE(cut.picture(), fits.picture());
    }

    void aSliverAtTheEdgeSaysThatItIsCut() {
        const QFontMetrics metrics(QApplication::font());
        const QString words = QStringLiteral("1749.2218"), wide = QStringLiteral("价格与数量");
        // Letters are not whole pixels wide.
        const int whole = metrics.horizontalAdvance(words) + 1, cut = metrics.horizontalAdvance(kCut);
        QCOMPARE(wordsAtEdge(words, metrics, whole), words);
        QVERIFY(wordsAtEdge(words, metrics, whole - 3).endsWith(kCut));
        QCOMPARE(wordsAtEdge(words, metrics, cut + 1), QString(kCut));
        // A digit alone looks like a value.
        QCOMPARE(wordsAtEdge(words, metrics, cut + metrics.horizontalAdvance(u'1') + 1), QString(kCut));
        QCOMPARE(wordsAtEdge(words, metrics, -5), QString());
        QCOMPARE(wordsAtEdge(QStringLiteral("7"), metrics, whole), QStringLiteral("7"));
        QCOMPARE(wordsAtEdge(QString(), metrics, whole), QString());
        // However narrow it is, no room is left blank in which the sign of a cut fits.
        for (int room = cut + 1; room < whole; ++room) {
            QVERIFY(!wordsAtEdge(words, metrics, room).isEmpty());
            QVERIFY(!wordsAtEdge(wide, metrics, room).isEmpty());
        }
        // In a table: no value, and not as if the cell was empty.
        TwoColumns table(136, 200, Qt::AlignRight);
        const QRect sliver(136, 0, 24, table.table.viewport()->height());
        const QImage seen = table.picture().copy(sliver);
        table.model.item(0, 1)->setText(QStringLiteral("9888.3"));
        QCOMPARE(table.picture().copy(sliver), seen);
        table.model.item(0, 1)->setText(QString());
        QVERIFY(table.picture().copy(sliver) != seen);
    }

    void wordsAreNotCutAtTheLeftEdge() {
        TwoColumns cut(100, 200, Qt::AlignLeft), fits(0, 160, Qt::AlignLeft);
        cut.table.horizontalScrollBar()->setValue(140);
        QCOMPARE(cut.table.columnViewportPosition(1), -40);
        QCOMPARE(cut.picture(), fits.picture());
    }

    void aHeadIsElided() {
        TwoColumns cut(100, 200, Qt::AlignLeft), fits(100, 60, Qt::AlignLeft);
        QVERIFY(isClear(fits.heads(), 148, 160));
        QVERIFY(!isClear(fits.heads(), 112, 148));
        QCOMPARE(cut.heads(), fits.heads());
    }

    void theArrowOfASortedHeadStandsApart() {
        TwoColumns sorted(80, 80, Qt::AlignLeft);
        sorted.table.horizontalHeader()->setSortIndicatorShown(true);
        sorted.table.horizontalHeader()->setSortIndicator(1, Qt::AscendingOrder);
        const QImage heads = sorted.heads();
        QVERIFY(!isClear(heads, 92, 132));   // the words
        QVERIFY(isClear(heads, 132, 144));   // the gap
        QVERIFY(!isClear(heads, 144, 156));  // the arrow
        QVERIFY(isClear(heads, 156, 160));
    }
};

QTEST_MAIN(TestStyledTable)
#include "test_styled_table.moc"

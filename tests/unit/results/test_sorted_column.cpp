// The width of the column that a grid of results is sorted by, its cells at the edge of the view, and the
// bars of its columns by keyboard.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "tests/unit/results/shown_results.h"
#include "widgets/results/profile_panel.h"
#include "widgets/results/result_grid.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// 1500 rows: of the names, only the last is longer than the head.
struct SortedFixture : ShownResults {
    QTableView& grid = page.grid();
    QHeaderView& head = *grid.horizontalHeader();

    SortedFixture() {
        SQLite::Database database(path.toStdString(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE sums (name TEXT, total REAL)");
        database.exec(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500) INSERT INTO sums "
            "SELECT CASE i WHEN 1500 THEN 'zzzzzzzzzzzzzzzzzzzzzzzz' ELSE 'a' END, i + 0.25 FROM n");
        page.side().openFile(path);
    }
    int needed(int column) const {
        const QAbstractItemView& cells = grid;  // of a table it is not public
        return cells.sizeHintForColumn(column);
    }
};

/// A grid 160 pixels wide with one figure, in a column of this width behind another one.
QImage pictureOf(int first, int second) {
    QStandardItemModel model(1, 2);
    model.setItem(0, 1, new QStandardItem(QStringLiteral("1749.2218")));
    model.item(0, 1)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QTableView table;
    table.setModel(&model);
    applyTableStyle(table);
    elideAtEdges(table, new ResultDelegate(&table));
    table.horizontalHeader()->setStretchLastSection(false);
    table.horizontalHeader()->setMinimumSectionSize(1);
    table.horizontalHeader()->hide();
    table.setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table.setColumnWidth(0, first);
    table.setColumnWidth(1, second);
    table.resize(160, 120);
    table.show();
    (void)QTest::qWaitForWindowExposed(&table, 30'000);
    return table.viewport()->grab(QRect(0, 0, 159, 120)).toImage();  // without the line between columns
}

}  // namespace

class TestSortedColumn : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void barsDoNotPushTheColumnOutOfView() {
        SortedFixture fixture;
        QTRY_COMPARE(fixture.page.model().rowCount(), 1500);
        QTRY_COMPARE(fixture.cell(0, 1), QStringLiteral("1.25"));
        QCoreApplication::processEvents();  // the head of the rows gets its width
        const int narrow = fixture.grid.columnWidth(1);
        const int spare = fixture.grid.viewport()->width() - fixture.head.length();
        QVERIFY(spare > 0);
        fixture.grid.setColumnWidth(0, fixture.grid.columnWidth(0) + spare);
        Q_EMIT fixture.head.sectionClicked(1);
        QTRY_COMPARE(fixture.cell(0, 1), QStringLiteral("1500.25"));
        // The rows that the sort put on top may need more room than there was.
        QCOMPARE(fixture.grid.columnWidth(1), std::max(narrow, fixture.needed(1) + metrics::kPanelPadding));
        // They have their room where there is some.
        fixture.grid.setColumnWidth(0, 80);
        Q_EMIT fixture.head.sectionClicked(1);
        QTRY_COMPARE(fixture.cell(0, 1), QStringLiteral("1.25"));
        QVERIFY(fixture.grid.columnWidth(1) > narrow);
    }

    void theColumnFitsWhatTheSortPutsOnTop() {
        SortedFixture fixture;
        QTRY_COMPARE(fixture.page.model().rowCount(), 1500);
        QTRY_COMPARE(fixture.cell(0, 0), QStringLiteral("a"));
        Q_EMIT fixture.head.sectionClicked(0);
        QTRY_COMPARE(fixture.cell(0, 0), QString(24, u'z'));
        QVERIFY(fixture.grid.columnWidth(0) >= fixture.needed(0));
    }

    /// A screen reader hears the bar, Enter asks for its rows.
    void barsOfAColumnAreReachedByKeys() {
        SortedFixture fixture;
        QTRY_COMPARE(fixture.page.model().rowCount(), 1500);
        const auto& cards = fixture.page.findChild<ProfilePanel*>()->cards();
        QTRY_VERIFY(cards.size() == 2 && !cards[1]->accessibleDescription().isEmpty());
        ProfileCard &name = *cards[0], &total = *cards[1];
        QVERIFY(name.focusPolicy() == Qt::TabFocus && total.focusPolicy() == Qt::TabFocus);
        QSignalSpy ofNames(&name, &ProfileCard::filterRequested),
            ofTotals(&total, &ProfileCard::filterRequested);
        const QString first = total.barWords();
        QVERIFY2(first.startsWith(QStringLiteral("1.25 to ")) && first.endsWith(QStringLiteral(" rows")),
                 qPrintable(first));
        QTest::keyClick(&total, Qt::Key_Left);  // there is none before
        QCOMPARE(total.barWords(), first);
        QTest::keyClick(&total, Qt::Key_Right);
        QVERIFY(total.barWords() != first);
        QTest::keyClick(&total, Qt::Key_End);
        QVERIFY2(total.barWords().section(u':', 0, 0).endsWith(QStringLiteral("500")),
                 qPrintable(total.barWords()));
        QTest::keyClick(&name, Qt::Key_Down);
        QVERIFY2(name.barWords().endsWith(QStringLiteral(": 1 row")), qPrintable(name.barWords()));
        QVERIFY(QTest::qWaitForWindowActive(&fixture.page, 30'000));
        total.setFocus(Qt::TabFocusReason);
        QVERIFY2(total.accessibleDescription().endsWith(total.barWords()),
                 qPrintable(total.accessibleDescription()));
        const QImage with = total.grab().toImage();
        name.setFocus(Qt::TabFocusReason);
        QVERIFY(total.grab().toImage() != with);  // the bar at hand has a frame
        QVERIFY(!total.accessibleDescription().contains(total.barWords()));
        QTest::keyClick(&total, Qt::Key_Home);
        QTest::keyClick(&total, Qt::Key_Return);
        QCOMPARE(ofTotals.value(0).value(0).toString(), QStringLiteral("total >= 1.25"));
        QTest::keyClick(&name, Qt::Key_End);
        QTest::keyClick(&name, Qt::Key_Space);
        QCOMPARE(ofNames.value(0).value(0).toString(), QStringLiteral("name = '%1'").arg(QString(24, u'z')));
        QTRY_COMPARE(fixture.page.model().rowCount(), 1);
    }

    void aFigureAtTheEdgeEndsInAnEllipsis() {
        QCOMPARE(pictureOf(110, 200), pictureOf(110, 50));
        QVERIFY(pictureOf(110, 50) != pictureOf(60, 100));
    }
};

QTEST_MAIN(TestSortedColumn)
#include "test_sorted_column.moc"

// The widths of columns whose rows come and go: figures are whole, of words a dozen characters are seen,
// heads have their room, and what a person has chosen stays.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/column_widths.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;
using Of = ColumnWidths::Of;

namespace {

struct Table {
    QStandardItemModel model{0, 3};
    QTableView view{};

    Table() {
        model.setHorizontalHeaderLabels(
            {QStringLiteral("Node"), QStringLiteral("Rows in all"), QStringLiteral("Why")});
        view.setModel(&model);
        applyTableStyle(view);
        ColumnWidths::keep(view, {{Of::Words, 120}, {Of::Figures, 40}, {Of::Words, 120, 1}});
    }
    void add(const QString& name, const QString& figure) {
        model.appendRow({new QStandardItem(name), new QStandardItem(figure), new QStandardItem(name)});
    }
    void show(int width) {
        view.resize(width, 200);
        view.show();
        QCoreApplication::processEvents();
    }
    int head(int column) const { return view.horizontalHeader()->sectionSizeHint(column); }
    int all() const { return view.columnWidth(0) + view.columnWidth(1) + view.columnWidth(2); }
    int lettersOf(int column) const {
        return view.columnWidth(column) / view.fontMetrics().averageCharWidth();
    }
};

const QString kLong = QStringLiteral("Articles that cost more than others in this part of the country");

}  // namespace

class TestColumnWidths : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }
    void cleanup() { Theme::of().apply({.mode = ThemeMode::Dark}); }

    void theRestIsForTheWords() {
        Table table;
        table.add(QStringLiteral("a"), QStringLiteral("1"));
        table.show(900);
        QCOMPARE(table.view.columnWidth(0), 120);
        QCOMPARE(table.view.columnWidth(1), table.head(1));  // wider than its wish
        QCOMPARE(table.all(), table.view.viewport()->width());
    }

    void aFigureIsWholeWheneverItComes() {
        Table table;
        table.show(500);
        table.add(kLong, QStringLiteral("123 456 789 012 345 678 901"));
        const QAbstractItemView& view = table.view;
        QTRY_VERIFY(table.view.columnWidth(1) >= view.sizeHintForColumn(1));
        QVERIFY(table.view.columnWidth(1) > table.head(1));
    }

    void withoutRoomADozenLettersAreSeen() {
        Table table;
        table.add(kLong, QStringLiteral("123 456"));
        table.show(160);
        for (const int column : {0, 2}) QVERIFY(table.lettersOf(column) >= 12);
        QVERIFY(table.all() > table.view.viewport()->width());  // it is scrolled
        table.show(700);
        QTRY_COMPARE(table.all(), table.view.viewport()->width());
    }

    void theyGrowWithTheText() {
        Table table;
        table.add(kLong, QStringLiteral("123 456"));
        table.show(500);
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = 200});
        QTRY_VERIFY(table.view.columnWidth(1) >= table.head(1) && table.view.columnWidth(0) >= table.head(0));
        QTRY_VERIFY(table.lettersOf(0) >= 12);
    }

    void whatAPersonHasChosenStays() {
        Table table;
        table.add(kLong, QStringLiteral("1"));
        table.show(900);
        table.view.setColumnWidth(0, 333);
        table.add(kLong, QStringLiteral("123 456 789 012 345 678 901"));
        const QAbstractItemView& view = table.view;
        QTRY_VERIFY(table.view.columnWidth(1) >= view.sizeHintForColumn(1));
        QCOMPARE(table.view.columnWidth(0), 333);
    }

    void figuresShareTheRest() {
        QStandardItemModel model(1, 3);
        model.setHorizontalHeaderLabels({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
        QTableView view;
        view.setModel(&model);
        applyTableStyle(view);
        ColumnWidths::keepFigures(view);
        view.resize(900, 200);
        view.show();
        QCoreApplication::processEvents();
        for (const int column : {0, 1, 2}) QVERIFY(std::abs(view.columnWidth(column) - 300) < 30);
        view.setColumnWidth(0, 90);
        model.setItem(0, 1, new QStandardItem(QStringLiteral("123")));
        QTRY_COMPARE(view.horizontalHeader()->length(), view.viewport()->width());
        QCOMPARE(view.columnWidth(0), 90);
        model.setColumnCount(2);
        model.setHorizontalHeaderLabels({QStringLiteral("a"), QStringLiteral("b")});
        QTRY_VERIFY(std::abs(view.columnWidth(0) - 450) < 30);
    }

    void rowsThatAreScrolledIntoSightAreWhole() {
        Table table;
        for (int row = 0; row < 60; ++row) table.add(kLong, QStringLiteral("1"));
        table.model.item(59, 1)->setText(QStringLiteral("123 456 789 012 345 678 901"));
        table.show(500);
        QCOMPARE(table.view.columnWidth(1), table.head(1));
        table.view.scrollToBottom();
        QTRY_VERIFY(table.view.columnWidth(1) > table.head(1));
    }

    void aHiddenTableIsLeftAlone() {
        Table table;
        table.add(kLong, QStringLiteral("1"));
        const int before = table.view.columnWidth(1);
        table.add(kLong, QStringLiteral("123 456 789 012 345 678 901"));
        QCoreApplication::processEvents();
        QCOMPARE(table.view.columnWidth(1), before);
        table.show(500);
        QVERIFY(table.view.columnWidth(1) > table.head(1));
    }
};

QTEST_MAIN(TestColumnWidths)
#include "test_column_widths.moc"

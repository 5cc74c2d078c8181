// The Table chart and the table of a chart's values: their columns fit the numbers, a head sorts.
#include <QHeaderView>
#include <QPainter>
#include <QTableView>
#include <QtTest/QtTest>

#include "core/views/table_view.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/data_table.h"
#include "widgets/charts/table_chart.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

class TestTableChart : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    /// Columns that were as wide as the first numbers cut the later ones.
    void columnsOfATableGrowWithItsNumbers_data() {
        QTest::addColumn<int>("width");
        QTest::newRow("there is room") << 900;
        QTest::newRow("it is scrolled") << 200;
    }
    void columnsOfATableGrowWithItsNumbers() {
        QFETCH(int, width);
        TableInfo info;
        info.columns = {column(1), column(2), column(2)};
        const auto view = std::make_shared<TableView>(info);
        view->add(rows(1));
        TableChart chart;
        chart.resize(width, 200);
        chart.setView(view);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart, 30'000));
        auto* table = chart.findChild<QTableView*>();
        view->add(rows(1, [](int) { return 123'456'789.0625; }));
        chart.refresh();
        const QAbstractItemView& cells = *table;  // of a table it is not public
        for (const int each : {1, 2}) QTRY_VERIFY(table->columnWidth(each) >= cells.sizeHintForColumn(each));
        if (width == 900) QCOMPARE(table->horizontalHeader()->length(), table->viewport()->width());
        DataTable values;
        values.resize(width, 200);
        values.show();
        QVERIFY(QTest::qWaitForWindowExposed(&values, 30'000));
        values.set({{{QStringLiteral("n"), true}, {QStringLiteral("load"), true}}, {{{}, {}}}});
        QCoreApplication::processEvents();
        values.set({{{QStringLiteral("n"), true}, {QStringLiteral("load"), true}},
                    {{QString(20, u'1'), QStringLiteral("2")}}});
        const QAbstractItemView& figures = values;
        QTRY_VERIFY(values.columnWidth(0) >= figures.sizeHintForColumn(0));
    }

    /// A picture is made of a chart that is not shown.
    void aHiddenTableIsPaintedWithWholeNumbers() {
        TableInfo info;
        info.columns = {column(0), column(2)};
        const auto view = std::make_shared<TableView>(info);
        view->add(rows(3));
        TableChart chart;
        chart.resize(600, 200);
        chart.setView(view);
        QImage image(600, 200, QImage::Format_ARGB32_Premultiplied);
        QPainter painter(&image);
        chart.paintPicture(painter, image.rect());
        auto* table = chart.findChild<QTableView*>();
        const QAbstractItemView& cells = *table;
        for (const int each : {0, 1}) QVERIFY(table->columnWidth(each) >= cells.sizeHintForColumn(each));
    }

    /// With all columns of a window the count was behind three times, out of sight.
    void resultsStandBeforeTheOtherBoundsOfTheirWindow() {
        const Type time = Type::of(TypeId::Timestamp), number = Type::of(TypeId::Bigint);
        TableInfo info;
        info.columns = {{0, "window_start", time},
                        {1, "window_end", time},
                        {2, "window_time", time},
                        {3, "n", number},
                        {4, "region", Type::of(TypeId::String)}};
        const auto orderOf = [](TableInfo shown) {
            TableChart chart;
            chart.setView(std::make_shared<TableView>(std::move(shown)));
            const QTableView& table = *chart.findChild<QTableView*>();
            QStringList names;
            for (int place = 0; place < table.model()->columnCount(); ++place)
                names << table.model()
                             ->headerData(table.horizontalHeader()->logicalIndex(place), Qt::Horizontal)
                             .toString();
            return names.join(u' ');
        };
        QCOMPARE(orderOf(info), QStringLiteral("window_start n region window_end window_time"));
        info.chosen = true;
        QCOMPARE(orderOf(info), QStringLiteral("window_start window_end window_time n region"));
        info.chosen = false;
        info.columns.erase(info.columns.begin());  // without its start the end tells the window
        QCOMPARE(orderOf(info), QStringLiteral("window_end window_time n region"));
    }

    /// Other rows in the same table have an order of their own.
    void anotherViewHasItsOwnOrder() {
        const Type time = Type::of(TypeId::Timestamp), number = Type::of(TypeId::Bigint);
        TableInfo windows, plain;
        windows.columns = {{0, "window_start", time}, {1, "window_end", time}, {2, "n", number}};
        plain.columns = {{0, "a", number}, {1, "b", number}, {2, "c", number}};
        TableChart chart;
        const QHeaderView& head = *chart.findChild<QTableView*>()->horizontalHeader();
        chart.setView(std::make_shared<TableView>(windows));
        QCOMPARE(head.visualIndex(1), 2);
        chart.setView(std::make_shared<TableView>(plain));
        for (int i = 0; i < 3; ++i) QCOMPARE(head.visualIndex(i), i);
    }

    void aClickOnAHeadSorts() {
        TableInfo info;
        info.columns = {column(1), column(2)};
        const auto view = std::make_shared<TableView>(info);
        view->add(rows(3));
        TableChart chart;
        chart.resize(600, 200);
        chart.setView(view);
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart, 30'000));
        auto* table = chart.findChild<QTableView*>();
        QHeaderView* head = table->horizontalHeader();
        const auto click = [&] {
            QTest::mouseClick(head->viewport(), Qt::LeftButton, {},
                              {head->sectionViewportPosition(1) + 20, head->height() / 2});
        };
        const auto shown = [&] {
            QStringList loads;
            for (int row = 0; row < table->model()->rowCount(); ++row)
                loads << table->model()->index(row, 1).data().toString();
            return loads.join(u' ');
        };
        QCOMPARE(shown(), QStringLiteral("0.5 0.25 0"));  // the newest first
        click();
        QCOMPARE(shown(), QStringLiteral("0 0.25 0.5"));
        view->add(rows(1, [](int) { return 0.375; }));
        chart.refresh();
        QCOMPARE(shown(), QStringLiteral("0 0.25 0.375 0.5"));
        QVERIFY(chart.csv().endsWith(QStringLiteral("\n1,0.25\n0,0.375\n0,0.5\n")));  // as shown
        click();
        QCOMPARE(shown(), QStringLiteral("0.5 0.375 0.25 0"));
        click();
        QCOMPARE(shown(), QStringLiteral("0.375 0.5 0.25 0"));
    }
};

QTEST_MAIN(TestTableChart)
#include "test_table_chart.moc"

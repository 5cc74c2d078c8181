// Charts draw the data of their views: pictures differ from empty ones, exports have exactly the visible data.
#include <sys/resource.h>

#include <QLabel>
#include <QLineSeries>
#include <QPushButton>
#include <QtTest>
#include <csignal>

#include "core/views/bar_view.h"
#include "core/views/histogram_view.h"
#include "core/views/table_view.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/bar_chart.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/histogram_chart.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/table_chart.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

/// The same, up and down between 0 and 9.
Batch noise(int count) {
    return rows(count, [](int i) { return i / 2 % 2 == 0 ? 0.0 : 9.0; });
}

/// A row each for so many cores.
Batch manySeries(int count) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), cores(Type::of(TypeId::Int)),
        loads(Type::of(TypeId::Double));
    for (int i = 0; i < count; ++i) {
        times.append(Instant{1'700'000'000'000});
        cores.append(std::int32_t{i});
        loads.append(1.0);
    }
    Batch batch;
    batch.schema = schema();
    batch.rows = static_cast<std::size_t>(count);
    batch.columns = {times.finish(), cores.finish(), loads.finish()};
    return batch;
}

std::shared_ptr<BarView> barView(int count) {
    BarInfo info;
    info.category = column(1);
    info.value = column(2);
    info.eventTime = 0;
    auto view = std::make_shared<BarView>(info);
    view->add(rows(count));
    return view;
}

QImage exported(ChartWidget& chart, const QTemporaryDir& folder) {
    const QString path = folder.filePath(QStringLiteral("chart.png"));
    if (!exportPng(chart, path, QSize(800, 400)).ok()) return {};
    return QImage(path);
}

}  // namespace

class TestCharts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void linesAreDrawnInTheirColours() {
        LineChart chart;
        chart.setView(lineView(40));
        QTemporaryDir folder;
        const QImage image = exported(chart, folder);
        QCOMPARE(image.size(), QSize(800, 400));
        const Tokens& tokens = Theme::of().tokens();
        QVERIFY(pixelsOf(image, tokens.series[1]) > 200);  // the second covers most of the first
        // A second export at twice the scale has four times the pixels.
        const QString fine = folder.filePath(QStringLiteral("fine.png"));
        QVERIFY(exportPng(chart, fine, QSize(800, 400), 2).ok());
        QCOMPARE(QImage(fine).size(), QSize(1600, 800));
    }

    // Thick smooth strokes of noise would take the event loop longer than it may.
    void noiseFillsColumnsAndCalmLinesAreStrokes() {
        LineChart chart;
        chart.resize(800, 400);
        const auto view = lineView(40);
        chart.show();
        chart.setView(view);
        auto* plot = chart.findChild<Plot*>();
        auto* line = qobject_cast<QLineSeries*>(plot->chart()->series().constFirst());
        QCOMPARE(line->pen().widthF(), 2.0);
        QVERIFY(line->count() > 0);
        view->add(noise(4000));
        chart.refresh();
        QCOMPARE(line->count(), 0);
        const QRgb color = Theme::of().tokens().series[1].rgb();  // which covers the first
        const QImage image = plot->grab().toImage();
        const QRectF area = plot->plotArea();
        qsizetype filled = 0;
        for (int x = 0; x < image.width(); ++x) {
            int there = 0;
            for (int y = 0; y < image.height(); ++y) there += image.pixel(x, y) == color ? 1 : 0;
            filled += there > area.height() / 4 ? 1 : 0;
        }
        QVERIFY2(static_cast<double>(filled) > area.width() / 2, qPrintable(QString::number(filled)));
    }

    void linesExportTheirExactValues() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(lineView(4));
        QCOMPARE(chart.csv(), QStringLiteral("time,series,value\n"
                                             "2023-11-14T22:13:20.000Z,core 0,0\n"
                                             "2023-11-14T22:13:21.000Z,core 0,0.5\n"
                                             "2023-11-14T22:13:20.500Z,core 1,0.25\n"
                                             "2023-11-14T22:13:21.500Z,core 1,0.75\n"));
        QCOMPARE(chart.summary(), QStringLiteral("Line chart of load, % over event time, 2 line(s), from "
                                                 "22:13:20 to 22:13:21.500"));
    }

    void freezingHoldsThePictureAndCounts() {
        const auto view = lineView(10);
        LineChart chart;
        chart.setView(view);
        QVERIFY(!chart.isStale());
        chart.setFrozen(true);
        view->add(rows(7));
        QVERIFY(!chart.isStale());
        QCOMPARE(chart.rowsSinceFreeze(), std::uint64_t{7});
        chart.setFrozen(false);
        QCOMPARE(chart.rowsSinceFreeze(), std::uint64_t{0});
    }

    void barsAreTheLargestFirst() {
        BarChart chart;
        chart.resize(600, 300);
        chart.setView(barView(10));
        QCOMPARE(chart.csv(), QStringLiteral("category,value\n1,2.25\n0,2\n"));
        QTemporaryDir folder;
        QVERIFY(pixelsOf(exported(chart, folder), Theme::of().tokens().series[0]) > 1000);
    }

    /// Data that a view gave up, to stay within bounds, are mentioned in the picture.
    void whatIsLeftOutIsSaid() {
        const auto says = [](const QWidget& chart, const char* words) {
            const auto anyOf = [words](const auto& parts) {
                return std::any_of(parts.begin(), parts.end(), [&](const auto* part) {
                    return !part->isHidden() && part->text().contains(QLatin1String(words));
                });
            };
            return anyOf(chart.findChildren<QLabel*>()) || anyOf(chart.findChildren<QPushButton*>());
        };
        constexpr auto kSeries = static_cast<int>(LineView::kMaxSeries + LineView::kMaxCounted);
        LineInfo line;
        line.x = column(0);
        line.y = {column(2)};
        line.series = column(1);
        const auto lines = std::make_shared<LineView>(line);
        lines->add(manySeries(kSeries));
        LineChart lineChart;
        lineChart.setView(lines);
        QVERIFY(says(lineChart, "10056 other"));
        QVERIFY(!says(lineChart, "More than"));
        lines->add(manySeries(kSeries + 1));
        lineChart.refresh();
        QVERIFY(says(lineChart, "More than 10056 other"));

        BarInfo bar;
        bar.category = column(1);
        bar.value = column(2);
        bar.top = 3;
        const auto bars = std::make_shared<BarView>(bar);
        bars->add(manySeries(10));
        BarChart barChart;
        barChart.setView(bars);
        QVERIFY(says(barChart, "3 of 10"));
        bars->add(manySeries(static_cast<int>(BarView::kMaxCategories) + 1));
        barChart.refresh();
        QVERIFY(says(barChart, "3 of more than 8000"));

        TableInfo table;
        table.columns = {column(1)};
        table.updating = true;
        table.key = {column(1)};
        const auto rowsOfTable = std::make_shared<TableView>(table);
        rowsOfTable->add(manySeries(20));
        TableChart tableChart;
        tableChart.setView(rowsOfTable);
        QVERIFY(!says(tableChart, "older row"));
        rowsOfTable->add(manySeries(static_cast<int>(TableView::kMaxKeys) + 7));
        tableChart.refresh();
        QVERIFY(says(tableChart, "7 older row"));
    }

    void tablesShowFifteenDigitsAndExportAll() {
        TableInfo info;
        info.columns = {column(2)};
        const auto view = std::make_shared<TableView>(info);
        view->add(rows(1, [](int) { return 504.91999999999996; }));
        TableChart chart;
        chart.setView(view);
        const auto* model = chart.findChild<TableModel*>();
        QCOMPARE(model->data(model->index(0, 0), Qt::DisplayRole).toString(), QStringLiteral("504.92"));
        QCOMPARE(chart.csv(), QStringLiteral("load\n504.91999999999996\n"));
        DataTable values;
        values.set(chart.table());
        QCOMPARE(values.model()->index(0, 0).data().toString(), QStringLiteral("504.92"));
        const QString price = QStringLiteral("0.12345678901234567");
        values.set({{{QStringLiteral("price"), true, true}}, {{price}}});  // a DECIMAL
        QCOMPARE(values.model()->index(0, 0).data().toString(), price);
    }

    void rowsOfOpenWindowsLookProvisional() {
        TableInfo info;
        info.columns = {column(1), column(2)};
        info.eventTime = 0;
        info.updating = true;
        info.key = {column(0), column(1)};
        const auto view = std::make_shared<TableView>(info);
        view->add(rows(4));
        view->setWatermark(1'700'000'000'600);
        TableChart chart;
        chart.setView(view);
        const auto* note = chart.findChild<QLabel*>();
        QVERIFY(!note->isHidden() && note->text().contains(QLatin1String("provisional")));
        const auto* model = chart.findChild<TableModel*>();
        const auto ink = [&](int row) { return model->data(model->index(row, 0), Qt::ForegroundRole); };
        const auto told = [&](int row) {
            return model->data(model->index(row, 0), Qt::AccessibleDescriptionRole).toString();
        };
        QCOMPARE(ink(0), QVariant::fromValue(Theme::of().tokens().dim));  // the newest
        QVERIFY(!told(0).isEmpty());
        QVERIFY(!ink(3).isValid() && told(3).isEmpty());
        view->setWatermark(kMaxTimestamp);
        chart.refresh();
        QVERIFY(note->isHidden() && !ink(0).isValid());
    }

    void wordsOfMarksStandBesideEachOther() {
        Plot plot;
        plot.resize(400, 300);
        plot.setHorizontal({0, 100}, {});
        plot.setVertical({0, 1}, {});
        const QRgb ink = Theme::of().tokens().text.rgb();
        const auto inked = [&](const std::vector<Tick>& marks) {
            plot.setMarks(marks);
            const QImage picture = plot.grab().toImage().convertToFormat(QImage::Format_RGB32);
            int count = 0;
            for (int y = 0; y < picture.height(); ++y) {
                for (int x = 0; x < picture.width(); ++x) count += picture.pixel(x, y) == ink ? 1 : 0;
            }
            return count;
        };
        // The second is too near to the first, the third to the second but not to the first.
        const Tick first{20, QStringLiteral("p50 · 27.6 ms")}, second{38, QStringLiteral("p95 · 88.6 ms")},
            third{52, QStringLiteral("p99 · 131 ms")};
        QVERIFY(inked({first}) > 0);
        QCOMPARE(inked({first, second, third}), inked({first}) + inked({second}) + inked({third}));
    }

    void histogramsCountEveryRowOnce() {
        HistogramInfo info;
        info.value = column(2);
        info.eventTime = 0;
        auto view = std::make_shared<HistogramView>(info);
        view->add(rows(200), 0);
        HistogramChart chart;
        chart.resize(600, 300);
        chart.setView(view);
        int sum = 0;
        for (const QString& line : chart.csv().split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(1)) {
            const QStringList cells = line.split(QLatin1Char(','));  // from, to, series, rows
            // Values are a quarter apart, from 0 on: a bin has as many as it has quarters.
            const double quarters = 4 * (std::min(cells[1].toDouble(), 50.0) - cells[0].toDouble());
            QCOMPARE(cells[3].toDouble(), quarters);
            sum += cells[3].toInt();
        }
        QCOMPARE(sum, 200);
        QTemporaryDir folder;
        QVERIFY(pixelsOf(exported(chart, folder), Theme::of().tokens().series[0]) > 1000);
    }

    void exportedPicturesHaveTheirTitle() {
        LineChart chart;
        chart.setView(lineView(40));
        QTemporaryDir folder;
        const auto headOf = [&] {
            return pixelsOf(exported(chart, folder).copy(0, 0, 800, 30), Theme::of().tokens().text);
        };
        const int without = headOf();
        chart.setTitle(QStringLiteral("LOAD OVER TIME"));
        QVERIFY(headOf() > without + 50);
        QCOMPARE(exported(chart, folder).size(), QSize(800, 400));
    }

    void tooltipsAndKeysTellExactValues() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(lineView(40));
        chart.show();
        auto* tooltip = chart.findChild<ChartTooltip*>();
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(tooltip->isVisible());
        const int right = tooltip->x();
        for (int i = 0; i < 5; ++i)
            QTest::keyClick(&chart, Qt::Key_Left, Qt::ShiftModifier);  // ten steps each
        QVERIFY(tooltip->x() < right);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!tooltip->isVisible());
    }

    void barsTellTheirValuesByKey() {
        BarChart chart;
        chart.resize(600, 300);
        chart.setView(barView(10));
        chart.show();
        auto* tooltip = chart.findChild<ChartTooltip*>();
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(tooltip->isVisible());
        const int top = tooltip->geometry().center().y();
        QTest::keyClick(&chart, Qt::Key_Down);
        QVERIFY(tooltip->geometry().center().y() > top);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!tooltip->isVisible());
    }

    void sharesStandOnZero() {
        const auto top = [](const char* unit) {
            LineInfo info;
            info.x = column(0);
            info.y = {column(2)};
            info.unit = unit;
            auto view = std::make_shared<LineView>(info);
            Batch batch = rows(2);
            ColumnBuilder loads(Type::of(TypeId::Double));
            loads.append(98.0);
            loads.append(99.0);
            batch.columns[2] = loads.finish();
            view->add(batch);
            auto chart = std::make_unique<LineChart>();
            chart->resize(600, 300);
            chart->setView(view);
            return chart->findChild<Plot*>()->vertical();
        };
        QCOMPARE(top("%").from, 0.0);
        QVERIFY(top("ms").from > 90);
    }

    void tablesAreWrittenAsRfc4180() {
        const ChartTable table{{{QStringLiteral("a, b")}, {QStringLiteral("n"), true}},
                               {{QStringLiteral("x\"y"), QStringLiteral("1")},
                                {QString(), QStringLiteral("2")},
                                {QStringLiteral(""), QString()},
                                {QStringLiteral(" größe"), QStringLiteral("3")}}};
        QCOMPARE(toCsv(table), QStringLiteral("\"a, b\",n\n\"x\"\"y\",1\n,2\n\"\",\n\" größe\",3\n"));
    }

    void emptyViewsDrawWithoutHarm() {
        LineChart chart;
        LineInfo info;
        info.x = column(0);
        info.y = {column(2)};
        chart.setView(std::make_shared<LineView>(info));
        QTemporaryDir folder;
        const QImage image = exported(chart, folder);
        QCOMPARE(image.size(), QSize(800, 400));
        // Words have pixels of all shades, but few.
        for (const QColor& color : Theme::of().tokens().series) QVERIFY(pixelsOf(image, color) < 100);
        QCOMPARE(chart.csv(), QStringLiteral("time,series,value\n"));
    }

    void svgIsWrittenAndErrorsAreSaid() {
        LineChart chart;
        QTemporaryDir folder;
        const auto drawn = [&](int rows) {
            chart.setView(lineView(rows));
            const QString path = folder.filePath(QStringLiteral("chart.svg"));
            QFile file(path);
            return exportSvg(chart, path, QSize(600, 300)).ok() && file.open(QIODevice::ReadOnly)
                       ? file.readAll()
                       : QByteArray();
        };
        // The picture is one of these rows: the same for the same, another one for others.
        const QByteArray picture = drawn(40);
        QVERIFY(picture.contains("viewBox=\"0 0 600 300\""));
        QCOMPARE(drawn(40), picture);
        QVERIFY(drawn(30) != picture);
        const Status status = exportPng(chart, QStringLiteral("/nowhere/at/all.png"), QSize(100, 100));
        QVERIFY(!status.ok());
        QVERIFY(english(status.error()).find("/nowhere/at/all.png") != std::string::npos);
    }

    void anExportThatFailsLeavesWhatWasThere() {
        LineChart chart;
        chart.setView(lineView(40));
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("chart.png"));
        QVERIFY(exportPng(chart, path, QSize(800, 400)).ok());
        const QImage before(path);
        QVERIFY(!exportPng(chart, path, QSize(800, 400), 1e6).ok());
        QCOMPARE(QImage(path), before);
        // The disk is full after a thousand bytes.
        struct rlimit usual {};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &usual), 0);
        const rlimit little{1000, usual.rlim_max};
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &little), 0);
        const bool png = exportPng(chart, path, QSize(900, 500)).ok();
        const bool svg = exportSvg(chart, path, QSize(900, 500)).ok();
        const bool csv = exportCsv(chart, path).ok();  // no more than a buffer holds
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &usual), 0);
        std::signal(SIGXFSZ, handler);
        QVERIFY(!png && !svg && !csv);
        QCOMPARE(QImage(path), before);
        QCOMPARE(QDir(folder.path()).entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void theSchedulerDrawsOneChartAFrame() {
        ChartScheduler scheduler;
        std::vector<std::unique_ptr<LineChart>> charts;
        std::vector<std::shared_ptr<LineView>> views;
        int drawn = 0;
        for (int i = 0; i < 4; ++i) {
            views.push_back(lineView(10));
            charts.push_back(std::make_unique<LineChart>());
            charts.back()->setView(views.back());
            charts.back()->show();
            connect(charts.back().get(), &ChartWidget::drawn, this, [&drawn] { ++drawn; });
            scheduler.add(charts.back().get());
        }
        drawn = 0;
        for (const auto& view : views) view->add(rows(3));
        int most = 0;  // in one turn of the event loop
        for (QDeadlineTimer patience(10'000); drawn < 4 && !patience.hasExpired();) {
            const int before = drawn;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            most = std::max(most, drawn - before);
        }
        QCOMPARE(drawn, 4);
        QCOMPARE(most, 1);
        for (const auto& chart : charts) QVERIFY(!chart->isStale());
    }

    /// A chart is seen, and nothing comes to it.
    void theSchedulerRestsWithoutNews() {
        struct Wakings : QObject {
            int count = 0;
            Wakings() { qApp->installEventFilter(this); }
            bool eventFilter(QObject*, QEvent* event) override {
                count += event->type() == QEvent::Timer ? 1 : 0;
                return false;
            }
        };
        ChartScheduler scheduler;
        const std::shared_ptr<LineView> view = lineView(10);
        LineChart chart;
        chart.setView(view);
        chart.show();
        scheduler.add(&chart);
        const auto rests = [] {
            const Wakings wakings;
            QTest::qWait(4 * ChartScheduler::kFrameMillis);
            return wakings.count <= 1;  // the wait itself
        };
        QVERIFY(QTest::qWaitFor(rests, 10'000));
        view->add(rows(3));
        QVERIFY(chart.isStale());
        scheduler.look();
        QTRY_VERIFY(!chart.isStale());
        QVERIFY(QTest::qWaitFor(rests, 10'000));
        view->add(rows(3));
        chart.hide();
        scheduler.look();
        const auto* ticker = scheduler.findChild<Ticker*>();
        QVERIFY(!ticker->isTicking());  // nobody sees it
        chart.show();
        QVERIFY(ticker->isTicking());
        QTRY_VERIFY(!chart.isStale());
    }
};

QTEST_MAIN(TestCharts)
#include "test_charts.moc"

// Where lines run: to the edges of the picture, from where their windows begin, in thumbnails as in charts.
#include <QAbstractButton>
#include <QLineSeries>
#include <QPushButton>
#include <QtTest/QtTest>
#include <set>

#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/line_choice.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

/// Between 99.8 and 100: the whole axis of a picture that did not know shares.
Batch shares() {
    return rows(40, [](int i) { return 99.8 + i % 3 * 0.1; });
}

constexpr Instant kWideTime = 1'700'000'000'000;

/// A row each for so many cores, whose value is their number times `factor`.
Batch wideRows(int cores, Instant at, double factor = 1) {
    ColumnBuilder times(Type::of(TypeId::Timestamp)), names(Type::of(TypeId::Int)),
        loads(Type::of(TypeId::Double));
    for (int i = 0; i < cores; ++i) {
        times.append(at);
        names.append(std::int32_t{i});
        loads.append(factor * i);
    }
    Batch batch;
    batch.schema = schema();
    batch.rows = static_cast<std::size_t>(cores);
    batch.columns = {times.finish(), names.finish(), loads.finish()};
    return batch;
}

std::shared_ptr<LineView> wideView(int cores) {
    auto view = std::make_shared<LineView>(lineView(0)->info());
    view->add(wideRows(cores, kWideTime));
    return view;
}

/// The numbers of the cores whose lines are drawn.
std::set<int> drawnCores(const LineChart& chart) {
    std::set<int> cores;
    for (const QStringList& row : chart.table().rows)
        cores.insert(row[1].section(QLatin1Char(' '), 1).toInt());
    return cores;
}

QList<QPointF> drawnLine(const ChartWidget& chart) {
    const auto* plot = chart.findChild<Plot*>();
    return qobject_cast<QLineSeries*>(plot->chart()->series().constFirst())->points();
}

QImage thumbnailOf(const LiveView& view) {
    QImage image(174, 64, QImage::Format_RGB32);
    image.fill(Theme::of().tokens().field);
    QPainter painter(&image);
    if (!paintThumbnail(painter, QRectF(image.rect()), view)) return {};
    return image;
}

/// How far up and down lines of a colour go in an SVG drawing: paths and polylines, placed by their groups.
std::pair<double, double> heightsOf(const QByteArray& svg, const QColor& color) {
    std::pair<double, double> heights{1e9, -1e9};
    QTransform placed;
    bool wanted = false;
    static const QRegularExpression kNumbers(QStringLiteral("-?[0-9.]+(e-?[0-9]+)?"));
    const auto numbers = [](const QString& text) {
        QList<double> found;
        for (auto at = kNumbers.globalMatch(text); at.hasNext();) found << at.next().captured().toDouble();
        return found;
    };
    for (QXmlStreamReader xml(svg); !xml.atEnd();) {
        if (xml.readNext() != QXmlStreamReader::StartElement) continue;
        const auto attributes = xml.attributes();
        if (xml.name() == QLatin1String("g")) {
            const QList<double> m = numbers(attributes.value("transform").toString());
            if (m.size() == 6) placed = QTransform(m[0], m[1], m[2], m[3], m[4], m[5]);
            wanted = attributes.value("stroke").toString() == color.name();
            continue;
        }
        const bool path = xml.name() == QLatin1String("path");
        if (!wanted || (!path && xml.name() != QLatin1String("polyline"))) continue;
        const QList<double> ends = numbers(attributes.value(path ? "d" : "points").toString());
        for (qsizetype i = 1; i < ends.size(); i += 2) {
            const double y = placed.map(QPointF(ends[i - 1], ends[i])).y();
            heights = {std::min(heights.first, y), std::max(heights.second, y)};
        }
    }
    return heights;
}

}  // namespace

class TestLineChart : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    /// Between its points a line has no gap at the edges of a picture that shows a part of it.
    void zoomedLinesGoOnToTheEdges() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(lineView(40));
        auto* plot = chart.findChild<Plot*>();
        constexpr double kBegin = 1'700'000'000'000;
        Q_EMIT plot->zoomed({kBegin + 3250, kBegin + 7250}, plot->vertical());
        QList<QPointF> line = drawnLine(chart);
        QCOMPARE(line.first(), QPointF(kBegin + 3250, 1.625));
        QCOMPARE(line.last(), QPointF(kBegin + 7250, 3.625));
        QVERIFY(!chart.csv().contains(QStringLiteral("22:13:23.000Z,core 0")));  // files have the visible part
        // Between two points there is a line, too, though nothing to point at.
        Q_EMIT plot->zoomed({kBegin + 3250, kBegin + 3450}, plot->vertical());
        line = drawnLine(chart);
        QCOMPARE(line, (QList<QPointF>{{kBegin + 3250, 1.625}, {kBegin + 3450, 1.725}}));
        QTest::keyClick(&chart, Qt::Key_Left);
        QVERIFY(!chart.findChild<ChartTooltip*>()->isVisibleTo(&chart));
        // Before the first point there is none.
        // Beyond all instants there is nothing to see.
        Q_EMIT plot->zoomed({-1e19, 1e19}, plot->vertical());
        QCOMPARE(plot->horizontal(), (Range{kBegin + 3250, kBegin + 3450}));
        Q_EMIT plot->zoomed({kBegin - 5000, kBegin + 2000}, plot->vertical());
        QCOMPARE(drawnLine(chart).first(), QPointF(kBegin, 0));
    }

    /// Around the point that the keyboard is at, else around the middle.
    void keysZoom() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(lineView(40));
        chart.show();
        const auto* plot = chart.findChild<Plot*>();
        const auto* back = chart.findChild<QPushButton*>();
        const Range all = plot->horizontal(), values = plot->vertical();
        const double middle = all.from + all.length() / 2;
        QTest::keyClick(&chart, Qt::Key_Plus, Qt::ShiftModifier);
        QVERIFY(qAbs(plot->horizontal().length() - all.length() / 1.5) < 1);
        QVERIFY(qAbs(plot->horizontal().from + plot->horizontal().length() / 2 - middle) < 1);
        QVERIFY(back->isVisible());
        QTest::keyClick(&chart, Qt::Key_Minus);
        QVERIFY(qAbs(plot->horizontal().length() - all.length()) < 1);
        QTest::keyClick(&chart, Qt::Key_0);
        QVERIFY(!back->isVisible());
        QTest::keyClick(&chart, Qt::Key_Left);  // the newest point
        QTest::keyClick(&chart, Qt::Key_Equal);
        QVERIFY(qAbs(plot->horizontal().to - all.to) < all.length() / 20);
        QVERIFY(plot->horizontal().from > all.from + all.length() / 4);
        QCOMPARE(plot->vertical(), values);
        const Range now = plot->horizontal();
        QTest::keyClick(&chart, Qt::Key_Plus, Qt::ControlModifier);  // that zooms the canvas
        QCOMPARE(plot->horizontal(), now);
        for (int i = 0; i < 200; ++i) QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(plot->horizontal().length() >= 10);
    }

    /// “Live” is a word for a run that goes on.
    void theWayBackSaysWhereItLeads_data() {
        QTest::addColumn<bool>("live");
        QTest::addColumn<bool>("goesOn");
        QTest::addColumn<int>("span");
        QTest::addColumn<QString>("words");
        QTest::newRow("live") << true << true << 60'000 << QStringLiteral("Back to live");
        QTest::newRow("was live") << true << false << 60'000 << QStringLiteral("Show the newest rows");
        QTest::newRow("bounded, still reading") << false << true << 0 << QStringLiteral("Show the whole run");
        QTest::newRow("bounded") << false << false << 0 << QStringLiteral("Show the whole run");
    }

    void theWayBackSaysWhereItLeads() {
        QFETCH(bool, live);
        QFETCH(bool, goesOn);
        QFETCH(int, span);
        QFETCH(QString, words);
        LineInfo info = lineView(0)->info();
        info.live = live;
        info.span = span;
        const auto view = std::make_shared<LineView>(info);
        view->add(rows(400));
        LineChart chart;
        chart.resize(800, 400);
        chart.setRunGoesOn(true);
        chart.setView(view);
        chart.show();
        const auto* back = chart.findChild<QPushButton*>();
        QVERIFY(!back->isVisible());
        auto* plot = chart.findChild<Plot*>();
        const Range before = plot->horizontal();
        Q_EMIT plot->zoomed({before.from + 1000, before.to - 1000}, plot->vertical());
        QVERIFY(back->isVisible());
        chart.setRunGoesOn(goesOn);
        QCOMPARE(back->text(), words);
        QCOMPARE(chart.shownSpan(), QString());
        QTest::mouseClick(const_cast<QPushButton*>(back), Qt::LeftButton);
        QCOMPARE(chart.shownSpan(),
                 span == 0 ? QStringLiteral("Whole run") : QStringLiteral("Last 1\u2009min"));
        QVERIFY(!back->isVisible());
        QCOMPARE(plot->horizontal(), before);
    }

    /// What a person does to the times of one chart is done to all that share them.
    void neighboursShowTheSameTimes() {
        SharedTimes times;
        LineChart first, second;
        QCOMPARE(times.count(), std::size_t{0});
        for (LineChart* chart : {&first, &second}) {
            chart->share(times);
            chart->resize(800, 400);
            chart->setView(lineView(400));
            chart->show();
        }
        QCOMPARE(times.count(), std::size_t{2});
        auto* one = first.findChild<Plot*>();
        auto* other = second.findChild<Plot*>();
        const Range whole = one->horizontal();
        const Range part{whole.from + 100'000, whole.from + 200'000};
        Q_EMIT one->zoomed(part, one->vertical());
        QCOMPARE(other->horizontal(), part);
        times.step(false);
        QCOMPARE(one->horizontal(), (Range{part.to, part.to + part.length()}));
        QCOMPARE(other->horizontal(), one->horizontal());
        second.setView(lineView(300));  // a run that begins meanwhile
        QCOMPARE(other->horizontal(), one->horizontal());
        Q_EMIT other->resetRequested();
        QCOMPARE(one->horizontal(), whole);
        times.showNewest(60'000);
        QCOMPARE(one->horizontal(), (Range{whole.to - 60'000, whole.to}));
        times.step(true);
        QCOMPARE(one->horizontal(), (Range{whole.to - 120'000, whole.to - 60'000}));
        times.showNewest(std::nullopt);
        QCOMPARE(one->horizontal(), whole);
    }

    void neighboursPointAtTheSameMoment() {
        SharedTimes times;
        LineChart first;
        auto second = std::make_unique<LineChart>();
        for (LineChart* chart : {&first, second.get()}) {
            chart->share(times);
            chart->resize(800, 400);
            chart->setView(lineView(400));
            chart->show();
        }
        auto* plot = first.findChild<Plot*>();
        const auto picture = [](LineChart& chart) { return chart.grab().toImage(); };
        const QImage before = picture(*second);
        Q_EMIT plot->hovered(plot->horizontal().from + 100'000, 0);
        QVERIFY(times.moment().has_value());
        QCOMPARE(times.pointed(), &first);
        QVERIFY(picture(*second) != before);
        QVERIFY(!second->findChild<ChartTooltip*>()->isVisible());
        Q_EMIT plot->left();
        QVERIFY(!times.moment().has_value());
        QVERIFY(picture(*second) == before);
        Q_EMIT second->findChild<Plot*>()->hovered(plot->horizontal().from + 100'000, 0);
        QVERIFY(times.moment().has_value());
        second.reset();  // with the pointer over it
        QVERIFY(!times.moment().has_value());
        QCOMPARE(times.count(), std::size_t{1});
    }

    /// SVG files are not clipped: lines that leave the plot upwards or downwards must not be in them.
    void drawingsEndAtThePlot() {
        LineChart chart;
        chart.setView(lineView(40));
        chart.resize(600, 300);
        auto* plot = chart.findChild<Plot*>();
        Q_EMIT plot->zoomed(plot->horizontal(), {5, 6});
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("chart.svg")));
        QVERIFY(exportSvg(chart, file.fileName(), QSize(600, 300)).ok() && file.open(QIODevice::ReadOnly));
        const auto [top, bottom] = heightsOf(file.readAll(), Theme::of().tokens().series[0]);
        QVERIFY2(top < bottom, "no line");
        const QPointF end = plot->mapTo(&chart, plot->mapFromScene(plot->plotArea().bottomLeft()));
        QVERIFY2(bottom <= end.y() + 1, qPrintable(QString::number(bottom)));
    }

    /// A day's value stands at its day, in the picture, its tooltip and its file.
    void windowsStandWhereTheyBegin() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(dailyView(3));
        chart.show();
        constexpr auto kBegin = static_cast<double>(kFirstDay), kLong = static_cast<double>(kDay);
        QCOMPARE(drawnLine(chart),
                 (QList<QPointF>{{kBegin, 1}, {kBegin + kLong, 2}, {kBegin + 2 * kLong, 3}}));
        const auto* plot = chart.findChild<Plot*>();
        QCOMPARE(plot->horizontal(), (Range{kBegin, kBegin + 2 * kLong}));
        QCOMPARE(chart.csv(), QStringLiteral("window_start,window_end,series,value\n"
                                             "2024-01-01T00:00:00.000Z,2024-01-02T00:00:00.000Z,n,1\n"
                                             "2024-01-02T00:00:00.000Z,2024-01-03T00:00:00.000Z,n,2\n"
                                             "2024-01-03T00:00:00.000Z,2024-01-04T00:00:00.000Z,n,3\n"));
        QTest::keyClick(&chart, Qt::Key_Left);
        const auto* tooltip = chart.findChild<ChartTooltip*>();
        QVERIFY(tooltip->isVisible());
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("2024-01-03"));
    }

    /// More lines than are shown: their number is a button, and leads to all of them.
    void otherLinesCanBeChosen() {
        LineChart chart;
        chart.resize(800, 400);
        chart.setView(wideView(12));
        chart.show();
        QVERIFY(QTest::qWaitForWindowActive(&chart, 30'000));
        auto* legend = chart.findChild<Legend*>();
        auto* others = legend->findChild<QPushButton*>();
        QVERIFY(others && others->isVisible() && others->text().startsWith(QLatin1Char('4')));
        others->setFocus();
        QTest::keyClick(others, Qt::Key_Space);
        const QPointer<LineChoice> menu = chart.findChild<LineChoice*>();
        QVERIFY(menu && menu->isVisible());
        const QList<QAction*> lines = menu->actions().mid(3);  // after the largest, and the words above them
        QCOMPARE(lines.size(), qsizetype{12});
        QVERIFY(lines[7]->isChecked() && !lines[8]->isChecked());
        QVERIFY(!lines[8]->isEnabled());  // eight are enough
        QTest::mouseClick(menu, Qt::LeftButton, {}, menu->actionGeometry(lines[1]).center());
        QVERIFY(menu->isVisible() && !lines[1]->isChecked() && lines[8]->isEnabled());
        menu->setActiveAction(lines[8]);  // whose own colour another line has
        QTest::keyClick(menu, Qt::Key_Return);
        QVERIFY(menu->isVisible() && lines[8]->isChecked() && !lines[9]->isEnabled());
        QStringList names;
        for (const QStringList& row : chart.table().rows) names << row[1];
        QVERIFY(names.contains(QStringLiteral("core 8")) && !names.contains(QStringLiteral("core 1")));
        QCOMPARE(names.size(), qsizetype{8});
        std::set<QString> looks;
        for (const QAbstractSeries* series : chart.findChild<Plot*>()->chart()->series()) {
            const auto* line = qobject_cast<const QLineSeries*>(series);
            if (line->count() > 0) looks.insert(line->pen().color().name());
        }
        QCOMPARE(looks.size(), std::size_t{8});
        QTest::keyClick(menu, Qt::Key_Escape);
        QTRY_VERIFY(!menu);
        // A run again shows the same lines.
        chart.setView(wideView(12));
        names.clear();
        for (const QStringList& row : chart.table().rows) names << row[1];
        QVERIFY(names.contains(QStringLiteral("core 8")) && !names.contains(QStringLiteral("core 1")));
    }

    /// Those that came first need not be the largest, which the chart tells, and gives.
    void theLargestLinesCanBeChosen() {
        LineChart chart;
        chart.resize(800, 400);
        const auto view = wideView(12);
        chart.setView(view);
        chart.show();
        const auto chooseLargest = [&chart] {
            auto* others = chart.findChild<Legend*>()->findChild<QPushButton*>();
            QVERIFY(others && others->toolTip().contains(QStringLiteral("those that came first are shown")));
            others->click();
            const QPointer<LineChoice> menu = chart.findChild<LineChoice*>();
            QVERIFY(menu);
            menu->setActiveAction(menu->actions().constFirst());
            QTest::keyClick(menu, Qt::Key_Return);
            QTRY_VERIFY(!menu);
        };
        QCOMPARE(drawnCores(chart), (std::set{0, 1, 2, 3, 4, 5, 6, 7}));
        chooseLargest();
        QCOMPARE(drawnCores(chart), (std::set{4, 5, 6, 7, 8, 9, 10, 11}));
        std::set<QString> looks;
        for (const QAbstractSeries* series : chart.findChild<Plot*>()->chart()->series()) {
            const auto* line = qobject_cast<const QLineSeries*>(series);
            if (line->count() > 0) looks.insert(line->pen().color().name());
        }
        QCOMPARE(looks.size(), std::size_t{8});
        // Now the first are the largest: no line comes or goes by itself.
        view->add(wideRows(12, kWideTime + 1000, -1));
        chart.refresh();
        QCOMPARE(drawnCores(chart), (std::set{4, 5, 6, 7, 8, 9, 10, 11}));
        chooseLargest();
        QCOMPARE(drawnCores(chart), (std::set{0, 1, 2, 3, 4, 5, 6, 7}));
        // Lines that ended before what is seen are no longer among them.
        view->add(wideRows(10, kWideTime + 2 * view->info().span));
        chart.refresh();
        chooseLargest();
        QCOMPARE(drawnCores(chart), (std::set{2, 3, 4, 5, 6, 7, 8, 9}));
    }

    void filesHaveAllLines() {
        LineChart chart;
        chart.setView(wideView(12));
        const QString csv = chart.csv();
        for (int core = 0; core < 12; ++core)
            QVERIFY2(csv.contains(QStringLiteral(",core %1,%1\n").arg(core)), qPrintable(csv));
        chart.findChild<Legend*>()->findChildren<QAbstractButton*>().front()->click();
        QCOMPARE(chart.csv(), csv);
        QCOMPARE(chart.table().rows.size(), std::size_t{7});  // what is drawn
    }

    /// The card on the canvas shows the heights that the chart shows.
    void thumbnailsHaveTheAxesOfTheirCharts() {
        LineInfo info;
        info.x = column(0);
        info.y = {column(2)};
        info.unit = "%";
        const auto traceOf = [](const LineInfo& of) {
            LineView view(of);
            view.add(shares());
            view.setWatermark(kMaxTimestamp);
            const QImage image = thumbnailOf(view);
            // A level line between two rows of pixels has its full colour in neither.
            const QColor ground = Theme::of().tokens().field;
            std::pair<int, int> heights{image.height(), -1};
            for (int y = 0; y < image.height(); ++y) {
                if (pixelsOf(image.copy(0, y, image.width(), 1), ground) < image.width())
                    heights = {std::min(heights.first, y), y};
            }
            return heights;
        };
        const auto [top, bottom] = traceOf(info);
        QVERIFY(top <= bottom);
        QVERIFY2(bottom - top < 6, qPrintable(QString::number(bottom - top)));
        QVERIFY(bottom < 12);  // near 100 of 0 to 100
        info.unit = "ms";
        const auto [upper, lower] = traceOf(info);
        QVERIFY(lower - upper > 30);  // no share: the axis is from 99.8 to 100
    }

    void thumbnailsShowWindowsWhereTheyBegin() {
        const auto view = dailyView(3);
        const QImage image = thumbnailOf(*view);
        const QColor color = Theme::of().tokens().series[0];
        QVERIFY(pixelsOf(image.copy(0, 0, 6, 64), color) > 0);
        QVERIFY(pixelsOf(image.copy(160, 0, 14, 64), color) > 0);
        QVERIFY(thumbnailOf(*dailyView(1)) != image);
    }
};

QTEST_MAIN(TestLineChart)
#include "test_line_chart.moc"

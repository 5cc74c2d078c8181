// Scatter charts and heat maps: their own marks stand where their data are, in their colours, and
// are painted once however the crosshair moves.
#include <fmt/format.h>

#include <QAbstractButton>
#include <QLabel>
#include <QMouseEvent>
#include <QtTest>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/views/heat_map_view.h"
#include "core/views/scatter_view.h"
#include "tests/support/batch_of.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/heat_scale.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/markers.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/heat_map_chart.h"
#include "widgets/charts/scatter_chart.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

constexpr QSize kSize(800, 400);

/// Points at (load, core) of these rows, a series for each core.
std::shared_ptr<ScatterView> scatterView(int count, std::size_t keep = 10'000) {
    ScatterInfo info;
    info.x = column(2);
    info.y = column(1);
    info.series = column(1);
    info.eventTime = 0;
    info.keep = keep;
    info.unit = "%";
    auto view = std::make_shared<ScatterView>(info);
    view->add(rows(count));
    return view;
}

/// The load of two cores over time, two columns a second.
std::shared_ptr<HeatMapView> heatView(int count) {
    HeatMapInfo info;
    info.x = column(0);
    info.y = column(1);
    info.value = column(2);
    info.eventTime = 0;
    auto view = std::make_shared<HeatMapView>(info);
    view->add(rows(count));
    view->setWatermark(kMaxTimestamp);
    return view;
}

/// A value each for so many names, the later the larger.
std::shared_ptr<HeatMapView> namedHeat(int count) {
    const Type time = Type::of(TypeId::Timestamp), text = Type::of(TypeId::String),
               real = Type::of(TypeId::Double);
    HeatMapInfo info;
    info.x = {0, "ts", time};
    info.y = {1, "name", text};
    info.value = {2, "load", real};
    Rows values;
    for (int i = 0; i < count; ++i)
        values.push_back({Instant{1'700'000'000'000}, fmt::format("name {:03}", i), 1.0 * i});
    auto view = std::make_shared<HeatMapView>(info);
    view->add(batchOf(schemaOf({{"ts", time}, {"name", text}, {"load", real}}), values));
    return view;
}

QImage exported(ChartWidget& chart) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("chart.png"));
    return exportPng(chart, path, kSize).ok() ? QImage(path) : QImage();
}

QByteArray drawn(ChartWidget& chart) {
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("chart.svg")));
    return exportSvg(chart, file.fileName(), kSize).ok() && file.open(QIODevice::ReadOnly) ? file.readAll()
                                                                                           : QByteArray();
}

/// The colour at a place of the plot, as shown.
QColor colorAt(ChartWidget& chart, double x, double y) {
    const auto* plot = chart.findChild<Plot*>();
    const QImage image = chart.grab().toImage();
    const QPoint at = plot->mapTo(&chart, plot->mapFromScene(plot->toScene(x, y)));
    return image.pixelColor(at);
}

bool alike(const QColor& a, const QColor& b) {
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 24;
}

void hover(ChartWidget& chart, double x, double y) {
    auto* plot = chart.findChild<Plot*>();
    const QPointF at = plot->mapFromScene(plot->toScene(x, y));
    QMouseEvent event(QEvent::MouseMove, at, plot->viewport()->mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QApplication::sendEvent(plot->viewport(), &event);
}

bool says(const QWidget& chart, const char* words) {
    const auto labels = chart.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(), [&](const QLabel* label) {
        return !label->isHidden() && label->text().contains(QLatin1String(words));
    });
}

}  // namespace

class TestPlots : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void pointsStandWhereTheirValuesAre() {
        ScatterChart chart;
        chart.resize(kSize);
        chart.setView(scatterView(40));
        chart.show();
        const Tokens& tokens = Theme::of().tokens();
        QVERIFY(alike(colorAt(chart, 9.5, 0), tokens.series[0]));
        QVERIFY(alike(colorAt(chart, 9.75, 1), tokens.series[1]));
        QVERIFY(!alike(colorAt(chart, 9.5, 0.5), tokens.series[0]));
        const QImage image = exported(chart);
        QVERIFY(pixelsOf(image, tokens.series[0]) > 20 * 20);
        QVERIFY(pixelsOf(image, tokens.series[1]) > 20 * 20);
        // A series that is hidden takes its points along.
        const auto entries = chart.findChild<Legend*>()->findChildren<QAbstractButton*>();
        QCOMPARE(entries.size(), qsizetype{2});
        entries.front()->click();
        QVERIFY(pixelsOf(chart.grab().toImage(), tokens.series[0]) < 10);
        QVERIFY(alike(colorAt(chart, 9.75, 1), tokens.series[1]));
    }

    void aPressedEntryOutlivesNewLines() {
        Legend legend;
        const LegendEntry a{QStringLiteral("a"), Qt::red}, b{QStringLiteral("b"), Qt::blue};
        legend.set({a}, {});
        legend.resize(kSize);
        legend.show();
        QVERIFY(QTest::qWaitForWindowActive(&legend, 30'000));
        const QPointer<QAbstractButton> entry = legend.findChildren<QAbstractButton*>().front();
        QSignalSpy changed(&legend, &Legend::visibilityChanged);
        QTest::mousePress(entry, Qt::LeftButton);
        entry->setFocus(Qt::TabFocusReason);
        legend.set({b, a}, QStringLiteral("2 others"));  // lines come all the time
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(entry);
        QVERIFY(entry->hasFocus());
        QTest::mouseRelease(entry, Qt::LeftButton);
        QCOMPARE(changed.size(), 1);
        QVERIFY(legend.isHiddenEntry(QStringLiteral("a")));
        QCOMPARE(legend.findChildren<QAbstractButton*>().size(), 3);  // with the note
        QVERIFY(entry->hasFocus());  // the next press of Space shows it again
        legend.set({b}, {});
        QTRY_COMPARE(legend.findChildren<QAbstractButton*>().size(), 2);
    }

    void pointsExportTheirExactValues() {
        ScatterChart chart;
        chart.resize(kSize);
        chart.setView(scatterView(3));
        QCOMPARE(chart.csv(), QStringLiteral("x,y,series\n0,0,core 0\n0.25,1,core 1\n0.5,0,core 0\n"));
        QCOMPARE(chart.summary(), QStringLiteral("Scatter chart of core over load, number of points: 3"));
        QVERIFY(drawn(chart).count("<path") >= 3);
        ScatterInfo info = scatterView(0)->info();
        info.x = column(0);
        const auto view = std::make_shared<ScatterView>(info);
        view->add(rows(1));
        chart.setView(view);
        QCOMPARE(chart.csv(), QStringLiteral("x,y,series\n2023-11-14T22:13:20.000Z,0,core 0\n"));
    }

    void anSvgDrawingHasOnlyWhatIsSeen() {
        ScatterChart chart;
        chart.resize(kSize);
        chart.setView(scatterView(400));
        const auto all = drawn(chart).count("<path");
        auto* plot = chart.findChild<Plot*>();
        Q_EMIT plot->zoomed({0, 10}, plot->vertical());
        QVERIFY(drawn(chart).count("<path") < all - 300);
        QCOMPARE(chart.csv().count(QLatin1Char('\n')), qsizetype{1 + 41});
        Q_EMIT plot->resetRequested();
        QCOMPARE(drawn(chart).count("<path"), all);
    }

    void thePointNearThePointerIsTold() {
        ScatterChart chart;
        chart.resize(kSize);
        chart.setView(scatterView(40));
        chart.show();
        auto* tooltip = chart.findChild<ChartTooltip*>();
        hover(chart, 5.05, 0.02);
        QVERIFY(tooltip->isVisible());
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("load 5"));
        hover(chart, 5, 0.5);
        QVERIFY(!tooltip->isVisible());
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("load 0"));
        QTest::keyClick(&chart, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("load 2.5"));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!tooltip->isVisible());
    }

    /// Both axes, around the point that the keyboard is at.
    void keysZoomBothAxes() {
        ScatterChart chart;
        chart.resize(kSize);
        chart.setView(scatterView(40));
        chart.show();
        const auto* plot = chart.findChild<Plot*>();
        const Range x = plot->horizontal(), y = plot->vertical();
        QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(qAbs(plot->horizontal().length() * 1.5 - x.length()) < 1e-6 * x.length());
        QVERIFY(qAbs(plot->vertical().length() * 1.5 - y.length()) < 1e-6 * y.length());
        QTest::keyClick(&chart, Qt::Key_0);
        QCOMPARE(plot->horizontal(), x);
        QTest::keyClick(&chart, Qt::Key_Right);  // the first point
        const double place = (0 - x.from) / x.length();
        QTest::keyClick(&chart, Qt::Key_Plus);
        QVERIFY(qAbs((0 - plot->horizontal().from) / plot->horizontal().length() - place) < 0.01);
        QTest::keyClick(&chart, Qt::Key_Minus);
        QVERIFY(qAbs(plot->horizontal().length() - x.length()) < 1e-6 * x.length());
    }

    void zoomingOutEndsWhereNothingIs() {
        ScatterChart chart;
        chart.resize(kSize);
        chart.setView(scatterView(40));
        auto* plot = chart.findChild<Plot*>();
        for (int i = 0; i < 100; ++i) {
            const Range x = plot->horizontal(), y = plot->vertical();
            Q_EMIT plot->zoomed({1e9 * x.from - 1, 1e9 * x.to + 1}, {1e9 * y.from - 1, 1e9 * y.to + 1});
            if (plot->horizontal() == x) break;
        }
        QVERIFY(std::isfinite(plot->horizontal().length()) && plot->horizontal().length() > 1e280);
        QVERIFY(std::isfinite(plot->vertical().length()));
    }

    void whatIsNotKeptIsSaid() {
        ScatterChart points;
        points.setView(scatterView(40));
        QVERIFY(!says(points, "newest"));
        points.setView(scatterView(40, 10));
        QVERIFY(says(points, "The newest 10 points"));
        HeatMapChart cells;
        cells.resize(kSize);
        cells.setView(namedHeat(3));
        (void)exported(cells);
        QVERIFY(!says(cells, "rows"));
        cells.setView(namedHeat(100));
        cells.show();
        QVERIFY(says(cells, "of 100 rows, those with the largest values"));
        cells.setView(namedHeat(static_cast<int>(HeatGrid::kMaxRows) + 1));
        QVERIFY(says(cells, "of more than 200 rows"));
    }

    /// The shapes of the last four series differ from a disc, and from each other.
    void markersDiffer() {
        const auto masks = [](std::size_t place) { return markerImage(place, 8, Theme::of().tokens().text); };
        for (std::size_t one = 3; one < 8; ++one) {
            for (std::size_t other = one + 1; other < 8; ++other) QVERIFY(masks(one) != masks(other));
        }
        QVERIFY(masks(0) == masks(3));
    }

    void cellsHaveTheColoursOfTheirValues() {
        HeatMapChart chart;
        chart.resize(kSize);
        chart.setView(heatView(40));
        chart.show();
        const Tokens& tokens = Theme::of().tokens();
        const double begin = 1'700'000'000'000;
        // From 0 to 9.75 on a scale to 10: the first is of the least colour, the last of the greatest.
        QVERIFY(alike(colorAt(chart, begin + 500, 0), tokens.heat.front()));
        QVERIFY(alike(colorAt(chart, begin + 19'500, 1), tokens.heat.back()));
        QCOMPARE(heatColor(tokens, 5, {0, 10}), tokens.heat[4]);
        QCOMPARE(heatColor(tokens, 10, {0, 10}), tokens.heat[7]);
        for (const QColor& color : tokens.heat) QVERIFY(pixelsOf(exported(chart), color) > 200);
    }

    /// So small that no part of it is a DOUBLE.
    void theLeastValueHasAColour() {
        constexpr double kLeast = std::numeric_limits<double>::denorm_min();
        const Tokens& tokens = Theme::of().tokens();
        for (const double low : {0.0, kLeast}) {
            const QColor color = heatColor(tokens, kLeast, valueRange(low, kLeast));
            QVERIFY(std::find(tokens.heat.begin(), tokens.heat.end(), color) != tokens.heat.end());
        }
    }

    void cellsExportTheirExactValues() {
        HeatMapChart chart;
        chart.resize(kSize);
        chart.setView(heatView(3));
        chart.show();
        QCOMPARE(chart.csv(), QStringLiteral("from,to,row_from,row_to,value\n"
                                             "2023-11-14T22:13:20.000Z,2023-11-14T22:13:21.000Z,1,1,0.25\n"
                                             "2023-11-14T22:13:20.000Z,2023-11-14T22:13:21.000Z,0,0,0\n"
                                             "2023-11-14T22:13:21.000Z,2023-11-14T22:13:22.000Z,0,0,0.5\n"));
        QCOMPARE(chart.summary(), QStringLiteral("Heat map of load by core over ts, values from 0 to 0.5"));
        QCOMPARE(chart.rangeText(), QStringLiteral("22:13:20–22:13:22"));
    }

    void theCellUnderThePointerIsTold() {
        HeatMapChart chart;
        chart.resize(kSize);
        chart.setView(heatView(40));
        chart.show();
        auto* tooltip = chart.findChild<ChartTooltip*>();
        hover(chart, 1'700'000'002'500, 1);
        QVERIFY(tooltip->isVisible());
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("22:13:22 – 22:13:23"));
        QTest::keyClick(&chart, Qt::Key_Left);
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("22:13:21 – 22:13:22"));
        const int above = tooltip->y();
        QTest::keyClick(&chart, Qt::Key_Down);
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("22:13:21 – 22:13:22"));
        QVERIFY(tooltip->y() > above);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!tooltip->isVisible());
    }

    void aLayerIsPaintedOnce() {
        Plot plot;
        plot.resize(400, 300);
        int painted = 0;
        plot.setLayer([&painted](QPainter&) { ++painted; });
        plot.setHorizontal({0, 100}, {});
        (void)plot.grab();
        QCOMPARE(painted, 1);
        for (int at = 0; at < 5; ++at) {
            plot.setCrosshair(at);
            (void)plot.grab();
        }
        QCOMPARE(painted, 1);
        plot.setHorizontal({0, 50}, {});
        (void)plot.grab();
        QCOMPARE(painted, 2);
    }
};

QTEST_MAIN(TestPlots)
#include "test_plots.moc"

// Pies and gauges: their colours show the data of their views, words keep apart, and parts without a place in
// the picture are mentioned beside it.
#include <QAbstractButton>
#include <QLabel>
#include <QMouseEvent>
#include <QtTest/QtTest>
#include <cmath>
#include <random>

#include "tests/support/batch_of.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/chart_export.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/gauge_dial.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/gauge_chart.h"
#include "widgets/charts/pie_chart.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

constexpr QSize kSize(640, 400);

std::vector<Value> of(const std::string& name, Value n) {
    return {name, std::move(n)};
}

std::shared_ptr<PieView> pieView(const Rows& rows, std::size_t top = 8) {
    PieInfo info;
    info.category = {0, "name", Type::of(TypeId::String)};
    info.value = {1, "n", Type::of(TypeId::Double)};
    info.top = top;
    auto view = std::make_shared<PieView>(info);
    view->add(batchOf(schemaOf({{"name", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Double)}}), rows));
    return view;
}

GaugeInfo scale(double min, double max, std::optional<double> threshold = {}) {
    GaugeInfo info;
    info.value = column(2);
    info.min = min;
    info.max = max;
    info.threshold = threshold;
    info.unit = "ms";
    return info;
}

std::shared_ptr<GaugeView> gaugeView(const GaugeInfo& info, double value) {
    auto view = std::make_shared<GaugeView>(info);
    view->add(batchOf(schema(), {{Value{}, Value{}, value}}));
    return view;
}

QImage pictureOf(ChartWidget& chart, QSize size = kSize) {
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("x.png"));
    return exportPng(chart, path, size).ok() ? QImage(path) : QImage();
}

QImage thumbnailOf(const LiveView& view) {
    QImage image(174, 64, QImage::Format_RGB32);
    image.fill(Theme::of().tokens().field);
    QPainter painter(&image);
    paintThumbnail(painter, QRectF(image.rect()), view);
    return image;
}

bool says(const QWidget& chart, const QString& words) {
    const auto labels = chart.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->text().contains(words); });
}

void moveTo(QWidget& widget, const QPointF& at) {
    QMouseEvent move(QEvent::MouseMove, at, widget.mapToGlobal(at), Qt::NoButton, Qt::NoButton,
                     Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &move);
}

const Tokens& tokens() {
    return Theme::of().tokens();
}

}  // namespace

class TestRoundCharts : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void slicesAreAsLargeAsTheirShares() {
        PieChart chart;
        chart.setView(pieView({of("a", 3.0), of("b", 1.0)}));
        for (const QImage& image : {pictureOf(chart), thumbnailOf(*chart.view())}) {
            const double most = pixelsOf(image, tokens().series[0]),
                         least = pixelsOf(image, tokens().series[1]);
            QVERIFY2(least > 100 && std::fabs(most / least - 3) < 0.4,
                     qPrintable(QString::number(most / least)));
        }
    }

    /// Clockwise from the top: three quarters, then the quarter at the upper left.
    void slicesBeginAtTheTop() {
        PieChart chart;
        chart.setView(pieView({of("a", 3.0), of("b", 1.0)}));
        const QImage image = pictureOf(chart);
        const QRect left(0, 0, kSize.width() / 2, kSize.height()), right(left.translated(left.width(), 0));
        QCOMPARE(pixelsOf(image.copy(right), tokens().series[1]), 0);
        QVERIFY(pixelsOf(image.copy(left), tokens().series[1]) > 1000);
    }

    void oneSliceIsAWholeCircle() {
        PieChart chart;
        chart.setView(pieView({of("a", 3.0)}));
        QVERIFY(pixelsOf(pictureOf(chart), tokens().series[0]) > 10'000);
        QVERIFY(pixelsOf(thumbnailOf(*chart.view()), tokens().series[0]) > 1000);
    }

    void theRestIsOneSliceWithANameOfItsOwn() {
        PieChart chart;
        chart.setView(pieView({of("a", 4.0), of("others", 2.0), of("c", 1.0), of("d", 1.0)}, 2));
        QCOMPARE(chart.csv(),
                 QStringLiteral("category,value,share\na,4,0.5\nothers,2,0.25\nothers…,2,0.25\n"));
        QVERIFY(pixelsOf(pictureOf(chart), tokens().dim) > 1000);
        QCOMPARE(chart.summary(), QStringLiteral("Pie chart, slices: 3, the largest is a with 50\u00A0%"));
    }

    void whatIsLeftOutIsSaid() {
        PieChart chart;
        chart.setView(pieView({of("a", 4.0), of("b", 2.0)}));
        QVERIFY(!says(chart, QStringLiteral("below zero")) && !says(chart, QStringLiteral("without")));
        chart.setView(pieView({of("a", 4.0), of("b", -2.0), of("c", Value{}), of("d", std::nan(""))}));
        QVERIFY(says(chart, QStringLiteral("below zero and left out: 1")));
        QVERIFY(says(chart, QStringLiteral("rows without a number: 2")));
        QCOMPARE(chart.csv(), QStringLiteral("category,value,share\na,4,1\n"));
    }

    void nothingIsAnEmptyCircle() {
        PieChart chart;
        chart.setView(pieView({of("a", 0.0)}));
        const QImage image = pictureOf(chart);
        QVERIFY(pixelsOf(image, tokens().line) > 100);
        QVERIFY(pixelsOf(image, tokens().series[0]) < 200);  // of the legend
    }

    void theLegendHidesSlices() {
        PieChart chart;
        chart.resize(kSize);
        chart.setView(pieView({of("a", 3.0), of("b", 1.0)}));
        chart.show();
        const int before = pixelsOf(pictureOf(chart), tokens().series[1]);
        const auto entries = chart.findChild<Legend*>()->findChildren<QAbstractButton*>();
        QCOMPARE(entries.size(), 2);
        for (QAbstractButton* entry : entries) {
            if (entry->text() == QLatin1String("b")) entry->click();
        }
        const QImage image = pictureOf(chart);
        QVERIFY(pixelsOf(image, tokens().series[1]) < before / 10);
        QVERIFY(pixelsOf(image, tokens().series[0]) > 2 * before);  // its share is unchanged
        QCOMPARE(chart.csv(), QStringLiteral("category,value,share\na,3,0.75\nb,1,0.25\n"));
    }

    void slicesAreToldAbout() {
        PieChart chart;
        chart.resize(kSize);
        chart.setView(pieView({of("a", 3.0), of("b", 1.0)}));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart, 30'000));
        auto* tooltip = chart.findChild<ChartTooltip*>();
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(tooltip->isVisible());
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("a"));
        QTest::keyClick(&chart, Qt::Key_Right);
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("b"));
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!tooltip->isVisible());
        const QPointF low(kSize.width() / 2.0 + 20, kSize.height() * 0.6);
        moveTo(chart, low);
        QVERIFY(tooltip->isVisible());
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("a"));
        moveTo(chart, QPointF(kSize.width() - 5, kSize.height() - 5));
        QVERIFY(!tooltip->isVisible());
    }

    void theWindowShownIsSaid() {
        const Type time = Type::of(TypeId::Timestamp);
        PieInfo info;
        info.windowStart = {0, "window_start", time};
        info.windowEnd = {1, "window_end", time};
        info.category = {2, "name", Type::of(TypeId::String)};
        info.value = {3, "n", Type::of(TypeId::Double)};
        const SchemaRef windows = schemaOf({{"window_start", time},
                                            {"window_end", time},
                                            {"name", Type::of(TypeId::String)},
                                            {"n", Type::of(TypeId::Double)}});
        const auto view = std::make_shared<PieView>(info);
        view->add(batchOf(windows, {{Instant{10'000}, Instant{20'000}, std::string("a"), 1.0}}));
        PieChart chart;
        chart.setView(view);
        QVERIFY(says(chart, QStringLiteral("00:00:10 – 00:00:20 · provisional")));
        QCOMPARE(chart.rangeText(), QStringLiteral("00:00:10 – 00:00:20"));
        view->setWatermark(20'000);
        chart.refresh();
        QVERIFY(!says(chart, QStringLiteral("provisional")));
    }

    /// Of any words around any circle.
    void wordsKeepApart() {
        std::mt19937 random(1);
        const auto part = [&] { return static_cast<double>(random() % 10'000) / 10'000; };
        const QFontMetricsF fonts(Theme::of().font(TextStyle::Caption));
        std::size_t placed = 0;
        for (int tried = 0; tried < 300; ++tried) {
            const QRectF area(30 * part(), 30 * part(), 80 + 600 * part(), 60 + 400 * part());
            const double radius = part() * std::min(area.width(), area.height()) / 2;
            std::vector<CircleWords> wanted;
            for (int i = 0; i < 12; ++i) {
                wanted.push_back({part(), QString(static_cast<int>(1 + random() % 30), QLatin1Char('w')),
                                  QStringLiteral("12%")});
            }
            const auto words = placeAround(area, area.center(), radius, wanted, fonts);
            placed += words.size();
            for (std::size_t i = 0; i < words.size(); ++i) {
                const QRectF& place = words[i].place;
                QVERIFY(area.contains(place));
                const double x = std::clamp(area.center().x(), place.left(), place.right());
                const double y = std::clamp(area.center().y(), place.top(), place.bottom());
                QVERIFY(std::hypot(x - area.center().x(), y - area.center().y()) >= radius);
                for (std::size_t j = 0; j < i; ++j) QVERIFY(!place.intersects(words[j].place));
            }
        }
        QVERIFY2(placed > 300, qPrintable(QString::number(placed)));
    }

    void wordsGiveWayToBriefOnes() {
        const QFontMetricsF fonts(Theme::of().font(TextStyle::Caption));
        const QString words(40, QLatin1Char('w')), brief = QStringLiteral("5%");
        const auto place = [&](double width) {
            return placeAround({0, 0, width, 200}, {width / 2, 100}, 50, {{0.25, words, brief}}, fonts);
        };
        QCOMPARE(place(4000).at(0).words, words);
        QCOMPARE(place(200).at(0).words, brief);
        QVERIFY(place(104).empty());
    }

    void aGaugeFillsUpToItsValue() {
        const auto filled = [](double value, QSize size) {
            GaugeChart chart;
            chart.setView(gaugeView(scale(0, 100), value));
            return pixelsOf(pictureOf(chart, size), tokens().series[0]);
        };
        for (const QSize size : {kSize, QSize(220, 56)}) {
            const double whole = filled(100, size);
            QVERIFY2(whole > 100, qPrintable(QString::number(whole)));
            QVERIFY(std::fabs(filled(50, size) / whole - 0.5) < 0.15);
            QCOMPARE(filled(0, size), 0);
        }
    }

    void aValueAboveTheThresholdIsMarked() {
        const auto marked = [](double value) {
            GaugeChart chart;
            chart.setView(gaugeView(scale(0, 100, 80), value));
            return pixelsOf(pictureOf(chart), tokens().error.line) +
                   pixelsOf(thumbnailOf(*chart.view()), tokens().error.line);
        };
        QVERIFY(marked(10) > 20);              // the zone
        QVERIFY(marked(90) > 3 * marked(10));  // the value in it
        QVERIFY(marked(80) < 2 * marked(10));  // not yet above
    }

    void aValueOffTheScaleSaysItsNumber() {
        GaugeChart chart;
        chart.setView(gaugeView(scale(0, 100, 80), 250));
        QCOMPARE(chart.summary(),
                 QStringLiteral("250\u2009ms on a scale from 0 to 100, beyond the scale to 100 · "
                                "above the threshold 80"));
        QCOMPARE(chart.csv(), QStringLiteral("value,min,max\n250,0,100\n"));
        chart.setView(gaugeView(scale(10, 100), -3));
        QCOMPARE(chart.summary(),
                 QStringLiteral("-3\u2009ms on a scale from 10 to 100, below the scale from 10 on"));
        const GaugeInfo info = scale(0, 100);
        QCOMPARE(placeOnScale(info, 250), 1.0);
        QCOMPARE(placeOnScale(info, -1), 0.0);
        QCOMPARE(placeOnScale(info, 25), 0.25);
        QCOMPARE(placeOnScale(scale(-1.5e308, 1.5e308), 0), 0.5);
        // Beyond an end more is drawn than at it.
        const auto drawn = [](double value) {
            GaugeChart other;
            other.setView(gaugeView(scale(0, 100), value));
            return pixelsOf(pictureOf(other), tokens().series[0]);
        };
        QVERIFY(drawn(250) > drawn(100) + 50);
        QVERIFY(drawn(-250) > drawn(0) + 50);
    }

    void theScaleHasItsEndsAndRoundNumbers() {
        QStringList said;
        for (const CircleWords& words : scaleWords(scale(0, 75), 4)) said << words.words;
        QCOMPARE(said, (QStringList{QStringLiteral("0"), QStringLiteral("75"), QStringLiteral("20"),
                                    QStringLiteral("40"), QStringLiteral("60")}));
    }

    void aGaugeTellsItsExactValue() {
        GaugeChart chart;
        chart.resize(kSize);
        chart.setView(gaugeView(scale(0, 100, 80), 12345.678));
        chart.show();
        QVERIFY(QTest::qWaitForWindowExposed(&chart, 30'000));
        auto* tooltip = chart.findChild<ChartTooltip*>();
        QTest::keyClick(&chart, Qt::Key_Right);
        QVERIFY(tooltip->isVisible());
        QCOMPARE(tooltip->accessibleName(), QStringLiteral("12\u2009345.678\u2009ms"));
        const QPoint before = tooltip->pos();
        chart.refresh();
        QCOMPARE(tooltip->pos(), before);
        QTest::keyClick(&chart, Qt::Key_Escape);
        QVERIFY(!tooltip->isVisible());
    }

    void aGaugeOfNothingSaysSo() {
        GaugeChart chart;
        chart.setView(std::make_shared<GaugeView>(scale(0, 100)));
        QCOMPARE(chart.summary(), QStringLiteral("No value yet"));
        QVERIFY(pixelsOf(pictureOf(chart), tokens().series[0]) == 0);
    }
};

QTEST_MAIN(TestRoundCharts)
#include "test_round_charts.moc"

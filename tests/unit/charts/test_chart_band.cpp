// The band and the marked points of a line chart in its picture, its legend, its table, and the answer to why
// a point has its score.
#include <QAbstractButton>
#include <QLabel>
#include <QMenu>
#include <QTableView>
#include <QtTest/QtTest>

#include "core/views/table_view.h"
#include "tests/support/batch_of.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/chart_tooltip.h"
#include "widgets/charts/drawing/legend.h"
#include "widgets/charts/drawing/plot.h"
#include "widgets/charts/line_chart.h"
#include "widgets/charts/table_chart.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/charts/why_score.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

constexpr Instant kBegin = 1'700'000'000'000;
constexpr QSize kSize(800, 400);

const Type kTime = Type::of(TypeId::Timestamp), kReal = Type::of(TypeId::Double),
           kText = Type::of(TypeId::String), kTruth = Type::of(TypeId::Boolean);
const SchemaRef kSchema = schemaOf({{"ts", kTime},
                                    {"value", kReal},
                                    {"low", kReal},
                                    {"high", kReal},
                                    {"odd", kTruth},
                                    {"contributions", kText}});

/// A line at 50 between 20 and 80; the point in its middle is marked.
Batch readings() {
    Rows rows;
    for (int i = 0; i <= 100; ++i) {
        const bool odd = i == 50;
        rows.push_back({kBegin + i * 1'000, odd ? 60.0 : 50.0, 20.0, 80.0, odd,
                        odd ? Value{std::string(R"({"heat": 2.5, "load": -0.75})")} : Value{}});
    }
    return batchOf(kSchema, rows);
}

std::shared_ptr<LineView> bandView(std::optional<double> threshold = {}) {
    LineInfo info;
    info.threshold = threshold;
    info.x = {0, "ts", kTime};
    info.y = {{1, "value", kReal}};
    info.low = {2, "low", kReal};
    info.high = {3, "high", kReal};
    info.mark = {4, "odd", kTruth};
    info.reasons = {5, "contributions", kText};
    info.span = 0;
    auto view = std::make_shared<LineView>(info);
    view->add(readings());
    view->setWatermark(kMaxTimestamp);
    return view;
}

QImage pictureOf(LineChart& chart) {
    chart.show();  // it is laid out then
    if (!QTest::qWaitForWindowExposed(&chart, 30'000)) return {};
    QImage image(chart.size(), QImage::Format_RGB32);
    image.fill(Theme::of().tokens().panel);
    QPainter painter(&image);
    chart.paintPicture(painter, QRectF(image.rect()));
    return image;
}

QColor bandColor() {
    const Tokens& tokens = Theme::of().tokens();
    return mixed(seriesColor(tokens, 0), tokens.panel, Shade::Area);
}

QAbstractButton* entry(const LineChart& chart, const QString& part) {
    for (auto* button : chart.findChildren<QAbstractButton*>()) {
        if (button->text().contains(part)) return button;
    }
    return nullptr;
}

WhyScore* popup() {
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* why = qobject_cast<WhyScore*>(widget); why && why->isVisible()) return why;
    }
    return nullptr;
}

}  // namespace

class TestChartBand : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void theBandLiesBehindTheLine() {
        LineChart chart;
        chart.resize(kSize);
        chart.setView(bandView());
        const QImage image = pictureOf(chart);
        const auto* plot = chart.findChild<Plot*>();
        const double above = plot->toScene(0, 80).y(), below = plot->toScene(0, 20).y();
        const double wide = plot->plotArea().width();
        // A grid and a line take less than a fifth of it.
        QVERIFY2(pixelsOf(image, bandColor()) > 0.8 * wide * (below - above),
                 qPrintable(QString::number(pixelsOf(image, bandColor()))));
        QVERIFY(pixelsOf(image, bandColor()) < 1.05 * wide * (below - above));
        QVERIFY(plot->vertical().from <= 20 && plot->vertical().to >= 80);
    }

    /// A score that is judged by a threshold, and the band of what is usual, stand on one axis.
    void aThresholdIsOneLineBesideTheBand() {
        LineChart chart;
        chart.resize(kSize);
        chart.setView(bandView(95));
        const QImage image = pictureOf(chart);
        const auto* plot = chart.findChild<Plot*>();
        const QRectF area = plot->plotArea();
        QVERIFY(plot->vertical().from <= 20 && plot->vertical().to >= 95);
        const QPoint corner = plot->geometry().topLeft();
        const int left = static_cast<int>(area.left()) + corner.x(), right = static_cast<int>(area.right());
        // Dashes over the whole width, and only there: the rows of the picture that have many of them.
        std::vector<int> dashed;
        for (int y = 0; y < image.height(); ++y) {
            int red = 0;
            for (int x = left; x < right; ++x) {
                const QColor at = image.pixelColor(x, y), line = Theme::of().tokens().error.line;
                red += qAbs(at.red() - line.red()) + qAbs(at.green() - line.green()) +
                                   qAbs(at.blue() - line.blue()) <
                               60
                           ? 1
                           : 0;
            }
            if (red > (right - left) / 3) dashed.push_back(y);
        }
        QVERIFY2(!dashed.empty() && dashed.size() <= 3, qPrintable(QString::number(dashed.size())));
        QCOMPARE(dashed.back() - dashed.front(), static_cast<int>(dashed.size()) - 1);
        const double expected = plot->toScene(0, 95).y() + corner.y();
        QVERIFY2(qAbs(dashed.front() - expected) < 3, qPrintable(QString::number(dashed.front() - expected)));
        // The band is as it is without one.
        const double wide = area.width(), high = plot->toScene(0, 20).y() - plot->toScene(0, 80).y();
        QVERIFY(pixelsOf(image, bandColor()) > 0.8 * wide * high);
        QVERIFY(expected < plot->toScene(0, 80).y() + corner.y());
    }

    void theLegendHidesThem() {
        LineChart chart;
        chart.resize(kSize);
        chart.setView(bandView());
        QAbstractButton* band = entry(chart, QStringLiteral("low"));
        QAbstractButton* odd = entry(chart, QStringLiteral("odd"));
        QVERIFY(band && odd);
        const QColor alarm = Theme::of().tokens().error.line;
        const int both = pixelsOf(pictureOf(chart), alarm);
        QVERIFY(both > 20);
        band->click();
        QCOMPARE(pixelsOf(pictureOf(chart), bandColor()), 0);
        odd->click();
        QCOMPARE(pixelsOf(pictureOf(chart), alarm), 0);
    }

    void thumbnailsHaveBoth() {
        QImage image(174, 64, QImage::Format_RGB32);
        image.fill(Theme::of().tokens().panel);
        QPainter painter(&image);
        QVERIFY(paintThumbnail(painter, QRectF(image.rect()), *bandView()));
        painter.end();
        QVERIFY(pixelsOf(image, bandColor()) > 1'000);
        QVERIFY(pixelsOf(image, Theme::of().tokens().error.line) > 4);
    }

    void theTableHasEdgesAndMarks() {
        LineChart chart;
        chart.resize(kSize);
        chart.setView(bandView());
        const ChartTable table = chart.table();
        QCOMPARE(table.columns.back().name, QStringLiteral("marked"));
        int marked = 0, low = 0;
        for (const QStringList& row : table.rows) {
            marked += row.back() == QLatin1String("TRUE") ? 1 : 0;
            low += row[1] == QLatin1String("low") && row[2] == QLatin1String("20") ? 1 : 0;
        }
        QCOMPARE(marked, 1);
        QVERIFY2(low >= 1, qPrintable(chart.csv()));
    }

    /// By the keyboard alone.
    void aMarkedPointTellsWhy() {
        LineChart chart;
        chart.resize(kSize);
        chart.setView(bandView());
        chart.show();
        QMenu before;
        chart.fillMenu(before);
        QVERIFY(before.isEmpty());
        QTest::keyClick(&chart, Qt::Key_Left, Qt::ControlModifier);
        QVERIFY(!chart.findChild<ChartTooltip*>()->isHidden());
        QMenu menu;
        chart.fillMenu(menu);
        QCOMPARE(menu.actions().size(), 1);
        QTest::keyClick(&chart, Qt::Key_W);
        WhyScore* why = popup();
        QVERIFY(why);
        QCOMPARE(why->accessibleDescription(), QStringLiteral("heat +2.5\nload -0.75"));
        QTest::keyClick(why, Qt::Key_Escape);
        QVERIFY(!popup());
        // Beside it there is nothing to tell.
        QTest::keyClick(&chart, Qt::Key_Left);
        QTest::keyClick(&chart, Qt::Key_W);
        QVERIFY(!popup());
    }

    void aRowOfATableTellsWhy() {
        TableInfo info;
        for (int i = 0; i < 6; ++i) {
            const Field& field = kSchema->fields[static_cast<std::size_t>(i)];
            info.columns.push_back({i, field.name, field.type});
        }
        auto view = std::make_shared<TableView>(info);
        view->add(readings());
        TableChart chart;
        chart.resize(kSize);
        chart.setView(view);
        chart.show();
        auto* table = chart.findChild<QTableView*>();
        table->setCurrentIndex(table->model()->index(50, 1));
        QMenu menu;
        chart.fillMenu(menu);
        QCOMPARE(menu.actions().size(), 1);
        menu.actions().constFirst()->trigger();
        WhyScore* why = popup();
        QVERIFY(why);
        QVERIFY(why->accessibleDescription().startsWith(QLatin1String("heat +2.5")));
        QVERIFY(why->findChildren<QLabel*>().at(1)->text().contains(QLatin1String("value 60")));
        why->close();
        table->setCurrentIndex(table->model()->index(49, 1));
        QMenu none;
        chart.fillMenu(none);
        QVERIFY(none.isEmpty());
    }
};

QTEST_MAIN(TestChartBand)
#include "test_chart_band.moc"

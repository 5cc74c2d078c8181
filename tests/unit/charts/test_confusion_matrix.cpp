// Heat maps as confusion matrices: numbers in the cells, frames on the diagonal, shares of rows.
#include <QLabel>
#include <QtTest/QtTest>

#include "core/views/heat_map_view.h"
#include "tests/support/batch_of.h"
#include "tests/unit/charts/sample_views.h"
#include "widgets/charts/heat_map_chart.h"
#include "widgets/charts/thumbnail.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using namespace rw::test;

namespace {

const Type kText = Type::of(TypeId::String), kWhole = Type::of(TypeId::Bigint);

std::shared_ptr<HeatMapView> confusionView() {
    HeatMapInfo info;
    info.y = {0, "actual", kText};
    info.x = {1, "predicted", kText};
    info.value = {2, "rows", kWhole};
    info.diagonal = true;
    auto view = std::make_shared<HeatMapView>(info);
    const auto row = [](const char* actual, const char* predicted, std::int64_t rows) {
        return std::vector<Value>{std::string(actual), std::string(predicted), rows};
    };
    view->add(batchOf(schemaOf({{"actual", kText}, {"predicted", kText}, {"rows", kWhole}}),
                      {row("worn", "worn", 245), row("worn", "fine", 105), row("fine", "worn", 140),
                       row("fine", "fine", 710)}));
    return view;
}

QImage pictureOf(HeatMapChart& chart) {
    chart.show();  // it is laid out then
    if (!QTest::qWaitForWindowExposed(&chart, 30'000)) return {};
    QImage image(chart.size(), QImage::Format_RGB32);
    image.fill(Theme::of().tokens().panel);
    QPainter painter(&image);
    chart.paintPicture(painter, QRectF(image.rect()));
    return image;
}

}  // namespace

class TestConfusionMatrix : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void sharesAreTold() {
        HeatMapChart chart;
        chart.resize(600, 400);
        chart.setView(confusionView());
        QVERIFY2(chart.summary().contains(QStringLiteral("80")) &&
                     chart.summary().contains(QStringLiteral("on the diagonal")),
                 qPrintable(chart.summary()));
        const ChartTable table = chart.table();
        QCOMPARE(table.columns[0].name, QStringLiteral("actual"));
        QCOMPARE(table.rows.size(), std::size_t{4});
        // Worn ones that were recognised: 245 of 350.
        QVERIFY(std::find(table.rows.begin(), table.rows.end(),
                          QStringList({"worn", "worn", "245", "0.7"})) != table.rows.end());
    }

    void theDiagonalHasFrames() {
        HeatMapChart chart;
        chart.resize(600, 400);
        chart.setView(confusionView());
        const int frames = pixelsOf(pictureOf(chart), Theme::of().tokens().ok.line);
        // Two frames, 2 pixels thick, around a quarter of the picture each.
        QVERIFY2(frames > 1'200 && frames < 6'000, qPrintable(QString::number(frames)));
    }

    void thumbnailsHaveCells() {
        QImage image(174, 64, QImage::Format_RGB32);
        image.fill(Theme::of().tokens().panel);
        QPainter painter(&image);
        QVERIFY(paintThumbnail(painter, QRectF(image.rect()), *confusionView()));
        painter.end();
        QVERIFY(pixelsOf(image, Theme::of().tokens().panel) < 1'000);
    }
};

QTEST_MAIN(TestConfusionMatrix)
#include "test_confusion_matrix.moc"

// Lines that fill columns of pixels cover what thin strokes of Qt do.
#include <QtTest/QtTest>
#include <random>

#include "widgets/charts/drawing/dense_lines.h"

using namespace rw::ui;

namespace {

constexpr int kWidth = 83, kHeight = 61;  ///< no whole number of blocks

QPolygonF randomLine(std::mt19937& random) {
    std::uniform_real_distribution<double> step(0, 3), height(-20, kHeight + 20);
    QPolygonF line;
    for (double x = -10; x < kWidth + 10; x += step(random)) line << QPointF(x, height(random));
    return line;
}

QImage empty() {
    QImage image(kWidth, kHeight, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    return image;
}

QImage dense(const std::vector<DenseLine>& lines, const QRectF& area = QRectF(0, 0, kWidth, kHeight)) {
    QImage image = empty();
    QPainter painter(&image);
    paintDenseLines(painter, lines, area);
    return image;
}

bool isNear(const QImage& image, int x, int y) {
    for (int dy = -1; dy <= 1; ++dy) {
        for (int dx = -1; dx <= 1; ++dx) {
            if (image.valid(x + dx, y + dy) && qAlpha(image.pixel(x + dx, y + dy)) > 0) return true;
        }
    }
    return false;
}

/// All that is drawn in `a` is drawn in `b`, up to one pixel aside.
bool covers(const QImage& b, const QImage& a) {
    for (int y = 1; y < kHeight - 1; ++y) {
        for (int x = 1; x < kWidth - 1; ++x) {
            if (qAlpha(a.pixel(x, y)) > 0 && !isNear(b, x, y)) return false;
        }
    }
    return true;
}

}  // namespace

class TestDenseLines : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void coversWhatStrokesDo() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            const QPolygonF line = randomLine(random);
            QImage strokes = empty();
            QPainter painter(&strokes);
            QPen pen(Qt::red, 1);
            pen.setCosmetic(true);
            painter.setPen(pen);
            for (qsizetype i = 1; i < line.size(); ++i) painter.drawLine(line[i - 1], line[i]);
            const QImage ours = dense({{line, Qt::red}});
            QVERIFY(covers(ours, strokes));
            QVERIFY(covers(strokes, ours));
        }
    }

    void laterLinesLieOverEarlierOnes() {
        const QPolygonF across{{0, 30}, {kWidth, 30}};
        const QImage image = dense({{across, Qt::red}, {across, Qt::blue}});
        QCOMPARE(image.pixelColor(40, 30), QColor(Qt::blue));
        QCOMPARE(qAlpha(image.pixel(40, 29)), 0);
        QCOMPARE(qAlpha(image.pixel(40, 31)), 0);
    }

    void nothingIsOutsideOfTheArea() {
        const QPolygonF up{{-5, -1e12}, {30.5, 1e12}, {kWidth + 5.0, -1e12}};
        const QImage image = dense({{up, Qt::red}}, QRectF(10, 20, 50, 30));
        for (int y = 0; y < kHeight; ++y) {
            for (int x = 0; x < kWidth; ++x) {
                if (!QRect(10, 20, 50, 30).contains(x, y)) QCOMPARE(qAlpha(image.pixel(x, y)), 0);
            }
        }
        QCOMPARE(image.pixelColor(12, 35), QColor(Qt::red));  // where it crosses
    }

    void aGapHasNoLine() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const QImage image = dense({{{{10, 30}, {20, 30}, {30, nan}, {40, 30}, {50, 30}}, Qt::red}});
        QCOMPARE(image.pixelColor(15, 30), QColor(Qt::red));
        QCOMPARE(qAlpha(image.pixel(30, 30)), 0);
        QCOMPARE(image.pixelColor(45, 30), QColor(Qt::red));
    }

    void finePicturesHaveFineLines() {
        QImage image(2 * kWidth, 2 * kHeight, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        painter.scale(2, 2);
        paintDenseLines(painter, {{{{0, 30}, {kWidth, 30}}, Qt::red}}, QRectF(0, 0, kWidth, kHeight));
        QCOMPARE(image.pixelColor(80, 60), QColor(Qt::red));
        QCOMPARE(qAlpha(image.pixel(80, 61)), 0);
    }
};

QTEST_MAIN(TestDenseLines)
#include "test_dense_lines.moc"

// An item's picture is painted once for a scale, and is what would be painted each time.
#include <QImage>
#include <QWidget>
#include <QtTest>

#include "widgets/canvas/items/item_picture.h"

using namespace rw::ui;

namespace {

const QRectF kBounds(-4, -4, 48, 28);

void paintBoxes(QPainter& painter) {
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.fillRect(QRectF(0, 0, 40, 20), Qt::darkBlue);
    painter.fillRect(QRectF(4, 4, 8, 8), Qt::yellow);
}

/// Paints the boxes by a picture, or by itself.
class Boxes : public QWidget {
 public:
    using QWidget::QWidget;
    ItemPicture* picture = nullptr;

 protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.translate(20, 10);
        picture != nullptr ? picture->draw(painter, kBounds, false, paintBoxes) : paintBoxes(painter);
    }
};

QImage blank(double ratio = 1) {
    QImage image(QSize(200, 120) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::black);
    return image;
}

}  // namespace

class ItemPictureTest : public QObject {
    Q_OBJECT
 private:
    ItemPicture m_picture;
    int m_painted = 0;

    QImage drawn(const QTransform& place, bool rough = false, double ratio = 1) {
        QImage image = blank(ratio);
        QPainter painter(&image);
        painter.setWorldTransform(place);
        m_picture.draw(painter, kBounds, rough, [this](QPainter& on) {
            ++m_painted;
            paintBoxes(on);
        });
        return image;
    }
    static QImage painted(const QTransform& place, double ratio = 1) {
        QImage image = blank(ratio);
        QPainter painter(&image);
        painter.setWorldTransform(place);
        paintBoxes(painter);
        return image;
    }

 private Q_SLOTS:
    void init() {
        m_picture.forget();
        m_painted = 0;
    }
    void isWhatWouldBePainted_data() {
        QTest::addColumn<QTransform>("place");
        QTest::addColumn<double>("ratio");
        QTest::newRow("at 100 %") << QTransform(1, 0, 0, 1, 20, 10) << 1.0;
        QTest::newRow("at 50 %") << QTransform(0.5, 0, 0, 0.5, 20, 10) << 1.0;
        QTest::newRow("at 200 %") << QTransform(2, 0, 0, 2, 20, 10) << 1.0;
        QTest::newRow("on a dense screen") << QTransform(1, 0, 0, 1, 20, 10) << 2.0;
        QTest::newRow("in part out of sight") << QTransform(1, 0, 0, 1, -20, -10) << 1.0;
        QTest::newRow("turned") << QTransform(0, 1, -1, 0, 60, 20) << 1.0;
    }
    void isWhatWouldBePainted() {
        QFETCH(QTransform, place);
        QFETCH(double, ratio);
        QCOMPARE(drawn(place, false, ratio), painted(place, ratio));
        QCOMPARE(drawn(place, false, ratio), painted(place, ratio));  // and again, from what was kept
    }
    void isInItsPlaceWithinAWindow() {
        QWidget window;
        window.resize(200, 120);
        Boxes boxes(&window);
        boxes.setGeometry(30, 20, 160, 90);
        window.show();
        QVERIFY(QTest::qWaitForWindowExposed(&window, 30'000));
        const QImage bare = window.grab().toImage();
        boxes.picture = &m_picture;
        QCOMPARE(window.grab().toImage(), bare);
        QCOMPARE(window.grab().toImage(), bare);
    }
    void isPaintedOnceForAScale() {
        drawn(QTransform::fromTranslate(20, 10));
        QCOMPARE(drawn(QTransform::fromTranslate(33, 21)), painted(QTransform::fromTranslate(33, 21)));
        QCOMPARE(m_painted, 1);
        drawn(QTransform::fromScale(0.5, 0.5));
        QCOMPARE(m_painted, 2);
    }
    void isPaintedAnewWhenItLooksDifferent() {
        drawn({});
        m_picture.forget();
        drawn({});
        QCOMPARE(m_painted, 2);
    }
    void isEnlargedWhileTheZoomChanges() {
        drawn({});
        const QTransform nearer(2, 0, 0, 2, 20, 10);
        const QImage enlarged = drawn(nearer, true), sharp = painted(nearer);  // which differ at edges alone
        for (const QPoint inside : {QPoint(24, 14), QPoint(36, 26), QPoint(92, 44), QPoint(16, 6)})
            QCOMPARE(enlarged.pixelColor(inside), sharp.pixelColor(inside));
        QCOMPARE(m_painted, 1);
        drawn(QTransform::fromScale(3, 3), true);  // too rough
        QCOMPARE(m_painted, 2);
        drawn(QTransform::fromScale(0.5, 0.5), true);
        QCOMPARE(m_painted, 3);
        drawn(QTransform::fromScale(0.4, 0.4));  // the zoom rests
        QCOMPARE(m_painted, 4);
    }
    void isPaintedAnewWhenQtDroppedIt() {
        drawn({});
        QPixmapCache::clear();
        QCOMPARE(drawn({}), painted({}));
        QCOMPARE(m_painted, 2);
    }
};

QTEST_MAIN(ItemPictureTest)
#include "test_item_picture.moc"

// Every shared control in every theme on a real display. With RILLWRIGHT_SCREENSHOTS set to a folder the
// pictures are left there for looking at.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "widgets/theme/theme.h"

using namespace rw::ui;

class TestGallery : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase();
    void iconsRender_data();
    void iconsRender();
    void unknownIconIsNull();

 private:
    void save(QWidget& widget, const QString& name);
    Theme* m_theme = nullptr;
};

void TestGallery::initTestCase() {
    m_theme = new Theme(*qApp, {.mode = ThemeMode::Dark});
}

void TestGallery::save(QWidget& widget, const QString& name) {
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(widget.grab().save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
}

void TestGallery::iconsRender_data() {
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 80);
    for (const QString& file : files)
        QTest::addRow("%s", qPrintable(file)) << QFileInfo(file).completeBaseName();
}

// An icon that draws nothing, or that keeps a colour of its own, is one that nobody has looked at.
void TestGallery::iconsRender() {
    QFETCH(QString, name);
    if (name == QLatin1String("rillwright")) return;  // the program's own, in full colour
    const QColor tint = m_theme->tokens().accent;
    for (const double ratio : {1.0, 1.25, 2.0}) {
        for (const int size : {12, 14, 16, 20}) {
            const QImage image = m_theme->pixmap(name, size, tint, ratio).toImage();
            QCOMPARE(image.width(), qRound(size * ratio));
            int inked = 0;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const QColor pixel = image.pixelColor(x, y);
                    if (pixel.alpha() > 60) ++inked;
                    if (pixel.alpha() < 200) continue;
                    QVERIFY(std::abs(pixel.red() - tint.red()) < 8 &&
                            std::abs(pixel.blue() - tint.blue()) < 8);
                }
            }
            QVERIFY(inked > 3);
        }
    }
}

void TestGallery::unknownIconIsNull() {
    QVERIFY(m_theme->icon(u"no such icon").isNull());
    QVERIFY(m_theme->pixmap(u"no such icon", 16, Qt::red, 1).isNull());
}

QTEST_MAIN(TestGallery)
#include "test_gallery.moc"

// Every shared control in every theme on a real display. With RILLWRIGHT_SCREENSHOTS set to a folder the
// pictures are left there for looking at.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "tests/unit/theme/gallery.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

using namespace rw::ui;

namespace {

void save(const QPixmap& picture, const QString& name) {
    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(picture.save(QStringLiteral("%1/%2.png").arg(folder, name)));
}

}  // namespace

class TestGallery : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase();
    void looks_data();
    void looks();
    void controlHeights_data();
    void controlHeights();
    void fontsResolve();
    void iconsRender_data();
    void iconsRender();
    void paletteIconsExist();
    void popups();
    void unknownIconIsNull();
    void iconFollowsTheme();

 private:
    Theme* m_theme = nullptr;
};

void TestGallery::initTestCase() {
    m_theme = new Theme(*qApp, {.mode = ThemeMode::Dark});
}

void TestGallery::looks_data() {
    QTest::addColumn<ThemeMode>("mode");
    QTest::addColumn<bool>("highContrast");
    QTest::addColumn<int>("zoom");
    QTest::newRow("dark") << ThemeMode::Dark << false << 100;
    QTest::newRow("light") << ThemeMode::Light << false << 100;
    QTest::newRow("dark-contrast") << ThemeMode::Dark << true << 100;
    QTest::newRow("light-contrast") << ThemeMode::Light << true << 100;
    QTest::newRow("dark-150") << ThemeMode::Dark << false << 150;
}

// The window stands on the screen in the theme's colours; a style sheet that failed to parse would leave
// Fusion's.
void TestGallery::looks() {
    QFETCH(ThemeMode, mode);
    QFETCH(bool, highContrast);
    QFETCH(int, zoom);
    m_theme->apply({.mode = mode, .highContrast = highContrast, .textZoomPercent = zoom});
    Gallery gallery;
    gallery.show();
    gallery.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&gallery, 30'000));
    gallery.findChild<QPushButton*>(QStringLiteral("focused"))->setFocus(Qt::ShortcutFocusReason);
    QCoreApplication::processEvents();
    const QPixmap picture = gallery.grab();
    const QImage image = picture.toImage();
    QCOMPARE(image.pixelColor(gallery.width() / 2, 4), m_theme->tokens().panel);

    const auto* segments = gallery.findChild<SegmentedControl*>();
    const QPoint chosen = segments->mapTo(&gallery, QPoint(4, segments->height() - 5));
    QCOMPARE(image.pixelColor(chosen), m_theme->tokens().selected);
    const auto* focused = gallery.findChild<QPushButton*>(QStringLiteral("focused"));
    const QPoint ring = focused->mapTo(&gallery, QPoint(focused->width() / 2, 1));
    QCOMPARE(image.pixelColor(ring), m_theme->tokens().accent);

    const QString folder = qEnvironmentVariable("RILLWRIGHT_SCREENSHOTS");
    if (folder.isEmpty()) return;
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(picture.save(
        QStringLiteral("%1/gallery-%2.png").arg(folder, QLatin1String(QTest::currentDataTag()))));
}

void TestGallery::controlHeights_data() {
    QTest::addColumn<int>("zoom");
    QTest::newRow("100 %") << 100;
    QTest::newRow("150 %") << 150;
    QTest::newRow("200 %") << 200;
}

void TestGallery::controlHeights() {
    QFETCH(int, zoom);
    m_theme->apply({.mode = ThemeMode::Dark, .textZoomPercent = zoom});
    Gallery gallery;
    gallery.resize(1600, 2000);  // nothing is squeezed, at any zoom
    gallery.show();
    QVERIFY(QTest::qWaitForWindowExposed(&gallery, 30'000));
    const auto scaled = [this](int pixels) { return m_theme->scaled(pixels); };
    // A frame of 2 px is not scaled, so rounding may differ by a pixel.
    const auto isHigh = [&](const QWidget* widget, int pixels) {
        const int off = std::abs(widget->height() - scaled(pixels));
        if (off > (zoom == 100 ? 0 : 2)) qWarning() << widget << "instead of" << scaled(pixels);
        return off <= (zoom == 100 ? 0 : 2);
    };
    QVERIFY(isHigh(gallery.findChild<QPushButton*>(QStringLiteral("plain")), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.findChild<QPushButton*>(QStringLiteral("small")), metrics::kSmallButtonHeight));
    QVERIFY(isHigh(gallery.findChild<QPushButton*>(QStringLiteral("focused")), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.findChild<QComboBox*>(), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.findChild<QSpinBox*>(), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.findChild<SearchField*>(), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.findChild<Pill*>(), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.findChild<SegmentedControl*>(), metrics::kControlHeight));
    QVERIFY(isHigh(gallery.menuBar(), metrics::kMenuBarHeight));
    QVERIFY(isHigh(gallery.findChild<QToolBar*>(), metrics::kToolBarHeight));
    QVERIFY(isHigh(gallery.findChild<QTabBar*>(), metrics::kTabBarHeight));
    QVERIFY(isHigh(gallery.statusBar(), metrics::kStatusBarHeight));
    for (const QAbstractButton* button : gallery.findChildren<QAbstractButton*>()) {
        if (!button->isVisible() || qobject_cast<const IconButton*>(button)) continue;
        QVERIFY2(button->height() >= metrics::kMinimumTarget, qPrintable(button->text()));
    }
}

void TestGallery::fontsResolve() {
    m_theme->apply({.mode = ThemeMode::Dark});
    QCOMPARE(QFontInfo(m_theme->font(TextStyle::Body)).family(), QStringLiteral("Inter"));
    QCOMPARE(QFontInfo(m_theme->font(TextStyle::Body)).pixelSize(), 12);
    QCOMPARE(QFontInfo(m_theme->font(TextStyle::NumberCard)).pixelSize(), 26);
    QCOMPARE(QFontInfo(m_theme->font(TextStyle::Code)).family(), QStringLiteral("JetBrains Mono"));
    QVERIFY(QFontInfo(m_theme->font(TextStyle::Code)).fixedPitch());
    QVERIFY(QFontDatabase::hasFamily(QStringLiteral("Noto Sans CJK SC")));
    m_theme->apply({.mode = ThemeMode::Dark, .textZoomPercent = 500});
    QCOMPARE(m_theme->settings().textZoomPercent, 200);
    QCOMPARE(m_theme->font(TextStyle::Body).pixelSize(), 24);
    m_theme->apply({.mode = ThemeMode::Dark});
}

void TestGallery::iconsRender_data() {
    QTest::addColumn<QString>("name");
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")});
    QVERIFY(files.size() > 80);
    for (const QString& file : files)
        QTest::addRow("%s", qPrintable(file)) << QFileInfo(file).completeBaseName();
}

// An icon that draws nothing, or that keeps a colour of its own, is one that was never looked at.
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

void TestGallery::paletteIconsExist() {
    const rw::Catalogue catalogue = rw::builtin();
    for (const rw::NodeKind& kind : catalogue.kinds())
        for (const rw::PaletteEntry& entry : kind.palette)
            QVERIFY2(Theme::hasIcon(QString::fromStdString(entry.icon)), entry.icon.c_str());
}

void TestGallery::popups() {
    m_theme->apply({.mode = ThemeMode::Dark});
    Gallery gallery;
    gallery.show();
    QVERIFY(QTest::qWaitForWindowExposed(&gallery, 30'000));
    QMenu* menu = gallery.menuBar()->actions().constFirst()->menu();
    menu->popup(gallery.mapToGlobal(QPoint(20, 32)));
    menu->setActiveAction(menu->actions().constFirst());
    QVERIFY(QTest::qWaitForWindowExposed(menu, 30'000));
    QCOMPARE(menu->actionGeometry(menu->actions().constFirst()).height(), metrics::kControlHeight);
    save(menu->grab(), QStringLiteral("menu"));
    menu->close();

    bool opened = false;
    for (QComboBox* combo : gallery.findChildren<QComboBox*>()) {
        if (combo->count() < 2) continue;
        opened = true;
        combo->showPopup();
        QVERIFY(QTest::qWaitForWindowExposed(combo->view()->window(), 30'000));
        QCOMPARE(combo->view()->visualRect(combo->model()->index(0, 0)).height(), metrics::kTableRowHeight);
        save(combo->view()->window()->grab(), QStringLiteral("combo"));
        combo->hidePopup();
        break;
    }
    QVERIFY(opened);
}

void TestGallery::unknownIconIsNull() {
    QVERIFY(m_theme->icon(u"no such icon").isNull());
    QVERIFY(m_theme->pixmap(u"no such icon", 16, Qt::red, 1).isNull());
}

void TestGallery::iconFollowsTheme() {
    const QIcon icon = m_theme->icon(u"stop");
    const auto ink = [&icon] {
        const QImage image = icon.pixmap(QSize(16, 16), 1.0).toImage();
        return image.pixelColor(8, 3).lightness();
    };
    m_theme->apply({.mode = ThemeMode::Dark});
    const int onDark = ink();
    m_theme->apply({.mode = ThemeMode::Light});
    QVERIFY(ink() < onDark - 60);
    m_theme->apply({.mode = ThemeMode::Dark});
}

QTEST_MAIN(TestGallery)
#include "test_gallery.moc"

// Pictures in help pages: in the language and the theme, never wider than the page, and words where one is
// missing.
#include <QTranslator>
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <memory>
#include <set>

#include "core/nodes/catalogue.h"
#include "widgets/help/help_browser.h"
#include "widgets/help/help_pages.h"
#include "widgets/help/help_pictures.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

const QString kPage = QStringLiteral("deploy_ten_steps");
const char* const kLanguages[] = {"en", "zh_CN"};
constexpr qint64 kMostBytes = 1'000'000;  // of all pictures: the program carries them

QImage plainImage(int width, int height) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(0xff336699U);
    return image;
}

std::vector<QTextImageFormat> imagesOf(const QTextDocument& document) {
    std::vector<QTextImageFormat> images;
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto part = block.begin(); !part.atEnd(); ++part) {
            if (part.fragment().charFormat().isImageFormat())
                images.push_back(part.fragment().charFormat().toImageFormat());
        }
    }
    return images;
}

QImage shownImage(const QTextDocument& document, const QTextImageFormat& format) {
    return document.resource(QTextDocument::ImageResource, QUrl(format.name())).value<QImage>();
}

/// A document with words, a picture of that name, and words.
void fillWithPicture(QTextDocument& document, const QString& name) {
    QTextCursor cursor(&document);
    cursor.insertText(QStringLiteral("before "));
    QTextImageFormat format;
    format.setName(name);
    format.setProperty(QTextFormat::ImageAltText, QStringLiteral("five cards"));
    cursor.insertImage(format);
    cursor.insertText(QStringLiteral(" after"), QTextCharFormat());
}

/// A picture that a page names, in its words: “](pictures/badges.png)”.
struct NamedPicture {
    QString words, name;
};
std::vector<NamedPicture> namedIn(const QString& text) {
    static const QRegularExpression picture(QStringLiteral("!\\[([^\\]]*)\\]\\(([^)]+)\\)"));
    std::vector<NamedPicture> found;
    for (auto each = picture.globalMatch(text); each.hasNext();) {
        const QRegularExpressionMatch match = each.next();
        found.push_back({match.captured(1), match.captured(2)});
    }
    return found;
}

QString pageText(const QString& language, const QString& page) {
    QFile in(QStringLiteral(":/help/%1/%2.md").arg(language, page));
    return in.open(QIODevice::ReadOnly) ? QString::fromUtf8(in.readAll()) : QString();
}

}  // namespace

class TestHelpPictures : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    void put(const QString& name, const QImage& image) const {
        const QString file = m_folder.filePath(name);
        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        QVERIFY(image.save(file));
    }

 private Q_SLOTS:
    void initTestCase() {
        new Theme(*qApp, {.mode = ThemeMode::Dark});
        put(QStringLiteral("en/pictures/all.png"), plainImage(600, 200));
        put(QStringLiteral("en/pictures/all-dark.png"), plainImage(600, 200));
        put(QStringLiteral("zh_CN/pictures/all.png"), plainImage(600, 200));
        put(QStringLiteral("en/pictures/english.png"), plainImage(10, 10));
    }

    void isThatOfTheLanguageAndTheTheme() {
        const auto found = [this](const char* language, const char* name, bool dark) {
            return helpPictureFile(m_folder.path(), QLatin1String(language),
                                   QStringLiteral("pictures/%1.png").arg(QLatin1String(name)), dark)
                .mid(m_folder.path().size() + 1);
        };
        QCOMPARE(found("en", "all", false), QStringLiteral("en/pictures/all.png"));
        QCOMPARE(found("en", "all", true), QStringLiteral("en/pictures/all-dark.png"));
        QCOMPARE(found("zh_CN", "all", false), QStringLiteral("zh_CN/pictures/all.png"));
        // Words that one can read count for more than the colours.
        QCOMPARE(found("zh_CN", "all", true), QStringLiteral("zh_CN/pictures/all.png"));
        QCOMPARE(found("zh_CN", "english", true), QStringLiteral("en/pictures/english.png"));
        QCOMPARE(found("en", "none", true), QString());
    }

    void isNoWiderThanThereIsRoom() {
        QCOMPARE(fittedSize({900, 300}, 600), QSize(600, 200));
        QCOMPARE(fittedSize({600, 200}, 600), QSize(600, 200));
        QCOMPARE(fittedSize({30, 10}, 600), QSize(30, 10));
        QCOMPARE(fittedSize({900, 300}, -20), QSize(1, 1));  // a window that is not laid out yet
        QCOMPARE(fittedSize({}, 600), QSize());
    }

    void hasAsManyPixelsAsTheScreen_data() {
        QTest::addColumn<double>("ratio");
        QTest::addColumn<QSize>("pixels");
        QTest::newRow("1") << 1.0 << QSize(300, 100);
        QTest::newRow("1.5") << 1.5 << QSize(450, 150);
        QTest::newRow("2") << 2.0 << QSize(600, 200);
    }
    void hasAsManyPixelsAsTheScreen() {
        QFETCH(double, ratio);
        QFETCH(QSize, pixels);
        // As optimised files are: of few colours.
        QImage few(600, 200, QImage::Format_Indexed8);
        few.setColorTable({0xff336699U});
        few.fill(0);
        const QColor edge = Theme::of().tokens().line;
        const QImage fitted = fittedPicture(few, {300, 100}, ratio, edge);
        QCOMPARE(fitted.size(), pixels);
        QCOMPARE(fitted.deviceIndependentSize(), QSizeF(300, 100));
        QCOMPARE(fitted.pixelColor(0, pixels.height() / 2), QColor(edge.rgb()));
        const QColor inside = fitted.pixelColor(pixels.width() / 2, pixels.height() / 2);
        QVERIFY(qAbs(inside.red() - 0x33) < 3 && qAbs(inside.green() - 0x66) < 3 &&
                qAbs(inside.blue() - 0x99) < 3);
    }

    void standsWhereThePageNamesIt() {
        QTextDocument document;
        fillWithPicture(document, QStringLiteral("../pictures/all.png"));
        HelpPictures pictures(m_folder.path());
        pictures.take(document, QUrl(QStringLiteral("help:/nodes/filter.md")), false);
        pictures.fit(document, 450, 2.0, Theme::of().tokens().line);
        const auto images = imagesOf(document);
        QCOMPARE(images.size(), std::size_t{1});
        QCOMPARE(QSizeF(images[0].width(), images[0].height()), QSizeF(450, 150));
        QCOMPARE(shownImage(document, images[0]).size(), QSize(900, 300));
        pictures.fit(document, 2000, 1.0, Theme::of().tokens().line);  // the window was made wider
        QCOMPARE(imagesOf(document)[0].width(), 600.0);
        QCOMPARE(shownImage(document, imagesOf(document)[0]).size(), QSize(600, 200));
    }

    void wordsStandForOneThatIsMissing_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("no such file") << QStringLiteral("pictures/none.png");
        QTest::newRow("of another computer") << QStringLiteral("https://example.org/pictures/all.png");
        QTest::newRow("of this computer") << QStringLiteral("file:///usr/share/pixmaps/debian-logo.png");
    }
    void wordsStandForOneThatIsMissing() {
        QFETCH(QString, name);
        QTextDocument document;
        fillWithPicture(document, name);
        HelpPictures pictures(m_folder.path());
        pictures.take(document, QUrl(QStringLiteral("help:/sql.md")), false);
        pictures.fit(document, 450, 1.0, Theme::of().tokens().line);
        QCOMPARE(document.toPlainText(), QStringLiteral("before five cards after"));
        QVERIFY(imagesOf(document).empty());
    }

    void aPageShowsItsPictures() {
        const Catalogue catalogue = builtin();
        HelpBrowser browser(catalogue);
        browser.resize(400, 500);
        browser.show();
        QVERIFY(QTest::qWaitForWindowExposed(&browser, 30'000));
        browser.showPage(QStringLiteral("sql"));
        browser.showPage(kPage);
        const auto narrow = imagesOf(*browser.document());
        QCOMPARE(narrow.size(), namedIn(pageText(QStringLiteral("en"), kPage)).size());
        QVERIFY(!narrow.empty());
        for (const QTextImageFormat& format : narrow) {
            QVERIFY(format.width() > 300 && format.width() < 400);
            QVERIFY2(!shownImage(*browser.document(), format).isNull(), qPrintable(format.name()));
        }
        browser.resize(1000, 500);
        QTRY_VERIFY(imagesOf(*browser.document())[0].width() > 400);
        browser.backward();
        QVERIFY(imagesOf(*browser.document()).empty());
        browser.forward();
        QCOMPARE(imagesOf(*browser.document()).size(), narrow.size());
        QVERIFY(!shownImage(*browser.document(), imagesOf(*browser.document())[0]).isNull());
    }

    void picturesFollowThemeAndLanguage() {
        const Catalogue catalogue = builtin();
        HelpBrowser browser(catalogue);
        browser.resize(1000, 500);
        browser.showPage(kPage);
        const auto first = [&browser] {
            return shownImage(*browser.document(), imagesOf(*browser.document())[0]);
        };
        const QImage dark = first();
        Theme::of().apply({.mode = ThemeMode::Light});
        const QImage light = first();
        QTranslator chinese;
        QVERIFY(chinese.load(QStringLiteral(":/i18n/rillwright_zh_CN.qm")));
        QVERIFY(QCoreApplication::installTranslator(&chinese));
        QCoreApplication::sendEvent(&browser, std::make_unique<QEvent>(QEvent::LanguageChange).get());
        const QImage other = first();
        QCoreApplication::removeTranslator(&chinese);
        Theme::of().apply({.mode = ThemeMode::Dark});
        QVERIFY(!dark.isNull() && !light.isNull() && !other.isNull());
        QVERIFY(qGray(dark.pixel(dark.width() / 2, 2)) < qGray(light.pixel(light.width() / 2, 2)));
        QVERIFY(light != other);
        QCOMPARE(first(), dark);
    }

    /// Each in both languages and both themes, described in words, and none that no page shows.
    void allAreThereAndNoneIsTooMany() {
        std::set<QString> named;
        for (const HelpPage& page : helpPages(builtin())) {
            for (const char* language : kLanguages) {
                const QUrl base(QStringLiteral("help:/%1.md").arg(page.name));
                for (const NamedPicture& picture : namedIn(pageText(QLatin1String(language), page.name))) {
                    QVERIFY2(picture.words.size() > 10, qPrintable(page.name + picture.name));
                    const QString name = base.resolved(QUrl(picture.name)).path().mid(1);
                    for (const bool dark : {false, true}) {
                        const QString file =
                            helpPictureFile(QStringLiteral(":/help"), QLatin1String(language), name, dark);
                        const bool right =
                            file.startsWith(QStringLiteral(":/help/%1/").arg(QLatin1String(language))) &&
                            file.contains(QLatin1String("-dark")) == dark;
                        QVERIFY2(right, qPrintable(QLatin1String(language) + page.name + name + file));
                        named.insert(file);
                    }
                }
            }
        }
        qint64 bytes = 0;
        for (QDirIterator each(QStringLiteral(":/help"), {QStringLiteral("*.png")}, QDir::Files,
                               QDirIterator::Subdirectories);
             each.hasNext();) {
            const QString file = each.next();
            QVERIFY2(named.contains(file), qPrintable(file));
            QFile in(file);
            QVERIFY(in.open(QIODevice::ReadOnly));
            bytes += in.readAll().size();
        }
        QVERIFY2(bytes > 0 && bytes < kMostBytes, qPrintable(QString::number(bytes)));
    }
};

QTEST_MAIN(TestHelpPictures)
#include "test_help_pictures.moc"

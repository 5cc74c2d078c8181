// Every icon that the code names is there (a name with a slip of the pen would show nothing, silently), and
// the other way round.
#include <QFileInfo>
#include <QRegularExpression>
#include <QtTest/QtTest>

#include "tests/house/checkout.h"

using namespace rw::house;

namespace {

/// Names in calls that take the name of an icon: icon(u"run"), IconButton(QStringLiteral("x"), …).
QStringList iconsIn(const QString& line) {
    static const QRegularExpression call(
        QStringLiteral("\\b(?:icon|pixmap|IconButton|setIcon|setIconName|renderIcon|paintGlyph)\\("
                       "[^\"]{0,80}\"([a-z][a-z0-9_-]*)\""));
    QStringList names;
    for (auto matches = call.globalMatch(line); matches.hasNext();) names << matches.next().captured(1);
    return names;
}

}  // namespace

class TestIcons : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void everyNamedIconIsThere() {
        QStringList missing;
        int found = 0;
        for (const SourceFile& file : filesBelow({QStringLiteral("app"), QStringLiteral("widgets")},
                                                 {QStringLiteral(".cpp"), QStringLiteral(".h")})) {
            for (qsizetype i = 0; i < file.lines.size(); ++i) {
                for (const QString& name : iconsIn(file.lines[i])) {
                    ++found;
                    const QString path = QStringLiteral("resources/icons/%1.svg").arg(name);
                    if (!QFileInfo::exists(QStringLiteral("%1/%2").arg(top(), path)))
                        missing << at(file.path, i + 1, QStringLiteral("there is no ") + path);
                }
            }
        }
        QVERIFY2(missing.isEmpty(), qPrintable(missing.join(QLatin1Char('\n'))));
        QVERIFY2(found > 10, "the pattern finds too few names to be right");
    }

    void everyIconIsUsed() {
        QString code;
        for (const SourceFile& file :
             filesBelow({QStringLiteral("app"), QStringLiteral("core"), QStringLiteral("widgets")},
                        {QStringLiteral(".cpp"), QStringLiteral(".h")}))
            code += file.lines.join(QLatin1Char('\n'));
        for (const SourceFile& file :
             filesBelow({QStringLiteral("resources/icons")}, {QStringLiteral(".svg")})) {
            const QString name = QFileInfo(file.path).baseName();
            const bool used = code.contains(QStringLiteral("\"%1\"").arg(name)) ||
                              code.contains(QStringLiteral("/%1.svg\"").arg(name));
            QVERIFY2(used, qPrintable(QStringLiteral("no code names %1: take it away").arg(file.path)));
        }
    }

    void everyIconIsTintable() {
        for (const SourceFile& file :
             filesBelow({QStringLiteral("resources/icons")}, {QStringLiteral(".svg")})) {
            if (file.path.endsWith(QLatin1String("rillwright.svg")))
                continue;  // the program's own, in colour
            const QString svg = file.lines.join(QLatin1Char('\n'));
            const auto wrong = [&file](const char* words) {
                return QByteArray(file.path.toUtf8() + ": " + words);
            };
            QVERIFY2(svg.contains(QLatin1String("stroke=\"currentColor\"")),
                     wrong("draw with stroke=\"currentColor\", which takes the theme's colour").constData());
            QVERIFY2(!svg.contains(QLatin1String("\"#")), wrong("take the colour away").constData());
            QVERIFY2(svg.contains(QLatin1String("viewBox=\"0 0 24 24\"")),
                     wrong("draw on a viewBox of 0 0 24 24, as the other icons").constData());
        }
    }
};

QTEST_APPLESS_MAIN(TestIcons)
#include "test_icons.moc"

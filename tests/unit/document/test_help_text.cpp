// The help of a parameter where nothing reads Markdown.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/nodes/catalogue.h"
#include "widgets/document/help_text.h"

using namespace rw;
using namespace rw::ui;

class TestHelpText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void codeIsQuoted_data() {
        QTest::addColumn<QString>("help");
        QTest::addColumn<QString>("plain");
        QTest::newRow("code") << "`0s`: the whole run, or `5min`."
                              << "“0s”: the whole run, or “5min”.";
        QTest::newRow("none") << "How many rows."
                              << "How many rows.";
        QTest::newRow("alone") << "`a` and one ` alone"
                               << "“a” and one ` alone";
        QTest::newRow("nothing") << ""
                                 << "";
    }
    void codeIsQuoted() {
        QFETCH(QString, help);
        const QByteArray key = help.toUtf8();
        QTEST(plainHelp({"t", key.constData(), {}}), "plain");
    }

    void tipsHaveLinesThatFit() {
        const QString word = QStringLiteral("twenty letters long ");
        const QByteArray key = word.repeated(9).trimmed().toUtf8();
        const QStringList lines = helpTip({"t", key.constData(), {}}).split(u'\n');
        QCOMPARE(lines.size(), 3);
        QCOMPARE(lines.front(), word.repeated(4).trimmed());
        QCOMPARE(lines.join(u' '), QString::fromUtf8(key));
    }

    void chineseIsBrokenWithoutSpaces() {
        const QString words = QStringLiteral("一行可以比最新的行落后多久而不算迟到。").repeated(4);
        const QByteArray key = words.toUtf8();
        const QString tip = helpTip({"t", key.constData(), {}});
        const QStringList lines = tip.split(u'\n');
        QVERIFY2(lines.size() == 2 && lines.front().size() <= 40, qPrintable(tip));
        QCOMPARE(lines.join(QString()), words);
    }

    void noHelpShowsItsMarks() {
        const Catalogue catalogue = builtin();
        for (const NodeKind& kind : catalogue.kinds()) {
            for (const ParamSpec& param : kind.params) {
                const QString tip = helpTip(param.help);
                const std::string where = kind.type + "." + param.name;
                QVERIFY2(!tip.isEmpty() && !tip.contains(u'`'), where.c_str());
                const QStringList lines = tip.split(u'\n');
                QVERIFY2(std::all_of(lines.begin(), lines.end(),
                                     [](const QString& line) { return line.size() <= 80; }),
                         qPrintable(tip));
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestHelpText)
#include "test_help_text.moc"

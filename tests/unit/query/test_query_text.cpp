// Which statement a cursor is in, and which tokens a text has.
#include "core/query/query_text.h"

#include <QtTest/QtTest>

using namespace rw;

class TestQueryText : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void statements() {
        const auto all = [](std::string_view text) {
            QStringList list;
            for (const SqlSpan& each : statementsOf(text))
                list << QString::fromStdString(std::string(each.of(text)));
            return list.join(u'/');
        };
        QCOMPARE(all("SELECT 1; SELECT 2"), QStringLiteral("SELECT 1/SELECT 2"));
        QCOMPARE(all(" ;; -- ; \n SELECT ';' ; /* ; */"), QStringLiteral("SELECT ';'"));
        QCOMPARE(all("SELECT \"a;b\", [c;d], `e;f`, 'it''s;' -- g;h\n, 2; x"),
                 QStringLiteral("SELECT \"a;b\", [c;d], `e;f`, 'it''s;' -- g;h\n, 2/x"));
        QCOMPARE(all("SELECT 'open; SELECT 2"), QStringLiteral("SELECT 'open; SELECT 2"));
        QCOMPARE(all("/* open ; SELECT 2"), QString());
    }

    void theOneAtTheCursor_data() {
        QTest::addColumn<QByteArray>("text");  // “^” is the cursor
        QTest::addColumn<QString>("statement");
        QTest::newRow("in the first") << QByteArray("SEL^ECT 1; SELECT 2") << QStringLiteral("SELECT 1");
        QTest::newRow("before all") << QByteArray("^\n SELECT 1") << QStringLiteral("SELECT 1");
        QTest::newRow("behind its semicolon")
            << QByteArray("SELECT 1;^ SELECT 2") << QStringLiteral("SELECT 1");
        QTest::newRow("at the second") << QByteArray("SELECT 1; ^SELECT 2") << QStringLiteral("SELECT 2");
        QTest::newRow("on the line between")
            << QByteArray("SELECT 1;\n^\nSELECT 2") << QStringLiteral("SELECT 2");
        QTest::newRow("behind all") << QByteArray("SELECT 1;\nSELECT 2;\n\n^") << QStringLiteral("SELECT 2");
        QTest::newRow("in a comment")
            << QByteArray("SELECT 1;\n-- a ^; b\nSELECT 2") << QStringLiteral("SELECT 2");
        QTest::newRow("none") << QByteArray("-- ^") << QString();
    }
    void theOneAtTheCursor() {
        QFETCH(QByteArray, text);
        QFETCH(QString, statement);
        const auto cursor = static_cast<std::size_t>(text.indexOf('^'));
        const std::string plain = text.remove(text.indexOf('^'), 1).toStdString();
        const auto found = statementAt(plain, cursor);
        QCOMPARE(found ? QString::fromStdString(std::string(found->of(plain))) : QString(), statement);
    }

    void tokensCoverTheText() {
        for (const char* text :
             {"SELECT a.b, 1.5e-3, x'00', 'é''s' FROM \"t\" -- end", "/*", "'", "[", "1e", "\"a\"\"", ""}) {
            const std::string_view all(text);
            std::size_t at = 0;
            for (const SqlToken& token : sqlTokens(all)) {
                QCOMPARE(token.span.begin, at);
                QVERIFY(token.span.end > at);
                at = token.span.end;
            }
            QCOMPARE(at, all.size());
        }
        const std::string_view quoted = "\"say \"\"hi\"\"\"";
        QCOMPARE(nameIn(quoted, sqlTokens(quoted).front()), std::string("say \"hi\""));
        QCOMPARE(firstWord(" -- x\n select 1"), std::string("SELECT"));
        QCOMPARE(firstWord("(1)"), std::string());
    }
};

QTEST_GUILESS_MAIN(TestQueryText)
#include "test_query_text.moc"

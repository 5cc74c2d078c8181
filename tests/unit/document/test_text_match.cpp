// The order of matches when a user searches by typing.
#include <QtTest/QtTest>

#include "widgets/document/text_match.h"

using namespace rw::ui;

class TestTextMatch : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void betterMatchesScoreHigher() {
        const QString typed = QStringLiteral("win");
        const int start = textScore(typed, QStringLiteral("Window aggregate"));
        const int word = textScore(typed, QStringLiteral("Close window"));
        const int inside = textScore(typed, QStringLiteral("Rewind"));
        const int strewn = textScore(typed, QStringLiteral("Watch it now"));
        QVERIFY(start > word);
        QVERIFY(word > inside);
        QVERIFY(inside > strewn);
        QVERIFY(strewn > 0);
    }
    void lettersMustStandInOrder() {
        QCOMPARE(textScore(QStringLiteral("niw"), QStringLiteral("window")), 0);
        QCOMPARE(textScore(QStringLiteral("windowss"), QStringLiteral("windows")), 0);
        QCOMPARE(textScore(QStringLiteral("a"), QString()), 0);
    }
    void caseDoesNotMatterNorDoSpaces() {
        QCOMPARE(textScore(QStringLiteral("WIN"), QStringLiteral("window")),
                 textScore(QStringLiteral("win"), QStringLiteral("Window")));
        QVERIFY(textScore(QStringLiteral("l p c"), QStringLiteral("Load per core")) > 0);
    }
};

QTEST_APPLESS_MAIN(TestTextMatch)
#include "test_text_match.moc"

// Numbers and durations as people read them: thin spaces, and the words that parseDuration() knows.
#include <QtTest/QtTest>

#include "core/base/readable.h"

using namespace rw;

class TestReadable : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void durationsHaveAThinSpace() {
        QCOMPARE(english(durationText(10'000)), std::string("10\u2009s"));
        QCOMPARE(english(durationText(20)), std::string("20\u2009ms"));
        QCOMPARE(english(durationText(90'000)), std::string("90\u2009s"));
        QCOMPARE(english(durationText(86'400'000)), std::string("1\u2009d"));
        QCOMPARE(english(durationText(1'500)), std::string("1\u2009500\u2009ms"));
        QCOMPARE(english(durationText(7'200'000)), std::string("2\u2009h"));
        QCOMPARE(english(durationText(0)), std::string("0\u2009s"));
        QCOMPARE(english(durationText(-5000)), std::string("-5\u2009s"));
    }
    void thousandsAreGrouped() {
        QCOMPARE(grouped("7"), std::string("7"));
        QCOMPARE(grouped("200"), std::string("200"));
        QCOMPARE(grouped("2000"), std::string("2\u2009000"));
        QCOMPARE(grouped("1234567"), std::string("1\u2009234\u2009567"));
        QCOMPARE(grouped("-100"), std::string("-100"));
        QCOMPARE(grouped("-1000.0625"), std::string("-1\u2009000.0625"));
    }
};

QTEST_APPLESS_MAIN(TestReadable)
#include "test_readable.moc"

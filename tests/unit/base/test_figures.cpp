// Numbers as people read them: the rules of core/base/figures.h.
#include <QtTest/QtTest>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "core/base/figures.h"

using namespace rw;

namespace {

constexpr double kInfinite = std::numeric_limits<double>::infinity();

std::string said(const Text& text) {
    return english(text);
}

/// As every locale reads it.
double readBack(const std::string& words) {
    double value = 0;
    std::from_chars(words.data(), words.data() + words.size(), value);
    return value;
}

}  // namespace

class TestFigures : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void countsKeepAllDigits() {
        QCOMPARE(figures::count(0), std::string("0"));
        QCOMPARE(figures::count(999), std::string("999"));
        QCOMPARE(figures::count(12'400), std::string("12\u2009400"));
        QCOMPARE(figures::count(std::numeric_limits<std::uint64_t>::max()),
                 std::string("18\u2009446\u2009744\u2009073\u2009709\u2009551\u2009615"));
    }

    void oneThingIsSingular() {
        const auto rows = [](std::uint64_t number) {
            return said(figures::counted(number, RW_TEXT("test", "1 row"), RW_TEXT("test", "%1 rows")));
        };
        QCOMPARE(rows(0), std::string("0 rows"));
        QCOMPARE(rows(1), std::string("1 row"));
        QCOMPARE(rows(2), std::string("2 rows"));
        QCOMPARE(rows(12'400), std::string("12\u2009400 rows"));
        QCOMPARE(said(figures::bytes(1)), std::string("1 byte"));
        QCOMPARE(said(figures::bytes(4'096)), std::string("4\u2009096 bytes"));
    }

    void measuredValuesHaveThreeDigits_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](double value, const char* words) {
            QTest::newRow(words) << value << QString::fromUtf8(words);
        };
        row(0, "0");
        row(0.1 + 0.2, "0.3");
        row(0.123456789, "0.123");
        row(99.95, "100");
        row(1234.5678, "1\u2009235");
        row(9999, "9\u2009999");
        row(100'000, "100\u2009k");
        row(-12'400, "-12.4\u2009k");
        row(1e7, "10\u2009M");
        row(5e15, "5\u2009000\u2009T");
        row(1e16, "1e16");
        row(-1.5e300, "-1.5e300");
        row(0.00051234, "0.000512");
        row(1.2345e-7, "1.23e-7");
        row(std::nan(""), "NaN");
        row(-kInfinite, "-Infinity");
    }
    void measuredValuesHaveThreeDigits() {
        QFETCH(double, value);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(figures::rounded(value)), words);
    }

    void exactValuesHaveTheDigitsThatTellThem_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](double value, const char* words) {
            QTest::newRow(words) << value << QString::fromUtf8(words);
        };
        row(0, "0");
        row(100'000, "100000");
        row(-1e5, "-100000");
        row(0.1, "0.1");
        row(0.1 + 0.2, "0.30000000000000004");
        row(1e20, "100000000000000000000");
        row(1e21, "1e21");
        row(1.5e-7, "1.5e-7");
        row(0.000001, "0.000001");
        row(kInfinite, "Infinity");
    }
    void exactValuesHaveTheDigitsThatTellThem() {
        QFETCH(double, value);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(figures::exact(value)), words);
    }

    void shownValuesAreWithoutTheRoundingOfSums_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<QString>("words");
        const auto row = [](double value, const char* words) {
            QTest::newRow(words) << value << QString::fromUtf8(words);
        };
        row(0, "0");
        row(0.1 + 0.2, "0.3");
        row(504.91999999999996, "504.92");
        row(-2494.4700000000003, "-2494.47");
        row(1.0 / 3, "0.333333333333333");
        row(9'007'199'254'740'991, "9007199254740991");         // a key keeps its digits
        row(1.7976931348623157e308, "1.7976931348623157e308");  // the rounded one is too large to be read
        row(-kInfinite, "-Infinity");
        row(std::nan(""), "NaN");
    }
    void shownValuesAreWithoutTheRoundingOfSums() {
        QFETCH(double, value);
        QFETCH(QString, words);
        QCOMPARE(QString::fromStdString(figures::shown(value)), words);
    }

    // The digits of any value are read back as the same one.
    void exactValuesReadBack() {
        std::uint64_t bits = 1;
        for (int i = 0; i < 20'000; ++i) {
            bits = bits * 6364136223846793005U + 1442695040888963407U;
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            if (!std::isfinite(value)) continue;
            const std::string words = figures::exact(value);
            QVERIFY2(readBack(words) == value, words.c_str());
        }
    }

    void marksOfAScaleHaveOneForm() {
        QCOMPARE(figures::mark(0.5, 0.05, 1), std::string("0.50"));
        QCOMPARE(figures::mark(5'000, 5'000, 20'000), std::string("5\u2009k"));
        QCOMPARE(figures::mark(2'000, 1'000, 9'000), std::string("2\u2009000"));
        QCOMPARE(figures::mark(1.5e300, 5e299, 2e300), std::string("1.5e300"));
        QCOMPARE(figures::mark(2e-9, 1e-9, 5e-9), std::string("2e-9"));
    }

    void ratesDoNotFlicker() {
        QCOMPARE(figures::rate(0), std::string("0/s"));
        QCOMPARE(figures::rate(1.62), std::string("1.6/s"));
        QCOMPARE(figures::rate(712.4), std::string("712/s"));
        QCOMPARE(figures::rate(1'640), std::string("1.6\u2009k/s"));
        QCOMPARE(figures::rate(999'999), std::string("1.0\u2009M/s"));
        QCOMPARE(figures::rate(250'000), std::string("250\u2009k/s"));
    }

    void sharesAreWholePercents() {
        QCOMPARE(figures::share(0), std::string("0\u00A0%"));
        QCOMPARE(figures::share(0.004), std::string("<1\u00A0%"));
        QCOMPARE(figures::share(0.431), std::string("43\u00A0%"));
        QCOMPARE(figures::share(1), std::string("100\u00A0%"));
    }

    void agesHaveTwoFigures_data() {
        QTest::addColumn<qint64>("millis");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("whole");
        const auto row = [](qint64 millis, const char* words, const char* whole) {
            QTest::newRow(words) << millis << QString::fromUtf8(words) << QString::fromUtf8(whole);
        };
        row(-5, "0\u2009s", "0\u2009s");
        row(320, "0.3\u2009s", "0\u2009s");
        row(6'820, "6.8\u2009s", "6\u2009s");
        row(9'960, "10\u2009s", "9\u2009s");
        row(59'400, "59\u2009s", "59\u2009s");
        row(59'900, "1\u2009min", "59\u2009s");
        row(60'000, "1\u2009min 0\u2009s", "1\u2009min 0\u2009s");
        row(130'000, "2\u2009min 10\u2009s", "2\u2009min 10\u2009s");
        row(3'600'000, "60\u2009min", "60\u2009min");
        row(3 * 3'600'000, "3\u2009h", "3\u2009h");
        row(12LL * 86'400'000, "12\u2009d", "12\u2009d");
    }
    void agesHaveTwoFigures() {
        QFETCH(qint64, millis);
        QFETCH(QString, words);
        QFETCH(QString, whole);
        QCOMPARE(QString::fromStdString(said(figures::age(millis))), words);
        QCOMPARE(QString::fromStdString(said(figures::wholeAge(millis))), whole);
    }

    void workIsToldInMilliseconds() {
        QCOMPARE(said(figures::took(0)), std::string("0\u2009ms"));
        QCOMPARE(said(figures::took(0.0032)), std::string("3.2\u2009ms"));
        QCOMPARE(said(figures::took(0.2314)), std::string("231\u2009ms"));
        QCOMPARE(said(figures::took(0.9999)), std::string("1.0\u2009s"));
        QCOMPARE(said(figures::took(75)), std::string("1\u2009min 15\u2009s"));
        QVERIFY(said(figures::took(kInfinite)).ends_with("\u2009d"));
    }
};

QTEST_APPLESS_MAIN(TestFigures)
#include "test_figures.moc"

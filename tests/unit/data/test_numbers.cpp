// Numbers and truth values as text, both ways.
#include <QtTest/QtTest>
#include <cmath>
#include <random>

#include "core/data/text.h"

using namespace rw;

namespace {

std::string text(double value) {
    std::string out;
    appendDouble(out, value);
    return out;
}

std::string text(Int128 value, int scale) {
    std::string out;
    appendDecimal(out, value, scale);
    return out;
}

/// parseDecimal written back, or “-” when refused.
std::string rounded(std::string_view input, int precision, int scale) {
    const std::optional<Int128> value = parseDecimal(input, precision, scale);
    return value ? text(*value, scale) : "-";
}

}  // namespace

class TestNumbers : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void integers() {
        QCOMPARE(parseInt("2147483647"), std::optional(2147483647));
        QCOMPARE(parseInt("-2147483648"), std::optional(std::numeric_limits<std::int32_t>::min()));
        QVERIFY(!parseInt("2147483648"));
        QVERIFY(!parseInt("-2147483649"));
        QCOMPARE(parseBigint("9223372036854775807"), std::optional(std::numeric_limits<std::int64_t>::max()));
        QCOMPARE(parseBigint("-9223372036854775808"),
                 std::optional(std::numeric_limits<std::int64_t>::min()));
        QVERIFY(!parseBigint("9223372036854775808"));
        QCOMPARE(parseBigint(" +42\t"), std::optional<std::int64_t>(42));
        QCOMPARE(parseBigint("0000000000000000000000007"), std::optional<std::int64_t>(7));
        for (const char* garbage :
             {"", " ", "+", "-", "+-1", "--1", "1 2", "1.5", "1e3", "0x10", "12a", "١"}) {
            QVERIFY2(!parseInt(garbage), garbage);
            QVERIFY2(!parseBigint(garbage), garbage);
        }
    }
    void booleans() {
        QCOMPARE(parseBoolean("true"), std::optional(true));
        QCOMPARE(parseBoolean(" False "), std::optional(false));
        for (const char* garbage : {"", "1", "0", "t", "yes", "TRUEE"})
            QVERIFY2(!parseBoolean(garbage), garbage);
    }
    void doubles() {
        QCOMPARE(parseDouble("-.5"), std::optional(-0.5));
        QCOMPARE(parseDouble("5."), std::optional(5.0));
        QCOMPARE(parseDouble("+1e3"), std::optional(1000.0));
        QCOMPARE(parseDouble("1e400"), std::optional(std::numeric_limits<double>::infinity()));
        QCOMPARE(parseDouble("1e-400"), std::optional(0.0));
        QCOMPARE(parseDouble("-Infinity"), std::optional(-std::numeric_limits<double>::infinity()));
        QVERIFY(std::isnan(*parseDouble("NaN")));
        QVERIFY(std::signbit(*parseDouble("-0")));
        for (const char* garbage :
             {"", "-", ".", "e5", "1e", "1.2.3", "--1", "+-1", "0x1p3", "inf", "1,5", "1d"}) {
            QVERIFY2(!parseDouble(garbage), garbage);
        }
        QCOMPARE(text(3), std::string("3"));
        QCOMPARE(text(1.5), std::string("1.5"));
        QCOMPARE(text(0.1), std::string("0.1"));
        QCOMPARE(text(1e20), std::string("1e+20"));
        QCOMPARE(text(-std::numeric_limits<double>::infinity()), std::string("-Infinity"));
        QCOMPARE(text(std::nan("")), std::string("NaN"));
    }
    /// Any bit pattern survives writing and reading.
    void doublesRoundTrip() {
        std::mt19937_64 random(2);
        for (int i = 0; i < 100'000; ++i) {
            const std::uint64_t bits = random();
            double value = 0;
            std::memcpy(&value, &bits, sizeof value);
            const std::optional<double> back = parseDouble(text(value));
            QVERIFY(back);
            QVERIFY(std::isnan(value) ? std::isnan(*back) : std::memcmp(&*back, &value, sizeof value) == 0);
        }
    }
    void decimals() {
        QCOMPARE(rounded("1.995", 10, 2), std::string("2.00"));  // half up, away from zero
        QCOMPARE(rounded("-1.995", 10, 2), std::string("-2.00"));
        QCOMPARE(rounded("1.9949999", 10, 2), std::string("1.99"));
        QCOMPARE(rounded("0.005", 3, 2), std::string("0.01"));
        QCOMPARE(rounded("0.0049", 3, 2), std::string("0.00"));
        QCOMPARE(rounded("-0.001", 8, 1), std::string("0.0"));
        QCOMPARE(rounded(".5", 3, 0), std::string("1"));
        QCOMPARE(rounded("0.05", 3, 0), std::string("0"));
        QCOMPARE(rounded("1.5e2", 5, 1), std::string("150.0"));
        QCOMPARE(rounded("15e-1", 5, 0), std::string("2"));
        QCOMPARE(rounded("999.99", 4, 1), std::string("-"));  // rounds up to five digits
        QCOMPARE(rounded("999.94", 4, 1), std::string("999.9"));
        QCOMPARE(rounded("1000", 4, 1), std::string("-"));
        QCOMPARE(rounded("0000000001000", 5, 1), std::string("1000.0"));
        const std::string largest(38, '9');
        QCOMPARE(rounded(largest, 38, 0), largest);
        QCOMPARE(rounded("-" + largest, 38, 0), "-" + largest);
        QCOMPARE(rounded(largest + ".5", 38, 0), std::string("-"));
        QCOMPARE(rounded(largest + "9", 38, 0), std::string("-"));
        QCOMPARE(rounded("1" + std::string(38, '0'), 38, 0), std::string("-"));
        QCOMPARE(rounded("3e38", 38, 0), std::string("-"));
        // 2^127 and 2^128: more digits than fit must not come round to a number that does
        QCOMPARE(rounded("170141183460469231731687303715884105728", 38, 0), std::string("-"));
        QCOMPARE(rounded("340282366920938463463374607431768211456", 38, 0), std::string("-"));
        QCOMPARE(rounded("0." + largest, 38, 38), "0." + largest);
        QCOMPARE(rounded("1e1000000000000", 38, 0), std::string("-"));
        QCOMPARE(rounded("0e1000000000000", 38, 0), std::string("0"));
        QCOMPARE(rounded("1e-1000000000000", 38, 0), std::string("0"));
        for (const char* garbage :
             {"", ".", "-", "1e", "e1", "1.2.3", "1,2", "NaN", "Infinity", "+-1", "12x"}) {
            QVERIFY2(!parseDecimal(garbage, 38, 0), garbage);
        }
    }
    void decimalsRoundTrip() {
        std::mt19937_64 random(3);
        for (int i = 0; i < 20'000; ++i) {
            const int scale = static_cast<int>(random() % 39);
            Int128 value =
                static_cast<Int128>(random() % 1'000'000'000'000'000'000) * 1'000'000'000'000'000'000 +
                static_cast<Int128>(random() % 1'000'000'000'000'000'000);
            for (std::uint64_t cut = random() % 36; cut > 0; --cut) value /= 10;
            if (random() % 2 == 0) value = -value;
            QVERIFY(parseDecimal(text(value, scale), 38, scale) == value);
        }
    }
};

QTEST_APPLESS_MAIN(TestNumbers)
#include "test_numbers.moc"

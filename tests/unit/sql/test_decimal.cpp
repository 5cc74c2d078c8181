// DECIMAL arithmetic: products against sums, quotients and scales by their inverse, and the edges of 38
// digits.
#include <QtTest/QtTest>
#include <random>

#include "core/data/text.h"
#include "core/sql/coercion.h"
#include "core/sql/decimal.h"
#include "core/sql/uint256.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

Int128 randomValue(std::mt19937_64& random, int digits) {
    Int128 value = 0;
    const auto length = static_cast<int>(random() % static_cast<unsigned>(digits)) + 1;
    for (int i = 0; i < length; ++i) value = value * 10 + static_cast<int>(random() % 10);
    return random() % 2 == 0 ? value : -value;
}

QString shown(std::optional<Int128> value, int scale) {
    if (!value) return QStringLiteral("none");
    std::string out;
    appendDecimal(out, *value, scale);
    return QString::fromStdString(out);
}

/// Adds up `b` copies of `a`, bit by bit.
UInt256 slowProduct(UInt128 a, UInt128 b) {
    UInt256 sum;
    for (int bit = 127; bit >= 0; --bit) {
        sum = add(sum, sum);
        if ((b >> bit) & 1) sum = add(sum, {0, a});
    }
    return sum;
}

}  // namespace

class TestDecimal : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void wideProductsAreExact() {
        std::mt19937_64 random(3);
        for (int i = 0; i < 2'000; ++i) {
            const UInt128 a = (UInt128{random()} << 60) | random(), b = (UInt128{random()} << 50) | random();
            QVERIFY(multiply(a, b) == slowProduct(a, b));
        }
    }

    void divisionUndoesMultiplication() {
        std::mt19937_64 random(4);
        for (int i = 0; i < 2'000; ++i) {
            const UInt128 divisor = (static_cast<UInt128>(random()) << (random() % 60)) + 1;
            const UInt128 quotient = (static_cast<UInt128>(random()) << 40) | random();
            const UInt128 rest = random() % divisor;
            const UInt256Quotient result = divide(add(multiply(quotient, divisor), {0, rest}), divisor);
            QVERIFY(result.quotient == (UInt256{0, quotient}) && result.remainder == rest);
        }
    }

    void sumsAndProductsOfManyScales() {
        std::mt19937_64 random(5);
        for (int i = 0; i < 5'000; ++i) {
            const Type typeA = Type::decimal(18, static_cast<int>(random() % 10));
            const Type typeB = Type::decimal(18, static_cast<int>(random() % 10));
            const Int128 a = randomValue(random, 17), b = randomValue(random, 17);
            const Type sum = decimalSum(typeA, typeB), product = decimalProduct(typeA, typeB);
            const auto total = decimalAdd(a, typeA, b, typeB, sum);
            QVERIFY(total.has_value());
            // Taking b off again gives a.
            const auto back = decimalAdd(*total, sum, -b, typeB, decimalSum(sum, typeB));
            QVERIFY(back && decimalCompare(*back, decimalSum(sum, typeB).scale, a, typeA.scale) == 0);
            const auto times = decimalMultiply(a, typeA, b, typeB, product);
            QVERIFY(times.has_value());
            QCOMPARE(shown(times, product.scale), shown(a * b, typeA.scale + typeB.scale));
            if (b == 0) continue;
            // quotient × b lies within half a unit of the quotient's last place (times b) of a
            const Type quotientType = decimalQuotient(typeA, typeB);
            const auto quotient = decimalDivide(a, typeA, b, typeB, quotientType);
            QVERIFY(quotient.has_value());
            const auto raised = [](Int128 value, int digits) {
                return multiply(static_cast<UInt128>(value < 0 ? -value : value), powerOfTen(digits));
            };
            const UInt256 unit = raised(b, typeA.scale),
                          dividend = raised(a, quotientType.scale + typeB.scale);
            const UInt256 product2 =
                multiply(2 * static_cast<UInt128>(*quotient < 0 ? -*quotient : *quotient), unit.low);
            const UInt256 dividend2 = add(dividend, dividend);
            QVERIFY(!(add(dividend2, unit) < product2) && !(add(product2, unit) < dividend2));
            QVERIFY(*quotient == 0 || (*quotient < 0) == ((a < 0) != (b < 0)));
            const auto rest = decimalModulo(a, typeA, b, typeB, decimalRemainder(typeA, typeB));
            const int scale = std::max(typeA.scale, typeB.scale);
            const auto aligned = [scale](Int128 value, Type type) {
                return value * static_cast<Int128>(powerOfTen(scale - type.scale));
            };
            QVERIFY(rest && *rest == aligned(a, typeA) % aligned(b, typeB));
        }
    }

    /// Where all results fit, they are computed without looking: the same values and the same errors come of
    /// it.
    void columnsAreAsSingleValues() {
        std::mt19937_64 random(7);
        for (int i = 0; i < 400; ++i) {
            const auto someType = [&random] {
                const int digits = 1 + static_cast<int>(random() % 38);
                return Type::decimal(digits, static_cast<int>(random() % static_cast<unsigned>(digits + 1)));
            };
            const Type typeA = someType(), typeB = someType();
            std::vector<std::string> textsA, textsB;
            std::vector<Int128> valuesA, valuesB;
            for (int row = 0; row < 20; ++row) {
                const auto some = [&random, row](Type type) {
                    const Int128 most = static_cast<Int128>(powerOfTen(type.precision)) - 1;
                    return row < 4 ? (row % 2 == 0 ? most : -most) : randomValue(random, type.precision);
                };
                valuesA.push_back(some(typeA));
                valuesB.push_back(row < 2 ? some(typeB) : -some(typeB));
                textsA.push_back(shown(valuesA.back(), typeA.scale).toStdString());
                textsB.push_back(shown(valuesB.back(), typeB.scale).toStdString());
            }
            const Batch batch = table({{"a " + toString(typeA), textsA}, {"b " + toString(typeB), textsB}});
            const Type sum = decimalSum(typeA, typeB), product = decimalProduct(typeA, typeB);
            const QStringList sums = results("a + b", batch), differences = results("a - b", batch),
                              products = results("a * b", batch), less = results("a < b", batch),
                              same = results("a = b", batch);
            for (int row = 0; row < 20; ++row) {
                const Int128 a = valuesA[static_cast<std::size_t>(row)],
                             b = valuesB[static_cast<std::size_t>(row)];
                const auto isAs = [&](const QString& is, std::optional<Int128> value, Type type) {
                    return value ? is == shown(value, type.scale) : is.startsWith("! ");
                };
                QVERIFY(isAs(sums[row], decimalAdd(a, typeA, b, typeB, sum), sum));
                QVERIFY(isAs(differences[row], decimalAdd(a, typeA, -b, typeB, sum), sum));
                QVERIFY(isAs(products[row], decimalMultiply(a, typeA, b, typeB, product), product));
                const auto order = decimalCompare(a, typeA.scale, b, typeB.scale);
                QCOMPARE(less[row], QString(order < 0 ? "true" : "false"));
                QCOMPARE(same[row], QString(order == 0 ? "true" : "false"));
            }
        }
    }

    void integersBecomeDecimals() {
        const Batch batch =
            table({{"i INT", {"2147483647", "-2147483648", "0", "NULL"}},
                   {"b BIGINT", {"9223372036854775807", "-9223372036854775808", "0", "NULL"}}});
        QCOMPARE(results("CAST(i AS DECIMAL(10,0))", batch),
                 (QStringList{"2147483647", "-2147483648", "0", "NULL"}));
        QCOMPARE(results("CAST(i AS DECIMAL(12,2))", batch),
                 (QStringList{"2147483647.00", "-2147483648.00", "0.00", "NULL"}));
        QCOMPARE(results("TRY_CAST(i AS DECIMAL(9,0))", batch), (QStringList{"NULL", "NULL", "0", "NULL"}));
        QCOMPARE(results("CAST(b AS DECIMAL(38,19))", batch),
                 (QStringList{"9223372036854775807.0000000000000000000",
                              "-9223372036854775808.0000000000000000000", "0.0000000000000000000", "NULL"}));
        QCOMPARE(results("CAST(b AS DECIMAL(20,2))", batch),
                 (QStringList{"! 9223372036854775807 does not fit DECIMAL(20,2).",
                              "! -9223372036854775808 does not fit DECIMAL(20,2).", "0.00", "NULL"}));
    }

    /// Numbers of up to 38 digits, which reach beyond 2^126, against the plain arithmetic of 128 bits.
    void quotientsAndRemaindersOfAllSizes() {
        std::mt19937_64 random(6);
        const Type whole = Type::decimal(38, 0);
        for (int i = 0; i < 20'000; ++i) {
            const Int128 a = randomValue(random, 38), b = randomValue(random, 38);
            if (b == 0) continue;
            const auto rest = decimalModulo(a, whole, b, whole, whole);
            QVERIFY(rest && *rest == a % b);
            const Int128 left = a % b < 0 ? -(a % b) : a % b, size = b < 0 ? -b : b;
            const Int128 away = left >= size - left ? ((a < 0) == (b < 0) ? 1 : -1) : 0;
            const auto quotient = decimalDivide(a, whole, b, whole, whole);
            QVERIFY(quotient && *quotient == a / b + away);
        }
    }

    void quotientsWithFewerDigitsThanTheDividend() {
        const Type tenths = Type::decimal(38, 1), whole = Type::decimal(38, 0);
        const auto digits = [](int first) { return Int128{first} * static_cast<Int128>(powerOfTen(36)); };
        QCOMPARE(shown(decimalDivide(digits(90), tenths, digits(15), whole, whole), 0), QString("1"));
        QCOMPARE(shown(decimalDivide(digits(-90), tenths, digits(15), whole, whole), 0), QString("-1"));
        QCOMPARE(shown(decimalDivide(digits(70), tenths, digits(15), whole, whole), 0), QString("0"));
        QCOMPARE(shown(decimalDivide(digits(90), tenths, digits(25), whole, whole), 0), QString("0"));
        QCOMPARE(shown(decimalDivide(digits(90), tenths, digits(2), whole, whole), 0), QString("5"));
    }

    void roundsHalvesAwayFromZero() {
        const Type from = Type::decimal(10, 3), to = Type::decimal(10, 2);
        QCOMPARE(shown(rescale(1005, 3, to), 2), QString("1.01"));
        QCOMPARE(shown(rescale(-1005, 3, to), 2), QString("-1.01"));
        QCOMPARE(shown(rescale(1004, 3, to), 2), QString("1.00"));
        QCOMPARE(shown(decimalDivide(1, from, 3, from, Type::decimal(10, 4)), 4), QString("0.3333"));
        QCOMPARE(shown(decimalDivide(2, from, -3, from, Type::decimal(10, 4)), 4), QString("-0.6667"));
    }

    void edges_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* text, const char* value) { QTest::newRow(text) << text << value; };
        row("CAST('99999999999999999999999999999999999999' AS DECIMAL(38,0)) - 1",
            "99999999999999999999999999999999999998");
        row("CAST('9999999999999999999.999999999999999999' AS DECIMAL(37,18)) * 1",
            "10000000000000000000.00000000");
        row("CAST('99999999999999999999' AS DECIMAL(20,0)) * CAST('99999999999999999999' AS DECIMAL(20,0))",
            "! 99999999999999999999 * 99999999999999999999 does not fit DECIMAL(38,0).");
        row("CAST('1e-18' AS DECIMAL(38,18)) * CAST('1e-18' AS DECIMAL(38,18))", "0.000000");
        row("CAST(1 AS DECIMAL(38,0)) / CAST(3 AS DECIMAL(38,0))", "0.333333");
        row("CAST(2 AS DECIMAL(38,18)) / CAST(3 AS DECIMAL(38,18))", "0.666667");
        row("CAST('12345678901234567890.5' AS DECIMAL(38,10)) % 7", "1.5000000000");
        row("CAST('0.00000000000000000000000000000000000001' AS DECIMAL(38,38)) < CAST('1e37' AS "
            "DECIMAL(38,0))",
            "true");
        row("CAST(-1 AS DECIMAL(38,0)) < CAST('-0.5' AS DECIMAL(38,37))", "true");
        row("CAST('0.1' AS DECIMAL(38,37)) + CAST('1e31' AS DECIMAL(38,0))",
            "10000000000000000000000000000000.100000");
        row("CAST(1.005 AS DOUBLE)", "1.005");
        row("CAST(CAST('12345678901234567890.123' AS DECIMAL(38,3)) AS DOUBLE)", "12345678901234567168");
        row("CAST(1e37 AS DECIMAL(38,0))", "10000000000000000000000000000000000000");
        row("CAST(1e38 AS DECIMAL(38,0))", "! 1e+38 does not fit DECIMAL(38,0).");
    }
    void edges() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(result(text.toStdString()), value);
    }
};

QTEST_APPLESS_MAIN(TestDecimal)
#include "test_decimal.moc"

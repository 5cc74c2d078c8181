// Flink's answers where ours once differed, rule by rule.
#include <QtTest/QtTest>

#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

using Row = std::pair<const char*, const char*>;

/// Rows of one data function: an expression without columns, and the text of its value.
void tell(const std::vector<Row>& rows) {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("answer");
    for (const auto& [text, answer] : rows) QTest::newRow(text) << text << answer;
}

void checkValue() {
    QFETCH(QString, text);
    QFETCH(QString, answer);
    QCOMPARE(result(text.toStdString()), answer);
}

void checkType() {
    QFETCH(QString, text);
    QFETCH(QString, answer);
    const Batch columns = table({{"i INT", {}},
                                 {"b BIGINT", {}},
                                 {"x DOUBLE", {}},
                                 {"p DECIMAL(10,2)", {}},
                                 {"wide DECIMAL(38,0)", {}},
                                 {"fine DECIMAL(38,18)", {}},
                                 {"small DECIMAL(4,3)", {}}});
    QCOMPARE(typeOf(text.toStdString(), columns), answer);
}

}  // namespace

class TestFlinkTruth : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Months go by dates; the time of day takes one off only where a's day is met exactly, for either
    /// sign.
    void monthsBetween_data() {
        tell({
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-01-31 00:00:00', TIMESTAMP '2024-02-29 00:00:00')", "1"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-01-31 10:00:00', TIMESTAMP '2024-02-29 09:00:00')", "0"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-01-15 10:00:00', TIMESTAMP '2024-03-15 09:59:59')", "1"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-01-15 10:00:00', TIMESTAMP '2024-03-16 09:59:59')", "2"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-15 10:00:00', TIMESTAMP '2024-01-15 09:00:00')", "-3"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-15 09:00:00', TIMESTAMP '2024-01-15 10:00:00')", "-2"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-15 10:00:00', TIMESTAMP '2024-01-16 09:00:00')", "-1"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-31 10:00:00', TIMESTAMP '2024-02-29 09:00:00')", "-2"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-31 09:00:00', TIMESTAMP '2024-02-29 10:00:00')", "-1"},
            {"TIMESTAMPDIFF(MONTH, TIMESTAMP '2024-03-01 10:00:00', TIMESTAMP '2024-03-01 09:00:00')", "-1"},
            {"TIMESTAMPDIFF(QUARTER, TIMESTAMP '2024-03-15 10:00:00', TIMESTAMP '2024-01-15 09:00:00')",
             "-1"},
            {"TIMESTAMPDIFF(QUARTER, TIMESTAMP '2024-01-31 00:00:00', TIMESTAMP '2024-04-30 00:00:00')", "1"},
            {"TIMESTAMPDIFF(YEAR, TIMESTAMP '2025-01-01 10:00:00', TIMESTAMP '2024-02-01 09:00:00')", "-1"},
            {"TIMESTAMPDIFF(YEAR, TIMESTAMP '2024-02-29 00:00:00', TIMESTAMP '2025-02-28 00:00:00')", "1"},
            {"TIMESTAMPDIFF(YEAR, TIMESTAMP '2024-02-29 01:00:00', TIMESTAMP '2025-02-28 00:00:00')", "0"},
        });
    }
    void monthsBetween() { checkValue(); }

    /// 38 digits reach beyond 2^126.
    void decimalsOf38Digits_data() {
        tell({
            {"ROUND(CAST('9999999999999999999999999999999999999.4' AS DECIMAL(38,1)), 0)",
             "9999999999999999999999999999999999999"},
            {"ROUND(CAST('90000000000000000000000000000000000004' AS DECIMAL(38,0)), -1)",
             "90000000000000000000000000000000000000"},
            {"CAST('90000000000000000000000000000000000000' AS DECIMAL(38,0)) % "
             "CAST('95000000000000000000000000000000000000' AS DECIMAL(38,0))",
             "90000000000000000000000000000000000000"},
            {"CAST('95000000000000000000000000000000000000' AS DECIMAL(38,0)) % "
             "CAST('90000000000000000000000000000000000000' AS DECIMAL(38,0))",
             "5000000000000000000000000000000000000"},
            {"CAST('9.0000000000000000000000000000000000000' AS DECIMAL(38,37)) % "
             "CAST('8.6000000000000000000000000000000000000' AS DECIMAL(38,37))",
             "0.4000000000000000000000000000000000000"},
            {"CAST('9.5' AS DECIMAL(38,37)) % CAST(9 AS DECIMAL(1,0))",
             "0.5000000000000000000000000000000000000"},
            {"CAST('90000000000000000000000000000000' AS DECIMAL(32,0)) * CAST('1.000000' AS DECIMAL(7,6))",
             "90000000000000000000000000000000.000000"},
            {"CAST('9000000000000000000000000000000.5' AS DECIMAL(38,7)) * CAST('10.0' AS DECIMAL(38,7))",
             "90000000000000000000000000000005.000000"},
            {"CAST('90000000000000000000000000000000' AS DECIMAL(38,0)) / CAST(1 AS DECIMAL(38,0))",
             "90000000000000000000000000000000.000000"},
            {"CAST(CAST('9000000000000000000000000000000000000.5' AS DECIMAL(38,1)) AS DECIMAL(38,0))",
             "9000000000000000000000000000000000001"},
            {"TRUNCATE(CAST('95000000000000000000000000000000000000' AS DECIMAL(38,0)), -37)",
             "90000000000000000000000000000000000000"},
            {"CAST('90000000000000000000000000000000000000' AS DECIMAL(38,0)) * CAST(2 AS DECIMAL(1,0))",
             "! 90000000000000000000000000000000000000 * 2 does not fit DECIMAL(38,0)."},
        });
    }
    void decimalsOf38Digits() { checkValue(); }

    void typesOfDecimals_data() {
        tell({
            {"COALESCE(wide, p)", "DECIMAL(38,0)"},
            {"COALESCE(fine, wide)", "DECIMAL(38,0)"},
            {"COALESCE(fine, p)", "DECIMAL(38,18)"},
            {"GREATEST(CAST(1 AS DECIMAL(30,2)), CAST(1 AS DECIMAL(38,18)))", "DECIMAL(38,10)"},
            {"CASE WHEN i > 0 THEN wide ELSE small END", "DECIMAL(38,0)"},
            {"IF(i > 0, p, small)", "DECIMAL(11,3)"},
            {"COALESCE(b, p)", "DECIMAL(21,2)"},
            {"b + p", "DECIMAL(22,2)"},
            {"b * p", "DECIMAL(30,2)"},
            {"b / p", "DECIMAL(32,11)"},
            {"p % b", "DECIMAL(10,2)"},
            {"0.01", "DECIMAL(3,2)"},
            {"-0.01", "DECIMAL(3,2)"},
            {".5", "DECIMAL(1,1)"},
            {"007.5", "DECIMAL(4,1)"},
            {"0.0", "DECIMAL(2,1)"},
            {"p * 0.01", "DECIMAL(14,4)"},
            {"00000000000000000000000000000000000000.5",
             "? 00000000000000000000000000000000000000.5 has more than 38 digits."},
        });
    }
    void typesOfDecimals() { checkType(); }

    void nanIsTheLargestDouble_data() {
        tell({
            {"GREATEST(1e0, CAST('NaN' AS DOUBLE))", "NaN"},
            {"GREATEST(CAST('NaN' AS DOUBLE), 1e0)", "NaN"},
            {"GREATEST(CAST('NaN' AS DOUBLE), CAST('Infinity' AS DOUBLE))", "NaN"},
            {"LEAST(CAST('NaN' AS DOUBLE), 1e0)", "1"},
            {"LEAST(1e0, CAST('NaN' AS DOUBLE))", "1"},
            {"LEAST(CAST('NaN' AS DOUBLE), CAST('Infinity' AS DOUBLE))", "Infinity"},
            {"LEAST(CAST('NaN' AS DOUBLE), CAST('NaN' AS DOUBLE))", "NaN"},
        });
    }
    void nanIsTheLargestDouble() { checkValue(); }

    void powersAsJavaHasThem_data() {
        tell({
            {"POWER(1, CAST('NaN' AS DOUBLE))", "NaN"},
            {"POWER(-1, CAST('Infinity' AS DOUBLE))", "NaN"},
            {"POWER(1, CAST('-Infinity' AS DOUBLE))", "NaN"},
            {"POWER(CAST('NaN' AS DOUBLE), 0)", "1"},
            {"POWER(2, CAST('Infinity' AS DOUBLE))", "Infinity"},
            {"POWER(0.5, CAST('Infinity' AS DOUBLE))", "0"},
            {"POWER(-2, 3)", "-8"},
        });
    }
    void powersAsJavaHasThem() { checkValue(); }

    void blanksInCasts_data() {
        tell({
            {"TRY_CAST(' true' AS BOOLEAN)", "NULL"},
            {"TRY_CAST('true ' AS BOOLEAN)", "NULL"},
            {"TRY_CAST('TRUE' AS BOOLEAN)", "true"},
            {"TRY_CAST(' 2024-03-01 12:00:00' AS TIMESTAMP(3))", "NULL"},
            {"TRY_CAST('2024-03-01 12:00:00 ' AS TIMESTAMP(3))", "NULL"},
            {"TRY_CAST(' 2024-3-1 1:00:00' AS TIMESTAMP(3))", "NULL"},
            {"TRY_CAST('2024-03-01 12:00:00' AS TIMESTAMP(3))", "2024-03-01 12:00:00.000"},
            {"TO_TIMESTAMP(' 2024-03-01 12:00:00')", "NULL"},
            {"TRY_CAST('  7 ' AS INT)", "7"},
            {"TRY_CAST('\t7' AS INT)", "NULL"},
            {"TRY_CAST('7\n' AS BIGINT)", "NULL"},
            {"TRY_CAST('1.5' AS INT)", "1"},
            {"TRY_CAST(' -1.9 ' AS BIGINT)", "-1"},
            {"TRY_CAST(' 1.5 ' AS DOUBLE)", "1.5"},
            {"TRY_CAST('\t1.5' AS DOUBLE)", "NULL"},
            {"TRY_CAST(' 1.5 ' AS DECIMAL(3,1))", "1.5"},
            {"TRY_CAST('1.5\n' AS DECIMAL(3,1))", "NULL"},
            {"TRY_CAST(' 2024-03-01 ' AS DATE)", "2024-03-01"},
        });
    }
    void blanksInCasts() { checkValue(); }

    /// SimpleDateFormat makes milliseconds of the text, of which whole seconds are kept.
    void secondsBefore1970_data() {
        tell({
            {"UNIX_TIMESTAMP('1969-12-31 23:59:59.500', 'yyyy-MM-dd HH:mm:ss.SSS')", "0"},
            {"UNIX_TIMESTAMP('1969-12-31 23:59:58.500', 'yyyy-MM-dd HH:mm:ss.SSS')", "-1"},
            {"UNIX_TIMESTAMP('1969-12-31 23:59:58.000', 'yyyy-MM-dd HH:mm:ss.SSS')", "-2"},
            {"UNIX_TIMESTAMP('1970-01-01 00:00:01.900', 'yyyy-MM-dd HH:mm:ss.SSS')", "1"},
        });
    }
    void secondsBefore1970() { checkValue(); }

    /// Only the syntax of a text decides whether it is JSON, not the size of its numbers.
    void jsonWithNumbersOfAnySize_data() {
        tell({
            {"JSON_VALUE('{\"a\": 1e999, \"b\": \"x\"}', '$.b')", "x"},
            {"JSON_VALUE('{\"b\": true, \"a\": [-1E+400]}', '$.b')", "true"},
            {"JSON_VALUE('{\"a\": 1e999}', '$.a')", "1e999"},
            {"JSON_VALUE('{\"a\": 123456789012345678901234567890}', '$.a')",
             "123456789012345678901234567890"},
            {"JSON_VALUE('{\"a\": -0}', '$.a')", "0"},
            {"JSON_VALUE('{\"a\": 1.50}', '$.a')", "1.50"},
            {"JSON_VALUE('{\"a\": 1, \"b\": tru}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": 1, \"b\": 01}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": 1, \"b\": 1.}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": 1, \"b\": 1e}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": 1, \"b\": -}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": 1,}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": 1} 2', '$.a')", "1"},
            {"JSON_VALUE('{\"a\": 1', '$.a')", "NULL"},
            {"JSON_VALUE('{1: 1, \"a\": 1}', '$.a')", "NULL"},
            {"JSON_VALUE('[1, 2', '$[0]')", "NULL"},
            {"JSON_VALUE('[1, 2]]', '$[0]')", "1"},
            {"JSON_VALUE('{\"a\": \"x', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": \"\\q\"}', '$.a')", "NULL"},
            {"JSON_VALUE('{\"a\": \"\\u00e9\\ud83d\\ude00\\n\\/\"}', '$.a')", "é😀\n/"},
            {"JSON_VALUE('{\"\\u0061\": 1}', '$.a')", "1"},
            {"JSON_VALUE('{\"a\": 1, \"a\": 2}', '$.a')", "2"},
            {"JSON_VALUE('{\"a\": 1, \"a\": null}', '$.a')", "NULL"},
            {"JSON_VALUE('  [ [ 1 , { \"b\" : [ 2 ] } ] ]  ', '$[0][1].b[0]')", "2"},
            {"JSON_VALUE('5', '$')", "5"},
            {"JSON_VALUE('', '$')", "NULL"},
        });
    }
    void jsonWithNumbersOfAnySize() { checkValue(); }

    /// Java's way: the shortest text, and of texts of two digits the nearest one.
    void doublesAsJavaWritesThem_data() {
        tell({
            {"CAST(4.9e-324 AS STRING)", "4.9E-324"},
            {"CAST(-4.9e-324 AS STRING)", "-4.9E-324"},
            {"CAST(8.9e-323 AS STRING)", "8.9E-323"},
            {"CAST(1e-3 AS STRING)", "0.001"},
            {"CAST(1e7 AS STRING)", "1.0E7"},
            {"CAST(3e0 AS STRING)", "3.0"},
            {"CAST(-0.0e0 AS STRING)", "-0.0"},
        });
    }
    void doublesAsJavaWritesThem() { checkValue(); }

    /// Both go through Java's BigDecimal, which has no negative zero.
    void noNegativeZero_data() {
        tell({
            {"ROUND(-0.04e0, 1)", "0"},
            {"ROUND(-0.4e0)", "0"},
            {"TRUNCATE(-0.9e0)", "0"},
            {"TRUNCATE(-0.04e0, 1)", "0"},
            {"ROUND(-0.0e0, 2)", "0"},
            {"TRUNCATE(-0.0e0)", "0"},
            {"ROUND(-4e0, -1)", "0"},
            {"ROUND(-0.04, 1)", "0.0"},
            {"ROUND(-0.4)", "0"},
            {"TRUNCATE(-0.9)", "0"},
            {"TRUNCATE(-0.04, 1)", "0.0"},
            {"CAST(ROUND(-0.04, 1) AS STRING)", "0.0"},
            {"CAST(TRUNCATE(-0.9, 0) AS DOUBLE)", "0"},
        });
    }
    void noNegativeZero() { checkValue(); }
};

QTEST_APPLESS_MAIN(TestFlinkTruth)
#include "test_flink_truth.moc"

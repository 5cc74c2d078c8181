// Values: operators and functions with NULLs, constants, edge values and errors, and which errors count.
#include <QtTest/QtTest>

#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

const std::string kMost = "2147483647", kLeast = "-2147483648";

}  // namespace

class TestEvaluate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void columns_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QStringList>("values");
        const auto row = [](const char* text, const QStringList& values) {
            QTest::newRow(text) << text << values;
        };
        const QString zero = "! Division by zero.";
        row("i + 1", {"8", "-6", "1", "NULL", "! 2147483647 + 1 does not fit INT."});
        row("i + b", {"107", "-107", "1", "NULL", "NULL"});
        row("i - 2147483640", {"-2147483633", "-2147483647", "-2147483640", "NULL", "7"});
        row("i * i", {"49", "49", "0", "NULL", "! 2147483647 * 2147483647 does not fit INT."});
        row("100 / i", {"14", "-14", zero, "NULL", "0"});
        row("i % 4", {"3", "-3", "0", "NULL", "3"});
        row("b % i", {"2", "-2", zero, "NULL", "NULL"});
        row("MOD(b, 7)", {"2", "-2", "1", "5", "NULL"});
        row("b % 8", {"4", "-4", "1", "5", "NULL"});
        row("-i", {"-7", "7", "0", "NULL", "-2147483647"});
        row("x / 0e0", {"Infinity", "-Infinity", "NaN", "NULL", "Infinity"});
        row("i > 0", {"true", "false", "false", "NULL", "true"});
        row("i > x", {"true", "false", "false", "NULL", "false"});
        row("i = 7 OR b = 1", {"true", "false", "true", "NULL", "NULL"});
        row("i IS NULL", {"false", "false", "false", "true", "false"});
        row("s IS NOT NULL", {"true", "true", "true", "false", "true"});
        row("i IN (7, 0)", {"true", "false", "true", "NULL", "false"});
        row("i IN (7, NULL)", {"true", "NULL", "NULL", "NULL", "NULL"});
        row("i NOT BETWEEN -7 AND 0", {"true", "false", "false", "NULL", "true"});
        row("s > 'b'", {"false", "true", "false", "NULL", "false"});
        row("s || '!'", {"a!", "bb!", "!", "NULL", "a longer text than fits inside!"});
        row("s LIKE '%on%'", {"false", "false", "false", "NULL", "true"});
        row("s LIKE '_'", {"true", "false", "false", "NULL", "false"});
        row("s LIKE s || '%'", {"true", "true", "true", "NULL", "true"});
        row("i IS DISTINCT FROM b", {"true", "true", "true", "true", "true"});
        row("b IS NOT DISTINCT FROM NULL", {"false", "false", "false", "false", "true"});
        row("(i > 0) IS NOT TRUE", {"false", "true", "true", "true", "false"});
        row("(i > 0) IS FALSE", {"false", "true", "true", "false", "false"});
        row("CASE WHEN i > 0 THEN 'pos' WHEN i < 0 THEN 'neg' ELSE s END", {"pos", "neg", "", "NULL", "pos"});
        row("CASE i WHEN 7 THEN 1 WHEN 0 THEN 2 END", {"1", "NULL", "2", "NULL", "NULL"});
        row("COALESCE(i, b, 0)", {"7", "-7", "0", "5", "2147483647"});
        row("GREATEST(i, b, 1)", {"100", "1", "1", "NULL", "NULL"});
        row("LEAST(s, 'b')", {"a", "b", "", "NULL", "a longer text than fits inside"});
        row("NULLIF(i, 7)", {"NULL", "-7", "0", "NULL", "2147483647"});
        row("IF(i > 0, s, 'none')", {"a", "none", "none", "none", "a longer text than fits inside"});
        row("p + 0.005", {"12.345", "-0.005", "100000000.005", "NULL", "0.005"});
        row("p * 1000000", {"12340000.00", "-10000.00", "100000000000000.00", "NULL", "0.00"});
        row("1 / p", {"0.0810372771475", "-100.0000000000000", "0.0000000100000", "NULL", zero});
        row("p % 5", {"2.34", "-0.01", "0.00", "NULL", "0.00"});
        row("p > i", {"true", "true", "true", "NULL", "false"});
        row("ABS(i)", {"7", "7", "0", "NULL", "2147483647"});
        row("ROUND(i, -1)", {"10", "-10", "0", "NULL", "! 2147483647 rounded does not fit INT."});
        row("SIGN(x)", {"1", "-1", "0", "NULL", "1"});
        row("CHAR_LENGTH(s)", {"1", "2", "0", "NULL", "30"});
    }
    void columns() {
        QFETCH(QString, text);
        QFETCH(QStringList, values);
        const Batch batch = table({{"i INT", {"7", "-7", "0", "NULL", kMost}},
                                   {"b BIGINT", {"100", "-100", "1", "5", "NULL"}},
                                   {"x DOUBLE", {"1.5", "-2.5", "0", "NULL", "1e300"}},
                                   {"p DECIMAL(12,2)", {"12.34", "-0.01", "100000000.00", "NULL", "0"}},
                                   {"s STRING", {"a", "bb", "", "NULL", "a longer text than fits inside"}}});
        QCOMPARE(results(text.toStdString(), batch), values);
        // The same row by row: no row depends on its neighbours.
        for (std::size_t row = 0; row < batch.rows; ++row) {
            QCOMPARE(results(text.toStdString(), batch.slice(row, 1)),
                     QStringList(values[static_cast<int>(row)]));
        }
    }

    void constants_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("value");
        const auto row = [](const char* text, const char* value) { QTest::newRow(text) << text << value; };
        row("1 / 0", "! Division by zero.");
        row("-7 / 2", "-3");
        row("-7 % 2", "-1");
        row("9223372036854775807 + 1", "! 9223372036854775807 + 1 does not fit BIGINT.");
        row("-9223372036854775808 - 1", "! -9223372036854775808 - 1 does not fit BIGINT.");
        row("-(-2147483648)", "! -(-2147483648) does not fit INT.");
        row("ABS(-2147483648)", "! ABS(-2147483648) does not fit INT.");
        row("-2147483648 / -1", "! -2147483648 / -1 does not fit INT.");
        row("-2147483648 % -1", "0");
        row("99999999999999999999999999999999999999 + 1",
            "! 99999999999999999999999999999999999999 + 1 does not fit DECIMAL(38,0).");
        row("1.5 + NULL", "NULL");
        row("0.1 + 0.2", "0.3");
        row("0.1e0 + 0.2e0 = 0.3e0", "false");
        row("1 = 1.0", "true");
        row("1.10 = 1.1", "true");
        row("1e0 = 1", "true");
        row("'5' = 5", "true");
        row("'10' > 9", "true");
        row("'true' = TRUE", "true");
        row("TRUE > FALSE", "true");
        row("NULL = NULL", "NULL");
        row("NULL IS NULL", "true");
        row("NULL IS NOT DISTINCT FROM NULL", "true");
        row("NULL AND FALSE", "false");
        row("NULL OR TRUE", "true");
        row("NOT NULL", "NULL");
        row("TRUE AND NULL", "NULL");
        row("1 IN (2, 3, 1)", "true");
        row("DATE '2024-01-31' + INTERVAL '1' MONTH", "2024-02-29");
        row("TIMESTAMP '2024-02-29 10:00:00' - INTERVAL '1' YEAR", "2023-02-28 10:00:00.000");
        row("DATE '2024-03-01' - INTERVAL '1' DAY", "2024-02-29");
        row("DATE '2024-03-01' + INTERVAL '90' MINUTE", "2024-03-01 01:30:00.000");
        row("TIMESTAMP '1969-12-31 23:59:59.999' + INTERVAL '0.001' SECOND", "1970-01-01 00:00:00.000");
        row("TIMESTAMP '2024-01-01 00:00:00' + 2 * INTERVAL '1' DAY", "2024-01-03 00:00:00.000");
        row("TIMESTAMP '2024-03-01 00:00:00' = DATE '2024-03-01'", "true");
        row("DATE '2024-03-01' < '2024-03-02'", "true");
        // The fewest digits, as CAST to STRING has them, also where the number has many more.
        row("CAST(1e23 AS DECIMAL(38,0))", "100000000000000000000000");
        row("CAST(-1.2345678901234567e30 AS DECIMAL(38,2))", "-1234567890123456700000000000000.00");
        row("CAST('1.9' AS INT)", "1");
        row("CAST('.5' AS INT)", "0");
        row("CAST('.' AS INT)", "! “.” can't be read as INT.");
        row("CAST(' 42 ' AS BIGINT)", "42");
        row("CAST('abc' AS INT)", "! “abc” can't be read as INT.");
        row("TRY_CAST('abc' AS INT)", "NULL");
        row("CAST(3000000000 AS INT)", "! 3000000000 does not fit INT.");
        row("TRY_CAST(3000000000 AS INT)", "NULL");
        row("CAST(1.9e0 AS INT)", "1");
        row("CAST(-1.9e0 AS INT)", "-1");
        row("CAST(1e19 AS BIGINT)", "! 1e+19 does not fit BIGINT.");
        row("CAST(0e0 / 0e0 AS INT)", "! NaN does not fit INT.");
        row("CAST(9223372036854775807e0 AS BIGINT)", "! 9223372036854775808 does not fit BIGINT.");
        row("CAST(2.675e0 AS DECIMAL(5,2))", "2.68");
        row("CAST(12345.6 AS DECIMAL(5,1))", "! 12345.6 does not fit DECIMAL(5,1).");
        row("CAST(999.95 AS DECIMAL(4,1))", "! 999.95 does not fit DECIMAL(4,1).");
        row("CAST(5e0 AS STRING)", "5.0");
        row("CAST(1e10 AS STRING)", "1.0E10");
        row("CAST(1234567.125e0 AS STRING)", "1234567.125");
        row("CAST(1e7 AS STRING)", "1.0E7");
        row("CAST(0.001e0 AS STRING)", "0.001");
        row("CAST(0.00012e0 AS STRING)", "1.2E-4");
        row("CAST(-0e0 AS STRING)", "-0.0");
        row("CAST(1e0 / 0e0 AS STRING)", "Infinity");
        row("CAST(TRUE AS STRING)", "true");
        row("CAST(TRUE AS INT)", "1");
        row("CAST(0 AS BOOLEAN)", "false");
        row("CAST('Yes' AS BOOLEAN)", "true");
        row("CAST('maybe' AS BOOLEAN)", "! “maybe” can't be read as BOOLEAN.");
        row("CAST(1.50 AS STRING)", "1.50");
        row("CAST('2024-02-30' AS DATE)", "! “2024-02-30” can't be read as DATE.");
        row("CAST(DATE '2024-02-29' AS TIMESTAMP)", "2024-02-29 00:00:00.000");
        row("CAST(NULL AS DECIMAL(5,2))", "NULL");
        row("ROUND(2.5)", "3");
        row("ROUND(-2.5)", "-3");
        row("ROUND(2.675e0, 2)", "2.68");
        row("ROUND(1234.5e0, -2)", "1200");
        row("ROUND(0.4e0, -5)", "0");
        row("ROUND(123.456, -1)", "120");
        row("ROUND(123.456, -5)", "0");
        row("ROUND(1e300, 2)", "1e+300");
        row("TRUNCATE(-2.79, 1)", "-2.7");
        row("TRUNCATE(42.9e0)", "42");
        row("FLOOR(-0.5)", "-1");
        row("CEIL(-0.5e0)", "-0");
        row("CEIL(0.001)", "1");
        row("SQRT(-1)", "NaN");
        row("LN(0)", "-Infinity");
        row("POWER(2, 10)", "1024");
        row("LOG2(8)", "3");
        row("SIGN(-0.5)", "-1.0");
        row("'日本' LIKE '__'", "true");
        row("'a%b' LIKE 'a\\%b' ESCAPE '\\'", "true");
        row("'abcabd' LIKE '%ab_' ", "true");
        row("'abc' LIKE 'abc'", "true");
        row("'abcd' LIKE 'abc'", "false");
        row("'abc' LIKE 'ab%'", "true");
        row("'cab' LIKE 'ab%'", "false");
        row("'abc' LIKE '%bc'", "true");
        row("'bca' LIKE '%bc'", "false");
        row("'abc' LIKE '%%b%'", "true");
        row("'' LIKE '%'", "true");
        row("'' LIKE ''", "true");
        row("'a' LIKE ''", "false");
        row("'a\nb' LIKE 'a_b'", "true");
        row("MD5('abc')", "900150983cd24fb0d6963f7d28e17f72");
        row("IF(NULL, 1, 2)", "2");
        row("COALESCE(NULL, NULL)", "NULL");
        row("CASE WHEN FALSE THEN 1 / 0 ELSE 5 END", "5");
        row("GREATEST(1, NULL)", "NULL");
        row("GREATEST(1, 2.5)", "2.5");
    }
    void constants() {
        QFETCH(QString, text);
        QFETCH(QString, value);
        QCOMPARE(result(text.toStdString()), value);
    }

    void errorsCountOnlyWhereTheyAreEvaluated() {
        const Batch batch = table({{"a INT", {"10", "10", "NULL", "0"}}, {"b INT", {"0", "2", "0", "0"}}});
        const QString zero = "! Division by zero.";
        QCOMPARE(results("CASE WHEN b <> 0 THEN a / b ELSE -1 END", batch),
                 (QStringList{"-1", "5", "-1", "-1"}));
        QCOMPARE(results("IF(b = 0, NULL, a / b)", batch), (QStringList{"NULL", "5", "NULL", "NULL"}));
        QCOMPARE(results("b <> 0 AND a / b > 1", batch), (QStringList{"false", "true", "false", "false"}));
        QCOMPARE(results("a / b > 1 AND b <> 0", batch), (QStringList{zero, "true", "false", zero}));
        QCOMPARE(results("b = 0 OR a / b > 1", batch), (QStringList{"true", "true", "true", "true"}));
        QCOMPARE(results("COALESCE(a, 1 / b)", batch), (QStringList{"10", "10", zero, "0"}));
        QCOMPARE(results("COALESCE(1 / b, 7)", batch), (QStringList{zero, "0", zero, zero}));
        QCOMPARE(results("CASE WHEN 1 / b > 5 THEN 1 ELSE 2 END", batch),
                 (QStringList{zero, "2", zero, zero}));
        QCOMPARE(results("(a / b) IS NULL", batch), (QStringList{zero, "false", "true", zero}));
        QCOMPARE(results("a / b IS NOT DISTINCT FROM 5", batch), (QStringList{zero, "true", "false", zero}));
        QCOMPARE(results("NOT (1 / b = 0)", batch), (QStringList{zero, "false", zero, zero}));
    }

    /// Lists are looked up, those of a few numbers compared; nothing else may tell them apart.
    void longListsAreAsShortOnes() {
        const Batch batch = table({{"i INT", {"7", "8", "NULL", "100"}},
                                   {"b BIGINT", {"7", "8", "NULL", "100"}},
                                   {"s STRING", {"7", "a text longer than twelve bytes", "NULL", ""}},
                                   {"d DATE", {"2024-03-07", "2024-03-30", "NULL", "1969-12-31"}}});
        const QStringList first{"true", "false", "NULL", "false"}, unknown{"true", "NULL", "NULL", "NULL"};
        QCOMPARE(results("i IN (1, 2, 3, 4, 5, 6, 7, 9, 10)", batch), first);
        QCOMPARE(results("i IN (1, 2, 3, 4, 5, 6, 7, 9, 10, NULL)", batch), unknown);
        QCOMPARE(results("b IN (1, 2, 3, 4, 5, 6, 7, 9, 10)", batch), first);
        QCOMPARE(results("i NOT IN (1, 2, 3, 4, 5, 6, 7, 9, 10)", batch),
                 (QStringList{"false", "true", "NULL", "true"}));
        QCOMPARE(results("s IN ('1', '2', '3', '4', '5', '6', '7', '8', '9')", batch), first);
        QCOMPARE(
            results("s IN ('', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'a text longer than twelve bytes')", batch),
            (QStringList{"false", "true", "NULL", "true"}));
        std::string dates;
        for (int day = 1; day <= 9; ++day)
            dates += (day > 1 ? ", DATE '2024-03-0" : "DATE '2024-03-0") + std::to_string(day) + "'";
        QCOMPARE(results("d IN (" + dates + ")", batch), first);
    }

    void theLeftErrorStays() {
        const Batch batch = table({{"b INT", {"0"}}, {"s STRING", {"x"}}});
        QCOMPARE(results("1 / b + CAST(s AS INT)", batch), QStringList("! Division by zero."));
        QCOMPARE(results("CAST(s AS INT) + 1 / b", batch), QStringList("! “x” can't be read as INT."));
    }

    void filtersSelectRows() {
        const Batch batch = table({{"a INT", {"1", "NULL", "3", "0", "5"}}});
        QCOMPARE(selected("a > 1", batch), (std::vector<std::uint32_t>{2, 4}));
        QCOMPARE(selected("a IS NULL OR a = 1", batch), (std::vector<std::uint32_t>{0, 1}));
        QCOMPARE(selected("TRUE", batch).size(), std::size_t{5});
        QCOMPARE(selected("NULL", batch).size(), std::size_t{0});
        QCOMPARE(selected("10 / a > 2", batch), (std::vector<std::uint32_t>{0, 2}));
        QCOMPARE(selected("(a > 1) IS NOT FALSE", batch), (std::vector<std::uint32_t>{1, 2, 4}));
    }

    void aFilterReturnsTheNullsOfItsCondition() {
        const Batch batch = table({{"a INT", {"1", "NULL", "3", "0", "NULL"}}});
        const auto nulls = [&batch](const char* text) {
            std::vector<std::uint32_t> rows;
            RowErrors errors;
            const auto bound = bindCondition(text, scopeOf(batch));
            return filterRows(*std::get<BoundRef>(bound), batch, {}, rows, errors).nullCount(batch.rows);
        };
        QCOMPARE(nulls("a > 1"), std::size_t{2});
        QCOMPARE(nulls("10 / a > 2"), std::size_t{3});  // and the one that failed
        QCOMPARE(nulls("a > 1 OR a IS NULL"), std::size_t{0});
        QCOMPARE(nulls("(a > 1) IS NOT FALSE"), std::size_t{0});
        QCOMPARE(nulls("TRUE"), std::size_t{0});
        QCOMPARE(nulls("NULL"), batch.rows);
    }

    void failedRowsOfAFilterAreListed() {
        const Batch batch = table({{"a INT", {"1", "0", "3", "0"}}});
        std::vector<std::uint32_t> rows;
        RowErrors errors;
        filterRows(*std::get<BoundRef>(bindCondition("6 / a > 2", scopeOf(batch))), batch, {}, rows, errors);
        QCOMPARE(rows, std::vector<std::uint32_t>{0});
        QCOMPARE(errors.size(), std::size_t{2});
        QCOMPARE(errors[0].row, 1U);
        QCOMPARE(errors[1].row, 3U);
        QCOMPARE(english(errors[1].reason), std::string("Division by zero."));
        filterRows(*std::get<BoundRef>(bindCondition("1 / 0 = 1", scopeOf(batch))), batch, {}, rows, errors);
        QVERIFY(rows.empty());
        QCOMPARE(errors.size(), batch.rows);
    }

    void emptyBatchesGiveEmptyColumns() {
        const Batch batch = table({{"a INT", {}}, {"s STRING", {}}});
        for (const char* const text :
             {"a + 1", "1 / 0", "s || 'x'", "CASE WHEN a > 1 THEN s END", "NULL", "a IN (1, 2)",
              "COALESCE(a, 1)", "RANDOM()", "PICK(s, 'a')", "a IS NULL AND TRUE"}) {
            QCOMPARE(results(text, batch), QStringList());
        }
    }

    void theRunsStartIsNow() {
        EvalContext context;
        context.runStart = 1'709'294'400'000;
        QCOMPARE(results("CURRENT_TIMESTAMP", rowsOnly(), context), QStringList("2024-03-01 12:00:00.000"));
    }

    void nullsOfLongBatches() {
        // Across the words of the bitmap: every seventh value is NULL.
        ColumnBuilder builder(Type::of(TypeId::Bigint));
        for (std::int64_t i = 0; i < 1'000; ++i) {
            if (i % 7 == 0) {
                builder.appendNull();
            } else {
                builder.append(i);
            }
        }
        Batch batch = table({{"a BIGINT", {}}});
        batch.columns = {builder.finish()};
        batch.rows = 1'000;
        const QStringList doubled = results("a * 2 + 0 * a", batch);
        for (int i = 0; i < 1'000; ++i)
            QCOMPARE(doubled[i], i % 7 == 0 ? QString("NULL") : QString::number(2 * i));
        std::vector<std::uint32_t> threes;
        for (std::uint32_t i = 3; i < 1'000; i += 10) {
            if (i % 7 != 0) threes.push_back(i);
        }
        QCOMPARE(selected("a % 10 = 3", batch), threes);
    }
};

QTEST_APPLESS_MAIN(TestEvaluate)
#include "test_evaluate.moc"

// Expressions and aggregates in Flink's words: texts, and the remarks on them.
#include <QtTest/QtTest>

#include "core/deploy/flink/dialect.h"

using namespace rw;

namespace {

sql::Scope flinkScope() {
    const auto schema = std::make_shared<Schema>();
    const auto add = [&schema](const char* name, Type type) { schema->fields.push_back({name, type}); };
    add("i", Type::of(TypeId::Int));
    add("b", Type::of(TypeId::Bigint));
    add("x", Type::of(TypeId::Double));
    add("p", Type::decimal(10, 2));
    add("s", Type::of(TypeId::String));
    add("d", Type::of(TypeId::Date));
    add("ts", Type::of(TypeId::Timestamp));
    add("f", Type::of(TypeId::Boolean));
    add("a`b", Type::of(TypeId::Int));
    add("y", Type::of(TypeId::Bytes));
    return {schema, {}, false};
}

/// The remarks, one a line: the verdict's number, then what and the condition.
QString said(const std::vector<Remark>& remarks) {
    QStringList lines;
    for (const Remark& remark : remarks) {
        lines.append(QString::number(static_cast<int>(remark.verdict)) + " " +
                     QString::fromStdString(english(remark.what)) + "|" +
                     QString::fromStdString(english(remark.condition)));
    }
    return lines.join("\n");
}

struct Told {
    QString text, said;
};

Told told(const std::string& expression, WriteScope scope = {}) {
    const auto parsed = sql::typeText(expression, flinkScope());
    std::vector<Remark> remarks;
    scope.findings = &remarks;
    const auto* const tree = std::get_if<sql::TypedTree>(&parsed);
    if (tree == nullptr)
        return {"? " + QString::fromStdString(english(std::get<sql::SqlError>(parsed).message)), {}};
    return {QString::fromStdString(writeExpression(flinkDialect(), *tree, scope).text), said(remarks)};
}

QString text(const char* expression) {
    return told(expression).text;
}

Told nullOnError(const std::string& expression) {
    WriteScope scope;
    scope.nullOnError = true;
    return told(expression, scope);
}

Told aggregate(const std::string& call) {
    const auto parsed = sql::typeAggregate(call + " AS r", flinkScope());
    std::vector<Remark> remarks;
    WriteScope scope;
    scope.findings = &remarks;
    const auto& typed = std::get<sql::TypedAggregate>(parsed);
    return {QString::fromStdString(writeAggregate(flinkDialect(), typed, scope)), said(remarks)};
}

}  // namespace

class TestFlinkExpressions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void texts_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("flink");
        const auto row = [](const char* expression, const char* flink) {
            QTest::newRow(expression) << expression << flink;
        };
        // Names and literals
        row("`a``b`", "`a``b`");
        row("'it''s'", "'it''s'");
        row("1.5e0", "1.5E0");
        row("-1e308", "-1E308");
        row("1.10", "1.10");
        row("007.5", "007.5");
        row(".5", ".5");
        row("TRUE", "TRUE");
        row("-2147483648", "CAST(-2147483648 AS INT)");
        row("DATE '2024-02-29'", "DATE '2024-02-29'");
        row("TIMESTAMP '2024-03-01 12:00:00'", "TIMESTAMP '2024-03-01 12:00:00.000'");
        // Operators and brackets
        row("i + b * 2", "`i` + `b` * 2");
        row("(i + b) * 2", "(`i` + `b`) * 2");
        row("i - (b - 1)", "`i` - (`b` - 1)");
        row("i - b - 1", "`i` - `b` - 1");
        row("-(-i)", "-(-`i`)");
        row("-(-5)", "-(-5)");
        row("i - -5", "`i` - -5");
        row("x * 2", "`x` * 2");
        row("p / i", "`p` / `i`");
        row("f AND i > 1 AND NOT (s = 'a' OR f)", "`f` AND `i` > 1 AND NOT (`s` = 'a' OR `f`)");
        row("f OR i = 1 AND f OR s IS NULL", "`f` OR `i` = 1 AND `f` OR `s` IS NULL");
        row("(f AND i = 1) IS NULL", "(`f` AND `i` = 1) IS NULL");
        row("f = (i > 1)", "`f` = (`i` > 1)");
        row("i BETWEEN -5 AND 7", "`i` BETWEEN -5 AND 7");
        row("s NOT IN ('y', 'Z')", "NOT `s` IN ('y', 'Z')");
        row("s IN (1, i)", "CAST(`s` AS INT) IN (1, `i`)");
        row("s IN (i, b)", "CAST(`s` AS BIGINT) IN (CAST(`i` AS BIGINT), `b`)");
        row("i IN (1, b)", "`i` IN (1, `b`)");
        row("i IN (1, NULL)", "`i` IN (1, CAST(NULL AS INT))");
        row("s IS DISTINCT FROM 'a'", "`s` IS DISTINCT FROM 'a'");
        row("f < TRUE", "CAST(`f` AS INT) < CAST(TRUE AS INT)");
        row("s || 'a' || s", "`s` || 'a' || `s`");
        // Conversions that are only implied
        row("ts > '2024-03-01'", "`ts` > TIMESTAMP '2024-03-01 00:00:00.000'");
        row("i = '5'", "`i` = 5");
        row("d = ts", "CAST(`d` AS TIMESTAMP(3)) = `ts`");
        row("SQRT(i)", "SQRT(CAST(`i` AS DOUBLE))");
        row("POWER(x, 2)", "POWER(`x`, 2E0)");
        row("COALESCE(i, 1.5)", "COALESCE(`i`, 1.5)");
        row("IF(f, i, x)", "IF(`f`, CAST(`i` AS DOUBLE), `x`)");
        row("IF(f, NULL, s)", "IF(`f`, CAST(NULL AS STRING), `s`)");
        row("NULLIF(s, 5)", "CASE WHEN CAST(`s` AS INT) = 5 THEN CAST(NULL AS STRING) ELSE `s` END");
        // Choices and casts
        row("CASE WHEN f THEN i ELSE 2 END", "CASE WHEN `f` THEN `i` ELSE 2 END");
        row("CASE i WHEN 1 THEN 'a' END", "CASE `i` WHEN 1 THEN 'a' END");
        row("CAST(f AS STRING)", "LOWER(CAST(`f` AS STRING))");
        row("TRY_CAST(s AS DECIMAL(6,2))", "TRY_CAST(`s` AS DECIMAL(6,2))");
        row("CAST(ts AS TIMESTAMP(3))", "`ts`");
        // Texts
        row("s LIKE 'a!_b' ESCAPE '!'", "`s` LIKE 'a!_b' ESCAPE '!'");
        row("TRIM(s)", "TRIM(`s`)");
        // SQL clients drop tabs and carriage returns; a `\\` beside them is no escape
        row("s = 'a\tb'", R"(`s` = U&'a\0009b')");
        row("s = 'it''s\r\n'", R"(`s` = U&'it''s\000d\000a')");
        row("s = '\x7f\\\t'", R"(`s` = U&'\007f\\\0009')");
        row("s = 'a\\b'", R"(`s` = 'a\b')");
        // Numbers of several types, one of them NULL, end a job of Flink's
        row("LEAST(p, i)", "LEAST(CAST(`p` AS DECIMAL(12,2)), CAST(`i` AS DECIMAL(12,2)))");
        row("GREATEST(x, b)", "GREATEST(`x`, CAST(`b` AS DOUBLE))");
        row("GREATEST(i, 1)", "GREATEST(`i`, 1)");
        row("TRIM(LEADING 'x' FROM s)", "TRIM(LEADING 'x' FROM `s`)");
        row("LTRIM(s, 'x')", "TRIM(LEADING 'x' FROM `s`)");
        row("SUBSTRING(s FROM 3 FOR 2)", "SUBSTRING(`s`, 3, 2)");
        row("POSITION('a' IN s)", "POSITION('a' IN `s`)");
        row("REGEXP_EXTRACT(s, '([a-z]+)-(\\d+)', 1)", "REGEXP_EXTRACT(`s`, '([a-z]+)-(\\d+)', 1)");
        // Times
        row("ts + INTERVAL '5' SECOND", "`ts` + INTERVAL '5' SECOND");
        row("INTERVAL '90' MINUTE + ts", "`ts` + INTERVAL '90' MINUTE");
        row("ts - INTERVAL '100' SECOND", "`ts` - INTERVAL '100' SECOND(3)");
        row("ts + INTERVAL '1.5' SECOND", "`ts` + INTERVAL '1.500' SECOND");
        row("ts + INTERVAL '-1' DAY", "`ts` + INTERVAL -'1' DAY");
        row("d - INTERVAL '14' MONTH", "`d` - INTERVAL '14' MONTH");
        row("d + INTERVAL '1' HOUR", "CAST(`d` AS TIMESTAMP(3)) + INTERVAL '1' HOUR");
        row("ts + i * INTERVAL '1' SECOND", "`ts` + INTERVAL '1' SECOND * `i`");
        row("EXTRACT(WEEK FROM d)", "EXTRACT(WEEK FROM `d`)");
        row("EXTRACT(HOUR FROM d)", "EXTRACT(HOUR FROM CAST(`d` AS TIMESTAMP(3)))");
        row("EXTRACT(DECADE FROM ts)", "(EXTRACT(YEAR FROM `ts`) / 10)");
        row("EXTRACT(EPOCH FROM ts)",
            "(CAST(TIMESTAMPDIFF(DAY, TIMESTAMP '1970-01-01 00:00:00', `ts`) AS BIGINT) * 86400 + "
            "EXTRACT(HOUR FROM `ts`) * 3600 + EXTRACT(MINUTE FROM `ts`) * 60 + EXTRACT(SECOND FROM `ts`))");
        row("YEAR(d)", "YEAR(`d`)");
        row("FLOOR(ts TO HOUR)", "FLOOR(`ts` TO HOUR)");
        row("FLOOR(d TO DAY)", "`d`");
        row("CEIL(ts TO DAY)", "CEIL(`ts` TO DAY)");
        row("CEIL(ts TO QUARTER)",
            "CASE WHEN `ts` = FLOOR(`ts` TO YEAR) THEN `ts` ELSE FLOOR(`ts` TO QUARTER) + INTERVAL '3' MONTH "
            "END");
        row("TIMESTAMPADD(DAY, i, ts)", "TIMESTAMPADD(DAY, `i`, `ts`)");
        row("TIMESTAMPADD(MILLISECOND, i + 1, ts)", "`ts` + INTERVAL '0.001' SECOND * (`i` + 1)");
        row("TIMESTAMPDIFF(WEEK, ts, ts)", "TIMESTAMPDIFF(DAY, `ts`, `ts`) / 7");
        row("TIMESTAMPDIFF(DAY, ts, d)", "TIMESTAMPDIFF(DAY, `ts`, CAST(`d` AS TIMESTAMP(3)))");
        row("DATE_FORMAT(ts, 'yyyy-MM-dd''T''HH')", "DATE_FORMAT(`ts`, 'yyyy-MM-dd''T''HH')");
    }
    void bytes_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("flink");
        QTest::addColumn<QString>("remarks");
        const auto row = [](const char* expression, const char* flink, const char* remarks) {
            QTest::newRow(expression) << expression << flink << remarks;
        };
        row("x'00ff'", "CAST(X'00ff' AS BYTES)", "");
        row("y = x'00ff'", "`y` = CAST(X'00ff' AS BYTES)", "");
        row("y < x''", "`y` < CAST(X'' AS BYTES)", "");
        row("COALESCE(y, x'00')", "COALESCE(`y`, CAST(X'00' AS BYTES))", "");
        row("IF(f, y, NULL)", "IF(`f`, `y`, CAST(NULL AS BYTES))", "");
        row("CAST(s AS BYTES)", "CAST(`s` AS BYTES)", "");
        row("CAST(y AS STRING)", "CAST(`y` AS STRING)", "");
        row("ENCODE(s, 'UTF-16')", "ENCODE(`s`, 'UTF-16')", "");
        row("DECODE(y, 'utf-8')", "DECODE(`y`, 'utf-8')", "");
        row("TO_BASE64(y)", "TO_BASE64(`y`)", "");
        row("FROM_BASE64(s)", "FROM_BASE64(`s`)", "0 |no row fails\n0 |what is in Base64 is text");
        row("CAST(FROM_BASE64(s) AS BYTES)", "CAST(FROM_BASE64(`s`) AS BYTES)", "0 |no row fails");
        row("OCTET_LENGTH(y)", "CHAR_LENGTH(DECODE(`y`, 'ISO-8859-1'))", "");
        row("OCTET_LENGTH(s)", "CHAR_LENGTH(DECODE(ENCODE(`s`, 'UTF-8'), 'ISO-8859-1'))", "");
        row("GREATEST(y, y)", "GREATEST(`y`, `y`)", "3 GREATEST of BYTES has no counterpart in Flink.|");
    }
    void bytes() {
        QFETCH(QString, expression);
        QFETCH(QString, flink);
        QFETCH(QString, remarks);
        const Told got = told(expression.toStdString());
        QCOMPARE(got.text, flink);
        QCOMPARE(got.said, remarks);
        QCOMPARE(aggregate("MIN(y)").said, QString("3 Flink has no MIN and MAX of BYTES.|"));
        QCOMPARE(aggregate("COUNT(DISTINCT y)").text, QString("COUNT(DISTINCT `y`)"));
    }
    /// A row that can't be made NULL ends the job.
    void base64FailsInAnyCase() {
        QCOMPARE(nullOnError("CAST(FROM_BASE64(s) AS BYTES)").said, QString("0 |no row fails"));
    }

    void texts() {
        QFETCH(QString, expression);
        QFETCH(QString, flink);
        QCOMPARE(told(expression.toStdString()).text, flink);
    }

    void sayings_data() {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("remarks");
        const auto row = [](const char* expression, const char* remarks) {
            QTest::newRow(expression) << expression << remarks;
        };
        row("x + 1", "");
        row("i / 2", "");
        row("s = 'a'", "");
        row("x = x", "0 |no value is NaN");
        row("x <> x * 2", "0 |no value is NaN");
        row("x > 1", "");
        row("x = i", "");
        row("i + 1 + 2", "0 |no value overflows INT");
        row("i / b", "0 |no row fails");
        row("p * p", "");
        row("CAST(s AS INT)", "0 |no row fails");
        row("CAST(b AS INT)", "0 |no value overflows INT");
        row("TRY_CAST(s AS INT)", "0 |no text is a point alone");
        row("ts > s", "0 |no row fails");
        row("s LIKE 'a%'", "");
        row("s LIKE '_a'", "0 |no text has a line break");
        row("INITCAP(s)", "0 |texts have ASCII letters only");
        row("LPAD(s, 5, '-')", "0 |no text has a character beyond U+FFFF, such as an emoji");
        row("RPAD(s, 5, '-')", "0 |no text has a character beyond U+FFFF, such as an emoji");
        row("REPLACE(s, 'a', 'b')", "");
        row("REPLACE(s, '', 'b')", "0 |no text has a character beyond U+FFFF, such as an emoji");
        row("REPLACE(s, s, 'b')", "0 |no text has a character beyond U+FFFF, such as an emoji");
        row("LN(x)", "1 The last digits of the result may differ.|");
        row("x % 2", "3 Flink's remainder takes no DOUBLE.|");
        // Calls that Flink can't make with every value
        row("ts + INTERVAL '5' SECOND", "0 |all years lie between 1 and 9999");
        row("d - INTERVAL '5' MONTH", "0 |all years lie between 1 and 9999");
        row("TIMESTAMPADD(DAY, i, ts)", "0 |all years lie between 1 and 9999");
        row("CEIL(ts TO DAY)", "0 |all years lie between 1 and 9999");
        row("FLOOR(ts TO WEEK)", "0 |no time is before 1970");
        row("FLOOR(d TO MONTH)", "0 |no day is before 1582-10-15");
        row("s BETWEEN i AND 'a'", "3 Flink compares all values of BETWEEN as one type.|");
        row("s BETWEEN d AND f",
            "3 Flink compares all values of BETWEEN as one type.|\n0 |every text can be read as BOOLEAN\n0 |no "
            "row "
            "fails");
        row("s IN (i, 'a')", "3 Flink compares all values of IN as one type.|");
        row("CASE s WHEN 1 THEN 2 WHEN 1.5 THEN 3 END",
            "3 Flink compares all values of CASE as one type.|\n0 |no row fails");
        row("FLOOR(ts TO DAY)", "");
        row("i BETWEEN 1 AND s", "0 |every text can be read as INT\n0 |no row fails");
        row("ts BETWEEN '2024-01-01' AND ts", "");
        row("s IN (1, i)", "0 |every text can be read as INT\n0 |no row fails");
        row("s IN ('a', s)", "");
        row("s LIKE 'a' ESCAPE s",
            "0 |no row fails\n0 |no text has a line break\n0 |no escape character is empty");
        row("ROUND(x, 1)", "0 |no value is NaN or infinite");
        row("ROUND(p, 1)", "");
        row("TRUNCATE(x, 1)", "0 |no value is NaN or infinite");
        row("TRUNCATE(p, 1)", "");
        row("TRUNCATE(p, -1)", "");
        row("TRUNCATE(i, i)", "");
        row("TRUNCATE(p, i)",
            "3 Flink moves the point of a DECIMAL where the number of digits is computed.|");
        row("ROUND(p, i)", "3 Flink moves the point of a DECIMAL where the number of digits is computed.|");
        row("SQRT(x)", "0 |no value is infinite");
        row("SQRT(i)", "");
        row("TRY_CAST(x AS DECIMAL(6,2))", "0 |no value is NaN or infinite");
        row("TRY_CAST(s AS DATE)", "0 |no text is a number alone");
        row("TO_DATE(s)", "0 |no text is a number alone");
        row("TO_TIMESTAMP(s)", "");
        row("TO_TIMESTAMP(s, 'yyyy')", "0 |every text fits its pattern");
        row("YEAR(ts)", "0 |no time is before 1970");
        row("YEAR(d)", "");
        row("DATE_FORMAT(ts, 'HH:mm')", "");
        row("DATE_FORMAT(ts, 'MMM')", "0 |Flink's computers speak English");
    }
    void sayings() {
        QFETCH(QString, expression);
        QFETCH(QString, remarks);
        QCOMPARE(told(expression.toStdString()).said, remarks);
    }

    void theZoneOfTheClusterIsACondition() {
        WriteScope scope;
        scope.localZone = true;
        QCOMPARE(told("UNIX_TIMESTAMP(s)", scope).said,
                 QStringLiteral("0 |every text fits its pattern\n"
                                "0 |the cluster's time zone is this computer's"));
        QCOMPARE(told("UNIX_TIMESTAMP(s)").said, QStringLiteral("0 |every text fits its pattern"));
    }

    void nullForWhatFails() {
        QCOMPARE(nullOnError("i / b").text, QStringLiteral("`i` / NULLIF(`b`, 0)"));
        QCOMPARE(nullOnError("i / 2").text, QStringLiteral("`i` / 2"));
        QCOMPARE(nullOnError("x / x").text, QStringLiteral("`x` / `x`"));
        QCOMPARE(nullOnError("MOD(i, b)").text, QStringLiteral("MOD(`i`, NULLIF(`b`, 0))"));
        QCOMPARE(nullOnError("CAST(s AS DOUBLE)").text, QStringLiteral("TRY_CAST(`s` AS DOUBLE)"));
        QCOMPARE(nullOnError("CAST(s AS DOUBLE)").said, QString());
        QCOMPARE(nullOnError("ts > s").text, QStringLiteral("`ts` > TRY_CAST(`s` AS TIMESTAMP(3))"));
        // The whole expression is NULL here, COALESCE's second value there.
        QCOMPARE(nullOnError("COALESCE(CAST(s AS DOUBLE), x)").said, QStringLiteral("0 |no row fails"));
        QCOMPARE(nullOnError("CASE WHEN f THEN CAST(s AS DOUBLE) END").said, QString());
    }

    void placesAreThoseOfTheCall() {
        const auto parsed = sql::typeText("1 + LN(x)", flinkScope());
        std::vector<Remark> remarks;
        WriteScope scope;
        scope.findings = &remarks;
        writeExpression(flinkDialect(), std::get<sql::TypedTree>(parsed), scope);
        QCOMPARE(remarks.size(), std::size_t{1});
        QCOMPARE(remarks[0].position, std::size_t{4});
        QCOMPARE(remarks[0].length, std::size_t{5});
    }

    void columnsAreNamedByWhoWrites() {
        WriteScope scope;
        scope.column = [](int column) { return "c" + std::to_string(column); };
        QCOMPARE(told("i + x", scope).text, QStringLiteral("c0 + c2"));
    }

    void variablesStayInLiterals() {
        const std::string given = "i > 5 AND s = 'abc''${' AND ts > '2024-03-01'";
        WriteScope scope;
        scope.raw = "i > ${n} AND s = 'a${word}''${' AND ts > '${from}'";
        scope.variables = {{4, 5, "n"}, {16, 18, "word"}, {34, 44, "from"}};
        QCOMPARE(told(given, scope).text, QStringLiteral("`i` > (${n}) AND `s` = 'a${word}''${' AND "
                                                         "`ts` > CAST('${from}' AS TIMESTAMP(3))"));
    }

    /// Where a value is put in, a `\\` of it must stay one.
    void variablesStandApartFromWhatIsEscaped() {
        const std::string given = "s = 'a\tword\t'";
        WriteScope scope;
        scope.raw = "s = 'a\t${w}\t'";
        scope.variables = {{7, 11, "w"}};
        QCOMPARE(told(given, scope).text,
                 QStringLiteral(R"(`s` = ('a' || U&'\0009' || '${w}' || U&'\0009'))"));
    }

    void variablesOfNumbersMayBeNegative() {
        WriteScope scope;
        scope.raw = "-(${n})";
        scope.variables = {{2, 4, "n"}};
        QCOMPARE(told("-(-5)", scope).text, QStringLiteral("-(${n})"));
        scope.raw = "i - ${n}";
        scope.variables = {{4, 5, "n"}};
        QCOMPARE(told("i - 5", scope).text, QStringLiteral("`i` - (${n})"));
        scope.raw = "-${n}";
        scope.variables = {{1, 2, "n"}};
        QCOMPARE(told("-5", scope).text, QStringLiteral("(-(${n}))"));
        scope.raw = "${n}";
        scope.variables = {{0, 4, "n"}};
        QCOMPARE(told("0.25", scope).text, QStringLiteral("(${n})"));
    }

    void valuesOfVariablesAreThoseOfOneRun() {
        const auto said = [](const std::string& given, const std::string& raw, std::size_t begin) {
            WriteScope scope;
            scope.raw = raw;
            scope.variables = {{begin, begin + 1, "v"}};
            return told(given, scope).said;
        };
        QCOMPARE(said("i / 2", "i / ${v}", 4), QStringLiteral("0 |no row fails"));
        QVERIFY(said("ROUND(i, 2)", "ROUND(i, ${v})", 9).contains("no value overflows"));
        QCOMPARE(said("CAST('5' AS INT)", "CAST('${v}' AS INT)", 6), QStringLiteral("0 |no row fails"));
    }

    void variablesOfMoreThanALiteralAreTheirValues() {
        WriteScope scope;
        scope.raw = "${all}";
        scope.variables = {{0, 5, "all"}};
        QCOMPARE(told("i > 5", scope).text, QStringLiteral("`i` > 5"));
    }

    void aggregates_data() {
        QTest::addColumn<QString>("call");
        QTest::addColumn<QString>("flink");
        QTest::addColumn<QString>("remarks");
        const auto row = [](const char* call, const char* flink, const char* remarks) {
            QTest::newRow(call) << call << flink << remarks;
        };
        row("COUNT(*)", "COUNT(*)", "");
        row("COUNT(DISTINCT s)", "COUNT(DISTINCT `s`)", "");
        row("SUM(i)", "SUM(CAST(`i` AS BIGINT))", "0 |no sum overflows");
        row("SUM(x)", "SUM(`x`)", "1 The last digits of the result may differ.|");
        row("SUM(DISTINCT i) FILTER (WHERE s IS NOT NULL)",
            "SUM(DISTINCT CAST(`i` AS BIGINT)) FILTER (WHERE `s` IS NOT NULL)", "0 |no sum overflows");
        row("AVG(i)", "AVG(CAST(`i` AS DOUBLE))", "");
        row("SUM(p)", "SUM(`p`)", "0 |no sum overflows");
        row("AVG(p)", "AVG(`p`)", "0 |no sum overflows");
        row("STDDEV_POP(i)", "STDDEV_POP(CAST(`i` AS DOUBLE))",
            "1 The last digits of the result may differ.|");
        row("MAX(x)", "MAX(`x`)", "0 |no value is NaN");
        row("MAX(i)", "MAX(`i`)", "");
        row("MAX(f)", "MAX(`f`)", "3 Flink has no MIN and MAX of BOOLEAN.|");
        row("LISTAGG(s)", "LISTAGG(`s`, ',')", "0 |rows arrive in the order of their source");
        row("PERCENTILE(x, 0.5)", "PERCENTILE(`x`, 0.5)", "");
        row("APPROX_COUNT_DISTINCT(s)", "COUNT(DISTINCT `s`)",
            "1 Flink counts the different values exactly and keeps them all, which takes memory.|");
    }
    void aggregates() {
        QFETCH(QString, call);
        QFETCH(QString, flink);
        QFETCH(QString, remarks);
        const Told out = aggregate(call.toStdString());
        QCOMPARE(out.text, flink);
        QCOMPARE(out.said, remarks);
    }

    void whatHasNoRowIsRefused() {
        const Dialect bare(Engine::Flink, flinkDialect().words(), {}, {});
        const auto parsed = sql::typeText("UPPER(s)", flinkScope());
        std::vector<Remark> remarks;
        WriteScope scope;
        scope.findings = &remarks;
        const Written written = writeExpression(bare, std::get<sql::TypedTree>(parsed), scope);
        QCOMPARE(QString::fromStdString(written.text), QStringLiteral("UPPER(`s`)"));
        QCOMPARE(said(remarks), QStringLiteral("3 UPPER has no counterpart in Flink.|"));
        QCOMPARE(text("UPPER(s)"), QStringLiteral("UPPER(`s`)"));
    }
};

QTEST_APPLESS_MAIN(TestFlinkExpressions)
#include "test_flink_expressions.moc"

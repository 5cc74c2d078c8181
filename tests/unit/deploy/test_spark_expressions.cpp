// Expressions in Spark's words, where they are not ours, and the remarks on them. That real Spark gives the
// same values by them is tried elsewhere.
#include <QtTest/QtTest>

#include "core/deploy/dialect/java_regex.h"
#include "core/deploy/spark/dialect.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

Scope sparkColumns() {
    return scopeOf(table({{"i INT", {}},
                          {"b BIGINT", {}},
                          {"x DOUBLE", {}},
                          {"y DOUBLE", {}},
                          {"p DECIMAL(10,2)", {}},
                          {"q DECIMAL(38,30)", {}},
                          {"s STRING", {}},
                          {"z STRING", {}},
                          {"d DATE", {}},
                          {"ts TIMESTAMP(3)", {}},
                          {"ok BOOLEAN", {}},
                          {"w BYTES", {}}}));
}

struct InSpark {
    QString text;
    std::vector<Remark> remarks;
};

InSpark inSpark(const std::string& text, bool nullOnError = false, WriteScope scope = {}) {
    const auto tree = typeText(text, sparkColumns());
    if (const auto* const error = std::get_if<SqlError>(&tree)) {
        return {"? " + QString::fromStdString(english(error->message)), {}};
    }
    InSpark out;
    scope.nullOnError = nullOnError;
    scope.findings = &out.remarks;
    out.text = QString::fromStdString(writeExpression(sparkDialect(), std::get<TypedTree>(tree), scope).text);
    return out;
}

QString aggregateInSpark(const std::string& text, std::vector<Remark>* remarks = nullptr) {
    const auto aggregate = typeAggregate(text + " AS a", sparkColumns());
    if (const auto* const error = std::get_if<SqlError>(&aggregate)) {
        return "? " + QString::fromStdString(english(error->message));
    }
    WriteScope scope;
    scope.findings = remarks;
    return QString::fromStdString(writeAggregate(sparkDialect(), std::get<TypedAggregate>(aggregate), scope));
}

/// The worst verdict, then conditions and differences, in the order in which they were found.
QString said(const std::vector<Remark>& remarks) {
    Verdict worst = Verdict::Exact;
    QStringList texts;
    for (const Remark& remark : remarks) {
        worst = std::max(worst, remark.verdict);
        for (const Text& text : {remark.what, remark.condition}) {
            if (!text.empty()) texts.append(QString::fromStdString(english(text)));
        }
    }
    const std::string_view name = verdictName(worst);
    return QString::fromUtf8(name.data(), static_cast<int>(name.size())) + ": " + texts.join(" | ");
}

}  // namespace

class TestSparkExpressions : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void texts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("spark");
        const auto row = [](const char* text, const char* spark) { QTest::newRow(text) << text << spark; };
        // Numbers
        row("i / 2", "CAST(`i` DIV 2 AS INT)");
        row("b / i", "`b` DIV CAST(`i` AS BIGINT)");
        row("x / 2e0", "`x` / 2D");
        row("x / y", "COALESCE(`x` / NULLIF(`y`, 0D), `x` * POWER(`y`, -1D))");
        row("i - (i - 1)", "`i` - (`i` - 1)");
        row("-(-i)", "-(-`i`)");
        row("b % i", "CAST(`b` % CAST(`i` AS BIGINT) AS INT)");
        row("p + 007.5", "`p` + CAST(7.5BD AS DECIMAL(4,1))");
        row("p * 2.50", "`p` * 2.50BD");
        row("FLOOR(i)", "`i`");
        row("FLOOR(p)", "CAST(FLOOR(`p`) AS DECIMAL(10,0))");
        row("CEIL(x)", "IF(ABS(`x`) < 9007199254740992D, DOUBLE(CEIL(`x`)), `x`)");
        row("ROUND(p, 1)", "CAST(ROUND(`p`, 1) AS DECIMAL(10,1))");
        row("TRUNCATE(i, -2)", "`i` - `i` % 100");
        row("SIGN(i)", "CAST(SIGN(`i`) AS INT)");
        row("LN(x)", "COALESCE(LN(`x`), IF(`x` = 0D, DOUBLE('-Infinity'), `x` * DOUBLE('NaN')))");
        // Conditions
        row("i = 1 IS TRUE", "(`i` = 1) IS TRUE");
        row("NOT (ok AND i > 1 OR ok)", "NOT (`ok` AND `i` > 1 OR `ok`)");
        row("i NOT IN (1, 2)", "NOT `i` IN (1, 2)");
        row("GREATEST(i, 1, b)",
            "IF(CAST(`i` AS BIGINT) IS NULL OR `b` IS NULL, NULL, "
            "GREATEST(CAST(`i` AS BIGINT), 1L, `b`))");
        row("CASE WHEN ok THEN 1 END", "CASE WHEN `ok` THEN 1 ELSE CAST(NULL AS INT) END");
        // Texts
        row("'it''s \\'", "'it\\'s \\\\'");
        row("s LIKE 'a%'", "`s` LIKE 'a%'");
        row("s LIKE 'a\\_'", "`s` LIKE 'a\\\\_' ESCAPE '!'");
        row("s LIKE z", "`s` LIKE REPLACE(`z`, '\\\\', '\\\\\\\\')");
        row("s LIKE 'a!%' ESCAPE '!'", "`s` LIKE 'a!%' ESCAPE '!'");
        row("SUBSTRING(s, 2, 3)", "SUBSTRING(`s`, 2, 3)");
        row("SUBSTRING(s, -2)", "CASE WHEN -2 < -CHAR_LENGTH(`s`) THEN '' ELSE SUBSTRING(`s`, -2) END");
        row("TRIM(TRAILING 'x' FROM s)", "TRIM(TRAILING 'x' FROM `s`)");
        row("LTRIM(s, 'x')", "TRIM(LEADING 'x' FROM `s`)");
        row("LPAD(s, 5, '-')", "LPAD(`s`, 5, '-')");
        row("SPLIT_INDEX(s, '|', 1)", "GET(SPLIT(NULLIF(`s`, ''), '\\\\|'), 1)");
        row("REGEXP_REPLACE(s, 'a.', '$1')", "REGEXP_REPLACE(`s`, 'a[^\\\\n]', '\\\\$1')");
        row("REGEXP_EXTRACT(s, 'a(b)', 1)", "IF(`s` RLIKE 'a(b)', REGEXP_EXTRACT(`s`, 'a(b)', 1), NULL)");
        row("REGEXP_EXTRACT(s, 'a(b)', 2)", "CAST(NULL AS STRING)");
        row("JSON_VALUE(s, 'lax $.a[\"b c\"][0]')", "GET_JSON_OBJECT(`s`, '$.a[\\'b c\\'][0]')");
        row("SHA256(s)", "SHA2(`s`, 256)");
        // Times
        row("EXTRACT(DOW FROM ts)", "CAST(DAYOFWEEK(`ts`) AS BIGINT)");
        row("EXTRACT(MILLISECOND FROM ts)", "PMOD(UNIX_MILLIS(`ts`), 1000)");
        row("YEAR(d)", "CAST(YEAR(CAST(`d` AS TIMESTAMP)) AS BIGINT)");
        row("FLOOR(ts TO HOUR)", "DATE_TRUNC('HOUR', `ts`)");
        row("FLOOR(ts TO WEEK)", "DATE_TRUNC('WEEK', `ts` + INTERVAL '1' DAY) - INTERVAL '1' DAY");
        row("CEIL(ts TO MONTH)", "DATE_TRUNC('MONTH', `ts` - INTERVAL '0.001' SECOND) + INTERVAL '1' MONTH");
        row("FLOOR(d TO WEEK)", "DATE_SUB(TRUNC(DATE_ADD(`d`, 1), 'WEEK'), 1)");
        row("d + INTERVAL '24' HOUR", "`d` + INTERVAL '1' DAY");
        row("ts - INTERVAL '1.5' SECOND", "`ts` - INTERVAL '1.500' SECOND");
        row("TIMESTAMPADD(DAY, i, d)", "CAST(TIMESTAMPADD(DAY, CAST(`i` AS BIGINT), `d`) AS DATE)");
        row("TIMESTAMPDIFF(SECOND, ts, ts)", "CAST(TIMESTAMPDIFF(SECOND, `ts`, `ts`) AS INT)");
        row("DATE_FORMAT(ts, 'uuuu-MM')", "DATE_FORMAT(`ts`, 'yyyy-MM')");
        row("TO_TIMESTAMP(s, 'yyyy')", "TRY_TO_TIMESTAMP(`s`, 'yyyy')");
        // Conversions
        row("CAST(ts AS STRING)", "DATE_FORMAT(`ts`, 'yyyy-MM-dd HH:mm:ss.SSS')");
        row("CAST(s AS TIMESTAMP(3))", "DATE_TRUNC('MILLISECOND', CAST(`s` AS TIMESTAMP))");
        row("CAST(s AS DOUBLE)", "CAST(`s` AS DOUBLE)");
        row("TRY_CAST(s AS BOOLEAN)", "TRY_CAST(REGEXP_EXTRACT(`s`, '^([A-Za-z01]+)$', 1) AS BOOLEAN)");
        row("TRY_CAST(b AS INT)", "TRY_CAST(`b` AS INT)");
        row("TRY_CAST(i AS BIGINT)", "CAST(`i` AS BIGINT)");
        row("CAST(NULL AS INT)", "CAST(NULL AS INT)");
    }
    void texts() {
        QFETCH(QString, text);
        QFETCH(QString, spark);
        QCOMPARE(inSpark(text.toStdString()).text, spark);
    }

    /// Whole numbers keep the part before the point, which Spark does not read.
    void wholeNumbersFromTexts() {
        const QString text = inSpark("CAST(s AS INT)").text;
        QVERIFY2(text.startsWith("CAST(REGEXP_REPLACE(`s`, '") && text.endsWith("'$10$2') AS INT)"),
                 qPrintable(text));
    }

    void nullWhereItFails_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("spark");
        const auto row = [](const char* text, const char* spark) { QTest::newRow(text) << text << spark; };
        row("i + 1", "TRY_ADD(`i`, 1)");
        row("p * p", "TRY_MULTIPLY(`p`, `p`)");
        row("x * 2e0", "`x` * 2D");
        row("i / i", "TRY_CAST(`i` DIV NULLIF(`i`, 0) AS INT)");
        row("i / 2", "CAST(`i` DIV 2 AS INT)");
        row("p / p", "TRY_DIVIDE(`p`, `p`)");
        row("b % b", "TRY_MOD(`b`, `b`)");
        row("-i", "TRY_SUBTRACT(0, `i`)");
        row("ABS(i)", "IF(`i` < 0, TRY_SUBTRACT(0, `i`), `i`)");
        row("CAST(x AS INT)", "TRY_CAST(`x` AS INT)");
    }
    void nullWhereItFails() {
        QFETCH(QString, text);
        QFETCH(QString, spark);
        QCOMPARE(inSpark(text.toStdString(), true).text, spark);
    }

    void whatIsSaid_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* text, const char* says) { QTest::newRow(text) << text << says; };
        row("UPPER(s) || 'a'",
            "exact: no text has a letter whose other case is two letters, or a Σ at its end");
        row("i / 2", "exact: ");
        row("i / i", "exact: no row fails");
        row("x = 1e0", "exact: ");
        row("x > 1e0", "exact: no value that is compared is NaN");
        row("s BETWEEN i AND 'a'", "refused: Spark compares all values of BETWEEN as one type.");
        row("s IN (i, 'a')", "refused: Spark compares all values of IN as one type.");
        row("s IN (z, 'a')", "exact: ");
        row("s IN (i, 1)", "exact: no row fails");
        row("s IN (i, 1.5)", "refused: Spark compares all values of IN as one type. | no row fails");
        row("CASE s WHEN 1 THEN 2 WHEN 1.5 THEN 3 END",
            "refused: Spark compares all values of CASE as one type. | no row fails");
        row("x < y", "exact: no value that is compared is NaN");
        row("q > CAST(1 AS DECIMAL(38,0))",
            "approximated: Spark compares these DECIMALs without their last digits.");
        row("EXP(x)", "equivalent: The last digits of the result may differ.");
        row("LN(x)", "equivalent: The last digits of the result may differ.");
        row("ATAN2(x, y)",
            "equivalent: The last digits of the result may differ. | no argument is a zero with a minus "
            "sign");
        row("SQRT(x)", "exact: ");
        row("ROUND(x, i)", "refused: Spark rounds to a number of digits that is the same for all rows.");
        row("REPLACE(s, '', 'x')", "refused: Spark finds an empty text nowhere.");
        row("REGEXP_EXTRACT(s, '\\pL+')", "exact: ");
        row("REGEXP_EXTRACT(s, '(?m)^a')", "refused: Java, which Spark uses, has no such pattern.");
        row("REGEXP_EXTRACT(s, z, 2)",
            "approximated: no row fails | Spark reads patterns as Java does: . $ \\s \\b and classes differ. "
            "| the pattern has the group "
            "that is asked for");
        row("REGEXP_REPLACE(s, 'a*', '')",
            "approximated: A pattern that also matches nothing is replaced once more by Spark behind a "
            "match.");
        row("TO_DATE(s, 'EEE yyyy')", "refused: Spark reads no names of days and no quarters from texts.");
        row("UNIX_TIMESTAMP(s, 'yyyy')", "exact: the pipeline's time zone is UTC");
        row("TIMESTAMPADD(DAY, i, ts)", "exact: no row fails | all years lie between 1 and 9999");
        row("CAST(ts AS STRING)", "exact: years have four digits");
        row("DATE_FORMAT(ts, 'dd.MM.uuuu')", "exact: years have four digits");
        row("DATE_FORMAT(ts, 'd.M.y')", "exact: ");
        row("CAST(ts AS DATE)", "exact: no row fails | no time is before 1970");
    }
    void whatIsSaid() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        QCOMPARE(said(inSpark(text.toStdString()).remarks), says);
    }

    /// A text that can't be read makes the whole NULL here; there these go on with a NULL in its place.
    void nullThatIsNotPassedOn_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* text, const char* says) { QTest::newRow(text) << text << says; };
        row("s = i", "exact: ");
        row("s IS DISTINCT FROM i", "exact: no row fails");
        row("i IN (s, 1)", "exact: no row fails");
        row("NULLIF(s, i)", "exact: no row fails");
        row("CASE s WHEN 1 THEN 2 END", "exact: no row fails");
    }
    void nullThatIsNotPassedOn() {
        QFETCH(QString, text);
        QFETCH(QString, says);
        QCOMPARE(said(inSpark(text.toStdString(), true).remarks), says);
    }

    void bytes_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("spark");
        const auto row = [](const char* text, const char* spark) { QTest::newRow(text) << text << spark; };
        row("w = x'00ff'", "`w` = X'00ff'");
        row("CAST(s AS BYTES)", "CAST(`s` AS BINARY)");
        row("CAST(w AS STRING)", "CAST(`w` AS STRING)");
        row("CAST(FROM_BASE64(s) AS BYTES)", "TO_BINARY(`s`, 'base64')");
        row("FROM_BASE64(s)", "CAST(TO_BINARY(`s`, 'base64') AS STRING)");
        row("TO_BASE64(s)", "REPLACE(BASE64(CAST(`s` AS BINARY)), CONCAT(CHAR(13), CHAR(10)), '')");
        row("TO_BASE64(w)", "REPLACE(BASE64(`w`), CONCAT(CHAR(13), CHAR(10)), '')");
        row("ENCODE(s, 'UTF-8')", "ENCODE(`s`, 'UTF-8')");
        row("DECODE(w, 'ISO-8859-1')", "DECODE(`w`, 'ISO-8859-1')");
        row("OCTET_LENGTH(w)", "OCTET_LENGTH(`w`)");
    }
    void bytes() {
        QFETCH(QString, text);
        QFETCH(QString, spark);
        QCOMPARE(inSpark(text.toStdString()).text, spark);
        QCOMPARE(inSpark("CAST(FROM_BASE64(s) AS BYTES)", true).text,
                 QString("TRY_TO_BINARY(`s`, 'base64')"));
        QCOMPARE(said(inSpark("CAST(w AS STRING)").remarks),
                 QString("exact: bytes that become text are UTF-8"));
    }

    void aggregates_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("spark");
        QTest::addColumn<QString>("verdict");
        const auto row = [](const char* text, const char* spark, const char* verdict) {
            QTest::newRow(text) << text << spark << verdict;
        };
        row("COUNT(*)", "COUNT(*)", "exact");
        row("COUNT(i) FILTER (WHERE ok)", "COUNT(`i`) FILTER (WHERE `ok`)", "exact");
        row("COUNT(DISTINCT s)", "CAST(SIZE(COLLECT_SET(`s`)) AS BIGINT)", "equivalent");
        row("COUNT(DISTINCT s) FILTER (WHERE ok)",
            "CAST(SIZE(COLLECT_SET(CASE WHEN `ok` THEN `s` END)) AS BIGINT)", "equivalent");
        row("SUM(i)", "SUM(`i`)", "exact");
        row("SUM(p)", "SUM(CAST(`p` AS DECIMAL(28,2)))", "exact");
        row("SUM(x)", "SUM(`x`)", "equivalent");
        row("AVG(i)", "AVG(`i`)", "equivalent");
        row("AVG(p)",
            "CAST(SUM(CAST(`p` AS DECIMAL(28,2))) / COUNT(CAST(`p` AS DECIMAL(28,2))) AS DECIMAL(38,6))",
            "exact");
        row("MIN(DISTINCT s)", "MIN(`s`)", "exact");
        row("STDDEV_POP(i)", "STDDEV_POP(CAST(`i` AS DOUBLE))", "equivalent");
        row("VAR_SAMP(DISTINCT x)", "VAR_SAMP(DISTINCT `x`)", "refused");
        row("FIRST_VALUE(s)", "FIRST_VALUE(`s`, TRUE)", "approximated");
        row("LISTAGG(s)", "LISTAGG(`s`, ',')", "approximated");
        row("PERCENTILE(x, 0.5)", "PERCENTILE(`x`, 0.5)", "exact");
        row("APPROX_COUNT_DISTINCT(s)", "CAST(SIZE(COLLECT_SET(`s`)) AS BIGINT)", "equivalent");
    }
    void aggregates() {
        QFETCH(QString, text);
        QFETCH(QString, spark);
        QFETCH(QString, verdict);
        std::vector<Remark> remarks;
        QCOMPARE(aggregateInSpark(text.toStdString(), &remarks), spark);
        QVERIFY2(said(remarks).startsWith(verdict + ":"), qPrintable(said(remarks)));
    }

    /// Sums of BIGINTs are DOUBLEs in Spark's mean.
    void meansOfLargeNumbers() {
        std::vector<Remark> ofBigints, ofInts;
        aggregateInSpark("AVG(b)", &ofBigints);
        QCOMPARE(
            said(ofBigints),
            QStringLiteral("equivalent: The last digits of the result may differ. | sums are smaller than 2 "
                           "to the power of 53"));
        aggregateInSpark("AVG(i)", &ofInts);
        QCOMPARE(said(ofInts), QStringLiteral("equivalent: The last digits of the result may differ."));
    }

    void variablesStayInNumbers() {
        const auto kept = [](const char* text, const char* raw, std::size_t begin, std::size_t end) {
            WriteScope scope;
            scope.raw = raw;
            scope.variables = {{begin, end, "n"}};
            return inSpark(text, false, scope).text;
        };
        QCOMPARE(kept("i + 5", "i + ${n}", 4, 5), QStringLiteral("`i` + (${n})"));
        // Two signs would begin a comment.
        QCOMPARE(kept("-(-5)", "-(${n})", 2, 4), QStringLiteral("-(${n})"));
        QCOMPARE(kept("-5", "-${n}", 1, 2), QStringLiteral("(-(${n}))"));
        // By its digits it is a DECIMAL(7,7) to Spark.
        QCOMPARE(kept("0.1234567", "${n}", 0, 9), QStringLiteral("CAST(${n} AS DECIMAL(8,7))"));
        QCOMPARE(kept("-0.1234567", "-${n}", 1, 10), QStringLiteral("CAST(-(${n}) AS DECIMAL(8,7))"));
        QCOMPARE(kept("'me'", "'${n}'", 1, 3), QStringLiteral("'${n}'"));
    }

    void patternsForJava_data() {
        QTest::addColumn<QString>("re2");
        QTest::addColumn<QString>("java");
        const auto row = [](const char* re2, const char* java) { QTest::newRow(re2) << re2 << java; };
        row("a+?b{2,3}(c|d)", "a+?b{2,3}(c|d)");
        row("^a.$", "^a[^\\n]\\z");
        row("(?i)a", "(?iu)a");
        row("(?s)a.", "a[\\s\\S]");
        row("(?P<name>a)", "(a)");
        row("a{,2}", "a\\{,2\\}");
        row("\\s\\S\\v", "[\\t\\n\\f\\r ][^\\t\\n\\f\\r ]\\x0B");
        row("[]a[&^\\s]", "[\\]a\\[\\&\\^\\t\\n\\f\\r ]");
        row("[[:alpha:]_]", "[\\p{Alpha}_]");
        row("\\Qa.b\\E.", "\\Qa.b\\E[^\\n]");
        row("\\p{Lu}\\pN", "\\p{Lu}\\pN");
        row("\\p{Greek}", "");
        row("(?i:a)", "");
        row("\\C", "");
    }
    void patternsForJava() {
        QFETCH(QString, re2);
        QFETCH(QString, java);
        const auto pattern = javaRegex(re2.toStdString());
        QCOMPARE(QString::fromStdString(pattern ? pattern->pattern : std::string()), java);
    }
};

QTEST_APPLESS_MAIN(TestSparkExpressions)
#include "test_spark_expressions.moc"

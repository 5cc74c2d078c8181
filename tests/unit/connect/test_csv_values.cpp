// Numbers with a decimal comma, and numbers that are times.
#include "core/connect/csv/values.h"

#include "core/connect/csv/infer.h"
#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

using Decimal = CsvFormat::Decimal;
using Counts = CsvFormat::Epoch;

/// The number as text, “–” where it is none.
std::string numberIn(const QString& text, Decimal decimal) {
    const auto value = csvDouble(text.toStdString(), decimal);
    std::string out = "–";
    if (value) appendDouble(out = std::string(), *value);
    return out;
}

}  // namespace

class TestCsvValues : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void numbers_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("point");
        QTest::addColumn<QString>("comma");
        QTest::addColumn<QString>("either");
        const QString none = QStringLiteral("–");
        const auto row = [](const char* text, const char* point, const char* comma, const char* either) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(point)
                                << QString::fromUtf8(comma) << QString::fromUtf8(either);
        };
        row("12", "12", "12", "12");
        row("-12,5", "–", "-12.5", "-12.5");
        row(" +0,25 ", "–", "0.25", "0.25");
        row(",5", "–", "0.5", "0.5");
        row("1,5e3", "–", "1500", "1500");
        row("12.5", "12.5", "–", "12.5");
        row("1.234", "1.234", "1234", "1.234");
        row("0.123", "0.123", "–", "0.123");
        row("1.234,5", "–", "1234.5", "1234.5");
        row("12.345.678,9", "–", "12345678.9", "12345678.9");
        row("1 234,5", "–", "1234.5", "1234.5");
        row("1\u00A0234\u202F567,5", "–", "–", "–");
        row("1\u202F234,5", "–", "1234.5", "1234.5");
        row("12.34,5", "–", "–", "–");
        row("1234.567,5", "–", "–", "–");
        row("1,234.5", "–", "–", "–");
        row("1,234,5", "–", "–", "–");
        row("12,", "–", "–", "–");
        row(",", "–", "–", "–");
        row("", "–", "–", "–");
        row("-", "–", "–", "–");
        row("NaN", "NaN", "NaN", "NaN");
        row("-Infinity", "-Infinity", "-Infinity", "-Infinity");
        row("n/a", "–", "–", "–");
        row("1 2", "–", "–", "–");
    }
    void numbers() {
        QFETCH(QString, text);
        QFETCH(QString, point);
        QFETCH(QString, comma);
        QFETCH(QString, either);
        QCOMPARE(numberIn(text, Decimal::Point), point.toStdString());
        QCOMPARE(numberIn(text, Decimal::Comma), comma.toStdString());
        QCOMPARE(numberIn(text, Decimal::Either), either.toStdString());
    }

    void decimalsKeepTheirDigits() {
        const Type type = Type::decimal(20, 2);
        QVERIFY(csvDecimal("9007199254740993,25", type, Decimal::Comma) ==
                std::optional<Int128>(Int128{900719925474099325}));
        QVERIFY(csvDecimal("1.234,5", type, Decimal::Comma) == std::optional<Int128>(123450));
        QVERIFY(!csvDecimal("1,25", type, Decimal::Point));
    }

    void whatIsADecimalCommaForCertain() {
        for (const char* certain : {"12,50", "-0,5", "0,123", "1.234,50", "1234,567", "1 234,5", ",5"})
            QVERIFY2(hasDecimalComma(certain), certain);
        for (const char* other : {"1,234", "-12,345", "12", "12.5", "a,5", "1,2,3", "12,34.5", ""})
            QVERIFY2(!hasDecimalComma(other), other);
    }

    void numbersAsTimes() {
        const CsvFormat seconds{.epoch = Counts::Seconds}, millis{.epoch = Counts::Milliseconds};
        QCOMPARE(csvTimestamp("1709287200", seconds), std::optional<Instant>(1'709'287'200'000));
        QCOMPARE(csvTimestamp("1709287200.25", seconds), std::optional<Instant>(1'709'287'200'250));
        QCOMPARE(csvTimestamp("1709287200,25", {.decimal = Decimal::Comma, .epoch = Counts::Seconds}),
                 std::optional<Instant>(1'709'287'200'250));
        QCOMPARE(csvTimestamp("-1", seconds), std::optional<Instant>(-1000));
        QCOMPARE(csvTimestamp("1709287200123", millis), std::optional<Instant>(1'709'287'200'123));
        for (const CsvFormat& format : {CsvFormat{}, seconds, millis})
            QCOMPARE(csvTimestamp("2024-03-01 10:00:00", format), std::optional<Instant>(1'709'287'200'000));
        QVERIFY(!csvTimestamp("1709287200", CsvFormat{}));
        for (const char* wrong : {"", "x", "999999999999999999", "-99999999999999999", "01.03.2024"})
            QVERIFY2(!csvTimestamp(wrong, millis) && !csvTimestamp(wrong, seconds), wrong);
    }

    /// The whole source: good rows, and those that are written otherwise.
    void aSourceReadsThem() {
        Folder folder;
        CsvSourceOptions options;
        options.parser.schema = std::make_shared<const Schema>(
            schemaOf({{"ts", "TIMESTAMP(3)"}, {"x", "DOUBLE"}, {"d", "DECIMAL(8,2)"}, {"n", "INT"}}));
        options.parser.format = {.delimiter = ';', .decimal = Decimal::Comma, .epoch = Counts::Seconds};
        options.files.path = folder.write("a.csv",
                                          "ts;x;d;n\n1709287200;1,5;2,25;1\n1709287201;1.5;1;2\n"
                                          "\"1709287202\";\"7\";;3\n2024-03-01T10:00:03Z;1.234,5;-0,005;4\n");
        const GivenRows given = readAll(options);
        QCOMPARE(given.error, std::string());
        QCOMPARE(given.lines.size(), std::size_t{4});
        QCOMPARE(given.lines[0], std::string("2024-03-01 10:00:00.000|1.5|2.25|1"));
        QVERIFY2(given.lines[1].starts_with("!"), given.lines[1].c_str());
        QCOMPARE(given.lines[2], std::string("2024-03-01 10:00:02.000|7|NULL|3"));
        QCOMPARE(given.lines[3], std::string("2024-03-01 10:00:03.000|1234.5|-0.01|4"));
    }

    void typesAreGuessedByTheMark() {
        Folder folder;
        const std::string path = folder.write("a.csv", "x;t\n12,50;1709287200\n3;1709287201\n");
        CsvFormat format{.delimiter = ';', .decimal = Decimal::Comma, .epoch = Counts::Seconds};
        QVERIFY(inferCsvSchema(path, format)->fields[0].type == Type::of(TypeId::Double));
        QVERIFY(inferCsvSchema(path, format)->fields[1].type == Type::of(TypeId::Int));
        format.decimal = Decimal::Point;
        QVERIFY(inferCsvSchema(path, format)->fields[0].type == Type::of(TypeId::String));
    }
};

QTEST_APPLESS_MAIN(TestCsvValues)
#include "test_csv_values.moc"

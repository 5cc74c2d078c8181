// Columns guessed from the beginning of a file.
#include "core/connect/csv/infer.h"

#include "tests/unit/connect/fixtures/csv_fixture.h"

using namespace rw;
using namespace rw::test;

namespace {

/// “name TYPE, name TYPE”, or the error.
std::string inferred(std::string_view content, CsvFormat format = {}, const Schema& declared = {}) {
    Folder folder;
    const Result<Schema> schema = inferCsvSchema(folder.write("a.csv", content), format, declared);
    if (!schema.ok()) return "!" + english(schema.error());
    std::string out;
    for (const Field& field : schema->fields)
        out += (out.empty() ? "" : ", ") + field.name + " " + toString(field.type);
    return out;
}

}  // namespace

class TestCsvInfer : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void types() {
        QCOMPARE(inferred("b,i,l,x,d,t,s\ntrue,1,1,1,2024-03-01,2024-03-01 "
                          "10:00:00,a\nFALSE,-2,3000000000,1e3,2024-03-02,"
                          "2024-03-01T10:00:00.5Z,1\n,,,,,,\n"),
                 std::string("b BOOLEAN, i INT, l BIGINT, x DOUBLE, d DATE, t TIMESTAMP(3), s STRING"));
        QCOMPARE(inferred("t\n2024-03-01\n2024-03-01 10:00:00\n"), std::string("t TIMESTAMP(3)"));
        QCOMPARE(inferred("x\n1\n\"\"\n"), std::string("x STRING"));
        QCOMPARE(inferred("a,b\n,\n,\n"), std::string("a STRING, b STRING"));
    }
    void codesAreNoNumbers() {
        QCOMPARE(inferred("zip,phone,id,zero,half\n00420,+49123,12345678901234567890,0,0.5\n"),
                 std::string("zip STRING, phone STRING, id STRING, zero INT, half DOUBLE"));
    }
    void names() {
        QCOMPARE(inferred(" id ,id,,the price\n1,2,3,4\n"),
                 std::string("id INT, id_2 INT, column_3 INT, the price INT"));
        QCOMPARE(inferred("1,a\n2,b\n", {',', '"', false}), std::string("column_1 INT, column_2 STRING"));
        QCOMPARE(inferred("a;b\n1;2\n", {';', '"', true}), std::string("a INT, b INT"));
    }
    void rowsOfAnotherFormDoNotCount() {
        QCOMPARE(inferred("a,b\n1,2\nx\n\"y\" z,1\n3,4\n"), std::string("a INT, b INT"));
        QCOMPARE(inferred("a,b\n"), std::string("a STRING, b STRING"));
        QVERIFY(inferred("").find("is empty") != std::string::npos);
    }
    /// Names that are no text would break any file written with them.
    void namesAreText() {
        QVERIFY(inferred("a,\xFF\xFE\n1,2\n").find("not UTF-8") != std::string::npos);
        QVERIFY(inferred("\xFF\xFE\n").find("UTF-16") != std::string::npos);
    }
    void declaredTypesStay() {
        const Type price = Type::decimal(18, 2), time = Type::of(TypeId::Timestamp);
        const auto of = [](TypeId id, std::string_view values, CsvFormat format = {}) {
            return inferred(values, format, Schema{{{"x", Type::of(id)}}});
        };
        CsvFormat points;
        points.delimiter = ';';
        CsvFormat commas = points;
        commas.decimal = CsvFormat::Decimal::Comma;
        // A few values that are no numbers make no text of a column that the user made a number.
        QCOMPARE(of(TypeId::Double, "x\n8,84\nn/a\n1.234,50\n", commas), std::string("x DOUBLE"));
        QCOMPARE(of(TypeId::Double, "x\n8,84\nn/a\nnone\n", commas), std::string("x STRING"));
        QCOMPARE(of(TypeId::Double, "x\n8,84\n9,73\n", points), std::string("x STRING"));
        QCOMPARE(inferred("x\n1.5\n2\n", {}, Schema{{{"x", price}}}), std::string("x DECIMAL(18,2)"));
        CsvFormat seconds;
        seconds.epoch = CsvFormat::Epoch::Seconds;
        QCOMPARE(inferred("x\n1767225600\n", seconds, Schema{{{"x", time}}}), std::string("x TIMESTAMP(3)"));
        QCOMPARE(inferred("x\n1767225600\n", {}, Schema{{{"x", time}}}), std::string("x INT"));
        // Values that have a type in common have it.
        QCOMPARE(of(TypeId::Int, "x\n1\n2\n2.5\n"), std::string("x DOUBLE"));
        QCOMPARE(of(TypeId::String, "x\n1\n2\n"), std::string("x INT"));
        QCOMPARE(of(TypeId::Int, "y\na\n"), std::string("y STRING"));
    }
    /// The first thousand rows decide.
    void looksAtTheBeginning() {
        std::string content = "a\n";
        for (int i = 0; i < 1'000; ++i) content += "1\n";
        QCOMPARE(inferred(content + "x\n"), std::string("a INT"));
    }
};

QTEST_APPLESS_MAIN(TestCsvInfer)
#include "test_csv_infer.moc"

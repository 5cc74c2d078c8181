// Typing: which types operators and functions give and take, and how names are found and missed.
#include <QtTest/QtTest>

#include "core/sql/functions/functions.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

Batch columns() {
    return table({{"i INT", {}},
                  {"b BIGINT", {}},
                  {"x DOUBLE", {}},
                  {"p DECIMAL(10,2)", {}},
                  {"q DECIMAL(6,3)", {}},
                  {"h DECIMAL(38,10)", {}},
                  {"s STRING", {}},
                  {"d DATE", {}},
                  {"ts TIMESTAMP(3)", {}},
                  {"f BOOLEAN", {}},
                  {"Price BIGINT", {}}});
}

}  // namespace

class TestBinder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void types_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("type");
        const auto row = [](const char* text, const char* type) { QTest::newRow(text) << text << type; };
        row("i + i", "INT");
        row("i + b", "BIGINT");
        row("i * x", "DOUBLE");
        row("p * x", "DOUBLE");
        row("p + q", "DECIMAL(12,3)");
        row("p * q", "DECIMAL(17,5)");
        row("p / q", "DECIMAL(20,9)");
        row("p % q", "DECIMAL(6,3)");
        row("p + i", "DECIMAL(13,2)");
        row("b * p", "DECIMAL(30,2)");
        row("h * h", "DECIMAL(38,6)");
        row("h / h", "DECIMAL(38,6)");
        row("h + h", "DECIMAL(38,9)");
        row("b % i", "INT");
        row("MOD(i, b)", "BIGINT");
        row("-p", "DECIMAL(10,2)");
        row("NULL + i", "INT");
        row("ts + INTERVAL '1' DAY", "TIMESTAMP(3)");
        row("INTERVAL '1' MONTH + d", "DATE");
        row("d - INTERVAL '1' DAY", "DATE");
        row("d + INTERVAL '1' HOUR", "TIMESTAMP(3)");
        row("ts + i * INTERVAL '1' SECOND", "TIMESTAMP(3)");
        row("ts > '2024-03-01 00:00:00'", "BOOLEAN");
        row("i = '5'", "BOOLEAN");
        row("p > 2.5", "BOOLEAN");
        row("i BETWEEN 1 AND 2.5", "BOOLEAN");
        row("s LIKE 'a%'", "BOOLEAN");
        row("COALESCE(i, b)", "BIGINT");
        row("COALESCE(i, 1.5)", "DECIMAL(11,1)");
        row("COALESCE(p, x)", "DOUBLE");
        row("COALESCE(d, ts)", "TIMESTAMP(3)");
        row("CASE WHEN f THEN i ELSE x END", "DOUBLE");
        row("CASE WHEN f THEN 'a' END", "STRING");
        row("IF(f, NULL, s)", "STRING");
        row("NULLIF(i, b)", "INT");
        row("GREATEST(i, p)", "DECIMAL(12,2)");
        row("ROUND(p, 1)", "DECIMAL(10,1)");
        row("ROUND(p)", "DECIMAL(9,0)");
        row("ROUND(p, i)", "DECIMAL(10,2)");
        row("FLOOR(p)", "DECIMAL(10,0)");
        row("SIGN(q)", "DECIMAL(6,3)");
        row("SQRT(i)", "DOUBLE");
        row("CAST(s AS DECIMAL(5,2))", "DECIMAL(5,2)");
        row("f = (i > 1)", "BOOLEAN");
        row("NULL", "NULL");
    }
    void types() {
        QFETCH(QString, text);
        QFETCH(QString, type);
        QCOMPARE(typeOf(text.toStdString(), columns()), type);
    }

    void errors_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("position");
        QTest::addColumn<int>("length");
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("replacement");
        const auto row = [](const char* text, int position, int length, const char* message,
                            const char* replacement = "") {
            QTest::newRow(text) << text << position << length << message << replacement;
        };
        row("1 + price", 4, 5, "No column “price” in the input.", "Price");
        row("zzz", 0, 3, "No column “zzz” in the input.");
        row("SQRTT(x)", 0, 5, "No function “SQRTT”.", "SQRT");
        row("left.i", 0, 6, "There is one input here; its columns stand without a name before them.", "i");
        row("i + s", 0, 5, "“+” does not work on INT and STRING.");
        row("ts - ts", 0, 7, "“-” does not work on TIMESTAMP(3) and TIMESTAMP(3).");
        row("i = ts", 0, 6, "“=” can't compare INT with TIMESTAMP(3).");
        row("ts > 'yesterday'", 5, 11, "“yesterday” can't be read as TIMESTAMP(3).");
        row("i IN (1, 'x')", 0, 13, "“x” can't be read as INT.");
        row("SQRT(s)", 5, 1, "SQRT does not take STRING as argument 1.");
        row("SQRT(x, x)", 0, 10, "SQRT does not take so many arguments: 2.");
        row("PI(1)", 0, 5, "PI does not take so many arguments: 1.");
        row("f AND i", 6, 1, "AND does not take INT as argument 2.");
        row("CASE WHEN i THEN 1 END", 10, 1, "A condition is true or false; this gives INT.");
        row("CASE WHEN f THEN 1 ELSE 'a' END", 24, 3, "The branches of CASE give INT and STRING.");
        row("COALESCE(i, s)", 12, 1, "COALESCE can't mix INT with STRING.");
        row("IF(f, i, s)", 9, 1, "IF can't mix INT with STRING.");
        row("CAST(ts AS INT)", 0, 15, "TIMESTAMP(3) can't become INT.");
        row("SUM(i)", 0, 6, "SUM works on many rows; here stands a value of one row.");
        row("RANDOM()", 0, 8, "RANDOM makes rows up; it works in the columns of a generator only.");
        row("s LIKE 'a!b' ESCAPE '!'", 7, 5,
            "The escape character of LIKE stands before %, _ or itself only.");
        row("s LIKE 'a' ESCAPE 'ab'", 18, 4, "ESCAPE takes one character.");
        row("s || i", 5, 1, "|| does not take INT as argument 2.");
    }
    void errors() {
        QFETCH(QString, text);
        QFETCH(int, position);
        QFETCH(int, length);
        QFETCH(QString, message);
        QFETCH(QString, replacement);
        const SqlError error = errorOf(text.toStdString(), columns());
        QCOMPARE(QString::fromStdString(english(error.message)), message);
        QCOMPARE(static_cast<int>(error.position), position);
        QCOMPARE(static_cast<int>(error.length), length);
        QCOMPARE(QString::fromStdString(error.replacement), replacement);
    }

    void qualifiersFindTheirSide() {
        const Batch both = table({{"id INT", {}}, {"k STRING", {}}, {"id BIGINT", {}}, {"v DOUBLE", {}}});
        const Scope scope{both.schema, {{"left", 0, 2}, {"right", 2, 2}}, false};
        const auto column = [&scope](const char* text) {
            return std::get<BoundRef>(bindText(text, scope))->column;
        };
        QCOMPARE(column("left.id"), 0);
        QCOMPARE(column("right.id"), 2);
        QCOMPARE(column("v"), 3);
        const auto message = [&scope](const char* text) {
            return QString::fromStdString(english(std::get<SqlError>(bindText(text, scope)).message));
        };
        QCOMPARE(message("id"), QString("Several inputs have a column “id”."));
        QCOMPARE(message("left.v"), QString("No column “v” in “left”."));
        QCOMPARE(message("middle.id"), QString("No input “middle” here."));
    }

    void selectItemsGetNames() {
        const Batch batch = columns();
        const auto names = [&batch](const char* text) {
            QStringList out;
            const auto items = bindSelectItem(text, scopeOf(batch));
            for (const BoundItem& item : std::get<0>(items)) {
                out.append(QString::fromStdString(item.name));
            }
            return out;
        };
        QCOMPARE(names("i"), QStringList("i"));
        QCOMPARE(names("i + 1 AS j"), QStringList("j"));
        QCOMPARE(names("*"), (QStringList{"i", "b", "x", "p", "q", "h", "s", "d", "ts", "f", "Price"}));
        const auto nameless = std::get<SqlError>(bindSelectItem("i + 1", scopeOf(batch)));
        QCOMPARE(english(nameless.message), std::string("The result has no name."));
        QCOMPARE(nameless.position, std::size_t{5});
    }

    void conditionsAreBoolean() {
        const Scope scope = scopeOf(columns());
        QVERIFY(std::holds_alternative<BoundRef>(bindCondition("i > 1", scope)));
        QVERIFY(std::holds_alternative<BoundRef>(bindCondition("NULL", scope)));
        QCOMPARE(english(std::get<SqlError>(bindCondition("i + 1", scope)).message),
                 std::string("A condition is true or false; this gives INT."));
    }

    void usedColumnsAreMarked() {
        const Batch batch = columns();
        std::vector<bool> used(batch.schema->size());
        markColumns(
            *std::get<BoundRef>(bindText("CASE WHEN f THEN i + 1 ELSE CAST(s AS INT) END", scopeOf(batch))),
            used);
        QCOMPARE(used, (std::vector<bool>{true, false, false, false, false, false, true, false, false, true,
                                          false}));
    }

    void failureIsForeseen() {
        const Batch batch = columns();
        const auto fails = [&batch](const char* text) {
            return canFail(*std::get<BoundRef>(bindText(text, scopeOf(batch))));
        };
        QVERIFY(fails("i / b"));
        QVERIFY(fails("i / -1"));
        QVERIFY(fails("p / 2"));
        QVERIFY(fails("CAST(s AS INT)"));
        QVERIFY(fails("i + 1"));
        QVERIFY(fails("COALESCE(CAST(s AS INT), 1)"));
        QVERIFY(!fails("i / 2"));
        QVERIFY(!fails("MOD(b, 123) = 0"));
        QVERIFY(!fails("x / 2"));
        QVERIFY(!fails("ROUND(x, 2)"));
        QVERIFY(!fails("TRY_CAST(s AS INT)"));
        QVERIFY(!fails("i > 2 AND s LIKE 'a%'"));
        QVERIFY(!fails("CAST(i AS BIGINT)"));
        QVERIFY(!fails("i > b"));
    }

    void literalsAreComputedOnce() {
        const Batch batch = columns();
        const auto kind = [&batch](const char* text) {
            return std::get<BoundRef>(bindText(text, scopeOf(batch)))->kind;
        };
        QCOMPARE(kind("1 + 2 * 3"), BoundExpr::Kind::Literal);
        QCOMPARE(kind("TIMESTAMP '2024-03-01 00:00:00' + INTERVAL '12' HOUR"), BoundExpr::Kind::Literal);
        QCOMPARE(kind("CURRENT_TIMESTAMP"), BoundExpr::Kind::Call);
        QCOMPARE(kind("1 / 0"), BoundExpr::Kind::Call);
    }

    /// A tree that shares its operands is small, however much it would unfold to.
    void sharedOperandsDoNotUnfold() {
        std::string text = "i";
        for (int level = 0; level < 60; ++level) text = "NULLIF(" + text + ", 1)";
        const Batch batch = table({{"i INT", {"1", "2", "NULL"}}});
        QCOMPARE(results(text, batch), (QStringList{"NULL", "2", "NULL"}));
        const BoundRef bound = std::get<BoundRef>(bindText(text, scopeOf(batch)));
        QVERIFY(!canFail(*bound));
    }

    void everyFunctionIsDocumented() {
        QVERIFY(scalarFunctions().size() > 60);
        for (const ScalarFunction& function : scalarFunctions()) {
            QVERIFY2(!function.help.empty(), function.name.data());
            QVERIFY2(!function.signature.empty(), function.name.data());
            QVERIFY2(function.resolve != nullptr, function.name.data());
            QCOMPARE(findFunction(function.name), &function);
        }
    }
};

QTEST_APPLESS_MAIN(TestBinder)
#include "test_binder.moc"

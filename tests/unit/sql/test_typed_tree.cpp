// The binder's notes on the parts of a tree: types, conversions, columns and parts that may fail.
#include <QtTest/QtTest>

#include "core/sql/aggregates/typed_aggregate.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

Scope sampleScope() {
    return scopeOf(table({{"i INT", {}},
                          {"b BIGINT", {}},
                          {"x DOUBLE", {}},
                          {"s STRING", {}},
                          {"d DATE", {}},
                          {"ts TIMESTAMP(3)", {}},
                          {"f BOOLEAN", {}}}));
}

/// “INT>DOUBLE!”: a part's type, its converted type where that is another, and whether it can fail.
QString noted(const TypedPart& part) {
    QString text = QString::fromStdString(toString(part.type));
    if (part.as != part.type) text += ">" + QString::fromStdString(toString(part.as));
    return part.canFail ? text + "!" : text;
}

/// The tree and, in brackets, its arguments.
QString noted(const TypedTree& tree, const Expr& part) {
    QStringList args;
    for (const ExprPtr& arg : part.args) args.append(noted(tree, *arg));
    const QString own = noted(tree.of(part));
    return args.isEmpty() ? own : own + "(" + args.join(", ") + ")";
}

TypedTree typed(const std::string& text) {
    auto tree = typeText(text, sampleScope());
    return std::get<TypedTree>(std::move(tree));
}

}  // namespace

class TestTypedTree : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void parts_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("parts");
        const auto row = [](const char* text, const char* parts) { QTest::newRow(text) << text << parts; };
        row("i + x", "DOUBLE(INT>DOUBLE, DOUBLE)");
        row("i + b", "BIGINT!(INT>BIGINT, BIGINT)");
        row("i / 2", "INT(INT, INT)");
        row("i / b", "BIGINT!(INT>BIGINT, BIGINT)");
        row("1 + 2", "INT(INT, INT)");
        row("1 / 0", "INT!(INT, INT)");
        row("i = '5'", "BOOLEAN(INT, STRING>INT)");
        row("ts > s", "BOOLEAN!(TIMESTAMP(3), STRING>TIMESTAMP(3))");
        row("d = ts", "BOOLEAN(DATE>TIMESTAMP(3), TIMESTAMP(3))");
        row("COALESCE(i, NULL, x)", "DOUBLE(INT>DOUBLE, NULL>DOUBLE, DOUBLE)");
        row("i BETWEEN 1 AND x", "BOOLEAN(INT>DOUBLE, INT, DOUBLE)");
        row("i IN (1, x)", "BOOLEAN(INT>DOUBLE, INT, DOUBLE)");
        row("b IN (1, 2, 3, 4)", "BOOLEAN(BIGINT, INT>BIGINT, INT>BIGINT, INT>BIGINT, INT>BIGINT)");
        row("NULLIF(i, x)", "INT(INT>DOUBLE, DOUBLE)");
        row("CASE WHEN f THEN i ELSE x END", "DOUBLE(BOOLEAN, INT>DOUBLE, DOUBLE)");
        row("CASE i WHEN x THEN 1 END", "INT(INT>DOUBLE, DOUBLE, INT, NULL>INT)");
        row("CAST(s AS INT)", "INT!(STRING)");
        row("TRY_CAST(s AS INT)", "INT(STRING)");
        row("CAST('5' AS INT)", "INT(STRING)");
        row("SQRT(i)", "DOUBLE(INT>DOUBLE)");
        row("YEAR(d)", "BIGINT(DATE>TIMESTAMP(3))");
        row("f AND NULL", "BOOLEAN(BOOLEAN, NULL>BOOLEAN)");
    }
    void parts() {
        QFETCH(QString, text);
        QFETCH(QString, parts);
        const TypedTree tree = typed(text.toStdString());
        QCOMPARE(noted(tree, tree.tree()), parts);
    }

    void columnsHaveTheirPlace() {
        const TypedTree tree = typed("ts > d");
        QCOMPARE(tree.of(*tree.tree().args[0]).column, 5);
        QCOMPARE(tree.of(*tree.tree().args[1]).column, 4);
        QCOMPARE(tree.of(tree.tree()).column, -1);
    }

    void failingIsOfAnyPart() {
        QVERIFY(typed("UPPER(CAST(CAST(s AS INT) AS STRING))").canFail());
        QVERIFY(!typed("UPPER(s)").canFail());
    }

    void errorsAreTheBinders() {
        const auto wrong = typeText("zzz", sampleScope());
        QCOMPARE(english(std::get<SqlError>(wrong).message), english(errorOf("zzz", rowsOnly()).message));
        QVERIFY(std::holds_alternative<SqlError>(typeCondition("i + 1", sampleScope())));
        const auto nothing = typeCondition("NULL", sampleScope());
        const auto& tree = std::get<TypedTree>(nothing);
        QCOMPARE(noted(tree.of(tree.tree())), QStringLiteral("NULL>BOOLEAN"));
    }

    void selectItems() {
        const auto named = typeSelectItem("i + 1 AS next", sampleScope());
        QCOMPARE(std::get<TypedItem>(named).name, std::string("next"));
        QVERIFY(bool(std::get<TypedItem>(named).value));
        QCOMPARE(std::get<TypedItem>(typeSelectItem("i", sampleScope())).name, std::string("i"));
        QVERIFY(!std::get<TypedItem>(typeSelectItem("*", sampleScope())).value);
        QVERIFY(std::holds_alternative<SqlError>(typeSelectItem("i + 1", sampleScope())));
    }

    void aggregates() {
        const auto parsed = typeAggregate("avg(DISTINCT i) FILTER (WHERE s = 'a') AS m", sampleScope());
        const auto& mean = std::get<TypedAggregate>(parsed);
        QCOMPARE(mean.function, std::string("AVG"));
        QCOMPARE(mean.name, std::string("m"));
        QVERIFY(mean.distinct);
        QCOMPARE(noted(mean.argument, mean.argument.tree()), QStringLiteral("INT"));
        QCOMPARE(noted(mean.filter, mean.filter.tree()), QStringLiteral("BOOLEAN(STRING, STRING)"));
        QVERIFY(mean.type == Type::of(TypeId::Double));

        const auto share = typeAggregate("PERCENTILE(i, 0.25) AS p", sampleScope());
        QCOMPARE(std::get<TypedAggregate>(share).fraction, 0.25);
        QCOMPARE(noted(std::get<TypedAggregate>(share).argument.of(
                     std::get<TypedAggregate>(share).argument.tree())),
                 QStringLiteral("INT>DOUBLE"));
        const auto list = typeAggregate("LISTAGG(s, '; ') AS l", sampleScope());
        QCOMPARE(std::get<TypedAggregate>(list).separator, std::string("; "));
        QVERIFY(!std::get<TypedAggregate>(typeAggregate("COUNT(*) AS n", sampleScope())).argument);
        QVERIFY(std::holds_alternative<SqlError>(typeAggregate("SUM(s) AS t", sampleScope())));
    }
};

QTEST_APPLESS_MAIN(TestTypedTree)
#include "test_typed_tree.moc"

// The tables of both dialects: a row for all that there is, and for nothing else.
#include <QtTest/QtTest>
#include <set>

#include "core/deploy/engine_writer.h"
#include "core/sql/aggregates/registry.h"
#include "core/sql/functions/functions.h"

using namespace rw;

namespace {

QString nameOf(std::string_view name) {
    return QString::fromUtf8(name.data(), static_cast<int>(name.size()));
}

void addDialects() {
    QTest::addColumn<Engine>("engine");
    for (const Engine engine : kEngines) QTest::newRow(engineWord(engine).data()) << engine;
}

const Dialect& fetched() {
    QFETCH(Engine, engine);
    return writerOf(engine).dialect;
}

/// Made-up values: a node that has them in its columns has no counterpart as a whole.
bool isMadeUp(const sql::ScalarFunction& function) {
    return function.group == "generator";
}

}  // namespace

class TestDialectTables : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyFunctionHasARow_data() { addDialects(); }
    void everyFunctionHasARow() {
        const Dialect& dialect = fetched();
        QStringList missing;
        for (const sql::ScalarFunction& function : sql::scalarFunctions()) {
            if (!isMadeUp(function) && dialect.function(function.name) == nullptr) {
                missing.append(nameOf(function.name));
            }
        }
        QCOMPARE(missing.join(", "), QString());
    }

    void everyAggregateHasARow_data() { addDialects(); }
    void everyAggregateHasARow() {
        const Dialect& dialect = fetched();
        QStringList missing;
        for (const sql::AggregateFunction& function : sql::aggregateTable()) {
            if (dialect.aggregate(function.info.name) == nullptr) missing.append(nameOf(function.info.name));
        }
        QCOMPARE(missing.join(", "), QString());
    }

    void everyRowNamesSomething_data() { addDialects(); }
    void everyRowNamesSomething() {
        const Dialect& dialect = fetched();
        std::set<std::string_view> seen;
        for (const FunctionForm& row : dialect.functions()) {
            const bool word = row.name == "CASE" || row.name == "CAST";
            QVERIFY2(word || sql::findFunction(row.name) != nullptr, qPrintable(nameOf(row.name)));
            QVERIFY2(seen.insert(row.name).second, qPrintable(nameOf(row.name)));
        }
        seen.clear();
        for (const AggregateForm& row : dialect.aggregates()) {
            QVERIFY2(sql::findAggregate(row.name) != nullptr, qPrintable(nameOf(row.name)));
            QVERIFY2(seen.insert(row.name).second, qPrintable(nameOf(row.name)));
        }
    }

    void everyRowIsOneThing_data() { addDialects(); }
    void everyRowIsOneThing() {
        const Dialect& dialect = fetched();
        for (const FunctionForm& row : dialect.functions()) {
            const QByteArray name = nameOf(row.name).toUtf8();
            QVERIFY2(row.pattern.empty() || row.write == nullptr, name.constData());
            const bool refused = row.pattern.empty() && row.write == nullptr;
            QVERIFY2(refused == (row.verdict == Verdict::Refused), name.constData());
            const bool worse = row.verdict == Verdict::Refused || row.verdict == Verdict::Approximated;
            QVERIFY2(!worse || !row.what.empty(), name.constData());
        }
        for (const AggregateForm& row : dialect.aggregates()) {
            const QByteArray name = nameOf(row.name).toUtf8();
            const bool refused = row.pattern.empty() && row.of == nullptr;
            QVERIFY2(refused == (row.verdict == Verdict::Refused), name.constData());
            const bool worse = row.verdict == Verdict::Refused || row.verdict == Verdict::Approximated;
            QVERIFY2(!worse || !row.what.empty(), name.constData());
        }
    }
};

QTEST_APPLESS_MAIN(TestDialectTables)
#include "test_dialect_tables.moc"

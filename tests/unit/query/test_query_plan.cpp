// How SQLite went about a statement: its steps, what it scanned, and what it read again and again.
#include "core/query/query_plan.h"

#include <QtTest/QtTest>

#include "tests/unit/query/asked.h"

using namespace rw;

namespace {

/// Steps with their depth; a star before those that are read anew for each row.
QString stepsOf(const QueryPlan& plan) {
    QStringList steps;
    for (const QueryStep& step : plan.steps) {
        steps << QStringLiteral("%1%2%3").arg(QString(step.depth, u'>'),
                                              QLatin1String(step.repeated ? "*" : ""),
                                              QString::fromStdString(step.text));
    }
    return steps.join(u'\n');
}

struct Shop : Asked {
    Shop() {
        make("shop.db",
             "CREATE TABLE minutes (start TEXT PRIMARY KEY, n INTEGER);"
             "CREATE TABLE late (minute TEXT, n INTEGER);"
             "INSERT INTO minutes VALUES ('1', 5), ('2', 3), ('3', 4);"
             "INSERT INTO late VALUES ('1', 1), ('1', 2), ('3', 1), ('4', 9)");
    }
    QueryPlan plan(const char* sql) const {
        const QueryAnswer answer = ask(sql);
        if (!answer.status.ok()) QTest::qFail(english(answer.status.error()).c_str(), __FILE__, __LINE__);
        return answer.result.plan;
    }
};

}  // namespace

class TestQueryPlan : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void aTableReadWhole() {
        const QueryPlan plan = Shop().plan("SELECT * FROM late ORDER BY n");
        QCOMPARE(stepsOf(plan), QStringLiteral("SCAN late\nUSE TEMP B-TREE FOR ORDER BY"));
        QCOMPARE(plan.steps[0].table, std::string("late"));
        QCOMPARE(plan.steps[0].kind, QueryStep::Kind::Scan);
        QCOMPARE(plan.steps[1].kind, QueryStep::Kind::Sort);
        QCOMPARE(plan.sorts, std::int64_t{1});
        QVERIFY(plan.scanned >= 3);
    }

    void aLookUp() {
        const QueryPlan plan = Shop().plan("SELECT n FROM minutes WHERE start = '2'");
        QCOMPARE(plan.steps.size(), std::size_t{1});
        QCOMPARE(plan.steps[0].kind, QueryStep::Kind::Search);
        QCOMPARE(plan.steps[0].table, std::string("minutes"));
        QCOMPARE(plan.scanned, std::int64_t{0});
        QVERIFY(!plan.steps[0].repeated);
    }

    void aTableReadForEachRow() {
        const QueryPlan parts = Shop().plan(
            "SELECT start, (SELECT count(*) FROM late l WHERE l.minute = m.start) FROM minutes m");
        QCOMPARE(parts.steps.size(), std::size_t{3});
        QVERIFY(!parts.steps[0].repeated);
        QVERIFY(parts.steps[1].text.starts_with("CORRELATED"));
        QCOMPARE(parts.steps[2].depth, 1);
        QVERIFY(parts.steps[2].repeated);
        QCOMPARE(parts.steps[2].table, std::string("l"));
        const QueryPlan joined =
            Shop().plan("SELECT * FROM minutes m LEFT JOIN late l ON l.minute > m.start");
        QCOMPARE(joined.steps.size(), std::size_t{2});
        QVERIFY(!joined.steps[0].repeated && joined.steps[1].repeated);
        const QueryPlan looked = Shop().plan("SELECT * FROM late l JOIN minutes m ON m.start = l.minute");
        QVERIFY(!looked.steps[0].repeated && !looked.steps[1].repeated);
    }

    void partsOfAUnionAreReadOnce() {
        const QueryPlan plan = Shop().plan("SELECT n FROM late UNION SELECT n FROM minutes");
        QVERIFY(plan.steps.size() > 3);
        for (const QueryStep& step : plan.steps) QVERIFY2(!step.repeated, step.text.c_str());
    }

    void constantRowsAreNoTable() {
        const QueryPlan plan = Shop().plan("VALUES (1), (2)");
        QCOMPARE(plan.steps.size(), std::size_t{1});
        QCOMPARE(plan.steps[0].kind, QueryStep::Kind::Other);
    }

    void anExplainHasNone() { QVERIFY(Shop().plan("EXPLAIN QUERY PLAN SELECT * FROM late").steps.empty()); }

    void aCommentAtTheEndIsNoMatter() {
        QCOMPARE(Shop().plan("SELECT n FROM late -- all").steps.size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(TestQueryPlan)
#include "test_query_plan.moc"

// Rows of a tape as tables of queries: read when a statement needs them, with errors of their own.
#include "core/query/live_rows.h"

#include "tests/support/batch_of.h"
#include "tests/unit/query/asked.h"

using namespace rw;
using namespace rw::test;

namespace {

LiveRows onTape(const char* table, std::vector<std::int64_t> numbers) {
    LiveRows taped{table, schemaOf({{"n", Type::of(TypeId::Bigint)}})};
    taped.schema = kTapeSchema;
    taped.later = [columns = taped.columns, numbers = std::move(numbers)](const AskedLimits&) {
        Rows rows;
        for (const std::int64_t number : numbers) rows.push_back({Value(number)});
        return std::vector<Batch>{batchOf(columns, rows)};
    };
    return taped;
}

}  // namespace

class TestQueryTape : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    /// A node has its rows in both schemas, and the live ones come first.
    void aTapeIsASchemaOfItsOwn() {
        const Asked asked;
        Query query = asked.query("SELECT sum(n) FROM tape.orders");
        LiveRows live = onTape("orders", {1, 2});
        live.schema = kLiveSchema;
        query.live = {live, onTape("orders", {10, 20, 30}), onTape("other", {7})};
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("60"));
        query.sql = "SELECT sum(n) FROM orders";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("3"));
        query.sql = "SELECT n FROM other";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("7"));
        query.sql = "SELECT count(*) FROM tape.orders t JOIN live.orders l ON t.n = 10 * l.n";
        const QueryAnswer answer = runQuery(query, nullptr);
        QCOMPARE(told(answer), QStringLiteral("2"));
        QCOMPARE(answer.result.tables, (std::vector<QueryTable>{{"live", "orders"}, {"tape", "orders"}}));
    }

    /// A tape that can't be read is the answer of a statement that needs it, and of no other.
    void aTapeThatCannotBeRead() {
        const Asked asked;
        Query query = asked.query("SELECT * FROM tape.orders");
        query.live = {onTape("orders", {})};
        query.live.back().later = [](const AskedLimits&) -> Result<std::vector<Batch>> {
            return Status(ErrorCode::NotFound, Text{"test", "The tape is gone."});
        };
        const QueryAnswer answer = runQuery(query, nullptr);
        QVERIFY(!answer.status.ok() && answer.status.error().code == ErrorCode::NotFound);
        QVERIFY2(told(answer).startsWith(QLatin1String("The tape is gone.")), qPrintable(told(answer)));
        query.sql = "SELECT 1";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("1"));
    }

    /// While a tape is being read, its statement can be stopped, and its time ends.
    void readingATapeEndsWithItsStatement() {
        const Asked asked;
        Query query = asked.query("SELECT * FROM tape.orders");
        query.live = {onTape("orders", {1})};
        std::atomic<bool> cancel = false;
        int times = 0;
        query.live.back().later = [&](const AskedLimits& limits) -> Result<std::vector<Batch>> {
            ++times;
            while (!limits.isOver()) cancel = true;
            return Status(ErrorCode::Cancelled, Text{"test", "It was read in part."});
        };
        const QueryAnswer stopped = runQuery(query, &cancel);
        QVERIFY(!stopped.status.ok() && stopped.status.error().code == ErrorCode::Cancelled);
        QCOMPARE(times, 1);
        cancel = false;
        query.limits.time = 50;
        query.live.back().later = [&](const AskedLimits& limits) -> Result<std::vector<Batch>> {
            ++times;
            while (!limits.isOver()) continue;
            return Status(ErrorCode::Cancelled, Text{"test", "It was read in part."});
        };
        const QString late = told(runQuery(query, &cancel));
        QVERIFY2(late.startsWith(QLatin1String("The tape was not read within")), qPrintable(late));
        // One that is over already reads nothing.
        const int before = times;
        cancel = true;
        QVERIFY(!runQuery(query, &cancel).status.ok());
        QCOMPARE(times, before);
    }

    void rowsThatAreAskedForKnowTheirLimit() {
        const Asked asked;
        Query query = asked.query("SELECT n FROM tape.orders");
        query.live = {onTape("orders", {1})};
        query.limits.bytes = 12'345'678;
        std::size_t bytes = 0;
        query.live.back().later = [&bytes, inner = query.live.back().later](const AskedLimits& limits) {
            bytes = limits.bytes;
            return inner(limits);
        };
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("1"));
        QCOMPARE(bytes, std::size_t{12'345'678});
    }

    void withoutATapeItIsSaidHowThereIsOne() {
        const Asked asked;
        const QString words = told(asked.ask("SELECT * FROM tape.orders"));
        QVERIFY2(words.contains(QLatin1String("Record a run")), qPrintable(words));
    }

    /// As many databases as a query can have leave room for both.
    void allDatabasesFitBeside() {
        Asked asked;
        for (std::size_t i = 0; i < kMostQueryDatabases; ++i) {
            const std::string number = std::to_string(i);
            asked.make(("d" + number + ".db").c_str(), ("CREATE TABLE t" + number + " (n)").c_str());
        }
        Query query = asked.query("SELECT count(*) FROM t0, t1, t7");
        query.live = {onTape("orders", {1})};
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("0"));
        query.sql = "SELECT n FROM tape.orders";
        QCOMPARE(told(runQuery(query, nullptr)), QStringLiteral("1"));
    }
};

QTEST_GUILESS_MAIN(TestQueryTape)
#include "test_query_tape.moc"

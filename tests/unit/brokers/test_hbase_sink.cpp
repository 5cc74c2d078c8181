// Rows into a table of HBase: keys, times, rows that change, and what a server does not take.
#include "core/connect/hadoop/hbase_sink.h"

#include <QtTest/QtTest>

#include "core/data/state_reader.h"
#include "tests/support/batch_of.h"
#include "tests/support/worlds/hbase_world.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

SchemaRef orders() {
    return schemaOf({{"id", Type::of(TypeId::String)},
                     {"n", Type::of(TypeId::Bigint)},
                     {"s", Type::of(TypeId::String)},
                     {"ts", Type::of(TypeId::Timestamp)}});
}

std::vector<Value> order(const std::string& id, std::int64_t n, const std::string& s, Instant ts = 1'000) {
    return {Value{id}, Value{n}, Value{s}, Value{ts}};
}

}  // namespace

class TestHbaseSink : public QObject {
    Q_OBJECT

    std::unique_ptr<HbaseWorld> m_world{};
    HbaseTarget m_target{};

    std::unique_ptr<HbaseSink> sinkOf(const std::string& line = {}) {
        MakeContext context;
        context.node = "out";
        context.clock = systemClock();
        context.checkpoints = line;
        context.connections = m_world->connections("base");
        return std::make_unique<HbaseSink>(m_target, context, *connectionOf(context, "base"));
    }

 private Q_SLOTS:
    void init() {
        m_world = std::make_unique<HbaseWorld>("orders", Lines{"cf"});
        m_target = {};
        m_target.table = "orders";
        m_target.layout.key = {0};
        m_target.layout.cells = {1, 2};
        m_target.layout.family = "cf";
        m_target.layout.separator = "|";
    }

    void aRowReplacesTheOneOfItsKey() {
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        QVERIFY(sink->onBatch(batchOf(orders(), {order("a", 1, "x"), order("b", 2, "y"), order("a", 3, "z")}))
                    .ok());
        QVERIFY(sink->onBatch(batchOf(orders(), {order("b", 4, "w")})).ok());
        QCOMPARE(m_world->rows(), (Lines{"a|n=3|s=z", "b|n=4|s=w"}));
        QVERIFY(sink->standing()->state == PartitionState::Live);
    }

    /// “a|” and “b” have the key a|||b, and so would “a” and “|b”: only one of them can be told apart.
    void twoRowsNeverHaveOneKey() {
        HbaseLayout layout;
        layout.key = {0, 2};
        layout.cells = {1};
        layout.separator = "||";
        const Batch batch =
            batchOf(orders(), {order("a|", 1, "b"), order("a", 1, "|b"), order("a||", 1, "b")});
        QVERIFY(!hbaseKey(layout, batch, 0).ok());
        const Result<std::string> key = hbaseKey(layout, batch, 1);
        QVERIFY(key.ok());
        QCOMPARE(*key, std::string("a|||b"));
        QVERIFY(!hbaseKey(layout, batch, 2).ok());
    }

    void nullLeavesNothingOfTheRowBefore_data() {
        QTest::addColumn<bool>("empty");
        QTest::addColumn<QString>("row");
        QTest::newRow("empty value") << true << "a|n=|s=y";
        QTest::newRow("no cell") << false << "a|n=1|s=y";
    }
    void nullLeavesNothingOfTheRowBefore() {
        QFETCH(const bool, empty);
        QFETCH(const QString, row);
        m_target.layout.nullIsEmpty = empty;
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        std::vector<Value> null = order("a", 0, "y");
        null[1] = Value{};
        QVERIFY(sink->onBatch(batchOf(orders(), {order("a", 1, "x"), null})).ok());
        QCOMPARE(m_world->rows(), Lines{row.toStdString()});
    }

    /// The same rows have the same times again: the table is the same, version by version.
    void timesOfAColumnMakeARepetitionHarmless() {
        m_target.layout.timestamp = 3;
        const Batch batch = batchOf(orders(), {order("a", 2, "new", 2'000), order("a", 1, "old", 1'000)});
        for (int run = 0; run < 2; ++run) {
            const auto sink = sinkOf();
            QVERIFY(sink->open().ok() && sink->onBatch(batch).ok());
        }
        QCOMPARE(m_world->rows(), Lines{"a|n=2|s=new"});
        QCOMPARE(m_world->times("a", "n"), (std::vector<std::int64_t>{2'000, 1'000, 2'000, 1'000}));
    }

    /// Without them a run that resumes writes later ones than the run before.
    void countedTimesGrowOverAFailure() {
        std::string state;
        {
            const auto sink = sinkOf("line");
            QVERIFY(sink->isTransactional() && sink->open().ok());
            for (int i = 0; i < 5; ++i) QVERIFY(sink->onBatch(batchOf(orders(), {order("a", i, "x")})).ok());
            StateWriter writer;
            QVERIFY(sink->prepare(1).ok() && sink->snapshot(writer).ok());
            state = writer.finish();
        }
        const auto sink = sinkOf("line");
        const Result<StateReader> reader = StateReader::open(state);
        QVERIFY(reader.ok() && sink->restore(*reader).ok() && sink->open().ok());
        QVERIFY(sink->onBatch(batchOf(orders(), {order("a", 9, "x")})).ok());
        const std::vector<std::int64_t> times = m_world->times("a", "n");
        QCOMPARE(times.size(), std::size_t{6});
        QVERIFY(std::adjacent_find(times.begin(), times.end(), std::greater_equal<>()) == times.end());
        QCOMPARE(m_world->rows(), Lines{"a|n=9|s=x"});
    }

    void rowsThatChangeAreChangedAndRemoved() {
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        const std::string odd = "b/1 \xc3\xa4,2";
        const Batch changes =
            batchOf(orders(),
                    {order("a", 1, "x"), order(odd, 2, "y"), order("a", 1, "x"), order("a", 3, "z"),
                     order(odd, 2, "y"), order("c", 4, "w"), order("c", 4, "w"), order("c", 5, "v")},
                    {RowKind::Insert, RowKind::Insert, RowKind::UpdateBefore, RowKind::UpdateAfter,
                     RowKind::Delete, RowKind::Insert, RowKind::Delete, RowKind::Insert});
        QVERIFY(sink->onBatch(changes).ok());
        QCOMPARE(m_world->rows(), (Lines{"a|n=3|s=z", "c|n=5|s=v"}));
    }

    /// The server would remove “p” in place of “p*”, and answer 404 to “schema”, which would end the run.
    void keysThatAPathCantNameAreNotRemoved() {
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        Rows rows;
        std::vector<RowKind> kinds;
        for (const RowKind kind : {RowKind::Insert, RowKind::Delete}) {
            for (const char* const id : {"p*", "schema", "..", "\xff", "*p"}) {
                rows.push_back(order(id, 1, "x"));
                kinds.push_back(kind);
            }
            if (kind == RowKind::Insert) {
                rows.push_back(order("p", 1, "x"));
                kinds.push_back(kind);
            }
        }
        QVERIFY(sink->onBatch(batchOf(orders(), rows, kinds)).ok());
        QCOMPARE(m_world->rows(),
                 (Lines{"..|n=1|s=x", "p|n=1|s=x", "p*|n=1|s=x", "schema|n=1|s=x", "\xff|n=1|s=x"}));
        const auto left = sink->takeUnwritable();
        QCOMPARE(left.size(), std::size_t{4});
        QVERIFY(english(left[0].reason).find("ends in *") != std::string::npos);
    }

    void rowsWithoutAKeyAreLeftOut() {
        m_target.layout.key = {0, 2};
        m_target.layout.cells = {1};
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        std::vector<Value> null = order("", 3, "z");
        null[0] = Value{};
        QVERIFY(sink->onBatch(batchOf(orders(), {order("a|b", 1, "c"), null, order("a", 2, "b|c")})).ok());
        QCOMPARE(m_world->rows(), Lines{"a|b|c|n=2"});
        const auto left = sink->takeUnwritable();
        QCOMPARE(left.size(), std::size_t{2});
        QVERIFY(english(left[0].reason).find("separates") != std::string::npos);
        QVERIFY(english(left[1].reason).find("NULL") != std::string::npos);
    }

    void aPoisonRowIsLeftOutAlone() {
        m_world->setFault([](const FakeRequest& request) -> std::optional<FakeAnswer> {
            // The key “c” in Base64.
            if (request.body.find("\"key\":\"Yw==\"") == std::string::npos) return std::nullopt;
            return answer("not this one", 400);
        });
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        Rows rows;
        for (const char* const id : {"a", "b", "c", "d", "e"}) rows.push_back(order(id, 1, "x"));
        QVERIFY(sink->onBatch(batchOf(orders(), rows)).ok());
        QCOMPARE(m_world->rows().size(), std::size_t{4});
        QCOMPARE(sink->takeUnwritable().size(), std::size_t{1});
    }

    /// A gateway that wants somebody to sign in says so with success: the rows are not there.
    void aPageIsNoSuccess() {
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        m_world->setFault([](const FakeRequest&) -> std::optional<FakeAnswer> {
            return answer("<html><title>Sign in</title></html>");
        });
        const Status status = sink->onBatch(batchOf(orders(), {order("a", 1, "x")}));
        QVERIFY(!status.ok());
        QVERIFY(english(status.error()).find("a page for people: “Sign in”") != std::string::npos);
    }

    void aBusyServerIsAskedAgain() {
        auto left = std::make_shared<int>(2);
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        m_world->setFault([left](const FakeRequest&) -> std::optional<FakeAnswer> {
            return --*left < 0 ? std::nullopt : std::optional(answer("busy", 503));
        });
        QVERIFY(sink->onBatch(batchOf(orders(), {order("a", 1, "x")})).ok());
        QCOMPARE(m_world->rows(), Lines{"a|n=1|s=x"});
        QVERIFY(!sink->takeNotes().empty());
    }

    void whatIsMissingIsSaidBeforeTheFirstRow() {
        m_target.layout.family = "other";
        const Status family = sinkOf()->open();
        QVERIFY(!family.ok() && english(family.error()).find("It has: cf") != std::string::npos);
        m_target.table = "none";
        const Status table = sinkOf()->open();
        QVERIFY(!table.ok() && english(table.error()).find("create 'none', 'other'") != std::string::npos);
    }

    void requestsOfLongRowsAreOfFewer() {
        const auto sink = sinkOf();
        const std::string text(std::size_t{4} << 20, 'x');  // two of them are more than 8 MiB in Base64
        Rows rows;
        for (const char* const id : {"a", "b", "c"}) rows.push_back(order(id, 1, text));
        QVERIFY(sink->open().ok() && sink->onBatch(batchOf(orders(), rows)).ok());
        QCOMPARE(m_world->rows().size(), std::size_t{3});
        QCOMPARE(m_world->lines(), std::string("GET /orders/schema, PUT /orders/rows, PUT /orders/rows, "
                                               "PUT /orders/rows"));
    }

    void requestsAreOfSomeRows() {
        m_target.batch = 2;
        const auto sink = sinkOf();
        QVERIFY(sink->open().ok());
        Rows rows;
        for (const char* const id : {"a", "b", "c", "d", "e"}) rows.push_back(order(id, 1, "x"));
        QVERIFY(sink->onBatch(batchOf(orders(), rows)).ok());
        QCOMPARE(m_world->lines(), std::string("GET /orders/schema, PUT /orders/rows, PUT /orders/rows, "
                                               "PUT /orders/rows"));
    }
};

QTEST_GUILESS_MAIN(TestHbaseSink)
#include "test_hbase_sink.moc"

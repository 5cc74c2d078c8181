// Where a frame begins and ends, its rows, rows late for it, and the state and its lifetime.
#include <QtTest/QtTest>

#include "core/data/text.h"
#include "core/nodes/catalogue.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

/// A row of (ts, k, v, d); an empty cell is NULL.
struct Given {
    Instant time = 0;
    std::string key = "a", v = "1", d{};
};

StreamType input() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Bigint)},
                                                         {"d", Type::of(TypeId::Double)}}});
    type.eventTime = 0;
    type.sourceOrder = true;
    return type;
}

/// The node with one aggregate, or several.
class Over {
 public:
    explicit Over(const char* frame, Json aggregates = Json::array({"COUNT(*) AS n"}),
                  std::size_t batchRows = 4096, bool nullOnError = false) {
        static const Catalogue kCatalogue = builtin();
        const NodeKind& kind = *kCatalogue.find("over_aggregate");
        const Json params = {
            {"partition_by", Json::array({"k"})}, {"frame", frame}, {"aggregates", std::move(aggregates)}};
        bound = bindNode(kind, params, {input()});
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        MakeContext context = contextFor(input(), 1, batchRows);
        context.nullOnError = nullOnError;
        harness = std::make_unique<OperatorHarness>(kind, *bound.bound, context);
    }

    void send(const std::vector<Given>& rows, Instant stamp = kCleanStamp) {
        std::vector<std::vector<std::string>> texts;
        for (const Given& row : rows)
            texts.push_back({toText(row.time, Type::of(TypeId::Timestamp)), row.key, row.v, row.d});
        Batch batch = textBatch(input().schema, texts);
        batch.positions.first = m_sent;
        m_sent += static_cast<std::int64_t>(rows.size());
        if (stamp != kCleanStamp)
            batch.stamps = std::make_shared<const std::vector<Instant>>(rows.size(), stamp);
        harness->send(batch);
    }
    void end() { harness->end(); }
    /// The columns added to the rows that left, in the order of leaving.
    Lines results() {
        Lines out;
        for (const std::string& line : harness->lines(0)) {
            std::size_t at = 0;
            for (std::size_t column = 0; column < input().schema->size(); ++column)
                at = line.find('|', at) + 1;
            out.push_back(line.substr(at));
        }
        return out;
    }
    std::size_t keys() const { return harness->tested().stateSize().keys; }
    std::size_t bytes() const { return harness->tested().stateSize().bytes; }

    BoundForTest bound;
    std::unique_ptr<OperatorHarness> harness;

 private:
    std::int64_t m_sent = 0;
};

/// The results of these rows, all of which have come before any leaves.
Lines resultsOf(const char* frame, const char* aggregate, const std::vector<Given>& rows,
                std::size_t batchRows = 4096) {
    Over over(frame, Json::array({aggregate}), batchRows);
    over.send(rows);
    over.end();
    if (!over.harness->breaches().empty()) return over.harness->breaches();
    return over.results();
}

}  // namespace

class TestOverFrames : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rangeReachesItsBound() {
        QCOMPARE(resultsOf("RANGE '5s' PRECEDING", "COUNT(*) AS n", {{0}, {5'000}, {5'001}, {10'001}}),
                 (Lines{"1", "2", "2", "2"}));
        QCOMPARE(resultsOf("RANGE '0s' PRECEDING", "COUNT(*) AS n", {{0}, {0}, {1}}), (Lines{"2", "2", "1"}));
        QCOMPARE(resultsOf("RANGE UNBOUNDED PRECEDING", "COUNT(*) AS n", {{0}, {9}, {9}, {99'999}}),
                 (Lines{"1", "3", "3", "4"}));
    }

    void rowsAreCountedOneByOne() {
        const std::vector<Given> rows{{0}, {7}, {7}, {7}};
        QCOMPARE(resultsOf("ROWS 0 PRECEDING", "COUNT(*) AS n", rows), (Lines{"1", "1", "1", "1"}));
        QCOMPARE(resultsOf("ROWS 2 PRECEDING", "COUNT(*) AS n", rows), (Lines{"1", "2", "3", "3"}));
        QCOMPARE(resultsOf("ROWS UNBOUNDED PRECEDING", "COUNT(*) AS n", rows), (Lines{"1", "2", "3", "4"}));
    }

    void partsDoNotMixAndNullIsOne() {
        QCOMPARE(resultsOf("ROWS 9 PRECEDING", "SUM(v) AS s",
                           {{1, "a", "1"}, {2, "", "10"}, {3, "b", "100"}, {4, "", "20"}, {5, "a", "2"}}),
                 (Lines{"1", "10", "100", "30", "3"}));
    }

    void tiesGoBySource() {
        Over over("ROWS 2 PRECEDING", Json::array({"FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l",
                                                   "LISTAGG(CAST(v AS STRING), ' ') AS list"}));
        over.send({{5, "a", "3"}, {4, "a", "1"}, {5, "a", ""}, {5, "a", "2"}});
        over.end();
        QCOMPARE(over.results(), (Lines{"1|1|1", "1|3|1 3", "1|3|1 3", "3|2|3 2"}));
    }

    void rowsOfOneTimeMeetAcrossPieces_data() {
        QTest::addColumn<QString>("frame");
        QTest::newRow("range") << QStringLiteral("RANGE '1s' PRECEDING");
        QTest::newRow("range of all") << QStringLiteral("RANGE UNBOUNDED PRECEDING");
    }
    void rowsOfOneTimeMeetAcrossPieces() {
        QFETCH(QString, frame);
        // Pieces of 3 rows: two partitions, one of which has a row right before.
        std::vector<Given> rows{{999}};
        for (int i = 0; i < 20; ++i) rows.push_back({1'000, i % 2 == 0 ? "a" : "b"});
        rows.push_back({1'001});
        Lines expected{"1"};
        for (int i = 0; i < 20; ++i) expected.push_back(i % 2 == 0 ? "11" : "10");
        expected.push_back("12");
        QCOMPARE(resultsOf(frame.toUtf8().constData(), "COUNT(*) AS n", rows, 3), expected);
    }

    void lateByTheStamp() {
        Over over("ROWS 9 PRECEDING");
        over.send({{100}, {101}, {99}}, 100);
        over.send({{101}}, 99);
        over.end();
        QCOMPARE(over.results(), (Lines{"1", "2"}));
        QCOMPARE(over.harness->lateCount(), std::size_t{2});
        QCOMPARE(over.harness->largestLateBy(), Millis{1});
        QCOMPARE(over.harness->lines(1),
                 (Lines{"1970-01-01 00:00:00.100|a|1|∅|0|∅", "1970-01-01 00:00:00.099|a|1|∅|1|∅"}));
    }

    void leavesWhenTheWatermarkReachesIt() {
        Over over("RANGE '1s' PRECEDING");
        over.send({{50}, {51}});
        over.harness->advance(49);
        QCOMPARE(over.results(), Lines{});
        over.harness->advance(50);
        QCOMPARE(over.results(), Lines{"1"});
        over.harness->advance(51);
        QCOMPARE(over.results(), (Lines{"1", "2"}));
        QCOMPARE(over.harness->breaches(), Lines{});
    }

    void sumsDoNotDrift() {
        QCOMPARE(resultsOf("ROWS 1 PRECEDING", "SUM(d) AS s",
                           {{1, "a", "", "1e16"},
                            {2, "a", "", "1"},
                            {3, "a", "", "1"},
                            {4, "a", "", "NaN"},
                            {5, "a", "", "0.1"},
                            {6, "a", "", "0.2"}})
                     .back(),
                 std::string("0.30000000000000004"));
        Lines sums = resultsOf("ROWS 1 PRECEDING", "SUM(d) AS s",
                               {{1, "a", "", "1e16"}, {2, "a", "", "1"}, {3, "a", "", "1"}});
        QCOMPARE(sums.back(), std::string("2"));
    }

    void whatCannotBeComputedIsInNoFrame() {
        const std::vector<Given> rows{{1, "a", "5"}, {2, "a", "0"}, {3, "a", "2"}};
        Over over("ROWS 9 PRECEDING", Json::array({"SUM(10 / v) AS s", "COUNT(*) AS n"}));
        over.send(rows);
        over.end();
        QCOMPARE(over.results(), (Lines{"2|1", "7|2"}));
        QCOMPARE(over.harness->rejected().size(), std::size_t{1});

        Over filtered("ROWS 9 PRECEDING",
                      Json::array({"SUM(10 / v) FILTER (WHERE v <> 0) AS s", "COUNT(*) AS n"}));
        filtered.send(rows);
        filtered.end();
        QCOMPARE(filtered.results(), (Lines{"2|1", "2|2", "7|3"}));

        Over nulls("ROWS 9 PRECEDING", Json::array({"SUM(10 / v) AS s", "COUNT(*) AS n"}), 4096, true);
        nulls.send(rows);
        nulls.end();
        QCOMPARE(nulls.results(), (Lines{"2|1", "2|2", "7|3"}));
        QCOMPARE(nulls.harness->rejected().size(), std::size_t{0});
    }

    void whatDoesNotFitIsRejectedAndStaysInTheFrame() {
        const std::vector<Given> rows{{1, "a", "9223372036854775807"}, {2, "a", "1"}, {3, "a", "1"}};
        Over over("ROWS 1 PRECEDING", Json::array({"SUM(v) AS s"}));
        over.send(rows);
        over.end();
        QCOMPARE(over.results(), (Lines{"9223372036854775807", "2"}));
        QCOMPARE(over.harness->rejected().size(), std::size_t{1});

        Over nulls("ROWS 1 PRECEDING", Json::array({"SUM(v) AS s"}), 4096, true);
        nulls.send(rows);
        nulls.end();
        QCOMPARE(nulls.results(), (Lines{"9223372036854775807", "∅", "2"}));
    }

    void partitionsAreForgotten_data() {
        QTest::addColumn<QString>("frame");
        QTest::addColumn<int>("after");     ///< milliseconds behind the last row
        QTest::addColumn<int>("expected");  ///< partitions then
        QTest::newRow("range, reached") << QStringLiteral("RANGE '5s' PRECEDING") << 4'999 << 1'000;
        QTest::newRow("range, passed") << QStringLiteral("RANGE '5s' PRECEDING") << 5'000 << 0;
        QTest::newRow("rows") << QStringLiteral("ROWS 2 PRECEDING") << 5'000 << 1'000;
        QTest::newRow("no rows") << QStringLiteral("ROWS 0 PRECEDING") << 0 << 0;
        QTest::newRow("all rows") << QStringLiteral("RANGE UNBOUNDED PRECEDING") << 5'000 << 1'000;
    }
    void partitionsAreForgotten() {
        QFETCH(QString, frame);
        QFETCH(int, after);
        QFETCH(int, expected);
        Over over(frame.toUtf8().constData(), Json::array({"MAX(v) AS m", "LISTAGG(k) AS l"}));
        std::vector<Given> rows;
        for (int key = 0; key < 1'000; ++key) rows.push_back({0, "key " + std::to_string(key)});
        over.send(rows);
        over.harness->advance(after);
        QCOMPARE(over.keys(), static_cast<std::size_t>(expected));
        QCOMPARE(over.results().size(), rows.size());
    }

    void memoryIsUsedAgain() {
        Over over("RANGE '5s' PRECEDING", Json::array({"MAX(v) AS m", "SUM(d) AS s"}));
        std::size_t first = 0;
        for (int round = 0; round < 20; ++round) {
            const Instant time = Instant{10'000} * round;
            std::vector<Given> rows;
            for (int key = 0; key < 500; ++key)
                rows.push_back({time, "key " + std::to_string(500 * round + key), "1", "0.5"});
            over.send(rows);
            over.harness->advance(time + 6'000);
            QCOMPARE(over.keys(), std::size_t{0});
            if (round == 0) first = over.bytes();
        }
        QVERIFY2(over.bytes() < 2 * first, qPrintable(QString::number(over.bytes())));
    }

    void muchThatIsDueAtOnce_data() {
        QTest::addColumn<QString>("frame");
        QTest::addColumn<QString>("aggregate");
        QTest::addColumn<int>("apart");  ///< milliseconds from row to row
        const QString count = QStringLiteral("COUNT(*) AS n");
        QTest::newRow("rows") << QStringLiteral("ROWS 100 PRECEDING") << count << 1;
        QTest::newRow("range") << QStringLiteral("RANGE '1s' PRECEDING") << count << 1;
        QTest::newRow("range, of one time") << QStringLiteral("RANGE '1s' PRECEDING") << count << 0;
        QTest::newRow("percentiles") << QStringLiteral("ROWS 100 PRECEDING")
                                     << QStringLiteral("PERCENTILE(v, 0.9) AS p") << 1;
    }
    void muchThatIsDueAtOnce() {
        QFETCH(QString, frame);
        QFETCH(QString, aggregate);
        QFETCH(int, apart);
        const auto count = static_cast<int>(affordableCases(100'000, 40'000));
        Over over(frame.toUtf8().constData(), Json::array({aggregate.toStdString()}));
        std::vector<Given> rows;
        for (Instant i = 0; i < count; ++i) rows.push_back({i * apart, i % 10 == 0 ? "a" : "b"});
        // Then one row from which on none of the others is reached.
        rows.push_back({Instant{count} * apart + 100'000});
        over.send(rows);
        const std::size_t before = over.harness->calls();
        over.end();
        QCOMPARE(over.harness->breaches(), Lines{});
        QCOMPARE(over.results().size(), rows.size());
        QVERIFY(over.harness->calls() - before > rows.size() / 4'096 / 4);
    }

    void aLongFrameThatLeavesAtOnce() {
        // 20 000 rows leave the frame with one row, at batches of 10: 40 units a call.
        std::vector<Given> rows;
        for (Instant i = 0; i < 20'000; ++i) rows.push_back({i});
        rows.push_back({1'000'000});
        Over over("RANGE '100s' PRECEDING", Json::array({"COUNT(*) AS n"}), 10);
        over.send(rows);
        over.harness->advance(20'000);
        QCOMPARE(over.results().back(), std::string("20000"));
        const std::size_t before = over.harness->calls();
        over.harness->advance(1'000'000);
        QCOMPARE(over.results().back(), std::string("1"));
        QVERIFY(over.harness->calls() - before > 20'000 / 50);
        QCOMPARE(over.harness->breaches(), Lines{});
    }
};

QTEST_APPLESS_MAIN(TestOverFrames)
#include "test_over_frames.moc"

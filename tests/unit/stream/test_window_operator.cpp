// The output of single windows: results, late rows, corrections, early results, rejected rows, updating
// input.
#include <QtTest/QtTest>
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "core/nodes/catalogue.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_aggregate");
}

StreamType input() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(Schema{{{"ts", Type::of(TypeId::Timestamp)},
                                                         {"k", Type::of(TypeId::String)},
                                                         {"v", Type::of(TypeId::Bigint)}}});
    type.eventTime = 0;
    return type;
}

/// A window_aggregate with an input, and short ways to write rows and times: seconds of 1970-01-01 00:00.
struct Tried {
    explicit Tried(Json params, StreamType type = input(), std::size_t batchRows = 4096)
        : stream(std::move(type)), bound(bindNode(node(), std::move(params), {stream})) {
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        harness = std::make_unique<OperatorHarness>(node(), *bound.bound, contextFor(stream, 1, batchRows));
    }
    void send(const std::vector<std::vector<std::string>>& rows, std::vector<Instant> stamps = {},
              std::vector<RowKind> kinds = {}) {
        Batch batch = textBatch(stream.schema, rows);
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        if (!kinds.empty()) batch.kinds = std::make_shared<const std::vector<RowKind>>(std::move(kinds));
        harness->send(batch);
    }
    StreamType stream;
    BoundForTest bound;
    std::unique_ptr<OperatorHarness> harness;
};

std::string at(int second, int milli = 0) {
    char text[40];
    std::snprintf(text, sizeof text, "1970-01-01 00:%02d:%02d.%03d", second / 60, second % 60, milli);
    return text;
}

std::string row(int start, int end, const std::string& rest) {
    return at(start) + "|" + at(end) + "|" + at(end - 1, 999) + "|" + rest;
}

Json tumble(Json more = Json::object()) {
    Json params = {{"window", "tumble"}, {"size", "10s"}, {"keys", {"k"}}, {"aggregates", {"SUM(v) AS s"}}};
    params.update(more);
    return params;
}

}  // namespace

class TestWindowOperator : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void emitsWhenTheWatermarkReachesTheLastMillisecond() {
        Tried tried(tumble());
        tried.send({{at(1), "a", "2"}, {at(9, 999), "", "3"}, {at(10), "a", "5"}, {at(2), "a", "1"}});
        tried.harness->advance(9'998);
        QVERIFY(tried.harness->lines(0).empty());
        tried.harness->advance(9'999);
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "a|3"), row(0, 10, "∅|3")}));
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0).back(), row(10, 20, "a|5"));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{0});
    }

    void lateRowsLeaveWithWhatTheyMissed() {
        Tried tried(tumble());
        tried.send({{at(3), "a", "1"}, {at(4), "b", "2"}}, {13'500, 9'998});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(1), (Lines{at(3) + "|a|1|3501|" + at(10)}));
        QCOMPARE(tried.harness->lateCount(), std::size_t{1});
        QCOMPARE(tried.harness->largestLateBy(), Millis{3501});
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "b|2")}));
    }

    void aLateRowThatIsLateAgainSaysTheNewLateness() {
        StreamType type = input();
        type.schema = std::make_shared<const Schema>(Schema{{{"late_by", Type::of(TypeId::Bigint)},
                                                             {"ts", Type::of(TypeId::Timestamp)},
                                                             {"late_for", Type::of(TypeId::Timestamp)},
                                                             {"k", Type::of(TypeId::String)},
                                                             {"v", Type::of(TypeId::Bigint)}}});
        type.eventTime = 1;
        Tried tried(tumble(), type);
        QCOMPARE(tried.bound.bound->outputs[1].eventTime, 0);
        tried.send({{"7", at(3), at(4), "a", "1"}}, {9'999});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(1), (Lines{at(3) + "|a|1|0|" + at(10)}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void aLateRowCountsInTheHopsThatAreOpenForIt() {
        // Rule 13: without parts of slices the second row would count in [0, 10) too, which has not fired
        // yet.
        Tried tried({{"window", "hop"}, {"size", "10s"}, {"slide", "5s"}, {"aggregates", {"COUNT(*) AS n"}}});
        tried.send({{at(9), "a", "1"}, {at(9), "a", "1"}}, {kMinTimestamp, 9'999});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "1"), row(5, 15, "2")}));
        QCOMPARE(tried.harness->lateCount(), std::size_t{0});
    }

    void allowedLatenessCorrectsAndThenForgets() {
        Tried tried(tumble({{"allowed_lateness", "5s"}}));
        tried.send({{at(1), "a", "2"}, {at(1), "b", "7"}});
        tried.harness->advance(9'999);
        tried.send({{at(2), "a", "3"}, {at(2), "c", "1"}, {at(2), "b", "0"}}, {9'999, 9'999, 9'999});
        tried.harness->advance(14'998);
        tried.send({{at(3), "a", "1"}, {at(3), "a", "1"}}, {14'998, 14'999});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0),
                 (Lines{"+I " + row(0, 10, "a|2"), "+I " + row(0, 10, "b|7"), "-U " + row(0, 10, "a|2"),
                        "+U " + row(0, 10, "a|5"), "+I " + row(0, 10, "c|1"), "-U " + row(0, 10, "a|5"),
                        "+U " + row(0, 10, "a|6")}));
        QCOMPARE(tried.harness->lines(1), (Lines{at(3) + "|a|1|5000|" + at(10)}));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QVERIFY(tried.bound.bound->outputs[0].updating);
        QCOMPARE(tried.bound.bound->outputs[0].key, (std::vector<int>{0, 1, 3}));
    }

    void earlyResultsComeAsEventTimeAdvances() {
        Tried tried(tumble({{"early", "3s"}}));
        tried.send({{at(1), "a", "2"}});
        tried.harness->advance(2'999);
        QVERIFY(tried.harness->lines(0).empty());
        tried.harness->advance(3'000);
        QCOMPARE(tried.harness->lines(0), (Lines{"+I " + row(0, 10, "a|2")}));
        tried.harness->advance(6'500);
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{1});  // nothing has changed
        tried.send({{at(8), "a", "1"}});
        tried.harness->end();
        QCOMPARE(tried.harness->table(0), (Lines{row(0, 10, "a|3")}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void windowsWithoutKeysAndLargeOnesFitTheirBatches() {
        std::vector<std::vector<std::string>> rows;
        for (int i = 0; i < 1'000; ++i) rows.push_back({at(1, i % 7), "a", std::to_string(i)});
        for (const bool keyed : {true, false}) {
            Json params = {{"window", "tumble"}, {"size", "1ms"}, {"aggregates", {"COUNT(*) AS n"}}};
            if (keyed) params["keys"] = {"v"};
            Tried tried(params, input(), 3);
            tried.send(rows);
            tried.harness->end();
            const Lines& lines = tried.harness->lines(0);
            QCOMPARE(lines.size(), std::size_t{keyed ? 1'000U : 7U});
            QVERIFY(lines.front().ends_with(keyed ? "|1" : "|143"));
            QCOMPARE(std::set<std::string>(lines.begin(), lines.end()).size(), lines.size());
            QCOMPARE(tried.harness->breaches(), Lines{});
        }
    }

    void rowsThatFailAreRejectedAndCountNowhere() {
        Tried tried(tumble({{"aggregates", {"COUNT(*) AS n", "SUM(100 / v) AS s"}}}));
        tried.send({{at(1), "a", "0"}, {at(1), "a", "50"}, {"", "a", "1"}});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "a|1|2")}));
        QCOMPARE(tried.harness->rejected().size(), std::size_t{2});
        QVERIFY(tried.harness->rejected()[1].ends_with("The event time is NULL"));
    }

    void whatTheFilterLeavesOutNeedNotBeComputable() {
        Tried tried(tumble({{"aggregates", {"SUM(100 / v) FILTER (WHERE v <> 0) AS s"}}}));
        tried.send({{at(1), "a", "0"}, {at(1), "a", "50"}});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "a|2")}));
        QCOMPARE(tried.harness->rejected(), Lines{});
    }

    void anotherAggregatesFilterForgetsNoFailure() {
        Tried tried(tumble({{"aggregates", {"SUM(100 / v) AS s", "COUNT(*) FILTER (WHERE v > 1) AS n"}}}));
        tried.send({{at(1), "a", "0"}, {at(1), "a", "50"}});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "a|2|1")}));
        QCOMPARE(tried.harness->rejected().size(), std::size_t{1});
    }

    void aResultThatOverflowsIsRejected() {
        Tried tried(tumble());
        tried.send({{at(1), "a", "9223372036854775807"}, {at(1), "a", "1"}, {at(1), "b", "1"}});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "b|1")}));
        QCOMPARE(tried.harness->rejected().size(), std::size_t{1});
        QVERIFY(tried.harness->rejected()[0].ends_with("SUM overflows BIGINT."));
    }

    void anEventTimeBeyondAllCalendarsIsRejected_data() {
        QTest::addColumn<QString>("window");
        QTest::addColumn<int>("windows");  // of the row in range
        QTest::newRow("tumble") << QStringLiteral(R"({"window": "tumble", "size": "10s"})") << 1;
        QTest::newRow("hop") << QStringLiteral(R"({"window": "hop", "size": "10s", "slide": "3s"})") << 3;
        QTest::newRow("session") << QStringLiteral(R"({"window": "session", "gap": "10s"})") << 1;
    }
    void anEventTimeBeyondAllCalendarsIsRejected() {
        QFETCH(QString, window);
        QFETCH(int, windows);
        Json params = Json::parse(window.toStdString());
        params["aggregates"] = {"COUNT(*) AS n"};
        Tried tried(params);
        Batch batch =
            textBatch(tried.stream.schema, {{at(1), "a", "1"}, {at(1), "a", "1"}, {at(1), "a", "1"}});
        ColumnBuilder times(Type::of(TypeId::Timestamp));
        // The one in range first, so that the others are held against its window.
        for (const Instant time : {Instant{-1}, kMaxTimestamp - 1, kMinTimestamp + 1}) times.append(time);
        batch.columns[0] = times.finish();
        tried.harness->send(batch);
        tried.harness->end();
        QCOMPARE(tried.harness->rejected().size(), std::size_t{2});
        QCOMPARE(tried.harness->lines(0).size(), static_cast<std::size_t>(windows));
        for (const std::string& line : tried.harness->lines(0)) QVERIFY2(line.ends_with("|1"), line.c_str());
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void nothingComesOfNoRows() {
        Tried tried({{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}});
        tried.send({});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), Lines{});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void rowsOfAChangingWindowReplaceEachOther() {
        Tried tried({{"window", "tumble"}, {"size", "20s"}, {"aggregates", {"SUM(s) AS t", "COUNT(*) AS n"}}},
                    changing());
        using enum RowKind;
        tried.send({window(0, "a", "2"), window(0, "b", "5")});
        tried.send({window(0, "a", "2"), window(0, "a", "3"), window(10, "b", "9"), window(0, "b", "5")}, {},
                   {UpdateBefore, UpdateAfter, Insert, Delete});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 20, "12|2")}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void whatWasShownCountsUntilItIsForgotten() {
        Tried tried(tumble({{"allowed_lateness", "5s"}}));
        tried.send({{at(1), "a", "2"}, {at(12), "b", "7"}});
        tried.harness->advance(12'000);
        const std::size_t both = tried.harness->tested().stateSize().bytes;
        tried.harness->advance(15'000);
        QVERIFY(tried.harness->tested().stateSize().bytes < both);
        tried.harness->advance(30'000);
        QCOMPARE(tried.harness->tested().stateSize().bytes, std::size_t{0});
    }

    void changingRowsThatFailAreRejectedOnce() {
        Tried tried({{"window", "tumble"}, {"size", "20s"}, {"aggregates", {"SUM(10 / s) AS t"}}},
                    changing());
        using enum RowKind;
        tried.send({window(0, "a", "0")});
        tried.send({window(0, "a", "0"), window(0, "a", "5")}, {}, {UpdateBefore, UpdateAfter});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 20, "2")}));
        QCOMPARE(tried.harness->rejected().size(), std::size_t{1});
    }

    /// Rows in runs, for slices by turns, some late for all windows and some for the first ones, against a
    /// search over all windows.
    void runsOfRowsGoWhereEachRowBelongs_data() {
        QTest::addColumn<QString>("window");
        QTest::addColumn<int>("every");
        QTest::addColumn<int>("shortest");
        QTest::addRow("tumble") << "tumble" << 6 << 6;
        QTest::addRow("hop") << "hop" << 4 << 6;
        QTest::addRow("cumulate") << "cumulate" << 6 << 2;
    }
    void runsOfRowsGoWhereEachRowBelongs() {
        QFETCH(QString, window);
        QFETCH(int, every);
        QFETCH(int, shortest);
        Json params = tumble({{"window", window.toStdString()}, {"size", "6s"}});
        if (window == "hop") params["slide"] = "4s";
        if (window == "cumulate") params["step"] = "2s";
        Tried tried(params);
        std::mt19937_64 random(9);
        std::map<std::pair<int, int>, std::int64_t> expected;  // sums by start and end
        std::size_t late = 0;
        Instant largest = 0;
        for (int batch = 0; batch < 30; ++batch) {
            std::vector<std::vector<std::string>> rows;
            std::vector<Instant> stamps;
            const Instant before = largest - 3'000;
            for (int run = 0; run < 12; ++run) {
                const Instant base =
                    std::max<Instant>(10'000, largest + static_cast<Instant>(random() % 20'000) - 16'000);
                for (std::uint64_t i = random() % 30; i > 0; --i) {
                    const Instant time = base + static_cast<Instant>(random() % 1'500);
                    const auto value = static_cast<std::int64_t>(random() % 100);
                    const auto second = static_cast<int>(time / 1'000);
                    rows.push_back({at(second, static_cast<int>(time % 1'000)), "k", std::to_string(value)});
                    stamps.push_back(largest - 3'000);
                    bool counts = false;
                    for (int start = second - second % every; start > second - 6; start -= every) {
                        for (int end = start + shortest; end <= start + 6; end += 2) {
                            if (end <= second || Instant{end} * 1'000 - 1 <= stamps.back()) continue;
                            expected[{start, end}] += value;
                            counts = true;
                        }
                    }
                    if (!counts) ++late;
                    largest = std::max(largest, time);
                }
            }
            tried.send(rows, stamps);
            if (random() % 2 == 0) tried.harness->advance(before);
        }
        tried.harness->end();
        Lines sums;
        for (const auto& [span, sum] : expected)
            sums.push_back(row(span.first, span.second, "k|" + std::to_string(sum)));
        std::sort(sums.begin(), sums.end());
        QVERIFY(sums.size() > 10 && late > 10);
        QCOMPARE(tried.harness->table(0), sums);
        QCOMPARE(tried.harness->lateCount(), late);
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void windowsThatTheRowsCarry() {
        StreamType type = changing();
        type.updating = false;
        type.key.clear();
        Tried tried({{"window", "input"}, {"aggregates", {"MAX(s) AS most", "FIRST_VALUE(k) AS k"}}}, type);
        tried.send({window(0, "b", "2"), window(10, "a", "9"), window(0, "a", "5")});
        tried.harness->advance(9'999);
        QCOMPARE(tried.harness->lines(0), (Lines{row(0, 10, "5|a")}));
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0).back(), row(10, 20, "9|a"));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void runsOfRowsThatCarryTheirWindows() {
        StreamType type = changing();
        type.updating = false;
        type.key.clear();
        Tried tried({{"window", "input"}, {"aggregates", {"SUM(s) AS s"}}}, type);
        std::mt19937_64 random(4);
        std::vector<std::vector<std::string>> rows;
        std::map<std::pair<int, int>, std::int64_t> expected;
        for (int run = 0; run < 60; ++run) {
            const int start = static_cast<int>(random() % 3) * 10,
                      end = 40 + static_cast<int>(random() % 2) * 5;
            for (std::uint64_t i = random() % 20; i > 0; --i) {
                const auto value = static_cast<std::int64_t>(random() % 100);
                rows.push_back({at(start), at(end), at(end - 1, 999), "k", std::to_string(value)});
                expected[{start, end}] += value;
            }
        }
        tried.send(rows);
        tried.harness->end();
        Lines sums;
        for (const auto& [span, sum] : expected)
            sums.push_back(row(span.first, span.second, std::to_string(sum)));
        QCOMPARE(sums.size(), std::size_t{6});
        std::sort(sums.begin(), sums.end());
        QCOMPARE(tried.harness->table(0), sums);
    }

    void aSessionThatGrowsAfterItsResultIsWithdrawn() {
        Tried tried({{"window", "session"},
                     {"gap", "5s"},
                     {"keys", {"k"}},
                     {"aggregates", {"COUNT(*) AS n"}},
                     {"allowed_lateness", "10s"}});
        tried.send({{at(1), "a", "1"}, {at(10), "a", "1"}});
        tried.harness->advance(14'999);
        QCOMPARE(tried.harness->lines(0), (Lines{"+I " + row(1, 6, "a|1"), "+I " + row(10, 15, "a|1")}));
        tried.send({{at(6), "a", "1"}}, {14'999});
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{5});
        QCOMPARE(tried.harness->table(0), (Lines{row(1, 15, "a|3")}));
        tried.harness->end();
        QCOMPARE(tried.harness->table(0), (Lines{row(1, 15, "a|3")}));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void rowsOfOnePlaceAreTakenInOneOrder() {
        // Late rows of two sources, which the window before has made one wire of: their places are the same,
        // and the order of arrival decides nothing. Alone the second is late; in the session of the first it would
        // not be.
        std::vector<Lines> results;
        for (const bool swapped : {false, true}) {
            const Json params = {{"window", "session"}, {"gap", "10s"}, {"aggregates", {"COUNT(*) AS n"}}};
            const BoundForTest bound = bindNode(node(), params, {input()});
            OperatorHarness harness(node(), *bound.bound, contextFor(input(), 2));
            std::vector<Batch> batches = {textBatch(input().schema, {{at(14), "a", "1"}}),
                                          textBatch(input().schema, {{at(8), "a", "1"}})};
            for (Batch& batch : batches)
                batch.stamps = std::make_shared<const std::vector<Instant>>(1, 20'000);
            harness.send(batches[swapped ? 1 : 0]);
            harness.send(batches[swapped ? 0 : 1]);
            harness.end();
            results.push_back(harness.table(0));
            results.push_back(harness.table(1));
            QCOMPARE(harness.breaches(), Lines{});
        }
        QCOMPARE(results[0], (Lines{row(14, 24, "1")}));
        QCOMPARE(results[1], (Lines{at(8) + "|a|1|2001|" + at(18)}));
        QCOMPARE(results[2], results[0]);
        QCOMPARE(results[3], results[1]);
    }

    void sessionsForgetTheirKeys() {
        Tried tried(
            {{"window", "session"}, {"gap", "1s"}, {"keys", {"v"}}, {"aggregates", {"COUNT(*) AS n"}}});
        std::size_t largest = 0;
        for (int round = 0; round < 40; ++round) {
            std::vector<std::vector<std::string>> rows;
            for (int i = 0; i < 1'000; ++i)
                rows.push_back({at(round * 5), "a", std::to_string(round * 1'000 + i)});
            tried.send(rows);
            tried.harness->advance(round * 5'000 + 2'000);
            if (round > 10) largest = std::max(largest, tried.harness->tested().stateSize().bytes);
            if (round == 10) largest = tried.harness->tested().stateSize().bytes;
        }
        tried.harness->end();
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{40'000});
        // A few hundred bytes for each of a round's thousand keys; all of them would be more than a megabyte.
        QVERIFY2(largest > 0 && largest < 600'000, std::to_string(largest).c_str());
    }

 private:
    static StreamType changing() {
        StreamType type;
        type.schema = std::make_shared<const Schema>(Schema{{{"window_start", Type::of(TypeId::Timestamp)},
                                                             {"window_end", Type::of(TypeId::Timestamp)},
                                                             {"window_time", Type::of(TypeId::Timestamp)},
                                                             {"k", Type::of(TypeId::String)},
                                                             {"s", Type::of(TypeId::Bigint)}}});
        type.eventTime = 2;
        type.updating = type.made = type.windowed = true;
        type.key = {0, 1, 3};
        return type;
    }
    static std::vector<std::string> window(int start, const std::string& key, const std::string& value) {
        return {at(start), at(start + 10), at(start + 9, 999), key, value};
    }
};

QTEST_APPLESS_MAIN(TestWindowOperator)
#include "test_window_operator.moc"

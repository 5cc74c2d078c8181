// However much is due at once, a call does a few batches of it, and time and memory grow no faster than
// input and output.
#include <QtTest/QtTest>
#include <cerrno>
#include <random>

#include "core/nodes/catalogue.h"
#include "core/store/spill_folder.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/sanitizer.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;

struct Event {
    Instant time;
    std::int64_t key;
    Instant stamp = kCleanStamp;
    int wire = 0;
};

StreamType input() {
    StreamType type;
    type.schema = std::make_shared<const Schema>(
        Schema{{{"ts", Type::of(TypeId::Timestamp)}, {"k", Type::of(TypeId::Bigint)}}});
    type.eventTime = 0;
    type.sourceOrder = true;
    return type;
}

/// A window_aggregate that counts rows by `k`, and its input.
class Counting {
 public:
    explicit Counting(Json params, int wires = 1, std::size_t batchRows = 4096) {
        static const Catalogue kCatalogue = builtin();
        const NodeKind& kind = *kCatalogue.find("window_aggregate");
        Json all = {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n"}}};
        all.update(params);
        bound = bindNode(kind, std::move(all), {input()});
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        harness =
            std::make_unique<OperatorHarness>(kind, *bound.bound, contextFor(input(), wires, batchRows));
    }

    /// Sends the events of each wire in batches of at most 4 096 rows.
    void send(const std::vector<Event>& events) {
        for (std::size_t from = 0; from < events.size();) {
            ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::Bigint));
            std::vector<Instant> stamps;
            bool unclean = false;
            const int wire = events[from].wire;
            const std::size_t first = from;
            for (; from < events.size() && from < first + 4096 && events[from].wire == wire; ++from) {
                times.append(events[from].time);
                keys.append(events[from].key);
                stamps.push_back(events[from].stamp);
                unclean = unclean || events[from].stamp != kCleanStamp;
            }
            Batch batch;
            batch.schema = input().schema;
            batch.rows = from - first;
            batch.columns = {times.finish(), keys.finish()};
            batch.positions.first = m_positions[wire];
            m_positions[wire] += static_cast<std::int64_t>(batch.rows);
            batch.wire = wire;
            if (unclean) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
            harness->send(batch);
        }
    }
    std::size_t stateBytes() const { return harness->tested().stateSize().bytes; }

    BoundForTest bound;
    std::unique_ptr<OperatorHarness> harness;

 private:
    std::map<int, std::int64_t> m_positions;
};

/// `count` events of `keys` keys, `apart` milliseconds from one to the next.
std::vector<Event> events(std::size_t count, std::int64_t keys, Millis apart) {
    std::vector<Event> all;
    for (std::size_t i = 0; i < count; ++i) {
        const auto number = static_cast<std::int64_t>(i);
        all.push_back({number * apart, number % keys});
    }
    return all;
}

}  // namespace

class TestBoundedWork : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void manyWindowsDueAtOnce_data() {
        QTest::addColumn<QString>("window");
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("windows");  // that a row falls into
        QTest::newRow("hop") << QStringLiteral(R"({"window": "hop", "size": "1h", "slide": "100ms"})") << 20
                             << 36'000;
        QTest::newRow("hop whose slide does not divide the size")
            << QStringLiteral(R"({"window": "hop", "size": "1h", "slide": "70ms"})") << 20 << 51'429;
        QTest::newRow("hop of few slides that change")
            << QStringLiteral(R"({"window": "hop", "size": "10s", "slide": "1s", "allowed_lateness": "1s"})")
            << 60'000 << 10;
        QTest::newRow("cumulate") << QStringLiteral(R"({"window": "cumulate", "size": "1d", "step": "1s"})")
                                  << 10 << 86'400;
        QTest::newRow("cumulate that changes")
            << QStringLiteral(
                   R"({"window": "cumulate", "size": "1d", "step": "1s", "allowed_lateness": "1s"})")
            << 2 << 86'400;
        QTest::newRow("one window") << QStringLiteral(R"({"window": "tumble", "size": "1d"})") << 200'000
                                    << 1;
        QTest::newRow("one window that changes")
            << QStringLiteral(R"({"window": "tumble", "size": "1d", "allowed_lateness": "1s"})") << 200'000
            << 1;
        QTest::newRow("sessions") << QStringLiteral(R"({"window": "session", "gap": "5s"})") << 200'000 << 1;
        QTest::newRow("sessions that change")
            << QStringLiteral(R"({"window": "session", "gap": "5s", "allowed_lateness": "1s"})") << 100'000
            << 1;
    }
    void manyWindowsDueAtOnce() {
        QFETCH(QString, window);
        QFETCH(int, rows);
        QFETCH(int, windows);
        // More results than one call may give, with a sanitizer as well.
        const auto count = affordableCases(static_cast<std::uint64_t>(rows),
                                           static_cast<std::uint64_t>(1 + 70'000 / windows));
        const std::size_t results = count * static_cast<std::size_t>(windows);
        Counting tried(Json::parse(window.toStdString()));
        // Every row has a key of its own.
        tried.send(events(count, static_cast<std::int64_t>(count), 0));
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->lines(0).size(), results);
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{0});
        // A window of one row each time, and none twice.
        const Lines table = tried.harness->table(0);
        QCOMPARE(table.size(), results);
        QVERIFY(std::adjacent_find(table.begin(), table.end()) == table.end());
        QVERIFY(
            std::all_of(table.begin(), table.end(), [](const auto& line) { return line.ends_with("|1"); }));
    }

    void aLateRowThatChangesManyWindows() {
        Counting tried({{"window", "hop"}, {"size", "1h"}, {"slide", "50ms"}, {"allowed_lateness", "1d"}});
        tried.send({{0, 1}});
        tried.harness->advance(7'200'000);
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{72'000});
        tried.send({{0, 1, 7'200'000}});
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{3 * 72'000});
        const Lines table = tried.harness->table(0);
        QCOMPARE(table.size(), std::size_t{72'000});
        QVERIFY(
            std::all_of(table.begin(), table.end(), [](const auto& line) { return line.ends_with("|1|2"); }));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void earlyResultsOfManyWindows() {
        Counting tried({{"window", "hop"}, {"size", "1h"}, {"slide", "50ms"}, {"early", "10min"}});
        tried.send({{0, 1}});
        tried.harness->advance(599'999);
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{71'999});  // all but the window from 0 on
        tried.harness->advance(900'000);
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{72'000});
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->table(0).size(), std::size_t{72'000});
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{72'000});  // nothing has changed
    }

    void aStepOfAMillisecondStreams() {
        // 1 000 rows in 21.6 million windows each: the due ones take minutes, but no call and no memory of
        // any size.
        Counting tried({{"window", "hop"}, {"size", "6h"}, {"slide", "1ms"}});
        tried.send(events(1'000, 5, 100));
        const std::size_t before = tried.stateBytes();
        tried.harness->stopAfter(50);
        QElapsedTimer timer;
        timer.start();
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        QVERIFY(tried.harness->lines(0).size() > 50 * 1'000);
        QVERIFY2(tried.stateBytes() < 4 * before + 4'000'000,
                 qPrintable(QString::number(tried.stateBytes())));
        QVERIFY2(timer.elapsed() < patience(10'000), qPrintable(QString::number(timer.elapsed())));
    }

    void aRowOfManyWindowsIsTakenAtOnce() {
        // Late rows of one slice, each for another first window.
        Counting tried({{"window", "hop"}, {"size", "6h"}, {"slide", "1ms"}, {"allowed_lateness", "6h"}});
        tried.send({{0, 1}});
        QElapsedTimer timer;
        timer.start();
        std::vector<Event> late;
        for (Instant i = 0; i < 20'000; ++i) late.push_back({0, 1, 21'600'000 + 1'000 + i});
        const std::size_t before = tried.stateBytes();
        tried.send(late);
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->lateCount(), std::size_t{0});
        QVERIFY2(tried.stateBytes() > before + 20'000, qPrintable(QString::number(tried.stateBytes())));
        QVERIFY2(timer.elapsed() < patience(2'000), qPrintable(QString::number(timer.elapsed())));
    }

    void manySessionsOfOneKey() {
        // 80 000 sessions of a key are open at once, begun in any order.
        std::vector<Event> all = events(80'000, 1, 10);
        std::mt19937_64 random(1);
        std::shuffle(all.begin(), all.end(), random);
        Counting tried({{"window", "session"}, {"gap", "5ms"}});
        QElapsedTimer timer;
        timer.start();
        tried.send(all);
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{80'000});
        QVERIFY2(timer.elapsed() < patience(4'000), qPrintable(QString::number(timer.elapsed())));
    }

    void manySealedSessionsOfOneKey() {
        // Each row finds the session before it passed, and none has fired.
        std::vector<Event> all;
        for (Instant i = 0; i < 80'000; ++i) all.push_back({10 * i, 1, 10 * i - 1});
        Counting tried({{"window", "session"}, {"gap", "5ms"}});
        QElapsedTimer timer;
        timer.start();
        tried.send(all);
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->lines(0).size(), std::size_t{80'000});
        QVERIFY2(timer.elapsed() < patience(4'000), qPrintable(QString::number(timer.elapsed())));
    }

    void rowsHeldBackByASlowWire() {
        // Rows of two wires wait for a third, and are taken in turn.
        const auto blocks = static_cast<int>(affordableCases(100, 20));
        std::vector<Event> all;
        for (int block = 0; block < blocks; ++block) {
            for (int wire = 0; wire < 2; ++wire) {
                for (Instant i = 0; i < 2'000; ++i) {
                    const Instant time = 10 * (block * 2'000 + i) + wire;
                    all.push_back({time, i % 7, time, wire});
                }
            }
        }
        Counting tried({{"window", "session"}, {"gap", "5ms"}}, 3);
        QElapsedTimer timer;
        timer.start();
        tried.send(all);
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        std::int64_t counted = 0;
        for (const std::string& line : tried.harness->lines(0))
            counted += std::stoll(line.substr(line.rfind('|') + 1));
        QCOMPARE(counted, std::int64_t{4'000} * blocks);
        QVERIFY2(timer.elapsed() < patience(6'000), qPrintable(QString::number(timer.elapsed())));
    }

    /// Also as its tables grow, which are as large again then.
    void stateStaysWithinItsMemory_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("params");
        QTest::newRow("windows") << "window_aggregate"
                                 << R"({"window": "tumble", "size": "1d", "keys": ["k"],
                                        "aggregates": ["COUNT(*) AS n", "MAX(k) AS most"]})";
        QTest::newRow("first rows") << "deduplicate"
                                    << R"({"keys": ["k"]})";
        QTest::newRow("last rows") << "deduplicate"
                                   << R"({"keys": ["k"], "keep": "last"})";
        QTest::newRow("groups") << "group_aggregate"
                                << R"({"keys": ["k"], "aggregates": ["COUNT(*) AS n", "MAX(k) AS most"]})";
    }
    void stateStaysWithinItsMemory() {
        QFETCH(QString, type);
        QFETCH(QString, params);
        static const Catalogue kCatalogue = builtin();
        const NodeKind& kind = *kCatalogue.find(type.toStdString());
        const BoundForTest bound = bindNode(kind, Json::parse(params.toStdString()), {input()});
        QVERIFY(bound.bound);
        // Where one table would just fit, and where the next one would just not.
        for (const std::uint64_t bytes : {1'900'000UL, 2'500'000UL, 3'300'000UL}) {
            MakeContext context = spilling(contextFor(input()), bytes);
            context.clock = std::make_shared<SimulatedClock>();
            OperatorHarness harness(kind, *bound.bound, context);
            std::size_t most = 0;
            for (std::int64_t row = 0; row < 200'000;) {
                ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::Bigint));
                for (int i = 0; i < 1'000; ++i, ++row) {
                    times.append<Instant>(row);
                    keys.append(row);
                }
                Batch batch;
                batch.schema = input().schema;
                batch.rows = 1'000;
                batch.columns = {times.finish(), keys.finish()};
                harness.send(batch);
                harness.advance(row - 2);
                most = std::max(most, harness.tested().stateSize().bytes);
            }
            QCOMPARE(harness.breaches(), Lines{});
            QVERIFY(harness.tested().stateSize().spilled > bytes / 2);
            QVERIFY2(most < bytes + bytes * 15 / 100, qPrintable(QString("%1 of %2").arg(most).arg(bytes)));
            QVERIFY2(most > bytes / 3, qPrintable(QString("%1 of %2").arg(most).arg(bytes)));
        }
    }

    /// The values of few keys, which came before others had left.
    void groupsThatGrowLeaveToo() {
        static const Catalogue kCatalogue = builtin();
        const NodeKind& kind = *kCatalogue.find("group_aggregate");
        const BoundForTest bound =
            bindNode(kind, {{"keys", {"k"}}, {"aggregates", {"COUNT(DISTINCT ts) AS n"}}}, {input()});
        QVERIFY(bound.bound);
        constexpr std::uint64_t kBytes = 2'500'000;
        MakeContext context = spilling(contextFor(input()), kBytes);
        context.clock = std::make_shared<SimulatedClock>();
        OperatorHarness harness(kind, *bound.bound, context);
        std::size_t most = 0;
        for (std::int64_t row = 0; row < 500'000;) {
            ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::Bigint));
            for (int i = 0; i < 1'000; ++i, ++row) {
                times.append<Instant>(row);
                keys.append(row < 50'000 ? row : row % 100);
            }
            Batch batch;
            batch.schema = input().schema;
            batch.rows = 1'000;
            batch.columns = {times.finish(), keys.finish()};
            harness.send(batch);
            most = std::max(most, harness.tested().stateSize().bytes);
        }
        QVERIFY2(most < 2 * kBytes, std::to_string(most).c_str());
    }

    void groupsWithoutRowsGoWhereNoneLeavesAnyMore() {
        StreamType changing = input();
        changing.eventTime = -1;
        changing.updating = changing.made = true;
        changing.sourceOrder = false;
        static const Catalogue kCatalogue = builtin();
        const NodeKind& kind = *kCatalogue.find("group_aggregate");
        const BoundForTest bound =
            bindNode(kind, {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(k) AS s"}}}, {changing});
        QVERIFY(bound.bound);
        bool full = false;
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->fails = [&full](const std::string& what, const std::string&) {
            return full && what == "write" ? ENOSPC : 0;
        };
        SpillFolderOptions unasked;
        unasked.optional = true;
        MakeContext context = spilling(contextFor(changing), 500'000, disk);
        context.spill = *SpillFolder::open(disk, MemoryFiles(), "/unasked", unasked);
        const auto clock = std::make_shared<SimulatedClock>();
        context.clock = clock;
        OperatorHarness harness(kind, *bound.bound, context);
        const auto send = [&](int from, int end, RowKind change) {
            ColumnBuilder times(Type::of(TypeId::Timestamp)), keys(Type::of(TypeId::Bigint));
            for (int i = from; i < end; ++i) {
                times.append<Instant>(0);
                keys.append<std::int64_t>(i);
            }
            Batch batch;
            batch.schema = changing.schema;
            batch.rows = static_cast<std::size_t>(end - from);
            batch.columns = {times.finish(), keys.finish()};
            batch.kinds = std::make_shared<const std::vector<RowKind>>(batch.rows, change);
            batch.positions.first = -1;
            harness.send(batch);
            while (harness.tested().wakesAt() != Operator::kNever) {
                (void)clock->skipTo(clock->steadyMillis() + 2'000);
                harness.wake();
            }
        };
        for (int i = 0; i < 30'000; i += 1'000) {
            full = i > 10'000;
            send(i, i + 1'000, RowKind::Insert);
        }
        QCOMPARE(harness.tested().takeNotes().size(), std::size_t{1});  // state stays in memory
        const Operator::StateSize before = harness.tested().stateSize();
        QVERIFY(before.spilled > 0 && before.keys == 30'000);
        for (int i = 0; i < 30'000; i += 1'000) send(i, i + 1'000, RowKind::Delete);
        const Operator::StateSize after = harness.tested().stateSize();
        QVERIFY2(after.keys == 0 && after.bytes < before.bytes, std::to_string(after.bytes).c_str());
        send(5, 6, RowKind::Insert);
        QCOMPARE(harness.table(0), Lines{"5|1|5"});
        QCOMPARE(harness.breaches(), Lines{});
    }

    void farTimesSaturate_data() {
        QTest::addColumn<QString>("window");
        QTest::newRow("tumble") << QStringLiteral(R"({"window": "tumble", "size": "10s"})");
        QTest::newRow("hop") << QStringLiteral(
            R"({"window": "hop", "size": "10s", "slide": "3s", "allowed_lateness": "2s", "early": "1s"})");
        QTest::newRow("cumulate") << QStringLiteral(R"({"window": "cumulate", "size": "10s", "step": "5s"})");
        QTest::newRow("session") << QStringLiteral(R"({"window": "session", "gap": "10s"})");
        QTest::newRow("session that changes") << QStringLiteral(
            R"({"window": "session", "gap": "10s", "allowed_lateness": "2s", "early": "1s"})");
    }
    void farTimesSaturate() {
        QFETCH(QString, window);
        constexpr Instant kFar = (Instant{1} << 62) - 1;
        Counting tried(Json::parse(window.toStdString()));
        tried.send({{-kFar, 1}, {kFar, 2}});
        tried.send({{kMaxTimestamp - 1, 1}, {kMinTimestamp + 1, 1}, {kMaxTimestamp, 1}, {kMinTimestamp, 1}});
        tried.send({{-kFar, 1, kMaxTimestamp - 1}});
        tried.harness->advance(kFar);
        tried.harness->advance(kMaxTimestamp - 1);
        tried.harness->end();
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.harness->rejected().size(), std::size_t{4});
        QCOMPARE(tried.harness->lateCount(), std::size_t{1});
        QCOMPARE(tried.harness->largestLateBy(), kMaxTimestamp);
        QCOMPARE(tried.harness->tested().stateSize().keys, std::size_t{0});
    }

 private:
    /// Milliseconds that something may take, more under a sanitizer.
    static qint64 patience(qint64 usual) { return affordableCases(1'000) < 1'000 ? 20 * usual : usual; }
};

QTEST_APPLESS_MAIN(TestBoundedWork)
#include "test_bounded_work.moc"

// Grouping without windows: which changes leave for which rows, when keys end by themselves, failures, and
// the amounts of state and of work at a time; also where groups are in files, which change no result.
#include <QtTest/QtTest>

#include <algorithm>
#include <cerrno>

#include "core/store/spill_folder.h"
#include "core/store/state_memory.h"
#include "core/stream/changing_state.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/support/sanitizer.h"
#include "tests/unit/stream/cases/grouped.h"

using namespace rw;
using namespace rw::test;

namespace {

const Json kSums = {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s"}}};
/// … of keys that end.
const Json kSumsThatEnd = {
    {"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(v) AS s"}}, {"state_ttl", "10ms"}};

}  // namespace

class TestGroupAggregate : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aChangeForEachKeyThatChanged() {
        Grouped tried(kSums);
        tried.send({"a|1", "b|2", "a|3"});
        QCOMPARE(tried.changes(), (Lines{"+I a|2|4", "+I b|1|2"}));
        tried.send({"b|5", "c|", "|7"});
        QCOMPARE(tried.changes(), (Lines{"-U b|1|2", "+U b|2|7", "+I c|1|∅", "+I ∅|1|7"}));
        tried->end();
        QCOMPARE(tried->table(0), (Lines{"a|2|4", "b|2|7", "c|1|∅", "∅|1|7"}));
        QCOMPARE(tried->breaches(), Lines{});
    }

    void nothingForAResultThatStays() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"MAX(v) AS m", "COUNT(d) AS n"}}});
        tried.send({"a|5", "b|5"});
        (void)tried.changes();
        tried.send({"a|3", "a|", "b|6"});
        QCOMPARE(tried.changes(), (Lines{"-U b|5|0", "+U b|6|0"}));
    }

    void oneRowWithoutKeys() {
        const Json params = {{"aggregates", {"COUNT(*) AS n", "MIN(v) AS lo"}}};
        Grouped tried(params, changingRows());
        tried.send({});
        QCOMPARE(tried.changes(), Lines{});
        tried.send({"a|4", "b|2"});
        QCOMPARE(tried.changes(), (Lines{"+I 2|2"}));
        tried.send({"-D b|2"});
        QCOMPARE(tried.changes(), (Lines{"-U 2|2", "+U 1|4"}));
        tried.send({"-D a|4"});
        QCOMPARE(tried.changes(), (Lines{"-D 1|4"}));
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{0});
        tried.send({"c|9"});
        QCOMPARE(tried.changes(), (Lines{"+I 1|9"}));
        QCOMPARE(tried->breaches(), Lines{});
    }

    void rowsThatAreTakenBack() {
        Grouped tried(kSums, changingRows());
        tried.send({"a|1", "a|2", "b|3"});
        (void)tried.changes();
        tried.send({"-U a|2", "+U b|2"});  // a row moves to another key
        QCOMPARE(tried.changes(), (Lines{"-U a|2|3", "+U a|1|1", "-U b|1|3", "+U b|2|5"}));
        tried.send({"-D a|1"});
        QCOMPARE(tried.changes(), (Lines{"-D a|1|1"}));
        tried.send({"-D b|3", "-D b|2", "b|8"});  // gone and back within a batch
        QCOMPARE(tried.changes(), (Lines{"-U b|2|5", "+U b|1|8"}));
        tried.send({"c|1", "-D c|1"});
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});
        QCOMPARE(tried->breaches(), Lines{});
    }

    void aRowThatFailsIsNotCounted() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(10 / v) AS s"}}},
                      changingRows());
        tried.send({"a|5", "a|0", "b|0"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|2"}));
        QCOMPARE(tried->rejected().size(), std::size_t{2});
        tried.send({"-D a|0"});  // it never was
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->rejected().size(), std::size_t{2});

        Grouped nulls(
            {{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "SUM(10 / v) AS s"}}, {"on_error", "null"}});
        nulls.send({"a|5", "a|0"});
        QCOMPARE(nulls.changes(), (Lines{"+I a|2|2"}));
        QCOMPARE(nulls->rejected(), Lines{});
    }

    /// A result that does not fit leaves once, and its row is away until it fits again.
    void aResultThatFails() {
        const std::string most = "9223372036854775807";
        Grouped tried(kSums);
        tried.send({"a|" + most});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|" + most}));
        tried.send({"a|1", "b|1"});
        QCOMPARE(tried.changes(), (Lines{"-D a|1|" + most, "+I b|1|1"}));
        QCOMPARE(tried->rejected().size(), std::size_t{1});
        QVERIFY2(tried->rejected()[0].starts_with("k=a, n=2, s=NULL: SUM overflows"),
                 tried->rejected()[0].c_str());
        tried.send({"a|1"});
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->rejected().size(), std::size_t{1});
        tried.send({"a|-10"});
        QCOMPARE(tried.changes(), (Lines{"+I a|4|9223372036854775799"}));
        QCOMPARE(tried->breaches(), Lines{});

        Json nulls = kSums;
        nulls["on_error"] = "null";
        Grouped shown(nulls);
        shown.send({"a|" + most});
        shown.send({"a|1"});
        QCOMPARE(shown.changes(), (Lines{"+I a|1|" + most, "-U a|1|" + most, "+U a|2|∅"}));
        QCOMPARE(shown->rejected(), Lines{});
    }

    void firstAndLastInTheOrderOfTheSource() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"}}});
        tried.send({"a|3", "a|1"});
        tried.send({"a|2"});
        QCOMPARE(tried->table(0), (Lines{"a|3|2"}));
    }

    /// Rows without an order go by their values alone.
    void firstAndLastOfChangingRows() {
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"FIRST_VALUE(v) AS f", "LAST_VALUE(v) AS l"}}},
                      changingRows());
        tried.send({"a|3", "a|1", "a|2"});
        QCOMPARE(tried->table(0), (Lines{"a|1|3"}));
        tried.send({"-D a|1"});
        QCOMPARE(tried->table(0), (Lines{"a|2|3"}));
    }

    /// Made rows need no event time to be in order, either.
    void firstOfMadeRowsWithoutTime() {
        StreamType made = rowsInOrder();
        made.made = true;
        made.sourceOrder = false;
        const Json params = {{"aggregates", {"FIRST_VALUE(v) AS f", "LISTAGG(k) AS l"}}};
        Grouped tried(params, made);
        tried.send({"c|3", "b|1", "a|2"});
        QCOMPARE(tried->table(0), (Lines{"1|a,b,c"}));
    }

    void aKeyEndsByItself() {
        Grouped tried(kSumsThatEnd, timedRows());
        tried.send({timedRow("a", 1, 20), timedRow("a", 2, 15)}, {10, 10});
        tried.send({timedRow("a", 3, 25)}, {29});  // 29 < 20 + 10
        QCOMPARE(tried.changes(), (Lines{"+I a|2|3", "-U a|2|3", "+U a|3|6"}));
        tried.send({timedRow("a", 4, 36)}, {35});  // 35 = 25 + 10
        QCOMPARE(tried.changes(), (Lines{"+I a|1|4"}));
        // It ends twice within a batch: each life gives its result.
        tried.send({timedRow("a", 5, 40), timedRow("b", 1, 60), timedRow("a", 6, 62), timedRow("a", 7, 90),
                    timedRow("b", 2, 91)},
                   {36, 36, 55, 80, 85});
        QCOMPARE(tried.changes(),
                 (Lines{"-U a|1|4", "+U a|2|9", "+I b|1|1", "+I a|1|6", "+I b|1|2", "+I a|1|7"}));
        tried->advance(100);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});  // b: 91 + 10; a: 90 + 10
        tried->advance(101);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{0});
        tried->end();
        QCOMPARE(tried.changes(), Lines{});  // none is withdrawn
        QCOMPARE(tried->breaches(), Lines{});
    }

    /// A row that takes back one of a key that has ended says nothing of the key's new rows.
    void whatWasForgottenIsNotTakenBack() {
        StreamType changing = changingRows();
        changing.eventTime = 3;
        Grouped tried(kSumsThatEnd, changing);
        tried.send({"a|1||1970-01-01 00:00:00.010"});
        tried->advance(50);
        tried.send({"-D a|1||1970-01-01 00:00:00.010"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|1"}));
        tried.send({"a|2||1970-01-01 00:00:00.060"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|2"}));
    }

    /// Nothing is left of the rows before, not even of one that is taken back and never came, whether or not
    /// all come in one batch.
    void aGroupThatIsGoneBeginsAnew() {
        const Json params = {
            {"keys", {"k"}},
            {"aggregates", {"COUNT(*) AS n", "COUNT(DISTINCT v) AS v", "LAST_VALUE(d) AS d"}}};
        const Lines rows = {"b|7|7", "a|1|1", "a|2|2", "-D a|9|9", "-D a|1|1", "a|3|3", "a|4|4", "-D a|3|3"};
        Grouped atOnce(params, changingRows()), oneByOne(params, changingRows());
        atOnce.send(rows);
        for (const std::string& row : rows) oneByOne.send({row});
        QCOMPARE(atOnce->table(0), (Lines{"a|1|1|4", "b|1|1|7"}));
        QCOMPARE(oneByOne->table(0), atOnce->table(0));
        // … and where there was one before the batch.
        atOnce.send({"-D a|4|4", "a|5|5", "b|8|8"});
        QCOMPARE(atOnce->table(0), (Lines{"a|1|1|5", "b|2|2|8"}));
        QCOMPARE(atOnce->breaches(), Lines{});
    }

    void keysThatAreGoneAreForgotten() {
        Grouped tried(kSums, changingRows(), 64);
        const auto all = [](const std::string& kind) {
            Lines lines;
            for (int i = 0; i < 20'000; ++i)
                lines.push_back(kind + "a rather long key " + std::to_string(i) + "|" + std::to_string(i));
            return lines;
        };
        tried.send({"x|1"});
        tried.send(all(""));
        const std::size_t bytes = tried->tested().stateSize().bytes;
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{20'001});
        tried.send(all("-D "));
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});
        const std::size_t left = tried->tested().stateSize().bytes;
        QVERIFY2(left * 4 < bytes, std::to_string(left).c_str());
        (void)tried.changes();
        tried.send({"x|2", "y|3"});
        QCOMPARE(tried.changes(), (Lines{"-U x|1|1", "+U x|2|3", "+I y|1|3"}));
        QVERIFY(tried->calls() > tried->sent() + 100);  // a little at a time
        QCOMPARE(tried->breaches(), Lines{});
    }

    void keysThatEndAreForgotten() {
        Grouped tried(kSumsThatEnd, timedRows(), 64);
        Lines lines;
        for (int i = 0; i < 20'000; ++i) lines.push_back(std::to_string(i) + "|1||1970-01-01 00:00:01.000");
        tried.send(lines, std::vector<Instant>(lines.size(), 0));
        tried.send({"x|1||1970-01-01 00:00:02.000"}, {0});
        const std::size_t bytes = tried->tested().stateSize().bytes;
        tried->advance(1'500);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{1});
        const std::size_t left = tried->tested().stateSize().bytes;
        QVERIFY2(left * 4 < bytes, std::to_string(left).c_str());
        (void)tried.changes();
        tried.send({"x|2||1970-01-01 00:00:02.000", "1|3||1970-01-01 00:00:02.000"}, {1'500, 1'500});
        QCOMPARE(tried.changes(), (Lines{"-U x|1|1", "+U x|2|3", "+I 1|1|3"}));
        tried->advance(2'010);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{0});
        QCOMPARE(tried->breaches(), Lines{});
    }

    /// The same table, with any memory, checkpoints in between, other numbers of instances, and memory that
    /// others fill.
    void groupsInFilesChangeNoResult_data() {
        QTest::addColumn<bool>("end");
        QTest::newRow("for ever") << false;
        QTest::newRow("ending by themselves") << true;
    }
    void groupsInFilesChangeNoResult() {
        QFETCH(bool, end);
        std::size_t goneBack = 0, spilled = 0;
        const std::uint64_t cases = affordableCases(120, 24);
        for (std::uint64_t seed = 0; seed < cases; ++seed) {
            GroupsCase tried(seed, end ? GroupsCase::Ends::ByTheirStamps : GroupsCase::Ends::Never);
            const char* const named = tried.named().c_str();
            CheckpointedGroup inMemory(groupingNode(), tried.bound(), tried.context(0), 1);
            inMemory.run(tried.events(), tried.random(), false);
            MakeContext context = tried.context(1 + tried.pick(3) * tried.pick(200'000));
            StateMemory others(tried.pick(2) * 300'000);
            context.moreStateMemory = &others;
            context.batchRows = 1 + tried.pick(200);
            const auto instances = static_cast<int>(1 + seed % 3);
            CheckpointedGroup inFiles(groupingNode(), tried.bound(), context, instances);
            inFiles.run(tried.events(), tried.random(), seed % 5 > 0);
            QVERIFY2(inFiles.status().ok(), named);
            QVERIFY2(inFiles.table() == inMemory.table(), named);
            goneBack += inFiles.goneBack();
            spilled += inFiles.first().stateSize().spilled;
        }
        QVERIFY(goneBack > cases / 2);
        QVERIFY(spilled > 0);
    }

    /// What is taken back is what was said last of its key, in watermarks that keep behind.
    void changesOfAKeyKeepTheirOrder() {
        for (std::uint64_t seed = 0; seed < affordableCases(40, 6); ++seed) {
            GroupsCase tried(seed, static_cast<GroupsCase::Ends>(seed % 3));
            OperatorHarness one(groupingNode(), tried.bound(), tried.context(1 + tried.pick(2) * 50'000)),
                other(groupingNode(), tried.bound(), tried.context(0));
            for (OperatorHarness* const harness : {&one, &other}) {
                for (const auto& event : tried.events()) {
                    const Instant* const watermark = std::get_if<Instant>(&event);
                    watermark ? harness->advance(*watermark) : harness->send(std::get<Batch>(event));
                }
            }
            QVERIFY2(one.table(0) == other.table(0), tried.named().c_str());
            const std::string breach = one.breaches().empty() ? "" : one.breaches().front();
            QVERIFY2(breach.empty(), (tried.named() + ": " + breach).c_str());
            const std::size_t keys = one.tested().stateSize().keys, needed = other.tested().stateSize().keys;
            QVERIFY(seed % 3 == 0 ? keys == needed : keys >= needed);  // some that have ended are in files
        }
    }

    /// Whether its key has ended is judged by the moment when a row came, whenever it is taken.
    void aKeyInAFileEndsByItself() {
        Grouped tried(kSumsThatEnd, timedRows(), 4096, 1);
        const auto later = [&tried](std::int64_t millis) {
            tried.clock().skipTo(millis);
            tried->wake();
            return tried.changes();
        };
        tried.send({timedRow("a", 1, 20), timedRow("b", 2, 20)}, {10, 10});
        (void)tried.changes();
        tried.send({timedRow("a", 3, 25)}, {29});  // 29 < 20 + 10
        tried->advance(50);
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(later(1'000), (Lines{"-U a|1|1", "+U a|2|4"}));
        tried.send({timedRow("a", 5, 60), timedRow("b", 6, 60), timedRow("a", 7, 80)}, {50, 50, 75});
        Lines changes = later(2'000);
        std::sort(changes.begin(), changes.end());  // of keys in any order
        QCOMPARE(changes, (Lines{"+I a|1|5", "+I a|1|7", "+I b|1|6"}));
        tried->end();
        QCOMPARE(tried.changes(), Lines{});  // none is withdrawn
        QCOMPARE(tried->breaches(), Lines{});
    }

    /// They are left out when their files are written anew: these do not grow for ever.
    void groupsThatHaveEndedLeaveTheFiles() {
        Grouped tried(kSumsThatEnd, timedRows(), 4096, 200'000);
        std::size_t most = 0;
        for (int round = 0; round < 20; ++round) {
            Lines lines;
            for (int i = 0; i < 5'000; ++i)
                lines.push_back(timedRow(std::to_string(round * 5'000 + i), i, 1'000 * round));
            tried.send(lines, std::vector<Instant>(lines.size(), 1'000 * round));
            tried.clock().skipTo(2'000 * (round + 1));
            tried->wake();
            tried->advance(1'000 * round + 1);
            const std::size_t now = tried->tested().stateSize().spilled;
            if (round < 5) most = std::max(most, now);
            QVERIFY2(now > 0 && now < 2 * most, std::to_string(now).c_str());
        }
        QVERIFY(tried->tested().stateSize().keys < 50'000);
        tried->end();
        QCOMPARE(tried->table(0).size(), std::size_t{100'000});
        QCOMPARE(tried->breaches(), Lines{});
    }

    /// Rows of keys whose groups are in files wait for a second, and the watermark with them.
    void rowsThatWaitGoOnAfterASecond() {
        Grouped tried(kSums, rowsInOrder(), 4096, 1);
        tried.send({"a|1", "b|2"});
        QCOMPARE(tried.changes(), (Lines{"+I a|1|1", "+I b|1|2"}));
        QCOMPARE(tried->tested().wakesAt(), Operator::kNever);
        tried->advance(5);
        tried.clock().skipTo(400);
        tried.send({"a|3", "c|4"});
        tried.clock().skipTo(900);
        tried->advance(7);
        QCOMPARE(tried.changes(), Lines{});
        QCOMPARE(tried->watermarkOf(0), Instant{5});
        QCOMPARE(tried->tested().wakesAt(), std::int64_t{1'400});
        QVERIFY(tried->tested().takesMore());
        tried.send({"a|5"});
        tried.clock().skipTo(1'400);
        tried->wake();
        Lines changes = tried.changes();
        std::sort(changes.begin(), changes.end());  // of keys in any order
        QCOMPARE(changes, (Lines{"+I c|1|4", "+U a|3|9", "-U a|1|1"}));
        QCOMPARE(tried->watermarkOf(0), Instant{7});
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{3});
        tried.send({"b|1"});
        tried->end();
        QCOMPARE(tried.changes(), (Lines{"-U b|1|2", "+U b|2|3"}));
        QCOMPARE(tried->tested().wakesAt(), Operator::kNever);
        QCOMPARE(tried->breaches(), Lines{});
    }

    void rowsThatWaitGoOnAtOnceWhereTheRunIsStopped() {
        bool stops = false;
        Grouped tried(kSums, rowsInOrder(), 4096, 1, [&stops] { return stops; });
        tried.send({"a|1", "b|2"});
        tried.send({"a|3"});
        (void)tried.changes();
        QVERIFY(tried->tested().wakesAt() > 0);
        stops = true;
        QCOMPARE(tried->tested().wakesAt(), std::int64_t{0});
        tried->wake();
        QCOMPARE(tried.changes(), (Lines{"-U a|1|1", "+U a|2|4"}));
        QCOMPARE(tried->tested().wakesAt(), Operator::kNever);
    }

    void memoryIsKeptTo() {
        constexpr std::uint64_t kMemory = 3'000'000;
        Grouped tried({{"keys", {"k"}}, {"aggregates", {"COUNT(*) AS n", "COUNT(DISTINCT v) AS l"}}},
                      rowsInOrder(), 4096, kMemory);
        std::size_t most = 0;
        for (int from = 0; from < 200'000; from += 1'000) {
            Lines lines;
            for (int i = from; i < from + 1'000; ++i)
                lines.push_back("a rather long key " + std::to_string(i % 60'000) + "|" + std::to_string(i));
            tried.send(lines);
            most = std::max(most, tried->tested().stateSize().bytes);
        }
        tried->end();
        QVERIFY2(most <= kMemory + kMemory * 15 / 100, std::to_string(most).c_str());
        QVERIFY(tried->tested().stateSize().spilled > kMemory);
        QCOMPARE(tried->tested().stateSize().keys, std::size_t{60'000});
        QCOMPARE(tried->table(0).size(), std::size_t{60'000});
        QCOMPARE(tried->breaches(), Lines{});
    }

    /// Groups of a megabyte are brought back a few at a time.
    void largeGroupsComeBack() {
        const Json params = {{"keys", {"v"}},
                             {"aggregates", {"LISTAGG(k, '') AS all", "COUNT(DISTINCT k) AS n"}}};
        Grouped tried(params, rowsInOrder(), 4096, 4'000'000);
        const std::string text(std::size_t{1} << 20, 'x');
        for (int round = 0; round < 2; ++round) {
            for (int group = 0; group < 40; ++group)
                tried.send({text + std::to_string(round) + "|" + std::to_string(group)});
        }
        tried->end();
        QCOMPARE(tried->table(0).size(), std::size_t{40});
        for (const std::string& row : tried->table(0)) QVERIFY(row.ends_with("x1|2"));
        QVERIFY(tried->tested().stateSize().spilled > (std::size_t{32} << 20));
        QCOMPARE(tried->breaches(), Lines{});
    }

    void aFullDisk_data() {
        QTest::addColumn<QString>("call");
        QTest::addColumn<bool>("asked");  // for files
        for (const char* const call : {"create", "write", "close"}) {
            QTest::addRow("%s", call) << call << true;
            QTest::addRow("%s, later, and nobody asked", call) << call << false;
        }
    }
    void aFullDisk() {
        QFETCH(QString, call);
        QFETCH(bool, asked);
        for (const std::uint64_t seed : {4U, 5U, 6U, 7U}) {
            GroupsCase tried(seed);
            CheckpointedGroup inMemory(groupingNode(), tried.bound(), tried.context(0), 1);
            inMemory.run(tried.events(), tried.random(), false);
            const auto disk = std::make_shared<MemoryOutputs>();
            int left = asked ? 0 : static_cast<int>(300 + tried.pick(600));
            disk->fails = [&](const std::string& what, const std::string&) {
                return call == QString::fromStdString(what) && left-- <= 0 ? ENOSPC : 0;
            };
            MakeContext context = tried.context(1, disk);
            SpillFolderOptions options;
            options.optional = true;
            if (!asked) context.spill = *SpillFolder::open(disk, MemoryFiles(), "/other", options);
            CheckpointedGroup group(groupingNode(), tried.bound(), context, 2);
            group.run(tried.events(), tried.random(), true);
            QCOMPARE(group.status().ok(), !asked);
            if (asked) {
                QCOMPARE(group.status().error().code, ErrorCode::Io);  // it goes on from its checkpoint
                QVERIFY(disk->contents().empty());
                continue;
            }
            QVERIFY2(left < 0, std::to_string(left).c_str());
            QVERIFY2(group.table() == inMemory.table(), tried.named().c_str());
        }
    }

    /// Neither is a group taken for a new one, nor left out of a checkpoint.
    void aDamagedFileEndsTheRun() {
        GroupsCase tried(0);
        const auto disk = std::make_shared<MemoryOutputs>();
        CheckpointedGroup group(groupingNode(), tried.bound(), tried.context(1, disk), 1);
        group.run({tried.events().begin(), tried.events().begin() + 40}, tried.random(), false);
        QVERIFY(!disk->contents().empty());
        for (auto [path, bytes] : disk->contents()) {
            bytes.back() = static_cast<char>(bytes.back() ^ 1);
            disk->put(path, bytes);
        }
        auto& changing = dynamic_cast<ChangingState&>(group.first());
        StateWriter out;
        QVERIFY(!group.first().snapshot(out).ok());
        changing.freeze(true);
        for (int pieces = 0; changing.writing().ok() && pieces < 10'000; ++pieces)
            QVERIFY(changing.writePiece(out));
        QCOMPARE(changing.writing().error().code, ErrorCode::Io);
        group.run(tried.events(), tried.random(), false);
        QVERIFY(!group.status().ok());
    }
};

QTEST_APPLESS_MAIN(TestGroupAggregate)
#include "test_group_aggregate.moc"

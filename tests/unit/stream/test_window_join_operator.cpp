// The output of a window join: pairs, rows without a partner, late and rejected rows, restarts; and rows in
// files.
#include <QtTest/QtTest>

#include <cerrno>

#include "core/data/state_reader.h"
#include "core/nodes/catalogue.h"
#include "core/store/spill_folder.h"
#include "core/stream/changing_state.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"
#include "tests/unit/stream/cases/operator_harness.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
using Cells = std::vector<std::string>;

enum Port : int { kOut, kLateLeftOut, kLateRightOut };
constexpr int kLeftIn = 0, kRightIn = 1;

const NodeKind& node() {
    static const Catalogue kCatalogue = builtin();
    return *kCatalogue.find("window_join");
}

StreamType side(const char* time, const char* key, const char* value, bool windowed = false) {
    const Type instant = Type::of(TypeId::Timestamp);
    Schema schema{{{time, instant}, {key, Type::of(TypeId::String)}, {value, Type::of(TypeId::Bigint)}}};
    if (windowed) {
        schema.fields.push_back({"window_start", instant});
        schema.fields.push_back({"window_end", instant});
    }
    StreamType type;
    type.schema = std::make_shared<const Schema>(std::move(schema));
    type.eventTime = 0;
    type.made = type.windowed = windowed;
    return type;
}

Json tumble(Json more = Json::object()) {
    Json params = {{"window", "tumble"}, {"size", "10s"}, {"on", "left.k = right.q"}};
    params.update(more);
    return params;
}

/// A join of lt, k, v and rt, q, w.
struct Tried {
    explicit Tried(Json params, std::size_t batchRows = 4096, bool windowed = false)
        : left(side("lt", "k", "v", windowed)),
          right(side("rt", "q", "w", windowed)),
          bound(bindNode(node(), std::move(params), {left, right})),
          context(contextFor(left, 1, batchRows)) {
        if (!bound.bound) qFatal("%s", english(bound.issues.front()).c_str());
        context.inputs.push_back(contextFor(right).inputs.front());
        harness = make();
    }
    std::unique_ptr<OperatorHarness> make() const {
        return std::make_unique<OperatorHarness>(node(), *bound.bound, context);
    }
    void send(int port, const std::vector<Cells>& rows, std::vector<Instant> stamps = {}) {
        Batch batch = textBatch((port == kLeftIn ? left : right).schema, rows);
        if (!stamps.empty()) batch.stamps = std::make_shared<const std::vector<Instant>>(std::move(stamps));
        harness->send(batch, port);
    }
    /// Rows beyond so many bytes go to files, which nobody asked for where it is `optional`.
    void spill(std::uint64_t bytes, const std::shared_ptr<MemoryOutputs>& disk, bool optional = false) {
        context = spilling(std::move(context), bytes, disk);
        SpillFolderOptions options;
        options.optional = true;
        if (optional) context.spill = *SpillFolder::open(disk, MemoryFiles(), "/other", options);
        harness = make();
    }
    /// “v-w” of each row that left, sorted; of semi and anti joins “v-”.
    Lines met() {
        Lines out;
        for (const std::string& line : harness->table(kOut)) {
            const QStringList cells = QString::fromStdString(line).split(u'|');
            out.push_back((cells[2] + u'-' + (cells.size() > 6 ? cells[5] : QString())).toStdString());
        }
        std::sort(out.begin(), out.end());
        return out;
    }
    std::size_t rowsKept() const { return harness->tested().stateSize().keys; }

    StreamType left, right;
    BoundForTest bound;
    MakeContext context;
    std::unique_ptr<OperatorHarness> harness;
};

std::string at(int second, int milli = 0) {
    char text[40];
    std::snprintf(text, sizeof text, "1970-01-01 00:%02d:%02d.%03d", second / 60, second % 60, milli);
    return text;
}

/// Rows whose values are first … end − 1, of so many keys, in a window of 10 s.
std::vector<Cells> numbered(int first, int end, int keys) {
    std::vector<Cells> rows;
    for (int i = first; i < end; ++i)
        rows.push_back({at(i % 10), "a key that fits into no string itself, " + std::to_string(i % keys),
                        std::to_string(i)});
    return rows;
}

/// Start, end and last millisecond.
std::string window(int start, int end) {
    return at(start) + "|" + at(end) + "|" + at(end - 1, 999);
}

}  // namespace

class TestWindowJoinOperator : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void emitsWhenTheWatermarkReachesTheLastMillisecond() {
        Tried tried(tumble());
        tried.send(kLeftIn, {{at(0), "a", "1"}});
        tried.send(kRightIn, {{at(9, 999), "a", "2"}, {at(10), "a", "3"}});
        QCOMPARE(tried.harness->tested().firstOpen().until, Instant{10'000});
        tried.harness->advance(9'998);
        QVERIFY(tried.harness->lines(kOut).empty());
        QCOMPARE(tried.rowsKept(), std::size_t{3});
        tried.harness->advance(9'999);
        QCOMPARE(tried.harness->lines(kOut), (Lines{at(0) + "|a|1|" + at(9, 999) + "|a|2|" + window(0, 10)}));
        QCOMPARE(tried.rowsKept(), std::size_t{1});
        tried.harness->end();
        QCOMPARE(tried.harness->lines(kOut).size(), std::size_t{1});
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void lateRowsLeaveByThePortOfTheirSide() {
        Tried tried(tumble());
        tried.send(kLeftIn, {{at(3), "a", "1"}, {at(4), "a", "2"}}, {9'998, 9'999});
        tried.send(kRightIn, {{at(5), "a", "3"}, {at(6), "a", "4"}}, {12'000, kCleanStamp});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-4"}));
        QCOMPARE(tried.harness->lines(kLateLeftOut), (Lines{at(4) + "|a|2|0|" + at(10)}));
        QCOMPARE(tried.harness->lines(kLateRightOut), (Lines{at(5) + "|a|3|2001|" + at(10)}));
        QCOMPARE(tried.harness->lateCount(), std::size_t{2});
        QCOMPARE(tried.harness->largestLateBy(), Millis{2001});
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    void aRowLateForSomeHopsMeetsInTheOthers() {
        // Rule 13: [0, 10) has passed for the row of left, and has not fired yet.
        Tried tried(tumble({{"window", "hop"}, {"slide", "5s"}, {"kind", "full"}}));
        tried.send(kRightIn, {{at(9), "a", "2"}});
        tried.send(kLeftIn, {{at(9), "a", "1"}}, {9'999});
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->end();
        const std::string right = at(9) + "|a|2|";
        QCOMPARE(tried.harness->lines(kOut),
                 (Lines{"∅|∅|∅|" + right + window(0, 10), at(9) + "|a|1|" + right + window(5, 15)}));
        QCOMPARE(tried.harness->lateCount(), std::size_t{0});
    }

    void aRowIsKeptOnceHoweverManyWindowsItIsIn() {
        Tried tried(tumble({{"window", "cumulate"}, {"size", "1h"}, {"step", "1s"}}));
        tried.send(kLeftIn, {{at(1), "a", "1"}});
        tried.send(kRightIn, {{at(2), "a", "2"}});
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->advance(59'999);
        QCOMPARE(tried.rowsKept(), std::size_t{2});
        tried.harness->end();
        QCOMPARE(tried.met(), Lines(3'598, "1-2"));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void everyKindOfJoin_data() {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("inner") << "inner" << QStringList{"1-4", "1-5"};
        QTest::newRow("left") << "left" << QStringList{"1-4", "1-5", "2-∅", "3-∅"};
        QTest::newRow("right") << "right" << QStringList{"1-4", "1-5", "∅-6", "∅-7"};
        QTest::newRow("full") << "full" << QStringList{"1-4", "1-5", "2-∅", "3-∅", "∅-6", "∅-7"};
        QTest::newRow("semi") << "semi" << QStringList{"1-"};
        QTest::newRow("anti") << "anti" << QStringList{"2-", "3-"};
    }
    void everyKindOfJoin() {
        QFETCH(QString, kind);
        QFETCH(QStringList, expected);
        for (const std::size_t batchRows : {1U, 2U, 4096U}) {
            Tried tried(tumble({{"kind", kind.toStdString()}}), batchRows);
            tried.send(kLeftIn, {{at(1), "a", "1"}, {at(2), "b", "2"}, {at(3), "", "3"}});
            tried.send(kRightIn, {{at(1), "a", "4"}, {at(2), "a", "5"}, {at(3), "c", "6"}, {at(4), "", "7"}});
            tried.harness->advance(9'999);
            QStringList found;
            for (const std::string& line : tried.met()) found << QString::fromStdString(line);
            QCOMPARE(found, expected);
            QCOMPARE(tried.rowsKept(), std::size_t{0});
            QCOMPARE(tried.harness->breaches(), Lines{});
        }
    }

    void rowsOfNeighbouringWindowsDoNotMeet() {
        Tried tried(tumble({{"kind", "full"}}));
        tried.send(kLeftIn, {{at(9, 999), "a", "1"}});
        tried.send(kRightIn, {{at(10), "a", "2"}});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-∅", "∅-2"}));
    }

    void anInputThatNeverHadARowGivesNulls() {
        for (const char* kind : {"left", "full", "anti"}) {
            Tried tried(tumble({{"kind", kind}}));
            tried.send(kLeftIn, {{at(1), "a", "1"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{std::string(kind) == "anti" ? "1-" : "1-∅"}));
        }
    }

    void theRestOfTheConditionIsAskedOfPairs() {
        for (const std::size_t batchRows : {1U, 2U, 4096U}) {
            Tried tried(tumble({{"on", "left.k = right.q AND left.v < right.w"}, {"kind", "full"}}),
                        batchRows);
            tried.send(kLeftIn, {{at(1), "a", "1"}, {at(2), "a", "9"}});
            tried.send(kRightIn, {{at(1), "a", "0"}, {at(2), "a", "5"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{"1-5", "9-∅", "∅-0"}));
        }
    }

    void pairsThatFailAreRejectedAndMeetNot() {
        const Json params = tumble({{"on", "left.k = right.q AND 10 / right.w > left.v"}, {"kind", "left"}});
        for (const std::size_t batchRows : {1U, 3U, 4096U}) {
            Tried tried(params, batchRows);
            tried.send(kLeftIn, {{at(1), "a", "1"}, {at(2), "a", "9"}});
            tried.send(kRightIn, {{at(1), "a", "0"}, {at(2), "a", "5"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{"1-5", "9-∅"}));
            QCOMPARE(tried.harness->rejected().size(), std::size_t{2});
            QVERIFY(tried.harness->rejected()[0].find("w=0") != std::string::npos);
        }
    }

    void whichPairsFailDoesNotGoByTheOrderOfRows() {
        const Json params = tumble({{"on", "left.k = right.q AND 10 / right.w > left.v"}, {"kind", "semi"}});
        for (const bool failsFirst : {true, false}) {
            Tried tried(params, 1);
            tried.send(kLeftIn, {{at(1), "a", "1"}});
            tried.send(kRightIn,
                       {{at(1), "a", failsFirst ? "0" : "5"}, {at(2), "a", failsFirst ? "5" : "0"}});
            tried.harness->end();
            QCOMPARE(tried.met(), (Lines{"1-"}));
            QCOMPARE(tried.harness->rejected().size(), std::size_t{1});
        }
    }

    void nullInPlaceOfWhatFailsMeetsNot() {
        Tried tried(tumble({{"on", "left.k = right.q AND 10 / right.w > left.v"}, {"kind", "anti"}}));
        tried.context.nullOnError = true;
        tried.harness = tried.make();
        tried.send(kLeftIn, {{at(1), "a", "1"}});
        tried.send(kRightIn, {{at(1), "a", "0"}});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-"}));
        QCOMPARE(tried.harness->rejected(), Lines{});
    }

    void rowsWithoutATimeForWindowsAreRejected() {
        Tried tried(tumble({{"kind", "full"}}));
        tried.send(kLeftIn, {{"", "a", "1"}});
        tried.send(kRightIn, {{at(1), "a", "2"}, {"", "a", "3"}});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"∅-2"}));
        QCOMPARE(tried.harness->rejected().size(), std::size_t{2});
        QVERIFY(tried.harness->rejected()[0].ends_with("The event time is NULL"));
    }

    void windowsThatRowsCarryMeetWhenTheyAreEqual() {
        Tried tried({{"window", "input"}, {"on", "left.k = right.q"}, {"kind", "full"}}, 4096, true);
        // Two windows that end at the same time, and one of another start.
        tried.send(kLeftIn, {{at(9, 999), "a", "1", at(0), at(10)}, {at(9, 999), "a", "2", at(5), at(10)}});
        tried.send(kRightIn, {{at(9, 999), "a", "3", at(5), at(10)}, {at(9, 999), "a", "4", at(7), at(10)}});
        tried.harness->advance(9'998);
        QVERIFY(tried.harness->lines(kOut).empty());
        tried.harness->advance(9'999);
        QCOMPARE(tried.met(), (Lines{"1-∅", "2-3", "∅-4"}));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void aKeyThatBothSidesHaveOftenIsJoinedInPieces() {
        constexpr std::size_t kRows = 300, kBatchRows = 64;
        for (const char* on : {"left.k = right.q", "left.k = right.q AND left.v >= right.w"}) {
            Tried tried(tumble({{"on", on}}), kBatchRows);
            std::vector<Cells> rows;
            for (std::size_t i = 0; i < kRows; ++i) rows.push_back({at(1), "a", std::to_string(i)});
            tried.send(kLeftIn, rows);
            tried.send(kRightIn, rows);
            tried.harness->end();
            const bool all = std::string(on) == "left.k = right.q";
            const std::size_t pairs = all ? kRows * kRows : kRows * (kRows + 1) / 2;
            QCOMPARE(tried.harness->lines(kOut).size(), pairs);
            const Lines found = tried.met();
            QVERIFY(std::adjacent_find(found.begin(), found.end()) == found.end());
            QCOMPARE(tried.harness->breaches(), Lines{});
            // Pairs that the rest of the condition turns down are work, too.
            QVERIFY(tried.harness->calls() > kRows * kRows / (8 * kBatchRows));
            QCOMPARE(tried.rowsKept(), std::size_t{0});
        }
    }

    void aPartnerIsEnoughForRowsThatAskOnlyWhether() {
        constexpr std::size_t kRows = 300, kBatchRows = 64;
        Tried tried(tumble({{"kind", "semi"}}), kBatchRows);
        std::vector<Cells> rows;
        for (std::size_t i = 0; i < kRows; ++i) rows.push_back({at(1), "a", std::to_string(i)});
        tried.send(kLeftIn, rows);
        tried.send(kRightIn, rows);
        tried.harness->end();
        QCOMPARE(tried.harness->lines(kOut).size(), kRows);
        QVERIFY2(tried.harness->calls() < 50, std::to_string(tried.harness->calls()).c_str());
    }

    void theStateDoesNotTellHowRowsWereBatched() {
        // More slices than are looked at together, in turns, and keys that come again in each.
        std::vector<Cells> rows;
        for (int i = 0; i < 120; ++i) {
            const char* const key = i % 7 == 0 ? "" : i % 3 == 0 ? "a" : "b";
            rows.push_back({at(10 * (i % 15) + i % 4), key, std::to_string(i)});
        }
        std::vector<std::string> states;
        for (const std::size_t batchRows : {1U, 17U, 120U}) {
            Tried tried(tumble({{"kind", "left"}}));
            for (std::size_t from = 0; from < rows.size(); from += batchRows) {
                const auto first = rows.begin() + static_cast<std::ptrdiff_t>(from);
                const auto count = static_cast<std::ptrdiff_t>(std::min(batchRows, rows.size() - from));
                tried.send(kLeftIn, {first, first + count});
                tried.send(kRightIn, {first, first + count});
            }
            StateWriter writer;
            QVERIFY(tried.harness->tested().snapshot(writer).ok());
            states.push_back(writer.finish());
        }
        QCOMPARE(states[1], states[0]);
        QCOMPARE(states[2], states[0]);
    }

    void afterARestartNoWindowIsJoinedTwice() {
        Tried tried(tumble({{"window", "hop"}, {"slide", "5s"}, {"kind", "full"}}));
        tried.send(kLeftIn, {{at(6), "a", "1"}, {at(7), "", "2"}});
        tried.send(kRightIn, {{at(8), "a", "3"}});
        tried.harness->advance(9'999);
        QCOMPARE(tried.met(), (Lines{"1-3", "2-∅"}));
        StateWriter writer;
        QVERIFY(tried.harness->tested().snapshot(writer).ok());
        const std::string bytes = writer.finish();
        tried.harness = tried.make();
        const auto state = StateReader::open(bytes);
        QVERIFY(state.ok());
        QVERIFY(tried.harness->tested().restore(*state, KeyGroups{}).ok());
        QCOMPARE(tried.rowsKept(), std::size_t{3});
        QCOMPARE(tried.harness->tested().firstOpen().until, Instant{15'000});
        tried.harness->advance(9'999);
        QCOMPARE(tried.met(), Lines{});
        tried.harness->end();
        QCOMPARE(tried.met(), (Lines{"1-3", "2-∅"}));
        QVERIFY(tried.harness->lines(kOut)[0].ends_with(window(5, 15)));
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void rowsBeyondTheShareAreInFilesAsLongAsTheyAreNeeded() {
        constexpr std::uint64_t kShare = 400'000;
        const auto disk = std::make_shared<MemoryOutputs>();
        Tried tried(tumble({{"kind", "full"}})), inMemory(tumble({{"kind", "full"}}));
        tried.spill(kShare, disk);
        std::size_t most = 0;
        for (int i = 0; i < 20'000; i += 1'000) {
            for (Tried* const each : {&tried, &inMemory}) {
                each->send(kLeftIn, numbered(i, i + 1'000, 15'000));
                each->send(kRightIn, numbered(i / 2, i / 2 + 500, 20'000));
            }
            most = std::max(most, tried.harness->tested().stateSize().bytes);
        }
        QVERIFY2(most < kShare + kShare / 2, std::to_string(most).c_str());  // and a batch
        QVERIFY(inMemory.harness->tested().stateSize().bytes > 4 * kShare);
        QVERIFY(tried.harness->tested().stateSize().spilled > kShare);
        QVERIFY(!disk->contents().empty());
        QCOMPARE(tried.rowsKept(), std::size_t{30'000});
        // Both write the same state, and each of them takes it over: in files what is beyond the share.
        StateWriter written, other;
        QVERIFY(tried.harness->tested().snapshot(written).ok());
        QVERIFY(inMemory.harness->tested().snapshot(other).ok());
        const std::string bytes = written.finish();
        QVERIFY(bytes == other.finish());
        const auto state = StateReader::open(bytes);
        QVERIFY(state.ok());
        const std::unique_ptr<OperatorHarness> restored = tried.make();
        QVERIFY(restored->tested().restore(*state, KeyGroups{}).ok());
        QCOMPARE(restored->tested().stateSize().keys, std::size_t{30'000});
        QVERIFY(restored->tested().stateSize().bytes < kShare + kShare / 2);

        for (OperatorHarness* const each : {tried.harness.get(), inMemory.harness.get(), restored.get()})
            each->end();
        QCOMPARE(inMemory.met().size(), std::size_t{20'000});
        QVERIFY(tried.harness->table(kOut) == inMemory.harness->table(kOut));
        QVERIFY(restored->table(kOut) == inMemory.harness->table(kOut));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(restored->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
        QVERIFY(disk->contents().empty());
    }

    /// More rows of right have it than fit into memory at a time.
    void aKeyOfManyRowsInFiles_data() { everyKindOfJoin_data(); }
    void aKeyOfManyRowsInFiles() {
        QFETCH(QString, kind);
        const Json params =
            tumble({{"kind", kind.toStdString()}, {"on", "left.k = right.q AND left.v = right.w"}});
        Tried tried(params, 1'000), inMemory(params, 1'000);
        tried.spill(1, std::make_shared<MemoryOutputs>());
        for (Tried* const each : {&tried, &inMemory}) {
            for (int i = 0; i < 9'000; i += 1'000) each->send(kRightIn, numbered(i, i + 1'000, 1));
            for (const int first : {0, 4'000, 8'998}) each->send(kLeftIn, numbered(first, first + 4, 1));
            each->harness->end();
        }
        QCOMPARE(tried.met(), inMemory.met());
        QVERIFY(!tried.met().empty());
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(tried.rowsKept(), std::size_t{0});
    }

    void aDiskThatFails_data() {
        QTest::addColumn<QString>("call");
        QTest::addColumn<bool>("asked");  // for files
        for (const char* const call : {"create", "write", "close"}) {
            QTest::addRow("%s", call) << call << true;
            QTest::addRow("%s, and nobody asked", call) << call << false;
        }
    }
    void aDiskThatFails() {
        QFETCH(QString, call);
        QFETCH(bool, asked);
        const auto disk = std::make_shared<MemoryOutputs>();
        int left = 6;
        disk->fails = [&](const std::string& what, const std::string&) {
            return call == QString::fromStdString(what) && left-- <= 0 ? ENOSPC : 0;
        };
        Tried tried(tumble({{"kind", "full"}})), inMemory(tumble({{"kind", "full"}}));
        tried.spill(1, disk, !asked);
        tried.harness->stopAfter(1'000);  // a run would end
        for (Tried* const each : {&tried, &inMemory}) {
            for (int i = 0; i < 500; i += 100) {
                each->send(kLeftIn, numbered(i, i + 100, 300));
                each->send(kRightIn, numbered(i, i + 100, 200));
            }
        }
        QVERIFY2(left < 0, std::to_string(left).c_str());
        QCOMPARE(tried.harness->breaches().empty(), !asked);
        if (asked) return;
        QCOMPARE(tried.harness->tested().takeNotes().size(), std::size_t{1});
        QCOMPARE(tried.harness->tested().takeNotes().size(), std::size_t{0});
        for (Tried* const each : {&tried, &inMemory}) each->harness->end();
        QVERIFY(tried.harness->table(kOut) == inMemory.harness->table(kOut));
        QCOMPARE(tried.harness->breaches(), Lines{});
    }

    /// Neither does a window fire without rows, nor is a checkpoint kept that lacks some.
    void aDamagedFileEndsTheRun() {
        const auto disk = std::make_shared<MemoryOutputs>();
        Tried tried(tumble());
        tried.spill(1, disk);
        tried.send(kLeftIn, numbered(0, 100, 50));
        tried.send(kRightIn, numbered(0, 100, 50));
        QCOMPARE(tried.harness->breaches(), Lines{});
        QCOMPARE(disk->contents().size(), std::size_t{2});
        for (auto [path, bytes] : disk->contents()) {
            bytes.back() = static_cast<char>(bytes.back() ^ 1);
            disk->put(path, bytes);
        }
        Operator& op = tried.harness->tested();
        auto& changing = dynamic_cast<ChangingState&>(op);
        StateWriter out;
        QVERIFY(!op.snapshot(out).ok());
        changing.freeze(true);
        for (int pieces = 0; changing.writing().ok() && pieces < 1'000; ++pieces)
            QVERIFY(changing.writePiece(out));
        QCOMPARE(changing.writing().error().code, ErrorCode::Io);
        QVERIFY(changing.writePiece(out));  // it is never whole
        Status status = op.onWatermark(kMaxTimestamp, *tried.harness);
        while (status.ok() && op.hasMore()) status = op.resume(*tried.harness);
        QVERIFY(!status.ok());
        QCOMPARE(status.error().code, ErrorCode::Io);
    }
};

QTEST_APPLESS_MAIN(TestWindowJoinOperator)
#include "test_window_join_operator.moc"

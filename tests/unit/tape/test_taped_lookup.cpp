// The tables of a lookup on a tape: which of them rows get, in the run and in its replay, with any part of them
// in memory; and tapes that were cut, or are inconsistent.
#include <QtTest/QtTest>
#include <cstring>
#include <random>

#include "core/stream/recording/recorded_tables.h"
#include "core/tape/tape_player.h"
#include "core/tape/taped_lookup.h"
#include "tests/unit/tape/taped_pieces.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr std::uint64_t kNone = 999;

SchemaRef tableSchema() {
    static const SchemaRef kSchema =
        schemaOf({{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Bigint)}});
    return kSchema;
}

/// Rows that say which version they are of.
Batch versionOf(std::int64_t version, int rows = 3) {
    Rows all;
    for (int row = 0; row < rows; ++row) all.push_back({"key " + std::to_string(row), version});
    return batchOf(tableSchema(), all);
}

/// The version of a table; kNone: there is none, or it has no rows.
std::uint64_t versionIn(const LookupTableRef& table) {
    return table && table->rows().size() > 0
               ? static_cast<std::uint64_t>(table->rows().value<std::int64_t>(1, 0))
               : kNone;
}

std::shared_ptr<LookupTable> tableOf(const Batch& rows) {
    auto table = std::make_shared<LookupTable>(tableSchema(), std::vector<int>{0});
    table->add(rows);
    return table;
}

/// The records that a run would have put on its tape.
struct Told final : LookupRecorder {
    std::vector<TapeLookup> lookups;
    std::vector<TapeTable> tables;
    bool room = true;

    std::size_t addLookup(TapeLookup about) override {
        lookups.push_back(std::move(about));
        return lookups.size() - 1;
    }
    std::size_t addAsking(NodeId) override { return 0; }
    void add(std::size_t, Answers) override {}
    bool admits() override { return room; }
    void add(std::size_t, TapeTable table) override { tables.push_back(std::move(table)); }
    std::size_t count(TapeTable::Kind kind) const {
        return static_cast<std::size_t>(std::count_if(
            tables.begin(), tables.end(), [kind](const TapeTable& table) { return table.kind == kind; }));
    }
};

TapeLookup aboutIt(LookupBy by = LookupBy::Arrival) {
    return {"n", tableSchema(), by};
}

void readAnew(RecordedTables& recorded, const Batch& rows) {
    recorded.begin();
    if (rows.rows > 0) recorded.read(rows);
    const auto table = tableOf(rows);
    while (!recorded.put(table, 77)) {
    }
}

/// A tape of one source without rows and these tables.
std::string tapeOf(const std::vector<TapeTable>& tables, LookupBy by = LookupBy::Arrival) {
    TapeInMemory tape;
    TapeStart start = startOf(1);
    start.lookups = {aboutIt(by)};
    MakeContext context;
    context.outputs = tape.disk;
    context.clock = std::make_shared<SimulatedClock>();
    if (!tape.recorder->open(context, start).ok()) return {};
    for (const TapeTable& table : tables) {
        if (!tape.recorder->write(0, table).ok()) return {};
    }
    if (!tape.recorder->close({}).ok()) return {};
    return tape.bytes();
}

TapeTable rowsFor(std::uint64_t number, std::int64_t version) {
    TapeTable table;
    table.number = number;
    table.rows = versionOf(version);
    return table;
}

TapeTable metBy(std::uint64_t number, Instant from, TapeTable::Kind kind = TapeTable::Kind::Met) {
    TapeTable table;
    table.kind = kind;
    table.number = number;
    table.from = from;
    return table;
}

/// As an operator asks: again and again, until it is there.
std::uint64_t met(LookupTables& tables, Instant moment) {
    for (int i = 0; i < 100; ++i) {
        if (const LookupTableRef table = tables.at(moment)) return versionIn(table);
        if (!tables.read(moment).ok()) return kNone;
    }
    return kNone;
}

}  // namespace

class TestTapedLookup : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void momentsHaveTheTableThatWasPutDownLast() {
        std::mt19937 random(7);
        for (int round = 0; round < 200; ++round) {
            LookupMoments moments;
            std::vector<std::uint64_t> expected(50, 0);
            moments.from(0, 0);
            for (std::uint64_t number = 1; number < 30; ++number) {
                const auto at = static_cast<std::size_t>(random() % expected.size());
                if (random() % 2 == 0) {
                    moments.from(static_cast<Instant>(at), number);
                    std::fill(expected.begin() + static_cast<std::ptrdiff_t>(at), expected.end(), number);
                } else {
                    moments.only(static_cast<Instant>(at), number);
                    expected[at] = number;
                }
                for (std::size_t i = 0; i < expected.size(); ++i)
                    QCOMPARE(moments.at(static_cast<Instant>(i)), expected[i]);
            }
        }
        LookupMoments ends;
        ends.from(kMinTimestamp, 1);
        ends.only(kMaxTimestamp, 2);
        ends.only(kMinTimestamp, 3);
        QCOMPARE(ends.at(kMaxTimestamp), std::uint64_t{2});
        QCOMPARE(ends.at(kMaxTimestamp - 1), std::uint64_t{1});
        QCOMPARE(ends.at(kMinTimestamp), std::uint64_t{3});
    }

    void whatRowsGoBy() {
        StreamType type;
        QVERIFY(lookupBy(type) == LookupBy::Arrival);
        type.held = true;  // by sort
        QVERIFY(lookupBy(type) == LookupBy::Nothing);
        type.eventTime = 0;
        QVERIFY(lookupBy(type) == LookupBy::EventTime);
        type.held = false;
        QVERIFY(lookupBy(type) == LookupBy::Arrival);
        type.leftBy = PortRole::Late;
        QVERIFY(lookupBy(type) == LookupBy::EventTime);
    }

    void aMomentKeepsItsTable() {
        Told told;
        RecordedTables recorded(told, aboutIt());
        QVERIFY(!recorded.at(10));
        readAnew(recorded, versionOf(1));
        QCOMPARE(versionIn(recorded.at(10)), std::uint64_t{1});
        readAnew(recorded, versionOf(2));
        QCOMPARE(versionIn(recorded.at(10)), std::uint64_t{1});
        QCOMPARE(versionIn(recorded.at(5)), std::uint64_t{1});
        QCOMPARE(versionIn(recorded.at(11)), std::uint64_t{2});
        QCOMPARE(versionIn(recorded.at(kNoMoment)), std::uint64_t{2});
        QCOMPARE(told.count(TapeTable::Kind::Met), std::size_t{2});
        QCOMPARE(told.tables.back().from, Instant{11});
        QCOMPARE(told.tables.back().readAt, Instant{77});
    }

    void whatIsTheSameIsNotOnItAgain() {
        Told told;
        RecordedTables recorded(told, aboutIt());
        for (int i = 0; i < 3; ++i) readAnew(recorded, versionOf(1));
        QCOMPARE(told.tables.size(), std::size_t{2});
        readAnew(recorded, versionOf(1, 4));
        QCOMPARE(told.tables.size(), std::size_t{4});
        readAnew(recorded, versionOf(1, 0));
        readAnew(recorded, versionOf(1, 0));
        QCOMPARE(told.tables.size(), std::size_t{5});
        QVERIFY(recorded.newest() && recorded.newest()->rows().size() == 0);
    }

    void nothingIsPutWhereThereIsNoRoom() {
        Told told;
        told.room = false;
        RecordedTables recorded(told, aboutIt());
        recorded.begin();
        recorded.read(versionOf(1));
        const auto table = tableOf(versionOf(1));
        for (int i = 0; i < 5; ++i) QVERIFY(!recorded.put(table, 1));
        QVERIFY(told.tables.empty() && !recorded.newest());
        told.room = true;
        QVERIFY(!recorded.put(table, 1));
        QVERIFY(recorded.put(table, 1));
        QCOMPARE(told.tables.size(), std::size_t{2});
    }

    void onesThatAreGoneAreSaidSo() {
        Told told;
        RecordedTables recorded(told, aboutIt(), 1);  // byte: the last two are all
        for (int version = 1; version <= 4; ++version) {
            readAnew(recorded, versionOf(version));
            QCOMPARE(versionIn(recorded.at(10 * version)), static_cast<std::uint64_t>(version));
        }
        QCOMPARE(told.count(TapeTable::Kind::Alone), std::size_t{0});
        QCOMPARE(versionIn(recorded.at(25)), std::uint64_t{3});
        QCOMPARE(versionIn(recorded.at(15)), std::uint64_t{3});
        QCOMPARE(told.count(TapeTable::Kind::Alone), std::size_t{1});
        QCOMPARE(told.tables.back().from, Instant{15});
        const auto read = readTape(tapeOf(told.tables));
        QVERIFY(read.ok());
        TapedLookup taped(*read, 0, LookupBy::Arrival, {0});
        const std::vector<std::pair<Instant, std::uint64_t>> expected{
            {9, 1}, {10, 1}, {14, 2}, {15, 3}, {16, 2}, {20, 2}, {25, 3}, {31, 4}, {900, 4}, {kNoMoment, 4}};
        for (const auto& [moment, version] : expected) QCOMPARE(met(taped, moment), version);
        QCOMPARE(taped.readAt(), Instant{77});
    }

    void oneThatIsKeptOrNotIsTheSame() {
        std::vector<TapeTable> tables;
        for (std::uint64_t number = 0; number < 8; ++number) {
            for (int block = 0; block < 3; ++block)
                tables.push_back(rowsFor(number, static_cast<std::int64_t>(number)));
            tables.push_back(metBy(number, number == 0 ? kMinTimestamp : static_cast<Instant>(10 * number)));
        }
        const auto read = readTape(tapeOf(tables));
        QVERIFY(read.ok() && (*read)->whole());
        QCOMPARE((*read)->lookups()[0].tables.size(), std::size_t{8});
        QCOMPARE((*read)->lookups()[0].tables[3].rows, std::uint64_t{9});
        std::mt19937 random(3);
        for (const std::size_t kept : {std::size_t{0}, TapedLookup::kKeptBytes}) {
            TapedLookup taped(*read, 0, LookupBy::Arrival, {0}, kept);
            for (int i = 0; i < 500; ++i) {
                const auto moment = static_cast<Instant>(random() % 90);
                const auto number = std::min<std::uint64_t>(static_cast<std::uint64_t>(moment) / 10, 7);
                if (random() % 3 == 0) {
                    QVERIFY(taped.read(moment).ok());  // and another caller goes on
                } else {
                    QCOMPARE(met(taped, moment), number);
                    QCOMPARE(taped.newest()->rows().size(), std::size_t{9});
                }
            }
        }
    }

    /// Each wants another one, and none is kept for long.
    void manyAtOnceAllGetTheirs() {
        std::vector<TapeTable> tables;
        for (std::uint64_t number = 0; number < 5; ++number) {
            tables.push_back(rowsFor(number, static_cast<std::int64_t>(number)));
            tables.push_back(rowsFor(number, static_cast<std::int64_t>(number)));
            tables.push_back(metBy(number, static_cast<Instant>(number)));
        }
        const auto read = readTape(tapeOf(tables));
        QVERIFY(read.ok());
        TapedLookup taped(*read, 0, LookupBy::Arrival, {0}, 0);
        std::vector<bool> served(5, false);
        for (int turn = 0; turn < 100; ++turn) {
            const auto who = static_cast<std::size_t>(turn % 5);
            if (served[who]) continue;
            if (const LookupTableRef table = taped.at(static_cast<Instant>(who))) {
                QCOMPARE(versionIn(table), static_cast<std::uint64_t>(who));
                served[who] = true;
            } else {
                QVERIFY(taped.read(static_cast<Instant>(who)).ok());
            }
        }
        QVERIFY(std::all_of(served.begin(), served.end(), [](bool one) { return one; }));
    }

    void withoutMomentsTheLastOneIsMet() {
        const auto read =
            readTape(tapeOf({rowsFor(0, 1), metBy(0, kMinTimestamp), rowsFor(1, 2), metBy(1, 50)}));
        QVERIFY(read.ok());
        TapedLookup taped(*read, 0, LookupBy::Nothing, {0});
        QCOMPARE(met(taped, 7), std::uint64_t{2});
    }

    void whatIsNotWholeIsMetByNobody() {
        const std::string whole =
            tapeOf({rowsFor(0, 1), metBy(0, kMinTimestamp), rowsFor(1, 2), metBy(1, 50)});
        std::set<std::size_t> seen;
        for (std::size_t size = 0; size < whole.size(); ++size) {
            const auto read = readTape(whole.substr(0, size));
            if (!read.ok()) continue;
            const TapeFile::Lookup& lookup = (*read)->lookups()[0];
            TapedLookup taped(*read, 0, LookupBy::Arrival, {0});
            QCOMPARE(taped.missing(), lookup.moments.empty());
            seen.insert(taped.missing() ? 0 : static_cast<std::size_t>(met(taped, 60)));
            if (!taped.missing()) QCOMPARE(met(taped, 40), std::uint64_t{1});
            if (taped.missing()) QVERIFY(!taped.at(40) && !taped.due() && !*taped.read(40));
        }
        QVERIFY(seen == (std::set<std::size_t>{0, 1, 2}));
    }

    void whatCanNotBeEndsTheTape() {
        const std::vector<TapeTable> good{rowsFor(0, 1), metBy(0, kMinTimestamp)};
        const auto good0 = readTape(tapeOf(good));
        QVERIFY(good0.ok() && (*good0)->whole());
        const std::vector<std::vector<TapeTable>> wrong{
            {rowsFor(2, 2)},                        // one is left out
            {metBy(0, 5)},                          // it was whole
            {rowsFor(0, 3)},                        // the same
            {metBy(1, 5, TapeTable::Kind::Alone)},  // there is none
            {rowsFor(1, 2), rowsFor(2, 3)},         // the one before is not whole
            {rowsFor(1, 2), metBy(1, 9, TapeTable::Kind::Alone)}};
        for (const auto& more : wrong) {
            std::vector<TapeTable> all = good;
            all.insert(all.end(), more.begin(), more.end());
            const auto read = readTape(tapeOf(all));
            QVERIFY(read.ok());
            QVERIFY(!(*read)->whole());
            TapedLookup taped(*read, 0, LookupBy::Arrival, {0});
            QCOMPARE(met(taped, 100), std::uint64_t{1});
        }
    }

    void whyATableCouldNotBeRead() {
        TapeTable failed = metBy(1, 0, TapeTable::Kind::Failed);
        failed.failed = Status(ErrorCode::NotFound, RW_TEXT("tape_test", "%1 is gone").with("x"));
        const auto read = readTape(tapeOf({rowsFor(0, 1), metBy(0, kMinTimestamp), failed}));
        QVERIFY(read.ok() && (*read)->whole());
        const TapedLookup taped(*read, 0, LookupBy::Arrival, {0});
        QVERIFY(!taped.failed().ok());
        QCOMPARE(english(taped.failed().error()), std::string("x is gone"));
    }

    void aPlayerKnowsItsLookups() {
        const auto read =
            readTape(tapeOf({rowsFor(0, 1), metBy(0, kMinTimestamp), rowsFor(1, 2), metBy(1, 50)}));
        QVERIFY(read.ok());
        const auto player = makeTapePlayer(*read, 0);
        const auto found = player->lookup(aboutIt(), {0});
        QVERIFY(found.ok() && *found);
        QVERIFY((*found)->by() == LookupBy::Arrival);
        QCOMPARE(met(**found, 49), std::uint64_t{1});
        const auto elsewhere = player->lookup(aboutIt(LookupBy::EventTime), {0});
        QVERIFY(elsewhere.ok() && *elsewhere);
        QCOMPARE(met(**elsewhere, 49), std::uint64_t{2});
        TapeLookup other = aboutIt();
        other.node = "m";
        const auto none = player->lookup(other, {0});
        QVERIFY(none.ok() && !*none);
        TapeLookup wider = aboutIt();
        wider.schema = everyType();
        const auto refused = player->lookup(wider, {0});
        QVERIFY(!refused.ok());
        QVERIFY(english(refused.error()).find("which are k STRING, v BIGINT") != std::string::npos);
    }

    /// Programs that knew no lookups go on reading tapes that have none.
    void theVersionSaysWhetherThereAreLookups() {
        const auto version = [](const std::string& bytes) {
            std::uint32_t value = 0;
            std::memcpy(&value, bytes.data() + tape_layout::kMagic.size(), sizeof value);
            return value;
        };
        QCOMPARE(version(tapeOf({})), 2U);
        TapeInMemory without;
        QVERIFY(openTape(without).ok());
        QCOMPARE(version(without.bytes()), 1U);
    }
};

QTEST_GUILESS_MAIN(TestTapedLookup)
#include "test_taped_lookup.moc"

// Rows of joins in checkpoints by change: versions, and rows that wait for others within a time. What comes,
// changes and goes while a checkpoint is written, and one that is not kept.
#include <QtTest/QtTest>
#include <algorithm>
#include <functional>
#include <optional>
#include <random>

#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/sql/aggregates/state_cells.h"
#include "core/stream/joins/interval_rows.h"
#include "core/stream/keys/key_hash.h"
#include "core/stream/rows/version_store.h"
#include "tests/support/batch_of.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

struct Kept {
    std::string key{};  ///< empty: NULL
    int value = 0;
    Instant time = 0;
};

StreamType stream(bool sourceOrder = true) {
    StreamType type;
    type.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    type.eventTime = 2;
    type.sourceOrder = sourceOrder;
    return type;
}

Batch rowsOf(const std::vector<Kept>& some, WireNumber wire = 0) {
    Rows rows;
    for (const Kept& row : some) {
        rows.push_back(
            {row.key.empty() ? Value{} : Value(row.key), Value(std::int32_t{row.value}), Value(row.time)});
    }
    Batch batch = batchOf(stream().schema, rows);
    batch.wire = wire;
    batch.positions.first = 0;
    return batch;
}

std::string keyOf(int number) {
    return "a key that fits into no string itself, " + std::to_string(number);
}

/// Rows first … end − 1, of so many keys: a row a millisecond.
std::vector<Kept> numbered(int first, int end, int keys) {
    std::vector<Kept> rows;
    for (int i = first; i < end; ++i) rows.push_back({keyOf(i % keys), i, i});
    return rows;
}

/// Versions as a temporal join keeps them. The option is StreamType::sourceOrder.
class Versions : public VersionStore {
 public:
    explicit Versions(bool sourceOrder)
        : VersionStore(stream(sourceOrder), std::vector<int>{0}, ColumnSet(3, true)) {}

    void take(const std::vector<Kept>& rows, WireNumber wire = 0) {
        if (!rows.empty()) add(rowsOf(rows, wire), everyRow(rows.size()));
    }
    void pass(Instant watermark) {
        m_watermark = watermark;
        while (due(watermark)) {
            CallBudget budget(100);
            drop(watermark, budget);
        }
    }
    Instant watermark() const { return m_watermark; }
    std::string state() const {
        StateWriter out;
        snapshot(out);
        return out.finish();
    }
    void writeRest(StateWriter& out) const { VersionStore::writeRest(m_watermark, out); }
    bool writePiece(StateWriter& out) {
        VersionStore::writePiece(out);
        return anyFrozen();
    }

 private:
    Instant m_watermark = kMinTimestamp;
};

constexpr Millis kWait = 100;

/// Rows of one input of an interval join. The option is IntervalRows::Shape::outer.
class Waiting {
 public:
    explicit Waiting(bool outer) : m_rows(shapeOf(outer)) {}

    void take(const std::vector<Kept>& some, WireNumber = 0) {
        const Batch batch = rowsOf(some);
        const std::vector<std::uint32_t> all = everyRow(batch.rows);
        std::vector<std::uint32_t> keyed;
        std::vector<std::uint64_t> hashes;
        rowsWithKey(batch, m_rows.keys(), all, keyed);
        hashKeys(batch, m_rows.keys(), hashes);
        m_rows.add(batch, all, keyed, hashes);
        letGo();
    }
    void pass(Instant watermark) {
        m_watermark = watermark;
        m_rows.pass(watermark);
        letGo();
    }
    Instant watermark() const { return m_watermark; }
    /// Rows meet one whose values are a multiple; in outer joins that counts.
    void meet(int multiple) {
        if (!m_rows.outer()) return;
        std::vector<RowSlot> meeting;
        for (const RowSlot slot : keptSlots(m_rows.store())) {
            const bool meets = m_rows.store().value<std::int32_t>(1, slot) % multiple == 0;
            if (meets) meeting.insert(meeting.end(), 2, slot);  // two pairs
        }
        m_rows.met(meeting);
    }
    std::size_t size() const { return m_rows.store().size(); }
    const RowStore& store() const { return m_rows.store(); }
    std::string state() const {
        StateWriter out;
        m_rows.write("left", out);
        return out.finish();
    }
    void writeRest(StateWriter& out) const { m_rows.writeRest("left", out); }
    void freeze(bool whole) { m_rows.freeze(whole); }
    bool writePiece(StateWriter& out) {
        m_rows.writePiece("left", out);
        return m_rows.anyFrozen();
    }
    Status restore(const StateReader& state, const KeyGroups& own) { return m_rows.read("left", state, own); }
    std::size_t memoryBytes() const { return m_rows.memoryBytes(); }

 private:
    static IntervalRows::Shape shapeOf(bool outer) {
        IntervalRows::Shape shape;
        shape.rows = {stream().schema, {0}, ColumnSet(3, true), false};
        shape.eventTime = 2;
        shape.wait = kWait;
        shape.length = 2 * kWait;
        shape.outer = outer;
        return shape;
    }
    void letGo() {
        while (m_rows.due()) m_rows.drop(m_rows.takeDue(1'000));
    }

    IntervalRows m_rows;
    Instant m_watermark = kMinTimestamp;
};

/// The checkpoints of a store, and what another one restores from the last that was kept.
template <class Store>
class Checkpoints {
 public:
    Checkpoints(Store& store, bool option) : m_store(store), m_option(option) {}

    void barrier(bool whole = false) {
        m_atBarrier = m_store.state();
        StateWriter rest;
        m_store.writeRest(rest);
        m_rest = rest.finish();
        m_whole = whole;
        m_part.clear();
        m_store.freeze(whole);
    }
    /// False: that was all.
    bool writePiece() {
        const bool more = m_store.writePiece(m_out);
        m_part += m_out.takeFields();
        return more;
    }
    /// All that are left; gives how many they were.
    int writeAll() {
        int pieces = 1;
        while (writePiece()) ++pieces;
        return pieces;
    }
    /// Of the pieces of this checkpoint so far.
    std::size_t bytes() const { return m_part.size(); }
    void keep() {
        m_parts = m_whole ? m_part : m_parts + m_part;
        m_state = m_rest + m_parts;
        StateWriter::sealAnew(m_state);
    }
    /// Also where two instances share the keys.
    bool isAsAtBarrier() const {
        const std::vector<KeyGroups> shares{{}, {0, 128}, {128, 256}};
        return std::all_of(shares.begin(), shares.end(), [this](const KeyGroups& share) {
            const std::optional<std::string> expected = restored(m_atBarrier, share);
            return expected && restored(m_state, share) == expected;
        });
    }

 private:
    std::optional<std::string> restored(const std::string& state, const KeyGroups& own) const {
        Store other(m_option);
        const Result<StateReader> reader = StateReader::open(state);
        const Status status = reader.ok() ? other.restore(*reader, own) : reader.status();
        if (!status.ok()) return std::nullopt;
        return other.state();
    }

    Store& m_store;
    const bool m_option;
    std::string m_atBarrier{}, m_rest{};  ///< as the store wrote them then
    std::string m_part{}, m_parts{};      ///< of this checkpoint; of those that were kept
    std::string m_state{};                ///< of the last that was kept
    StateWriter m_out{};
    bool m_whole = true;
};

/// A store as a story has it: rows come, meet others and go, some while a checkpoint is written; some
/// checkpoints are not kept, and the next one is a whole then. `change` does something else to the store.
template <class Store>
void tellStory(std::uint32_t seed, bool option, const std::function<void(Store&, std::mt19937&)>& change) {
    std::mt19937 random(seed);
    Store store(option);
    Checkpoints<Store> checkpoints(store, option);
    Instant watermark = 0;
    int value = 0;
    bool underWay = false, whole = true;
    for (int step = 0; step < 80; ++step) {
        switch (random() % 7) {
            case 0:
            case 1: {
                std::vector<Kept> rows(random() % 6);
                for (Kept& row : rows) {
                    row = {"k" + std::to_string(random() % 9), ++value,
                           watermark + 1 + static_cast<Instant>(random() % 60)};
                }
                store.take(rows, static_cast<WireNumber>(step));
                break;
            }
            case 2:
                watermark += static_cast<Instant>(random() % 50);
                store.pass(watermark);
                break;
            case 3:
                change(store, random);
                break;
            case 4:
                if (underWay) (void)checkpoints.writePiece();
                break;
            default:
                underWay = !underWay;
                if (underWay) {
                    checkpoints.barrier(whole);
                    break;
                }
                checkpoints.writeAll();
                whole = random() % 4 == 0;
                if (whole) break;
                checkpoints.keep();
                QVERIFY2(checkpoints.isAsAtBarrier(), std::to_string(seed).c_str());
        }
    }
}

}  // namespace

class TestRowsByChange : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void versionsThatComeAndGoWhileTheyAreWritten() {
        for (const bool sourceOrder : {true, false}) {
            Versions store(sourceOrder);
            Checkpoints<Versions> checkpoints(store, sourceOrder);
            store.take(numbered(0, 20'000, 5'000));
            checkpoints.barrier(true);
            QVERIFY(checkpoints.writePiece());
            // Some are replaced by others of their time, all keys lose some, and new ones take their slots.
            std::vector<Kept> replacing = numbered(15'000, 20'000, 5'000);
            for (Kept& row : replacing) row.value += 100'000;
            store.take(replacing, 1);
            store.pass(12'000);
            QCOMPARE(store.size(), std::size_t{12'999});
            store.take(numbered(20'000, 27'000, 9'000), 1);
            QVERIFY(checkpoints.writeAll() > 1);
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());

            checkpoints.barrier();
            store.pass(22'000);
            QVERIFY(checkpoints.writeAll() > 1);
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());

            // What was dropped costs the next one nothing.
            store.take({{keyOf(7), 7, 30'000}});
            checkpoints.barrier();
            checkpoints.writeAll();
            QVERIFY2(checkpoints.bytes() < 2'000, std::to_string(checkpoints.bytes()).c_str());
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());

            store.pass(kMaxTimestamp);
            QCOMPARE(store.size(), std::size_t{0});
            checkpoints.barrier();
            checkpoints.writeAll();
            QCOMPARE(checkpoints.bytes(), std::size_t{0});
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());
        }
    }

    void rowsThatMeetAndGoWhileTheyAreWritten() {
        for (const bool outer : {true, false}) {
            Waiting store(outer);
            Checkpoints<Waiting> checkpoints(store, outer);
            store.take(numbered(0, 20'000, 500));
            store.take({{"", 20'000, 19'950}});
            store.meet(3);
            checkpoints.barrier(true);
            QVERIFY(checkpoints.writePiece());
            store.meet(2);  // some are written, others are not
            store.pass(15'000);
            store.take(numbered(20'001, 30'000, 500));
            QVERIFY(store.store().slots() < 21'000);  // so they were used again
            QVERIFY(checkpoints.writeAll() > 1);
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());

            store.meet(5);
            checkpoints.barrier();
            store.meet(7);
            store.pass(25'000);
            store.take(numbered(30'000, 31'000, 500));
            checkpoints.writeAll();
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());

            // A row that meets another one changes nothing, and what went costs nothing.
            store.pass(29'000);
            checkpoints.barrier();
            checkpoints.writeAll();
            checkpoints.keep();
            store.meet(35);
            checkpoints.barrier();
            QCOMPARE(checkpoints.writeAll(), 1);
            const std::size_t again = checkpoints.bytes();
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());
            store.meet(35);
            store.pass(30'500);
            checkpoints.barrier();
            checkpoints.writeAll();
            QCOMPARE(checkpoints.bytes(), std::size_t{0});
            QCOMPARE(again > 0, outer);
            checkpoints.keep();
            QVERIFY(checkpoints.isAsAtBarrier());
        }
    }

    void copiesAreReleased() {
        Waiting rows(true);
        Versions versions(true);
        rows.take(numbered(0, 20'000, 500));
        versions.take(numbered(0, 20'000, 500));
        Checkpoints<Waiting> ofRows(rows, true);
        Checkpoints<Versions> ofVersions(versions, true);
        ofRows.barrier(true);
        ofVersions.barrier(true);
        const std::size_t before = rows.memoryBytes() + versions.memoryBytes();
        rows.meet(1);
        versions.take(numbered(0, 20'000, 500));
        QVERIFY(rows.memoryBytes() + versions.memoryBytes() > before + 20'000 * 100);
        ofRows.writeAll();
        ofVersions.writeAll();
        // The numbers of 20 000 rows that have changed are left.
        QVERIFY(rows.memoryBytes() + versions.memoryBytes() < before + 20'000 * 40);
    }

    // The pieces of a checkpoint that is not kept belong to none: the next one is a whole.
    void oneThatIsNotKept() {
        Waiting store(true);
        Checkpoints<Waiting> checkpoints(store, true);
        store.take(numbered(0, 10'000, 500));
        checkpoints.barrier(true);
        checkpoints.writeAll();
        checkpoints.keep();
        store.meet(2);
        checkpoints.barrier();
        store.take(numbered(10'000, 12'000, 500));
        store.pass(5'000);
        checkpoints.writeAll();
        QVERIFY(!checkpoints.isAsAtBarrier());  // the one before
        checkpoints.barrier(true);
        store.pass(9'000);
        checkpoints.writeAll();
        checkpoints.keep();
        QVERIFY(checkpoints.isAsAtBarrier());
    }

    void randomStories() {
        const auto stories = static_cast<std::uint32_t>(affordableCases(400));
        for (std::uint32_t seed = 0; seed < stories; ++seed) {
            tellStory<Waiting>(seed, seed % 2 == 0, [](Waiting& store, std::mt19937& random) {
                store.meet(static_cast<int>(1 + random() % 4));
                // One that is passed, or about to be, when it comes.
                if (store.watermark() > 0)
                    store.take({{"late", static_cast<int>(1'000'000 + random() % 1'000'000),
                                 store.watermark() - kWait + static_cast<Instant>(random() % 3)}});
            });
            tellStory<Versions>(seed, seed % 2 == 0, [](Versions& store, std::mt19937& random) {
                // Of one key and time: the last one counts.
                for (int i = 0; i < 3; ++i) {
                    store.take({{"hot", static_cast<int>(random() % 1'000), store.watermark() + 30}},
                               static_cast<WireNumber>(random() % 100));
                }
            });
            if (QTest::currentTestFailed()) return;
        }
    }

    // Which watermark rows are judged by is told by the state that they are in.
    void statesOfSeveralInstances() {
        std::vector<std::string> states;
        Versions first(true), second(true);
        for (Versions* store : {&first, &second}) {
            StateWriter out;
            store->take({{store == &first ? "a" : "b", 1, 10}, {store == &first ? "a" : "b", 2, 20}});
            store->freeze(true);
            (void)store->writePiece(out);
            const std::string pieces = out.takeFields();
            store->pass(store == &first ? 30 : 5);
            store->writeRest(out);
            states.push_back(out.finish() + pieces);
            StateWriter::sealAnew(states.back());
        }
        for (const auto& order : {std::vector<std::size_t>{0, 1}, std::vector<std::size_t>{1, 0}}) {
            Versions all(true);
            for (const std::size_t state : order)
                QVERIFY(all.restore(*StateReader::open(states[state]), {}).ok());
            QCOMPARE(all.size(), std::size_t{3});  // one of the first, both of the second
            all.pass(30);
            QCOMPARE(all.size(), std::size_t{2});
        }
    }

    void brokenChanges() {
        const auto refused = [](bool passed, std::uint32_t version, const std::string& met,
                                const std::vector<RowSlot>& numbers, std::size_t cut) {
            StateWriter out;
            if (passed) out.i64("left_passed", 5);
            out.keyed("left_changes", 0, version, [&](StateWriter& record) {
                record.batch("rows", rowsOf({}));
                record.bytes("met", met);
                sql::CellWriter cells;
                cells(numbers);
                record.bytes("slots", std::string_view(cells.bytes()).substr(cut));
            });
            const std::string state = out.finish();
            Waiting store(true);
            return !store.restore(*StateReader::open(state), {}).ok();
        };
        QVERIFY(!refused(true, 1, "", {}, 0));
        QVERIFY(refused(false, 1, "", {}, 0));
        QVERIFY(refused(true, 2, "", {}, 0));
        QVERIFY(refused(true, 1, "x", {}, 0));
        QVERIFY(refused(true, 1, "", {7}, 0));
        QVERIFY(refused(true, 1, "", {}, 1));
        QVERIFY(refused(true, 1, "", {7}, 2));
    }
};

QTEST_APPLESS_MAIN(TestRowsByChange)
#include "test_rows_by_change.moc"

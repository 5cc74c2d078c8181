// Rows that wait for the watermark to reach their event times, against a sorted list of them.
#include <QtTest>

#include <algorithm>
#include <random>
#include <tuple>

#include "core/data/state_reader.h"
#include "core/stream/rows/held_state.h"
#include "tests/support/batch_of.h"
#include "tests/support/random_cases.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"ts", Type::of(TypeId::Timestamp)},
                                    {"text", Type::of(TypeId::String)},
                                    {"number", Type::of(TypeId::Double)}});

/// A row as it is expected: its sort key, and its number.
struct Expected {
    Instant time;
    WireNumber wire;
    std::int64_t position;
    std::string text;
    bool operator<(const Expected& other) const {
        return std::tie(time, wire, position, text) <
               std::tie(other.time, other.wire, other.position, other.text);
    }
    bool operator==(const Expected&) const = default;
};

std::vector<std::string> textsOf(const Batch& batch) {
    std::vector<std::string> texts;
    for (std::size_t row = 0; row < batch.rows; ++row) texts.emplace_back(batch.column(1).string(row));
    return texts;
}

/// Rows of two wires, with and without positions, that wait and are let go in pieces; left and restored on
/// the way.
std::string fault(unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&random](unsigned n) { return static_cast<int>(random() % n); };
    const bool positions = below(2) == 0;
    const auto batchRows = static_cast<std::size_t>(1 + below(6));
    const HeldShape shape{kSchema, {}, {true, true, false}, false};
    HeldRows held(HeldUntil::EventTime, 0, batchRows);
    std::vector<Expected> waiting;
    std::int64_t next[2] = {0, 0};
    Instant watermark = 0;
    for (int step = 0; step < 12; ++step) {
        const int wire = below(2);
        Rows rows;
        for (int count = below(5); count > 0; --count) {
            const Instant time = watermark + 1 + below(6);
            // Long enough that texts do not lie in their references.
            const std::string text = std::string(12, 'x') + std::to_string(below(9));
            rows.push_back({time, text, 0.5});
            const std::int64_t position =
                positions ? next[wire] + static_cast<std::int64_t>(rows.size()) - 1 : -1;
            waiting.push_back({time, firstWireOf(wire), position, text});
        }
        Batch batch = batchOf(kSchema, rows);
        batch.wire = firstWireOf(wire);
        if (positions) batch.positions.first = next[wire];
        next[wire] += static_cast<std::int64_t>(rows.size()) + below(2);
        held.hold(batch, everyRow(batch.rows));
        if (held.size() != waiting.size()) return "another number waits";
        if (below(4) == 0) {
            StateWriter writer;
            writeHeld(held, shape, writer);
            const std::string bytes = writer.finish();
            const auto batches = readHeld(*StateReader::open(bytes), shape, {});
            if (!batches.ok()) return "its state is not read: " + english(batches.error());
            held = HeldRows(HeldUntil::EventTime, 0, batchRows);
            for (const Batch& restored : *batches) held.hold(restored, everyRow(restored.rows));
        }
        watermark += below(4);
        std::sort(waiting.begin(), waiting.end());
        const auto due = std::partition_point(waiting.begin(), waiting.end(),
                                              [&](const Expected& row) { return row.time <= watermark; });
        std::vector<std::string> expected, got;
        for (auto row = waiting.begin(); row != due; ++row) expected.push_back(row->text);
        waiting.erase(waiting.begin(), due);
        while (held.due(watermark)) {
            const Batch some = held.release(watermark, 3).gathered();
            if (some.rows == 0 || some.rows > 3) return "a piece of " + std::to_string(some.rows) + " rows";
            for (std::string& text : textsOf(some)) got.push_back(std::move(text));
        }
        if (got != expected) return "rows in another order at " + std::to_string(watermark);
    }
    return held.release(kMaxTimestamp, 1'000).order.size() == waiting.size() && held.empty()
               ? ""
               : "rows are left";
}

/// So many rows of a random wire that wait for longer than the watermark, some for long.
Batch waitingRows(int count, Instant watermark, std::mt19937& random) {
    Rows rows;
    for (; count > 0; --count) {
        const auto wait = static_cast<Instant>(1 + random() % 5'000);
        rows.push_back({watermark + wait, "text " + std::to_string(random() % 3'000), 0.5});
    }
    Batch batch = batchOf(kSchema, rows);
    batch.wire = firstWireOf(static_cast<int>(random() % 3));
    return batch;
}

void holdSome(HeldRows& held, int count, Instant watermark, std::mt19937& random) {
    held.hold(waitingRows(count, watermark, random), everyRow(static_cast<std::size_t>(count)));
}

const SchemaRef kLargeSchema = schemaOf({{"k", Type::of(TypeId::Bigint)}, {"s", Type::of(TypeId::String)}});
constexpr std::size_t kLarge = 1'000'000;

/// Twenty rows with texts of 50 KB, all of stamp 7 and wire 0, with keys from `first`.
Batch largeRowsFrom(std::int64_t first) {
    Rows rows;
    for (std::int64_t i = 0; i < 20; ++i) rows.push_back({first + i, std::string(50'000, 'x')});
    Batch batch = batchOf(kLargeSchema, rows);
    batch.stamps = std::make_shared<const std::vector<Instant>>(20, Instant{7});
    return batch;
}

}  // namespace

class TestHeldRows : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void areLetGoInTheirOrder() {
        for (const unsigned seed : seedsOf(suites::HeldRows)) {
            const std::string why = fault(seed);
            QVERIFY2(why.empty(),
                     qPrintable(QStringLiteral("seed %1: %2").arg(seed).arg(QString::fromStdString(why))));
        }
    }

    void areDueWhenTheWatermarkReachesThem() {
        HeldRows held(HeldUntil::EventTime, 0, 4);
        held.hold(batchOf(kSchema, {{Instant{7}, std::string("a"), 1.0}}), std::vector<std::uint32_t>{0});
        QVERIFY(!held.due(6));
        QVERIFY(held.due(7));
        QCOMPARE(held.release(6, 10).order.size(), std::size_t{0});
        QCOMPARE(held.release(7, 10).order.size(), std::size_t{1});
    }

    void takeNoMemoryWhenAllAreGone() {
        HeldRows held(HeldUntil::EventTime, 0, 16);
        const std::size_t before = held.memoryBytes();
        Rows rows;
        for (int i = 0; i < 100; ++i) rows.push_back({Instant{i}, std::string(1'000, 'y'), Value{}});
        held.hold(batchOf(kSchema, rows), everyRow(100));
        QVERIFY(held.memoryBytes() > before + 100'000);
        (void)held.release(kMaxTimestamp, 1'000);
        QVERIFY(held.memoryBytes() < before + 20'000);
    }

    // Rows come and are released while a checkpoint by change is written. Every fourth is not kept, and the
    // next one is a whole then.
    void aCheckpointHasWhatWaitedAtItsBarrier() {
        const HeldShape shape{kSchema, {1}, {true, true, true}, false};
        const auto stateOf = [&shape](const HeldRows& rows) {
            StateWriter out;
            writeHeld(rows, shape, out);
            return out.finish();
        };
        std::mt19937 random(7);
        HeldRows held(HeldUntil::EventTime, 0, 100);
        Instant watermark = 0;
        std::string parts;
        bool whole = true;
        holdSome(held, 20'000, watermark, random);
        for (int checkpoint = 0; checkpoint < 12; ++checkpoint) {
            const std::string expected = stateOf(held);
            const Instant atBarrier = watermark;
            StateWriter out;
            held.freeze(whole, atBarrier);
            bool more = writeHeldPiece(held, shape, out);
            QVERIFY(more || checkpoint > 0);  // 20 000 rows are several pieces
            holdSome(held, 2'000, watermark, random);
            watermark += checkpoint == 0 ? 6'000 : static_cast<Instant>(random() % 2'000);  // all, or some
            while (held.due(watermark)) (void)held.release(watermark, 1'000);
            const std::size_t before = held.memoryBytes();
            while (more) more = writeHeldPiece(held, shape, out);
            QVERIFY(checkpoint > 0 || held.memoryBytes() < before);  // batches of released rows went
            const std::string part = out.takeFields();
            const bool kept = checkpoint % 4 != 3;
            if (kept) {
                parts = whole ? part : parts + part;
                std::string state = StateWriter().finish() + parts;
                StateWriter::sealAnew(state);
                const auto batches = readHeld(*StateReader::open(state), shape, {});
                QVERIFY(batches.ok());
                HeldRows again(HeldUntil::EventTime, 0, 100);
                for (const Batch& batch : *batches) again.hold(batch, again.waitingFor(batch, atBarrier));
                QVERIFY2(stateOf(again) == expected, std::to_string(checkpoint).c_str());
            }
            whole = !kept;
        }
    }

    void aStateOfOthersIsRefused() {
        HeldRows held(HeldUntil::EventTime, 0, 4);
        held.hold(batchOf(kSchema, {{Instant{7}, std::string("a"), 1.0}}), std::vector<std::uint32_t>{0});
        StateWriter writer;
        writeHeld(held, {kSchema, {}, {true, true, true}, false}, writer);
        const std::string bytes = writer.finish();
        const StateReader state = *StateReader::open(bytes);
        QVERIFY(readHeld(state, {kSchema, {}, {true, true, true}, false}, {}).ok());
        QVERIFY(!readHeld(state, {kSchema, {}, {true, true, true}, true}, {}).ok());    // without stamps
        QVERIFY(!readHeld(state, {kSchema, {1}, {true, true, true}, false}, {}).ok());  // of another key
        const SchemaRef fewer = schemaOf({{"ts", Type::of(TypeId::Timestamp)}});
        QVERIFY(readHeld(state, {fewer, {}, {true}, false}, {}).ok());  // the others are not read any more
        const SchemaRef another =
            schemaOf({{"ts", Type::of(TypeId::Timestamp)}, {"n", Type::of(TypeId::Int)}});
        QVERIFY(!readHeld(state, {another, {}, {true, true}, false}, {}).ok());
    }

    void largeBatchesAreNotKept_data() {
        QTest::addColumn<std::size_t>("batchRows");
        QTest::newRow("each a batch of its own") << std::size_t{1};
        QTest::newRow("all in a batch that takes more") << std::size_t{4096};
    }
    void largeBatchesAreNotKept() {
        QFETCH(std::size_t, batchRows);
        QVERIFY(largeRowsFrom(0).memoryBytes() > kLarge);
        HeldRows held(HeldUntil::Stamp, 0, batchRows);
        for (std::int64_t first = 0; first < 100; first += 20)
            held.hold(largeRowsFrom(first), std::vector<std::uint32_t>{3});
        const std::size_t bytes = held.memoryBytes();
        QVERIFY2(bytes > 5 * 50'000 && bytes < kLarge / 2, qPrintable(QString::number(bytes)));
        const HeldRows::Released released = held.release(8, 100);
        std::vector<std::int64_t> keys;
        for (const auto& [number, row] : released.order) {
            const Batch& batch = released.batches[number];
            keys.push_back(batch.column(0).at<std::int64_t>(row));
            QCOMPARE(batch.column(1).string(row).size(), std::size_t{50'000});
        }
        QCOMPARE(keys, (std::vector<std::int64_t>{3, 23, 43, 63, 83}));
    }
};

QTEST_APPLESS_MAIN(TestHeldRows)
#include "test_held_rows.moc"

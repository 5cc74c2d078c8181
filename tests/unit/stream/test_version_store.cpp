// The versions of keys: which one is found, which are dropped when, and the cost.
#include <QElapsedTimer>
#include <QtTest/QtTest>
#include <algorithm>

#include "core/data/state_reader.h"
#include "core/data/state_writer.h"
#include "core/stream/rows/version_store.h"
#include "tests/support/batch_of.h"
#include "tests/support/sanitizer.h"

using namespace rw;
using namespace rw::test;

namespace {

struct Version {
    Instant time;
    int value;
    std::string key = "a";
};

StreamType stream(bool sourceOrder = true) {
    StreamType type;
    type.schema = schemaOf(
        {{"k", Type::of(TypeId::String)}, {"v", Type::of(TypeId::Int)}, {"ts", Type::of(TypeId::Timestamp)}});
    type.eventTime = 2;
    type.sourceOrder = sourceOrder;
    return type;
}

Batch rowsOf(const std::vector<Version>& versions, WireNumber wire = 0, std::int64_t position = 0) {
    Rows rows;
    for (const Version& version : versions) rows.push_back({version.key, version.value, version.time});
    Batch batch = batchOf(stream().schema, rows);
    batch.wire = wire;
    batch.positions.first = position;
    return batch;
}

/// A store of these, by their column k.
struct Tested : VersionStore {
    explicit Tested(bool sourceOrder = true)
        : VersionStore(stream(sourceOrder), std::vector<int>{0}, ColumnSet(3, true)) {}

    void take(const std::vector<Version>& versions, WireNumber wire = 0, std::int64_t position = 0) {
        if (!versions.empty()) add(rowsOf(versions, wire, position), everyRow(versions.size()));
    }
    /// As far as one call goes.
    void reach(Instant watermark, std::size_t batchRows = 4'096) {
        CallBudget budget(batchRows);
        drop(watermark, budget);
    }
    /// The value of the version at a time; -1: none.
    int at(Instant time, const std::string& key = "a") const {
        std::vector<RowSlot> found;
        find(rowsOf({{time, 0, key}}), std::vector<int>{0}, 2, found);
        const std::vector<ColumnRef> columns = gather(found);
        return columns[1]->isNull(0) ? -1 : columns[1]->at<std::int32_t>(0);
    }
    std::string state() const {
        StateWriter out;
        snapshot(out);
        return out.finish();
    }
};

}  // namespace

class TestVersionStore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void findsTheNewestThatIsNotNewer() {
        Tested tested;
        QCOMPARE(tested.at(5), -1);
        tested.take({{20, 2}, {10, 1}, {30, 3}, {15, 9, "b"}});
        QCOMPARE(tested.at(9), -1);
        QCOMPARE(tested.at(10), 1);
        QCOMPARE(tested.at(19), 1);
        QCOMPARE(tested.at(20), 2);
        QCOMPARE(tested.at(1'000), 3);
        QCOMPARE(tested.at(1'000, "b"), 9);
        QCOMPARE(tested.at(1'000, "c"), -1);
        QCOMPARE(tested.keys(), std::size_t{2});
    }

    void ofOneTimeOneStays() {
        Tested inOrder;
        inOrder.take({{10, 7}, {10, 9}, {10, 8}});
        QCOMPARE(inOrder.at(10), 8);
        QCOMPARE(inOrder.size(), std::size_t{1});

        Tested ofWires(false);
        ofWires.take({{10, 5}}, 1, 3);
        ofWires.take({{10, 6}}, 1, 2);
        ofWires.take({{10, 9}}, 0, 8);
        QCOMPARE(ofWires.at(10), 5);  // the last wire, and its last position
        QCOMPARE(ofWires.size(), std::size_t{1});

        Tested ofMadeRows(false);
        for (const int value : {4, 7, 5}) ofMadeRows.take({{10, value}}, 0, -1);
        QCOMPARE(ofMadeRows.at(10), 7);
    }

    void dropsWhatWasReplaced() {
        Tested tested;
        tested.take({{10, 1}, {20, 2}, {30, 3}, {12, 8, "b"}});
        tested.reach(19);
        QCOMPARE(tested.size(), std::size_t{4});
        QCOMPARE(tested.at(19), 1);
        QVERIFY(!tested.due(19) && tested.due(20));
        tested.reach(20);
        QCOMPARE(tested.size(), std::size_t{3});
        QCOMPARE(tested.at(20), 2);
        tested.take({{25, 5}});
        tested.reach(29);
        QCOMPARE(tested.size(), std::size_t{3});
        tested.reach(1'000);
        QCOMPARE(tested.size(), std::size_t{2});
        QCOMPARE(tested.at(1'000), 3);
        QCOMPARE(tested.at(1'000, "b"), 8);
    }

    void worksInPieces() {
        Tested tested;
        std::vector<Version> versions;
        for (int i = 0; i < 100; ++i) versions.push_back({i, i, "key " + std::to_string(i % 50)});
        tested.take(versions);
        for (const Instant watermark : {Instant{99}, kMaxTimestamp}) {
            int calls = 0;
            for (; tested.due(watermark); ++calls) tested.reach(watermark, 1);
            QVERIFY2(calls > 10, std::to_string(calls).c_str());
            QCOMPARE(tested.size(), watermark == 99 ? std::size_t{50} : std::size_t{0});
        }
        QCOMPARE(tested.keys(), std::size_t{0});
        QVERIFY(tested.state() == Tested().state());
    }

    // Were all versions of the key walked over, this would be 40 000 000 000 steps.
    void aHotKeyCostsLittle() {
        const auto count = static_cast<int>(affordableCases(200'000));
        std::vector<Version> versions;
        for (int i = 0; i < count; ++i) versions.push_back({i, i});
        QElapsedTimer timer;
        timer.start();
        Tested upwards, downwards;
        upwards.take(versions);
        std::reverse(versions.begin(), versions.end());
        downwards.take(versions);
        std::vector<RowSlot> found;
        for (const Tested* tested : {&upwards, &downwards}) {
            tested->find(rowsOf(versions), std::vector<int>{0}, 2, found);
            QVERIFY(std::find(found.begin(), found.end(), kNoRow) == found.end());
        }
        for (Instant watermark = 0; watermark < count; ++watermark) {
            upwards.reach(watermark);
            downwards.reach(watermark);
        }
        QCOMPARE(upwards.size(), std::size_t{1});
        QCOMPARE(downwards.at(count), count - 1);
        QVERIFY2(timer.elapsed() < 20'000, std::to_string(timer.elapsed()).c_str());
    }

    void slotsAreUsedAgain() {
        Tested tested;
        for (int i = 0; i < 10'000; ++i) {
            tested.take({{i, i}});
            tested.reach(i);
        }
        QCOMPARE(tested.size(), std::size_t{1});
        QVERIFY2(tested.memoryBytes() < 10'000, std::to_string(tested.memoryBytes()).c_str());
    }

    void theStateDoesNotTellTheOrder() {
        for (const bool sourceOrder : {true, false}) {
            Tested one(sourceOrder), other(sourceOrder);
            one.take({{5, 5}, {10, 1}, {20, 2}, {10, 7, "b"}, {30, 3}});
            one.reach(10);
            other.take({{30, 3}}, 0, 4);
            other.take({{10, 7, "b"}}, 0, 3);
            other.take({{20, 2}}, 0, 2);
            other.take({{10, 1}}, 0, 1);
            QVERIFY(one.state() == other.state());
        }
    }

    void restoresWhatItWrote() {
        std::vector<Version> versions;
        for (int i = 0; i < 60; ++i) versions.push_back({i, i, "key " + std::to_string(i % 20)});
        for (const bool sourceOrder : {true, false}) {
            Tested before(sourceOrder), all(sourceOrder), half(sourceOrder), otherHalf(sourceOrder);
            before.take(versions);
            before.reach(30);
            const std::string state = before.state();
            const Result<StateReader> reader = StateReader::open(state);
            QVERIFY(reader.ok());
            QVERIFY(all.restore(*reader, {}).ok());
            QVERIFY(all.state() == state);
            all.reach(45);
            before.reach(45);
            QVERIFY(all.state() == before.state());
            QVERIFY(half.restore(*reader, {0, 128}).ok() && otherHalf.restore(*reader, {128, 256}).ok());
            QVERIFY(half.keys() > 0 && otherHalf.keys() > 0);
            QCOMPARE(half.keys() + otherHalf.keys(), std::size_t{20});
        }
        // Rows of another stream are no versions of this one.
        Tested wires(false), inOrder;
        inOrder.take(versions);
        const std::string state = inOrder.state();
        QVERIFY(!wires.restore(*StateReader::open(state), {}).ok());
    }
};

QTEST_APPLESS_MAIN(TestVersionStore)
#include "test_version_store.moc"

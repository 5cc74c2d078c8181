// Rows that wait for the state of their keys: when a batch ends, and that each key has all of its rows, in
// their order, whatever memory there is.
#include <QtTest/QtTest>

#include <cerrno>
#include <map>

#include "core/base/random.h"
#include "core/store/mini_batch.h"
#include "core/store/partitioned_store.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

using namespace rw;
using namespace rw::test;

namespace {

/// The state of a key is its rows, one behind the other; “-” forgets it.
class Joined final : public MiniBatch::Fold {
 public:
    Status fold(const MiniBatch::Rows& rows, const StoreValues& before, StoreValues& after) override {
        ++calls;
        for (std::size_t i = 0; i < rows.keys.size(); ++i) {
            if (any && rows.keys[i] <= last) descends = true;
            last = {rows.keys[i].hash, {}};
            any = true;
            std::string state(before.at(i).value_or(std::string_view()));
            for (const std::string_view row : rows.of(i)) {
                state = row == "-" ? std::string() : state + std::string(row);
                ++folded;
            }
            if (!state.empty()) after.set(i, state);
        }
        return {};
    }
    void begin() { any = false; }

    int calls = 0, folded = 0;
    bool any = false, descends = false;
    StoreKey last{};
};

struct Batched {
    explicit Batched(MiniBatch::Limits limits)
        : disk(std::make_shared<MemoryOutputs>()),
          store(*SpillFolder::open(disk, MemoryFiles(), "/state")),
          batch(limits) {}

    void runToTheEnd(std::size_t bytes) {
        fold.begin();
        for (int calls = 0; batch.hasMore(); ++calls) {
            QVERIFY(batch.run(store, fold, bytes).ok());
            QVERIFY(calls < 1'000'000);
        }
    }
    std::map<std::uint64_t, std::string> content() {
        std::map<std::uint64_t, std::string> found;
        StoreRows rows;
        for (int keyGroup = 0; keyGroup < KeyedStore::kKeyGroups; ++keyGroup) {
            const auto scan = store.scan(keyGroup);
            for (bool more = true; more;) {
                more = *(*scan)->next(rows);
                for (std::size_t i = 0; i < rows.size(); ++i) found[rows.key(i).hash] = rows.value(i);
            }
        }
        return found;
    }

    std::shared_ptr<MemoryOutputs> disk;
    PartitionedStore store;
    MiniBatch batch;
    Joined fold{};
};

}  // namespace

class TestMiniBatch : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void itEndsAfterRowsOrATime() {
        MiniBatch batch({3, 1'000});
        QVERIFY(!batch.due(5'000));
        QCOMPARE(batch.dueAt(), kMaxTimestamp);
        batch.add({1, "a"}, "x", 5'000);
        batch.add({1, "a"}, "x", 5'900);
        QCOMPARE(batch.dueAt(), Instant{6'000});
        QVERIFY(!batch.due(5'999));
        QVERIFY(batch.due(6'000));
        QCOMPARE(batch.room(), std::size_t{1});
        batch.add({2, "b"}, "x", 5'900);
        QVERIFY(batch.due(5'900));
        QCOMPARE(batch.room(), std::size_t{0});
        batch.close();
        QVERIFY(batch.hasMore());
        QVERIFY(!batch.due(9'000));
        QCOMPARE(batch.room(), std::size_t{3});
        QCOMPARE(batch.waiting(), std::size_t{3});
    }

    void anEmptyOneHasNothingToDo() {
        Batched batched({3, 1'000});
        batched.batch.close();
        QVERIFY(!batched.batch.hasMore());
        QVERIFY(batched.batch.run(batched.store, batched.fold, 1'000).ok());
        QCOMPARE(batched.fold.calls, 0);
    }

    void everyKeyHasItsRowsInOrder_data() {
        QTest::addColumn<int>("memory");
        QTest::addColumn<int>("step");
        QTest::newRow("no memory, small steps") << 0 << 1;
        QTest::newRow("some memory") << 20'000 << 50'000;
        QTest::newRow("all of it, at once") << 100'000'000 << 100'000'000;
    }
    void everyKeyHasItsRowsInOrder() {
        QFETCH(int, memory);
        QFETCH(int, step);
        Batched batched({2'000, 1'000});
        batched.store.setMemory(static_cast<std::size_t>(memory));
        std::map<std::uint64_t, std::string> expected;
        int rows = 0;
        for (int round = 0; round < 5; ++round) {
            for (; batched.batch.room() > 0; ++rows) {
                const auto number = static_cast<std::uint64_t>(rows);
                const std::uint64_t hash = splitMix64(splitMix64(7, number) % 900);
                const std::string row = rows % 17 == 0 ? "-" : std::to_string(rows % 10);
                batched.batch.add({hash, std::to_string(hash)}, row, 0);
                std::string& state = expected[hash];
                state = row == "-" ? std::string() : state + row;
            }
            batched.batch.close();
            batched.runToTheEnd(static_cast<std::size_t>(step));
        }
        std::erase_if(expected, [](const auto& each) { return each.second.empty(); });
        QCOMPARE(rows, 10'000);
        QCOMPARE(batched.fold.folded, rows);
        QVERIFY(!batched.fold.descends);
        QCOMPARE(batched.content(), expected);
        QCOMPARE(batched.disk->contents().empty(), memory == 100'000'000);
    }

    void theFileOfAKeyGroupIsWrittenOnce() {
        Batched batched({10'000, 1'000});
        for (std::uint64_t hash = 0; hash < 9'000; ++hash) batched.batch.add({hash, "key"}, "1", 0);
        batched.batch.close();
        int written = 0;
        batched.disk->fails = [&written](const std::string& what, const std::string&) {
            written += what == "close" ? 1 : 0;
            return 0;
        };
        batched.runToTheEnd(1'000);
        for (int calls = 0; batched.store.hasWork(); ++calls) {
            QVERIFY(batched.store.work(1'000).ok());
            QVERIFY(calls < 10'000);
        }
        QCOMPARE(written, 1);
        QVERIFY(batched.fold.calls > 1);
        QCOMPARE(batched.store.size().rows, std::uint64_t{9'000});
    }

    void rowsThatComeMeanwhileAreOfTheNext() {
        Batched batched({10, 1'000});
        batched.batch.add({1, "a"}, "1", 0);
        batched.batch.add({std::uint64_t{255} << 56, "z"}, "1", 0);
        batched.batch.close();
        QVERIFY(batched.batch.run(batched.store, batched.fold, 1).ok());
        batched.batch.add({1, "a"}, "2", 0);
        // What a checkpoint would have of them.
        std::string waiting;
        for (const int keyGroup : {0, 255}) {
            batched.batch.forEach(keyGroup, [&waiting](const StoreKey& key, std::string_view row) {
                waiting += std::string(key.bytes) + std::string(row);
            });
        }
        QCOMPARE(waiting, std::string("a2z1"));
        batched.runToTheEnd(1);
        QCOMPARE(batched.batch.waiting(), std::size_t{1});
        batched.batch.close();
        batched.runToTheEnd(1);
        QCOMPARE(batched.content().at(1), std::string("12"));
    }

    /// Some keys at a time, with the rows that come before their key group is begun.
    void rowsAreTaken() {
        MiniBatch batch({100, 1'000});
        const std::uint64_t far = std::uint64_t{9} << 56;
        for (const char* const row : {"1", "2"}) {
            batch.add({3, "c"}, row, 0);
            batch.add({1, "a"}, row, 0);
            batch.add({far, "z"}, row, 0);
        }
        QVERIFY(batch.take(10).keys.empty());
        batch.close();
        QVERIFY(batch.atEndOfKeyGroup());
        const auto taken = [&batch](std::size_t keys) {
            std::string all;
            const MiniBatch::Rows rows = batch.take(keys);
            for (std::size_t i = 0; i < rows.keys.size(); ++i) {
                all += rows.keys[i].bytes;
                for (const std::string_view row : rows.of(i)) all += row;
            }
            return all;
        };
        QCOMPARE(taken(1), std::string("a12"));
        QVERIFY(!batch.atEndOfKeyGroup());
        batch.add({far, "z"}, "3", 0);
        batch.add({far + 1, "y"}, "3", 0);
        batch.add({1, "a"}, "3", 0);
        QCOMPARE(taken(1), std::string("c12"));
        QVERIFY(batch.atEndOfKeyGroup());
        QVERIFY(batch.hasMore());
        QCOMPARE(taken(10), std::string("z123y3"));
        QVERIFY(!batch.hasMore());
        QCOMPARE(batch.waiting(), std::size_t{1});
        QVERIFY(!batch.due(999));
        QVERIFY(batch.due(1'000));
        QCOMPARE(taken(10), std::string());
        batch.close();
        QCOMPARE(taken(10), std::string("a3"));
    }

    void aFullDiskLosesNoRow() {
        Batched batched({10, 1'000});
        batched.batch.add({1, "a"}, "1", 0);
        batched.batch.add({std::uint64_t{9} << 56, "b"}, "1", 0);
        batched.batch.close();
        batched.disk->fails = [](const std::string&, const std::string&) { return ENOSPC; };
        QVERIFY(!batched.batch.run(batched.store, batched.fold, 1'000'000).ok());
        QVERIFY(batched.batch.hasMore());
        batched.disk->fails = [](const std::string&, const std::string&) { return 0; };
        batched.runToTheEnd(1'000'000);
        QCOMPARE(batched.fold.folded, 2);
        QCOMPARE(batched.content().size(), std::size_t{2});
    }
};

QTEST_APPLESS_MAIN(TestMiniBatch)
#include "test_mini_batch.moc"

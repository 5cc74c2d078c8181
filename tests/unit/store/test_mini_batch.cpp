// Rows that wait for the state of their keys: when a batch ends, and that each key has all of its rows, in
// their order.
#include <QtTest/QtTest>

#include <map>
#include <optional>
#include <string>

#include "core/base/random.h"
#include "core/store/mini_batch.h"

using namespace rw;
using namespace rw::test;

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

    void everyKeyHasItsRowsInOrder() {
        MiniBatch batch({2'000, 1'000});
        std::map<std::uint64_t, std::string> expected, found;
        for (int added = 0, round = 0; round < 5; ++round) {
            for (; batch.room() > 0; ++added) {
                const std::uint64_t hash = splitMix64(splitMix64(7, static_cast<std::uint64_t>(added)) % 900);
                batch.add({hash, std::to_string(hash)}, std::to_string(added), 0);
                expected[hash] += std::to_string(added);
            }
            batch.close();
            std::optional<StoreKey> last;
            while (batch.hasMore()) {
                const MiniBatch::Rows rows = batch.take(static_cast<std::size_t>(1 + round));
                QVERIFY(rows.keys.size() <= static_cast<std::size_t>(1 + round));
                for (std::size_t i = 0; i < rows.keys.size(); ++i) {
                    QVERIFY(!last || last->hash < rows.keys[i].hash);  // each once
                    QCOMPARE(rows.keys[i].keyGroup(), rows.keys[0].keyGroup());
                    last = StoreKey{rows.keys[i].hash, {}};
                    for (const std::string_view row : rows.of(i)) found[rows.keys[i].hash] += row;
                }
            }
        }
        QCOMPARE(found.size(), std::size_t{900});
        QCOMPARE(found, expected);
    }

    /// What a checkpoint would have of them.
    void rowsThatWaitCanBeSeen() {
        MiniBatch batch({10, 1'000});
        const std::uint64_t far = std::uint64_t{255} << 56;
        batch.add({1, "a"}, "1", 0);
        batch.add({far, "z"}, "1", 0);
        batch.close();
        (void)batch.take(10);
        batch.add({1, "a"}, "2", 0);
        batch.add({far, "z"}, "2", 0);
        std::string waiting;
        for (const int keyGroup : {0, 255}) {
            batch.forEach(keyGroup, [&waiting](const StoreKey& key, std::string_view row) {
                waiting += std::string(key.bytes) + std::string(row);
            });
        }
        QCOMPARE(waiting, std::string("a2z1z2"));
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
};

QTEST_APPLESS_MAIN(TestMiniBatch)
#include "test_mini_batch.moc"

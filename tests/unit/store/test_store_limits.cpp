// Stores at their edges: no memory, one key everywhere, all keys in one place, large keys, disks that fail in
// the middle, snapshots that stay.
#include <QtTest/QtTest>

#include <algorithm>
#include <array>
#include <cerrno>
#include <set>

#include "core/base/random.h"
#include "core/store/part_filter.h"
#include "tests/unit/store/tried_store.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Of every key group so many keys.
std::vector<Key> keysOfAllGroups(std::uint64_t each) {
    std::vector<Key> keys;
    for (std::uint64_t group = 0; group < KeyedStore::kKeyGroups; ++group) {
        for (std::uint64_t i = 0; i < each; ++i) keys.emplace_back(group << 56 | i, std::to_string(i));
    }
    return keys;
}

void putAll(Tried& tried, const std::vector<Key>& keys, const std::string& value) {
    tried.put(keys, std::vector<std::optional<std::string>>(keys.size(), value));
}

/// Keys of one key group from one number to another, whose hashes are random otherwise.
std::vector<Key> keysOfOneGroup(std::uint64_t from, std::uint64_t end) {
    std::set<Key> sorted;
    for (std::uint64_t i = from; i < end; ++i)
        sorted.emplace(std::uint64_t{77} << 56 | splitMix64(1, i) >> 8, "key " + std::to_string(i));
    return {sorted.begin(), sorted.end()};
}

/// How many of the keys can't be looked up when the files are gone: those for which one is read.
int readsOf(Tried& tried, const std::vector<Key>& keys) {
    for (const auto& [path, bytes] : tried.disk->contents()) tried.disk->remove(path);
    StoreValues values;
    return static_cast<int>(std::count_if(keys.begin(), keys.end(), [&](const Key& key) {
        return !tried.store->get(std::array{StoreKey{key.first, key.second}}, values).ok();
    }));
}

}  // namespace

class TestStoreLimits : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void noKeysAtAll() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            QVERIFY(!tried.store->hasWork());
            QVERIFY(tried.store->work(1'000'000).ok());
            StoreValues values;
            values.reset(3);  // of a call before
            QVERIFY(tried.store->get({}, values).ok());
            QCOMPARE(values.size(), std::size_t{0});
            QVERIFY(tried.store->put({}, values).ok());
            QVERIFY(tried.store->erase({}).ok());
            QVERIFY(tried.givesAll());
            const auto snapshot = tried.store->snapshot();
            QVERIFY(rowsOf((*snapshot)->scan(255), 255)->empty());
            QCOMPARE(tried.store->size().rows, std::uint64_t{0});
            QVERIFY(tried.disk->contents().empty());
        }
    }

    void aKeyThatWasNeverThereIsErased() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            tried.erase(keysOfAllGroups(1));
            QVERIFY(tried.givesAll());
            tried.workToTheEnd();
            QCOMPARE(tried.store->size().rows, std::uint64_t{0});
            QVERIFY(tried.disk->contents().empty());  // no file for nothing
        }
    }

    void oneKeyInEachKeyGroup() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            const std::vector<Key> keys = keysOfAllGroups(1);
            for (const char* const value : {"first", "second"}) {
                putAll(tried, keys, value);
                QVERIFY(tried.givesAll());
                tried.workToTheEnd();
                QVERIFY(tried.givesAll());
                QCOMPARE(tried.disk->contents().size(), keys.size());
                QCOMPARE(tried.store->size().rows, std::uint64_t{keys.size()});
            }
            tried.erase(keys);
            tried.workToTheEnd();
            QVERIFY(tried.givesAll());
            QVERIFY(tried.disk->contents().empty());
        }
    }

    void tablesOfContentsOfLargeFilesStaySmall() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            tried.store->setMemory(0);
            for (int round = 0; round < 2; ++round) {  // how large files become is known from those before
                putAll(tried, keysOfOneGroup(0, 6'000), std::string(2'500, 'v'));
                tried.workToTheEnd();
            }
            QVERIFY(tried.givesAll());
            const KeyedStore::Size size = tried.store->size();
            QVERIFY(size.files > 15'000'000);
            QVERIFY2(size.memory < 110'000, std::to_string(size.memory).c_str());  // else about 140 000
        }
    }

    void oneHotKeyGroup() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            for (std::uint64_t from = 0; from < 60'000; from += 6'000) {
                tried.store->setMemory(from % 4'000 == 0 ? 0 : 300'000);
                putAll(tried, keysOfOneGroup(from, from + 6'000), "value");
                tried.workToTheEnd();
            }
            QVERIFY(tried.givesAll());
            tried.erase(keysOfOneGroup(10'000, 50'000));
            tried.workToTheEnd();
            QVERIFY(tried.givesAll());
            tried.store->setMemory(0);
            tried.workToTheEnd();
            QCOMPARE(tried.store->size().rows, std::uint64_t{20'000});
        }
    }

    /// A call of work() may do a section of a file and not much more, however many changes there are.
    void workGoesInPieces() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            putAll(tried, keysOfOneGroup(0, 50'000), std::string(20, 'v'));
            int calls = 0;
            for (; tried.store->hasWork(); ++calls) QVERIFY(tried.store->work(1).ok());
            QVERIFY2(calls > 20, std::to_string(calls).c_str());
            tried.erase(keysOfOneGroup(0, 50'000));  // they add no bytes
            for (calls = 0; tried.store->hasWork(); ++calls) QVERIFY(tried.store->work(1).ok());
            QVERIFY2(calls > 10, std::to_string(calls).c_str());
            QVERIFY(tried.givesAll());
        }
    }

    void manyLargeKeysWithoutMemory() {
        constexpr std::size_t kLarge = std::size_t{4} << 20;
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            std::vector<Key> keys;
            for (const char end : {'a', 'b', 'c'}) keys.emplace_back(5, std::string(kLarge, 'k') + end);
            putAll(tried, keys, std::string(kLarge, 'v'));
            tried.workToTheEnd();
            QVERIFY(tried.store->size().memory < kLarge);
            QVERIFY(tried.givesAll());
            tried.put({keys[1]}, {std::nullopt});
            tried.put({keys[2]}, {std::string()});
            tried.workToTheEnd();
            QVERIFY(tried.givesAll());
            QVERIFY(tried.gives(keys));
        }
    }

    void writesThatFailInTheMiddleOfAMerge_data() {
        QTest::addColumn<int>("good");  // writes before
        for (const int good : {0, 1, 2, 3}) QTest::addRow("%d before", good) << good;
    }
    void writesThatFailInTheMiddleOfAMerge() {
        QFETCH(int, good);
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            putAll(tried, keysOfOneGroup(0, 20'000), std::string(50, 'a'));
            tried.workToTheEnd();
            putAll(tried, keysOfOneGroup(10'000, 30'000), std::string(50, 'b'));
            const auto before = tried.disk->contents();
            const auto snapshot = tried.store->snapshot();
            const Content then = tried.model;
            for (int round = 0; round < 10; ++round) {
                int left = good;
                tried.disk->fails = [&left](const std::string& what, const std::string&) {
                    return what == "write" && left-- <= 0 ? ENOSPC : 0;
                };
                Status worked;
                while (worked.ok()) worked = tried.store->work(1);
                QCOMPARE(tried.disk->contents(), before);
                // Rows come between the attempts.
                putAll(tried, keysOfOneGroup(20'000, 20'010), std::to_string(round));
                QVERIFY(tried.gives(keysOfOneGroup(19'990, 20'020)));
            }
            tried.full(false);
            tried.workToTheEnd();
            QVERIFY(tried.givesAll());
            QVERIFY(rowsOf((*snapshot)->scan(77), 77) == then);
        }
    }

    void aSnapshotKeepsItsFilesUntilItIsDropped() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            std::vector<std::unique_ptr<StoreSnapshot>> kept;
            std::vector<Content> then;
            for (int round = 0; round < 6; ++round) {
                putAll(tried, keysOfAllGroups(3), std::to_string(round));
                if (round % 2 == 0) tried.workToTheEnd();
                kept.push_back(*tried.store->snapshot());
                then.push_back(tried.model);
                tried.erase({keysOfAllGroups(3)[static_cast<std::size_t>(round)]});
            }
            tried.workToTheEnd();
            QVERIFY(tried.disk->contents().size() > 2 * std::size_t{KeyedStore::kKeyGroups});
            for (std::size_t i = 0; i < kept.size(); ++i) {
                for (const int group : {0, 1, 200})
                    QVERIFY(rowsOf(kept[i]->scan(group), group) == groupOf(then[i], group));
            }
            // A scan outlives its snapshot.
            auto scan = kept.front()->scan(0);
            kept.clear();
            QVERIFY(rowsOf(std::move(scan), 0) == groupOf(then.front(), 0));
            QVERIFY(tried.disk->contents().size() <= std::size_t{KeyedStore::kKeyGroups});
            QVERIFY(tried.givesAll());
        }
    }

    void keysThatAreNotThereAreNotReadWhereThereIsMemory_data() {
        QTest::addColumn<int>("memory");
        QTest::addColumn<int>("least");
        QTest::addColumn<int>("most");
        QTest::newRow("ten bits a key") << 100'000 << 0 << 100;  // one in seventy is expected
        QTest::newRow("four bits a key") << 20'000 << 0 << 500;
        QTest::newRow("none") << 0 << 1'900 << 2'000;
    }
    void keysThatAreNotThereAreNotReadWhereThereIsMemory() {
        QFETCH(int, memory);
        QFETCH(int, least);
        QFETCH(int, most);
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            tried.store->setMemory(static_cast<std::size_t>(memory));
            for (std::uint64_t from = 0; from < 20'000; from += 1'000) {
                putAll(tried, keysOfOneGroup(from, from + 1'000), std::string(100, 'v'));
                tried.workToTheEnd();
            }
            QVERIFY(tried.givesAll());
            const int reads = readsOf(tried, keysOfOneGroup(50'000, 52'000));
            QVERIFY2(reads >= least && reads <= most, std::to_string(reads).c_str());
        }
    }

    /// Filters have at most half of the memory, however many keys there are.
    void memoryIsKeptTo() {
        for (const auto& [name, make] : stores()) {
            Tried tried(make);
            const std::size_t least = tried.store->size().memory;
            for (const std::size_t memory : {std::size_t{50'000}, std::size_t{1'000'000}}) {
                tried.store->setMemory(memory);
                for (std::uint64_t from = 0; from < 60'000; from += 2'000) {
                    putAll(tried, keysOfOneGroup(from, from + 2'000), std::string(8, 'v'));
                    tried.workToTheEnd();
                    QVERIFY(tried.store->size().memory <= least + memory);
                }
                QVERIFY(tried.givesAll());
            }
        }
    }

    void filtersForgetNoKey_data() {
        QTest::addColumn<int>("bits");
        QTest::addColumn<double>("passing");  // of others, at most
        QTest::newRow("none") << 0 << 1.0;
        QTest::newRow("three") << 3 << 0.35;
        QTest::newRow("five") << 5 << 0.15;
        QTest::newRow("most") << static_cast<int>(PartFilter::kMostBits) << 0.03;
    }
    void filtersForgetNoKey() {
        QFETCH(int, bits);
        QFETCH(double, passing);
        constexpr std::uint64_t kKeys = 10'000;
        PartFilter filter(kKeys, static_cast<std::size_t>(bits));
        // Neighbours, of one key group: hashes of small numbers may be so in a test of a user.
        for (std::uint64_t i = 0; i < kKeys; ++i) filter.add(std::uint64_t{3} << 56 | i);
        std::uint64_t passed = 0;
        for (std::uint64_t i = 0; i < kKeys; ++i) {
            QVERIFY(filter.mayHave(std::uint64_t{3} << 56 | i));
            passed += filter.mayHave(std::uint64_t{3} << 56 | (kKeys + i)) ? 1 : 0;
        }
        QVERIFY2(static_cast<double>(passed) <= passing * static_cast<double>(kKeys),
                 std::to_string(passed).c_str());
        QVERIFY(filter.memoryBytes() <= kKeys * static_cast<std::size_t>(bits) / 8 + 64);
        // Without any key none has to pass, and none may be looked for beyond the end.
        PartFilter(0, static_cast<std::size_t>(bits)).add(1);
        QVERIFY(bits == 0 || !PartFilter(1, static_cast<std::size_t>(bits)).mayHave(1));
    }
};

QTEST_APPLESS_MAIN(TestStoreLimits)
#include "test_store_limits.moc"

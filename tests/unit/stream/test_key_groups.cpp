// Which instance has a key group, and items by the key groups of their hashes: few and many of them come in
// the same order.
#include <QtTest/QtTest>
#include <algorithm>

#include "core/base/random.h"
#include "core/stream/keys/key_groups.h"

using namespace rw;

class TestKeyGroups : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void groupsComeInTheOrderOfHashes_data() {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("hashes");
        QTest::newRow("none") << 0 << 1;
        QTest::newRow("few") << 1'000 << 1'000;
        QTest::newRow("many") << 50'000 << 50'000;
        QTest::newRow("many of one hash") << 50'000 << 1;
        QTest::newRow("many of some") << 50'000 << 300;
    }

    void groupsComeInTheOrderOfHashes() {
        QFETCH(int, count);
        QFETCH(int, hashes);
        const auto hashOf = [hashes](std::uint32_t item) {
            return splitMix64(7, item % static_cast<std::uint32_t>(hashes));
        };
        std::vector<std::uint32_t> items(static_cast<std::size_t>(count));
        for (std::size_t i = 0; i < items.size(); ++i)
            items[i] = static_cast<std::uint32_t>((i * 7'919) % items.size());
        std::vector<std::uint32_t> expected = items, got;
        std::stable_sort(expected.begin(), expected.end(),
                         [&](std::uint32_t a, std::uint32_t b) { return hashOf(a) < hashOf(b); });
        int before = -1;
        forEachKeyGroup(items, hashOf, [&](int group, std::span<const std::uint32_t> some) {
            QVERIFY(group > before && !some.empty());
            before = group;
            for (const std::uint32_t item : some) QCOMPARE(keyGroupOf(hashOf(item)), group);
            got.insert(got.end(), some.begin(), some.end());
        });
        QVERIFY(got == expected);
    }

    /// Rows go by the one, states that are restored by the other.
    void everyGroupIsOfTheOneInstanceThatItsRowsGoTo() {
        for (int instances = 1; instances <= kKeyGroups; ++instances) {
            int next = 0;
            for (int instance = 0; instance < instances; ++instance) {
                const KeyGroups groups = keyGroupsOf(instance, instances);
                QCOMPARE(groups.first, next);
                QVERIFY(groups.end > groups.first);
                next = groups.end;
                for (int group = 0; group < kKeyGroups; ++group)
                    QCOMPARE(groups.contains(group), instanceOfGroup(group, instances) == instance);
            }
            QCOMPARE(next, kKeyGroups);
        }
        QCOMPARE(keyGroupOf(0), 0);
        QCOMPARE(keyGroupOf(~std::uint64_t{0}), kKeyGroups - 1);
    }
};

QTEST_APPLESS_MAIN(TestKeyGroups)
#include "test_key_groups.moc"

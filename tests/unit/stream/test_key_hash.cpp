// Equal keys hash alike in any type or batch, and different ones nearly never do. Which instance has a key
// group, and items by the key groups of their hashes: few and many of them come in the same order.
#include <QtTest/QtTest>
#include <algorithm>
#include <limits>
#include <set>

#include "core/base/random.h"
#include "core/data/value.h"
#include "core/stream/keys/key_groups.h"
#include "core/stream/keys/key_hash.h"

using namespace rw;

namespace {

ColumnRef columnOf(TypeId type, const std::vector<Value>& values) {
    ColumnBuilder builder(type == TypeId::Decimal ? Type::decimal(20, 2) : Type::of(type));
    for (const Value& value : values) appendValue(builder, value);
    return builder.finish();
}

std::vector<std::uint64_t> hashes(const std::vector<ColumnRef>& columns) {
    std::vector<const Column*> keys;
    for (const ColumnRef& column : columns) keys.push_back(column.get());
    std::vector<std::uint64_t> out;
    hashKeys(keys, columns.front()->size(), out);
    return out;
}

}  // namespace

class TestKeyHash : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void equalKeysOfDifferentTypesMeet() {
        const auto ints = hashes({columnOf(TypeId::Int, {std::int32_t{-7}, std::int32_t{42}, Value{}})});
        const auto bigints =
            hashes({columnOf(TypeId::Bigint, {std::int64_t{-7}, std::int64_t{42}, Value{}})});
        QCOMPARE(ints, bigints);
        QVERIFY(ints[0] != ints[1] && ints[1] != ints[2]);
    }

    void doublesThatAreEqualHashAlike() {
        const double nan = std::numeric_limits<double>::quiet_NaN();
        const auto found = hashes({columnOf(TypeId::Double, {0.0, -0.0, nan, -nan, 1.5})});
        QCOMPARE(found[0], found[1]);
        QCOMPARE(found[2], found[3]);
        QVERIFY(found[0] != found[4]);
    }

    void nullsOfOtherTypesAndPlacesAreTold() {
        const auto found = hashes({columnOf(TypeId::String, {std::string("a"), Value{}, Value{}}),
                                   columnOf(TypeId::String, {Value{}, std::string("a"), Value{}})});
        QCOMPARE(std::set<std::uint64_t>(found.begin(), found.end()).size(), std::size_t{3});
    }

    void columnsHashInOrder() {
        const auto one = columnOf(TypeId::Bigint, {std::int64_t{1}});
        const auto two = columnOf(TypeId::Bigint, {std::int64_t{2}});
        QVERIFY(hashes({one, two}) != hashes({two, one}));
    }

    void stringsOfAllLengthsDiffer() {
        std::vector<Value> texts;
        for (std::size_t length = 0; length < 40; ++length) texts.emplace_back(std::string(length, 'x'));
        const auto found = hashes({columnOf(TypeId::String, texts)});
        QCOMPARE(std::set<std::uint64_t>(found.begin(), found.end()).size(), texts.size());
        QCOMPARE(hashes({columnOf(TypeId::String, texts)}), found);
    }

    /// Key groups of BYTES are those of texts of the same bytes.
    void bytesHashAsStrings() {
        std::vector<Value> values{std::string(), std::string("\0", 1), std::string("\0\0", 2), Value{},
                                  std::string(100, '\xff')};
        const auto found = hashes({columnOf(TypeId::Bytes, values)});
        QCOMPARE(hashes({columnOf(TypeId::String, values)}), found);
        QCOMPARE(std::set<std::uint64_t>(found.begin(), found.end()).size(), values.size());
    }

    void spreadsOverFewAndManyInstances() {
        std::vector<Value> numbers;
        for (std::int64_t i = 0; i < 30'000; ++i) numbers.emplace_back(i * 1000);
        const auto found = hashes({columnOf(TypeId::Bigint, numbers)});
        for (const std::uint64_t instances : {2U, 3U, 5U}) {
            std::vector<std::size_t> counts(instances);
            for (const std::uint64_t hash : found) ++counts[hash % instances];
            for (const std::size_t count : counts) {
                QVERIFY(count > found.size() / instances * 9 / 10);
                QVERIFY(count < found.size() / instances * 11 / 10);
            }
        }
    }

    void withoutColumnsAllRowsAreOneKey() {
        std::vector<std::uint64_t> out;
        hashKeys(std::span<const Column* const>{}, 3, out);
        QCOMPARE(out.size(), std::size_t{3});
        QVERIFY(out[0] == out[1] && out[1] == out[2]);
    }

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

QTEST_APPLESS_MAIN(TestKeyHash)
#include "test_key_hash.moc"

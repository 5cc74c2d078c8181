// Equal keys hash alike in any type or batch, and different ones nearly never do.
#include <QtTest/QtTest>
#include <limits>
#include <set>

#include "core/data/value.h"
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
};

QTEST_APPLESS_MAIN(TestKeyHash)
#include "test_key_hash.moc"

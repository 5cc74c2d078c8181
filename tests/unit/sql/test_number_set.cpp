// The sets of DISTINCT against ordered ones: values that crowd, 0 and its likes, growth that is accounted
// for, and states that are read again.
#include <QtTest/QtTest>
#include <map>
#include <random>

#include "core/sql/aggregates/state_cells.h"
#include "core/sql/aggregates/value_set.h"

using namespace rw;
using namespace rw::sql;

namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();

/// Keys of a model: equal where the set holds values for equal.
std::uint64_t keyOf(double value) {
    return std::bit_cast<std::uint64_t>(keyDouble(value));
}
template <class T>
T keyOf(const T& value) {
    return value;
}

/// Inserts the values, and compares all that a set tells of itself.
template <class T>
void check(const std::vector<T>& values) {
    NumberSet<T> set;
    std::map<decltype(keyOf(T{})), T> model;
    std::size_t bytes = 0;
    for (const T& value : values) {
        const std::uint64_t place = NumberSet<T>::placeOf(value);
        const bool fresh = model.emplace(keyOf(value), value).second;
        if (fresh) QVERIFY(!set.hasAtOnce(value, place));
        set.prefetch(place);
        QCOMPARE(set.insert(value, place, bytes), fresh);
        QVERIFY(!set.insert(value, bytes));
        QCOMPARE(set.size(), model.size());
        QCOMPARE(bytes, set.heapBytes());
    }
    for (const T& value : values) QVERIFY(!set.insert(value, bytes));

    CellWriter writer;
    writer(set);
    const std::string state = writer.bytes();
    CellReader reader(state);
    NumberSet<T> again, merged;
    reader(again);
    QVERIFY(reader.ok() && reader.atEnd());
    std::size_t mergedBytes = 0;
    merged.insert(T{1}, mergedBytes);
    const bool hadOne = model.count(keyOf(T{1})) != 0;
    merged.reserve(set.size(), mergedBytes);
    set.forEach([&](const T& value) { merged.insert(value, mergedBytes); });
    QCOMPARE(mergedBytes, merged.heapBytes());
    QCOMPARE(merged.size(), set.size() + (hadOne ? 0 : 1));
    for (const NumberSet<T>* const copy : {&std::as_const(set), &std::as_const(again)}) {
        std::map<decltype(keyOf(T{})), T> found;
        std::size_t count = 0;
        copy->forEach([&](const T& value) {
            found.emplace(keyOf(value), value);
            ++count;
        });
        QCOMPARE(count, model.size());
        for (const auto& [key, value] : model) {
            QVERIFY(found.count(key) == 1);
            // The one that came first, to the bit: −0.0 is not 0.0, nor one NaN another.
            QVERIFY(std::memcmp(&found.at(key), &value, sizeof value) == 0);
        }
    }
    set.clear();
    QCOMPARE(set.heapBytes(), std::size_t{0});
    QCOMPARE(set.size(), std::size_t{0});
    std::size_t more = 0;
    QVERIFY(set.insert(T{1}, more));
}

}  // namespace

class TestNumberSet : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void idsAndStridesAndNoise() {
        std::mt19937_64 random(1);
        for (const std::int64_t stride : {1, 2, 8, 64, 1'000, 1 << 20}) {
            for (const int count : {0, 1, 7, 8, 9, 10, 17, 3'000}) {
                std::vector<std::int64_t> values;
                for (int i = 0; i < count; ++i) values.push_back((i - count / 3) * stride);
                check(values);
                std::shuffle(values.begin(), values.end(), random);
                check(values);
            }
        }
        std::vector<std::int64_t> noise{0, std::numeric_limits<std::int64_t>::min(), -1,
                                        std::numeric_limits<std::int64_t>::max()};
        for (int i = 0; i < 5'000; ++i) noise.push_back(static_cast<std::int64_t>(random() >> (i % 60)));
        check(noise);
    }

    void otherTypes() {
        std::mt19937_64 random(2);
        check<std::uint8_t>({1, 0, 1, 0});
        check<std::int32_t>({-2147483647 - 1, 0, 2147483647, -1});
        std::vector<std::int32_t> ints;
        std::vector<Int128> wide{0, 1, -1};
        for (int i = 0; i < 2'000; ++i) {
            ints.push_back(static_cast<std::int32_t>(random() % 3'000) - 1'500);
            wide.push_back(Int128{static_cast<std::int64_t>(random() % 40)} << (random() % 100));
        }
        check(ints);
        check(wide);
    }

    void doublesAreKeys() {
        const double other = std::bit_cast<double>(std::bit_cast<std::uint64_t>(kNaN) | 5);
        check<double>({-0.0, 0.0, kNaN, other, 1, 1.5, -1});
        check<double>({0.0, -0.0, other, kNaN});
        std::vector<double> many{3, other, -0.0};
        std::mt19937_64 random(3);
        for (int i = 0; i < 3'000; ++i) many.push_back(static_cast<double>(random() % 2'000) / 8 - 100);
        many.push_back(kNaN);
        many.push_back(0.0);
        check(many);
    }

    /// In the order of its table a set is inserted into another one as fast as in any other.
    void aMergeDoesNotCrowd() {
        NumberSet<std::int64_t> from, into;
        std::size_t bytes = 0;
        std::mt19937_64 random(4);
        for (int i = 0; i < 200'000; ++i) from.insert(static_cast<std::int64_t>(random()), bytes);
        QElapsedTimer timer;
        timer.start();
        from.forEach([&](std::int64_t value) { into.insert(value, bytes); });
        QCOMPARE(into.size(), from.size());
        QVERIFY2(timer.elapsed() < 5'000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_APPLESS_MAIN(TestNumberSet)
#include "test_number_set.moc"

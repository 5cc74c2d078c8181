// Profiles of columns: counts, ends and bins.
#include <QtTest/QtTest>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/look/column_profile.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

ColumnProfile profileOfColumn(TypeId type, const std::vector<Value>& values) {
    const SchemaRef schema = schemaOf({{"c", Type::of(type)}});
    Rows rows;
    for (const Value& value : values) rows.push_back({value});
    return profileOf(*schema, {batchOf(schema, rows)}).front();
}

std::uint64_t inBins(const ColumnProfile& profile) {
    return std::accumulate(profile.bins.begin(), profile.bins.end(), std::uint64_t{0});
}

}  // namespace

class TestColumnProfile : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void numbersLieInEqualParts() {
        const ColumnProfile profile =
            profileOfColumn(TypeId::Double, {0.0, 1.0, 15.5, 16.0, Value(), std::nan(""), 1.0});
        QVERIFY(profile.ordered);
        QCOMPARE(profile.rows, std::size_t{7});
        QCOMPARE(profile.nulls, std::size_t{1});
        QCOMPARE(profile.distinct, std::size_t{5});
        QCOMPARE(profile.least, std::string("0"));
        QCOMPARE(profile.most, std::string("16"));
        QCOMPARE(profile.bins[0], std::uint64_t{1});
        QCOMPARE(profile.bins[1], std::uint64_t{2});
        QCOMPARE(profile.bins[15], std::uint64_t{2});
        QCOMPARE(inBins(profile), std::uint64_t{5});
    }

    void oneValueAndNoneAndEndless() {
        const ColumnProfile one = profileOfColumn(TypeId::Bigint, {std::int64_t{7}, std::int64_t{7}});
        QCOMPARE(one.bins[0], std::uint64_t{2});
        const ColumnProfile none = profileOfColumn(TypeId::Bigint, {Value(), Value()});
        QVERIFY(none.least.empty() && none.nulls == 2 && none.distinct == 0 && inBins(none) == 0);
        const double endless = std::numeric_limits<double>::infinity();
        const ColumnProfile ends = profileOfColumn(TypeId::Double, {-endless, 1.0, endless});
        QCOMPARE(inBins(ends), std::uint64_t{3});
        const std::int64_t most = std::numeric_limits<std::int64_t>::max();
        const ColumnProfile far = profileOfColumn(TypeId::Bigint, {-most, std::int64_t{0}, most});
        QVERIFY(far.bins[0] == 1 && far.bins[8] == 1 && far.bins[15] == 1);
        QCOMPARE(far.most, std::to_string(most));
    }

    void textsByHowOftenTheyCome() {
        const ColumnProfile profile = profileOfColumn(
            TypeId::String,
            {std::string("b"), std::string("a"), std::string("b"), Value(), std::string("ä")});
        QVERIFY(!profile.ordered);
        QCOMPARE(profile.distinct, std::size_t{3});
        QCOMPARE(profile.least, std::string("a"));
        QCOMPARE(profile.most, std::string("ä"));
        QCOMPARE(profile.bins[0], std::uint64_t{2});
        QCOMPARE(profile.bins[1], std::uint64_t{1});
        QCOMPARE(profile.bins[3], std::uint64_t{0});
    }

    void timesAreShownAsTimes() {
        const ColumnProfile profile =
            profileOfColumn(TypeId::Timestamp, {std::int64_t{0}, std::int64_t{1'000}, std::int64_t{1'600}});
        QCOMPARE(profile.least, std::string("1970-01-01 00:00:00.000"));
        QCOMPARE(profile.bins[10], std::uint64_t{1});
    }

    void noRowsAtAll() {
        const SchemaRef schema = schemaOf({{"c", Type::of(TypeId::Boolean)}, {"d", Type::of(TypeId::Bytes)}});
        const std::vector<ColumnProfile> profiles = profileOf(*schema, {});
        QCOMPARE(profiles.size(), std::size_t{2});
        QVERIFY(profiles[0].rows == 0 && profiles[1].least.empty());
    }
};

QTEST_APPLESS_MAIN(TestColumnProfile)
#include "test_column_profile.moc"

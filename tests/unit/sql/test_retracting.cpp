// Accumulators of updating inputs: after any changes, the result is that of the rows that are there.
#include <QtTest/QtTest>
#include <cmath>
#include <random>

#include "core/data/text.h"
#include "core/sql/aggregates/exact_sum.h"
#include "tests/unit/sql/accumulation.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::accumulation;

namespace {

/// How much two ways of adding up may differ where all but nothing is left of large squares.
double slackOf(const BoundAggregate& aggregate, char column) {
    const double largest = column == 'i' ? 0x1p31 : column == 'b' ? 0x1p63 : column == 'p' ? 1e36 : 1e16;
    const bool variance = aggregate.function.starts_with("VAR"),
               root = aggregate.function.starts_with("STDDEV");
    return variance ? largest * largest * 1e-28 : root ? largest * 1e-14 : column == 'd' ? 1e-15 : 0;
}

/// Whether two DOUBLE results are the same but for rounding.
bool near(const std::string& a, const std::string& b, double slack) {
    if (a == b) return true;
    const auto x = parseDouble(a), y = parseDouble(b);
    return x && y && std::abs(*x - *y) <= 1e-9 * std::max(std::abs(*x), std::abs(*y)) + slack;
}

}  // namespace

class TestRetracting : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void equalsComputingAnew_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<char>("column");
        for (const auto& [call, column] : calls())
            QTest::newRow(call.c_str()) << QString::fromStdString(call + " AS x") << column;
    }
    /// Random rows come and go in batches of any size, over three groups, sometimes through a merge.
    void equalsComputingAnew() {
        QFETCH(QString, text);
        QFETCH(char, column);
        const BoundAggregate aggregate = bound(text.toStdString());
        const std::vector<std::string> cells = pool(column);
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            std::mt19937_64 random(seed);
            const auto upTo = [&random](std::size_t n) { return static_cast<std::size_t>(random() % n); };
            // Every other run goes without the values that swallow all others.
            const std::size_t plain = column == 'd' && seed % 2 == 0 ? 10 : cells.size();
            const auto accumulator = aggregate.makeRetracting(aggregate);
            accumulator->resize(4);
            std::vector<Row> there;
            for (int step = 0; step < 30; ++step) {
                std::vector<Row> come, gone;
                for (std::size_t n = upTo(9); n > 0; --n) {
                    come.push_back({static_cast<std::uint32_t>(upTo(3)), cells[upTo(plain)],
                                    static_cast<std::int64_t>(upTo(4))});
                }
                const bool emptied = upTo(10) == 0;
                for (std::size_t n = emptied ? there.size() : std::min(upTo(7), there.size()); n > 0; --n) {
                    const std::size_t at = upTo(there.size());
                    gone.push_back(there[at]);
                    there.erase(there.begin() + static_cast<std::ptrdiff_t>(at));
                }
                const bool goneFirst = upTo(2) == 0;
                if (goneFirst) feed(*accumulator, aggregate, column, gone, true);
                if (upTo(4) == 0) {
                    const auto part = aggregate.makeRetracting(aggregate);
                    part->resize(3);
                    feed(*part, aggregate, column, come);
                    const std::uint32_t groups[] = {0, 1, 2};
                    accumulator->merge(*part, groups, groups);
                } else {
                    feed(*accumulator, aggregate, column, come);
                }
                if (!goneFirst) feed(*accumulator, aggregate, column, gone, true);
                there.insert(there.end(), come.begin(), come.end());

                const auto anew = aggregate.makeRetracting(aggregate);
                const auto inserts = aggregate.make(aggregate);
                anew->resize(3);
                inserts->resize(3);
                std::shuffle(there.begin(), there.end(), random);
                feed(*anew, aggregate, column, there);
                std::vector<Row> sorted = there;
                feed(*inserts, aggregate, column, sorted);
                for (std::uint32_t group = 0; group < 3; ++group) {
                    const std::string result = resultOf(*accumulator, group);
                    const std::string said =
                        " seed " + std::to_string(seed) + ", step " + std::to_string(step) + ": " + result;
                    QVERIFY2(result == resultOf(*anew, group),
                             ("anew " + resultOf(*anew, group) + said).c_str());
                    const bool real = aggregate.type.is(TypeId::Double);
                    const bool huge = column == 'd' && plain > 10 && real;  // inserts round their sums
                    QVERIFY2(huge || near(result, resultOf(*inserts, group), slackOf(aggregate, column)),
                             ("inserts only " + resultOf(*inserts, group) + said).c_str());
                }
            }
            // All gone: as a new one, also in its memory.
            feed(*accumulator, aggregate, column, there, true);
            const auto empty = aggregate.makeRetracting(aggregate);
            empty->resize(4);
            const std::uint32_t groups[] = {0, 1, 2, 3};
            for (const std::uint32_t group : groups)
                QCOMPARE(resultOf(*accumulator, group), resultOf(*empty, group));
            accumulator->clear(groups);
            QCOMPARE(accumulator->memoryBytes(), empty->memoryBytes());
        }
    }

    void memoryIsKept_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("retracting");
        for (const char* const text : {"MIN(s)", "MAX(s)", "LAST_VALUE(s)", "LISTAGG(s)", "COUNT(DISTINCT s)",
                                       "APPROX_COUNT_DISTINCT(s)"}) {
            QTest::newRow(text) << QString(text) + " AS x" << false;
            QTest::newRow((std::string(text) + " of updates").c_str()) << QString(text) + " AS x" << true;
        }
    }
    /// It grows with the values held, comes back to nothing, and a merge counts as well.
    void memoryIsKept() {
        QFETCH(QString, text);
        QFETCH(bool, retracting);
        const BoundAggregate aggregate = bound(text.toStdString());
        const auto accumulator = make(aggregate, retracting), other = make(aggregate, retracting);
        accumulator->resize(2);
        other->resize(2);
        const std::size_t empty = accumulator->memoryBytes();
        std::vector<Row> rows;
        for (int i = 0; i < 20; ++i) rows.push_back({0, std::string(1'000, static_cast<char>('a' + i)), i});
        feed(*accumulator, aggregate, 's', rows);
        const std::size_t full = accumulator->memoryBytes();
        const bool keepsAll = retracting || text.startsWith("LISTAGG") || text.startsWith("COUNT");
        const std::size_t held = keepsAll                    ? 20 * 1'000
                                 : text.startsWith("APPROX") ? 20 * sizeof(std::uint64_t)
                                                             : 1'000;
        QVERIFY2(full >= empty + held, qPrintable(QString("%1, empty %2").arg(full).arg(empty)));
        const std::uint32_t zero[] = {0}, one[] = {1}, both[] = {0, 1};
        other->merge(*accumulator, zero, one);
        QVERIFY2(other->memoryBytes() >= empty + held,
                 qPrintable(QString("%1, empty %2").arg(other->memoryBytes()).arg(empty)));
        accumulator->clear(both);
        other->clear(both);
        // A cleared state may keep the room for its next value, not the values.
        QVERIFY2(accumulator->memoryBytes() <= empty + 2'000 && other->memoryBytes() <= empty + 2'000,
                 qPrintable(QString("%1, %2, empty %3")
                                .arg(accumulator->memoryBytes())
                                .arg(other->memoryBytes())
                                .arg(empty)));
    }

    void sumsAreExact() {
        ExactSum sum;
        for (int i = 0; i < 1'000; ++i) sum.add(0.1);
        sum.add(1e300);
        sum.add(1e300, -1);
        // 1000 times the DOUBLE nearest 0.1, rounded once
        QVERIFY(sum.value() == 100.00000000000000555);  // QCOMPARE would let the last digits differ
        for (int i = 0; i < 1'000; ++i) sum.add(0.1, -1);
        QVERIFY(sum.finite() && sum.value() == 0 && !std::signbit(sum.value()));
        sum.add(1.7e308, 3);
        QVERIFY(std::isinf(sum.value()));
        sum.add(1.7e308, -2);
        QVERIFY(sum.value() == 1.7e308);
        sum.add(std::numeric_limits<double>::infinity());
        QVERIFY(!sum.finite());
        sum.add(-std::numeric_limits<double>::infinity());
        QVERIFY(std::isnan(sum.value()));
        sum.add(std::numeric_limits<double>::infinity(), -1);
        QVERIFY(std::isinf(sum.value()) && sum.value() < 0);
    }

    /// Against 128-bit integers: the conversion to DOUBLE rounds as the hardware's does.
    void sumsRoundOnce() {
        std::mt19937_64 random(5);
        for (int i = 0; i < 20'000; ++i) {
            ExactSum sum;
            Int128 whole = 0;
            for (std::size_t n = random() % 6 + 1; n > 0; --n) {
                const auto mantissa = static_cast<std::int64_t>(random() >> 11) - (std::int64_t{1} << 52);
                const auto shift = static_cast<int>(random() % 70);
                whole += static_cast<Int128>(mantissa) * (Int128{1} << shift);
                sum.add(std::ldexp(static_cast<double>(mantissa), shift));
            }
            QVERIFY(sum.value() == static_cast<double>(whole));
            const SumParts parts = sum.parts();
            QVERIFY(parts.high == sum.value());
            QVERIFY(std::abs(static_cast<double>(whole - static_cast<Int128>(parts.high)) - parts.low) <=
                    std::abs(parts.low) * 1e-15);
        }
    }
};

QTEST_APPLESS_MAIN(TestRetracting)
#include "test_retracting.moc"

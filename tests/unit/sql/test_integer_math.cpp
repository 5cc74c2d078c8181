// Remainders by multiplication against those by division.
#include <QtTest/QtTest>
#include <limits>
#include <random>

#include "core/sql/functions/integer_math.h"

using namespace rw;
using namespace rw::sql;

namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min(),
                       kMost = std::numeric_limits<std::int64_t>::max();

}  // namespace

class TestIntegerMath : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void remaindersAreThoseOfDivision() {
        std::mt19937_64 random(1);
        std::vector<std::int64_t> divisors{1, 2, 3, 5, 7, 10, 123, 641, 1 << 30, kMost, kMost - 1};
        for (int bit = 2; bit < 63; ++bit) {
            for (const std::int64_t by : {-1, 0, 1}) divisors.push_back((std::int64_t{1} << bit) + by);
        }
        for (int i = 0; i < 500; ++i) {
            const auto divisor = static_cast<std::int64_t>(random() >> (1 + random() % 62));
            if (divisor != 0) divisors.push_back(divisor);
        }
        for (const std::int64_t divisor : divisors) {
            for (const std::int64_t by : {divisor, -divisor}) {
                const Remainder remainder(by);
                const auto check = [&](std::int64_t value) {
                    QCOMPARE(remainder.of(value), by == -1 ? std::int64_t{0} : value % by);
                };
                for (const std::int64_t value : {kLeast, kLeast + 1, kMost, kMost - 1, divisor, -divisor})
                    check(value);
                for (std::int64_t value = -5; value <= 5; ++value) check(value);
                for (int i = 0; i < 100; ++i) {
                    // A multiple of the divisor and its neighbours: where a quotient that is rounded wrongly
                    // shows.
                    const std::int64_t times =
                        static_cast<std::int64_t>(random() >> (1 + random() % 62)) % (kMost / divisor);
                    const std::int64_t multiple = times * divisor;
                    for (const std::int64_t value : {multiple, multiple - 1, -multiple, 1 - multiple})
                        check(value);
                    check(static_cast<std::int64_t>(random()));
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestIntegerMath)
#include "test_integer_math.moc"

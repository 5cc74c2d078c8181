// Made-up values: the same for the same seed and row however the rows are cut into batches, and distributed
// as said.
#include <QtTest/QtTest>
#include <map>

#include "core/sql/functions/zipf.h"
#include "tests/unit/sql/expressions.h"

using namespace rw;
using namespace rw::sql;
using namespace rw::sql::test;

namespace {

EvalContext from(std::int64_t row, std::uint64_t seed = 1) {
    EvalContext context;
    context.seed = seed;
    context.firstRow = row;
    return context;
}

std::vector<double> numbers(const std::string& text, std::size_t rows) {
    std::vector<double> out;
    for (const QString& value : results(text, rowsOnly(rows), from(0))) out.push_back(value.toDouble());
    return out;
}

double mean(const std::vector<double>& values) {
    double sum = 0;
    for (const double value : values) sum += value;
    return sum / static_cast<double>(values.size());
}

double shareBelow(const std::vector<double>& values, double bound) {
    const auto below =
        std::count_if(values.begin(), values.end(), [&](double value) { return value < bound; });
    return static_cast<double>(below) / static_cast<double>(values.size());
}

}  // namespace

class TestGenerator : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void rowsDoNotDependOnBatches() {
        for (const char* const text :
             {"RANDOM()", "NOISE(2)", "PICK('a', 'b', 'a longer one of them')", "ZIPF(1000, 1.1)"}) {
            const QStringList whole = results(text, rowsOnly(100), from(0));
            QStringList pieces;
            for (std::int64_t row = 0; row < 100; row += 10) pieces += results(text, rowsOnly(10), from(row));
            QCOMPARE(pieces, whole);
            QVERIFY(results(text, rowsOnly(100), from(0, 2)) != whole);
            QVERIFY(QSet<QString>(whole.begin(), whole.end()).size() > 1);
        }
    }

    void callsOfOneTextDiffer() {
        const QStringList differences = results("RANDOM() - RANDOM()", rowsOnly(5), from(0));
        QCOMPARE(differences.size(), 5);
        for (const QString& difference : differences)
            QVERIFY2(difference.toDouble() != 0, qPrintable(difference));
    }

    void distributions() {
        const auto uniform = numbers("RANDOM()", 20'000);
        QVERIFY(std::abs(mean(uniform) - 0.5) < 0.01);
        QVERIFY(*std::min_element(uniform.begin(), uniform.end()) >= 0);
        QVERIFY(*std::max_element(uniform.begin(), uniform.end()) < 1);
        for (const double part : {0.1, 0.5, 0.9}) QVERIFY(std::abs(shareBelow(uniform, part) - part) < 0.015);
        const auto noise = numbers("NOISE(3)", 20'000);
        const auto squares = numbers("POWER(NOISE(3), 2)", 20'000);
        QVERIFY(std::abs(mean(noise)) < 0.1);
        QVERIFY(std::abs(mean(squares) - 9) < 0.4);
        // A normal distribution's share below -2, -1, 0, 1 and 2 standard deviations.
        for (const auto& [bound, share] :
             {std::pair{-6.0, 0.0228}, {-3.0, 0.1587}, {0.0, 0.5}, {3.0, 0.8413}, {6.0, 0.9772}})
            QVERIFY(std::abs(shareBelow(noise, bound) - share) < 0.015);
    }

    void zipfFavoursSmallNumbers() {
        std::map<int, int> counts;
        for (const double value : numbers("ZIPF(10, 1)", 29'290)) ++counts[static_cast<int>(value)];
        QCOMPARE(counts.begin()->first, 1);
        QCOMPARE(counts.rbegin()->first, 10);
        // The sum of 1/k for k to 10 is 2.929: k comes up 10 000 / k times, give or take five deviations.
        for (int k = 1; k <= 10; ++k) {
            const double often = 10'000.0 / k;
            QVERIFY2(std::abs(counts[k] - often) < 5 * std::sqrt(often), qPrintable(QString::number(k)));
        }
    }

    void zipfOfOneAndOfAllAlike() {
        QCOMPARE(results("ZIPF(1, 2)", rowsOnly(5), from(0)), QStringList({"1", "1", "1", "1", "1"}));
        std::map<int, int> counts;
        for (const double value : numbers("ZIPF(4, 0)", 20'000)) ++counts[static_cast<int>(value)];
        for (int k = 1; k <= 4; ++k) QVERIFY(std::abs(counts[k] - 5'000) < 300);
    }

    void badArgumentsAreErrors() {
        QCOMPARE(results("ZIPF(0, 1)", rowsOnly(), from(0)),
                 QStringList("? ZIPF draws from the numbers 1 to n; here n is 0."));
        QCOMPARE(results("ZIPF(5, 0 - 1e0)", rowsOnly(), from(0)),
                 QStringList("! ZIPF(5, -1): the first is at least 1, the second at least 0."));
        QCOMPARE(results("NOISE(NULL)", rowsOnly(), from(0)), QStringList("NULL"));
        QCOMPARE(results("PICK(1 / 0, 1 / 0)", rowsOnly(), from(0)), QStringList("! Division by zero."));
    }

    void picksOfColumns() {
        const std::vector<std::string> x(100, "x"), null(100, "NULL");
        const QStringList picked =
            results("PICK(a, b)", table({{"a STRING", x}, {"b STRING", null}}), from(0));
        QVERIFY(picked.count("x") > 25 && picked.count("NULL") > 25);
        QCOMPARE(picked.count("x") + picked.count("NULL"), 100);
    }
};

QTEST_APPLESS_MAIN(TestGenerator)
#include "test_generator.moc"

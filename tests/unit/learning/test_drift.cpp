// drift: in which rows changes are found, and what is told of them.
#include <QtTest/QtTest>
#include <cmath>

#include "core/learn/models/random_start.h"
#include "tests/unit/learning/series.h"

using namespace rw;
using namespace rw::test;

namespace {

using Lines = std::vector<std::string>;
enum Out : std::size_t { kOut = 0, kChanges = 1 };

/// Even noise of 0 to 1 whose mean rises by 2 at row 500.
std::vector<SeriesRow> shifted() {
    std::vector<SeriesRow> rows;
    for (int i = 0; i < 1'000; ++i) {
        const double noise = learn::randomStart(1, static_cast<std::uint64_t>(i));
        rows.push_back({"a", noise + (i < 500 ? 0 : 2), i * 1'000});
    }
    return rows;
}

std::vector<int> rowsWithDrift(const Driven& driven) {
    std::vector<int> found;
    for (std::size_t i = 0; i < driven.ports[kOut].rows.size(); ++i) {
        if (cell(driven.ports[kOut].rows[i], "drift") == "true") found.push_back(static_cast<int>(i));
    }
    return found;
}

}  // namespace

class TestDrift : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void findsTheChange_data() {
        QTest::addColumn<QByteArray>("params");
        QTest::newRow("adwin") << QByteArray(R"({"value": "v"})");
        QTest::newRow("page_hinkley")
            << QByteArray(R"({"value": "v", "method": "page_hinkley", "threshold": 20, "tolerance": 0.1})");
    }
    void findsTheChange() {
        QFETCH(QByteArray, params);
        const Driven driven = drivenSeries("drift", Json::parse(params.toStdString()), shifted());
        QCOMPARE(driven.problems, Lines());
        QCOMPARE(driven.ports[kOut].rows.size(), std::size_t{1'000});
        const std::vector<int> found = rowsWithDrift(driven);
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0] >= 500 && found[0] < 540);
        QCOMPARE(driven.ports[kChanges].rows.size(), std::size_t{1});
        const std::string& change = driven.ports[kChanges].rows[0];
        const double before = std::stod(cell(change, "mean_before"));
        QVERIFY2(before > 0.4 && before < 0.8, change.c_str());
        // Behind it the mean is that of the new rows alone.
        const double mean = std::stod(cell(driven.ports[kOut].rows.back(), "mean"));
        QVERIFY(mean > 2.4 && mean < 2.6);
    }
    void keysAreApart() {
        std::vector<SeriesRow> rows;
        for (const SeriesRow& row : shifted()) {
            rows.push_back(row);
            rows.push_back({"steady", 7, row.time});
        }
        const Driven driven = drivenSeries("drift", {{"value", "v"}, {"keys", {"k"}}}, rows);
        QCOMPARE(driven.ports[kChanges].rows.size(), std::size_t{1});
        QVERIFY(driven.ports[kChanges].rows[0].find("steady") == std::string::npos);
    }
    void hostileValues() {
        std::vector<SeriesRow> rows = shifted();
        const std::vector<int> found = rowsWithDrift(drivenSeries("drift", {{"value", "v"}}, rows));
        rows.insert(rows.begin() + 100, {{"a", std::nullopt, 100'000},
                                         {"a", std::nan(""), 100'000},
                                         {"a", -HUGE_VAL, 100'000},
                                         {"a", 1e300, 100'000}});
        const Driven driven = drivenSeries("drift", {{"value", "v"}}, rows);
        QCOMPARE(driven.rejected.size(), std::size_t{3});
        QCOMPARE(driven.ports[kOut].rows.size(), std::size_t{1'001});
        QCOMPARE(rowsWithDrift(driven), (std::vector<int>{found[0] + 1}));
    }
};

QTEST_APPLESS_MAIN(TestDrift)
#include "test_drift.moc"

// anomaly: scores and bands by hand, the warm-up, values that can't be learnt, resets, keys that expire.
#include <limits>

#include "tests/unit/learning/learning_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

Row valued(std::int64_t time, double x, const std::string& key = "a") {
    return {key, time, x, Value{}, Value{}, Instant{time * 1'000}};
}

Json params(const Json& more = Json::object()) {
    Json all = {{"features", {"x"}}, {"keys", {"k"}}, {"warm_up", 0}, {"half_life", 1}};
    all.update(more);
    return all;
}

std::vector<Row> series(const std::vector<double>& values) {
    std::vector<Row> rows;
    for (const double value : values) rows.push_back(valued(static_cast<std::int64_t>(rows.size()), value));
    return rows;
}

}  // namespace

class TestAnomaly : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    // Half-life 1: each row moves the mean half of its distance; the variance is (v + d²/2)/2.
    void distanceFromTheWeightedMean() {
        LearningTrial trial("anomaly", params({{"threshold", 2}}));
        trial.give("in", series({10, 12, 14, 10}));
        const Driven driven = trial.run();
        // Behind 10, 12: mean 11, variance 1. Behind 14: mean 12.5, variance 2.75.
        QCOMPARE(differenceOf(trial.values(driven, "out", "expected"),
                              (QStringList{"NULL", "10.0", "11.0", "12.5"})),
                 QString());
        QCOMPARE(differenceOf(trial.values(driven, "out", "low"),
                              (QStringList{"NULL", "10.0", "9.0", "9.183375209644598"})),
                 QString());
        QCOMPARE(differenceOf(trial.values(driven, "out", "score"),
                              (QStringList{"NULL", "NULL", "3.0", "1.507556722888818"})),
                 QString());
        QCOMPARE(trial.values(driven, "out", "anomaly"), (QStringList{"false", "true", "true", "false"}));
    }

    // As above
    void distancesOfTheFeatures() {
        LearningTrial trial("anomaly", params({{"explain", true}}));
        trial.give("in", series({10, 12, 14, 10}));
        QCOMPARE(differenceOf(trial.values(trial.run(), "out", "distances"),
                              (QStringList{"NULL", "NULL", "{\"x\":3}", "{\"x\":-1.507556722888818}"})),
                 QString());
    }

    void distanceFromTheMedian() {
        LearningTrial trial(
            "anomaly",
            {{"features", {"x"}}, {"method", "robust_z"}, {"warm_up", 4}, {"window", 4}, {"threshold", 3.5}});
        trial.give("in", series({1, 2, 3, 100, 4, 3}));
        const Driven driven = trial.run();
        // Of 1, 2, 3, 100: median 2.5, distances 0.5, 0.5, 1.5, 97.5. Of 2, 3, 100, 4: 3.5; 0.5,
        // 0.5, 1.5, 96.5.
        QCOMPARE(differenceOf(trial.values(driven, "out", "expected").mid(4), (QStringList{"2.5", "3.5"})),
                 QString());
        QCOMPARE(differenceOf(trial.values(driven, "out", "score").mid(3),
                              (QStringList{"NULL", "1.01175", "0.33725"})),
                 QString());
    }

    void nothingIsSaidWhileTheKeyWarmsUp() {
        LearningTrial trial("anomaly", params({{"warm_up", 3}}));
        trial.give("in", series({1, 2, 1, 50}));
        const Driven driven = trial.run();
        QCOMPARE(differenceOf(trial.values(driven, "out", "expected").mid(0, 3),
                              (QStringList{"NULL", "NULL", "NULL"})),
                 QString());
        QCOMPARE(trial.values(driven, "out", "anomaly"), (QStringList{"false", "false", "false", "true"}));
    }

    void whatIsNoNumberIsRejectedAndNotLearnt() {
        std::vector<Row> rows = series(
            {10, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(), 12});
        rows.insert(rows.begin() + 1, rows[0]);
        rows[1][2] = Value{};
        LearningTrial trial("anomaly", params());
        trial.give("in", rows);
        const Driven driven = trial.run();
        QCOMPARE(driven.rejected.size(), std::size_t{3});
        QCOMPARE(differenceOf(trial.values(driven, "out", "expected"), (QStringList{"NULL", "10.0"})),
                 QString());
        const Driven filled = LearningTrial("anomaly", params({{"impute", "zero"}})).give("in", rows).run();
        QCOMPARE(filled.rejected.size(), std::size_t{2});
    }

    void aResetForgetsTheModelOfItsKey() {
        for (const std::string which : {"keys", "all"}) {
            LearningTrial trial("anomaly", params({{"control", which}}));
            trial.give("in", {valued(1, 10), valued(1, 20, "b"), valued(3, 30), valued(3, 40, "b")});
            trial.give("control", {valued(2, 0)});
            const Driven driven = trial.run();
            QStringList expected = trial.values(driven, "out", "expected");
            expected.sort();
            QCOMPARE(differenceOf(expected, which == "all" ? (QStringList{"NULL", "NULL", "NULL", "NULL"})
                                                           : (QStringList{"20.0", "NULL", "NULL", "NULL"})),
                     QString());
        }
    }

    // A reset of a time comes before the rows of that time, whichever came first.
    void resetsComeBeforeRowsOfTheirTime() {
        LearningTrial trial("anomaly", params({{"control", "keys"}}));
        trial.give("in", {valued(1, 10), valued(2, 20), valued(3, 30)}).give("control", {valued(2, 0)});
        QCOMPARE(
            differenceOf(trial.values(trial.run(), "out", "expected"), (QStringList{"NULL", "NULL", "20.0"})),
            QString());
    }

    void aKeyThatDidNotComeForLongIsNew() {
        LearningTrial trial("anomaly", params({{"state_ttl", "10s"}}));
        trial.give("in", {valued(0, 10), valued(9, 20), valued(18, 30), valued(28, 40)});
        QCOMPARE(differenceOf(trial.values(trial.run(), "out", "expected"),
                              (QStringList{"NULL", "10.0", "15.0", "NULL"})),
                 QString());
    }

    void refusesTextsAsFeatures() {
        const Catalogue kinds = builtin();
        const BoundForTest made =
            bindNode(*kinds.find("anomaly"), {{"features", {"c"}}}, {{learningStream()}});
        QVERIFY(!made.node);
        QVERIFY2(made.said().find("“c” is STRING") != std::string::npos, made.said().c_str());
    }
};

QTEST_APPLESS_MAIN(TestAnomaly)
#include "test_anomaly.moc"

// regress: a line is learnt; steps of gradient descent by hand; errors are told.
#include "tests/unit/learning/learning_rows.h"

using namespace rw;
using namespace rw::test;

namespace {

Row pointAt(std::int64_t number, double x, double y) {
    return {std::string("a"), number, x, y, Value{}, Instant{number * 1'000}};
}

}  // namespace

class TestRegress : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    // y = 0, so its gradient is 2 (prediction − y). Rate 0.1 for the weight, 0.01 for the intercept.
    void movesAgainstTheGradient() {
        LearningTrial trial(
            "regress", {{"target", "y"}, {"features", {"x"}}, {"scale", "none"}, {"learning_rate", 0.1}});
        trial.give("in", {pointAt(1, 2, 10), pointAt(2, 1, 0), pointAt(3, 3, 6)});
        const Driven driven = trial.run();
        // Behind the first: weight 4, intercept 0.2. Behind the second: 4 − 0.84, 0.2 − 0.084.
        QCOMPARE(differenceOf(trial.values(driven, "out", "predicted"), (QStringList{"0.0", "4.2", "9.596"})),
                 QString());
        QCOMPARE(differenceOf(trial.values(driven, "out", "error"), (QStringList{"10.0", "-4.2", "-3.596"})),
                 QString());
    }

    void learnsALine_data() {
        QTest::addColumn<QString>("method");
        QTest::newRow("linear") << "linear";
        QTest::newRow("ftrl") << "ftrl";
    }
    void learnsALine() {
        QFETCH(QString, method);
        Json all = {{"target", "y"}, {"features", {"x"}}, {"method", method.toStdString()}, {"every", 500}};
        all[method == u"ftrl" ? "alpha" : "learning_rate"] = method == u"ftrl" ? 10.0 : 0.05;
        std::vector<Row> rows;
        for (std::int64_t number = 0; number < 3'000; ++number) {
            const double x = static_cast<double>(number * 37 % 100);
            rows.push_back(pointAt(number, x, 3 * x - 20));
        }
        LearningTrial trial("regress", all);
        trial.give("in", rows);
        const Driven driven = trial.run();
        const QStringList errors = trial.values(driven, "metrics", "mean_absolute_error");
        QCOMPARE(errors.size(), 6);
        QVERIFY2(errors.last().toDouble() < errors.first().toDouble() / 2, qPrintable(errors.join(u' ')));
        QCOMPARE(trial.values(driven, "metrics", "rows").last(), QStringLiteral("3000"));
    }

    void aMissingTargetIsOnlyPredicted() {
        std::vector<Row> rows{pointAt(1, 2, 10), pointAt(2, 2, 0), pointAt(3, 2, 10)};
        rows[1][3] = Value{};
        LearningTrial trial(
            "regress", {{"target", "y"}, {"features", {"x"}}, {"scale", "none"}, {"learning_rate", 0.1}});
        trial.give("in", rows);
        const Driven driven = trial.run();
        QCOMPARE(differenceOf(trial.values(driven, "out", "predicted"), (QStringList{"0.0", "8.2", "8.2"})),
                 QString());
        QCOMPARE(differenceOf(trial.values(driven, "out", "error"),
                              (QStringList{"10.0", "NULL", "1.8000000000000007"})),
                 QString());
    }

    // Numbers that a double can't add up: the model goes on, and says nothing where it can't tell.
    void hugeNumbersLeaveFiniteModels() {
        std::vector<Row> rows;
        for (std::int64_t number = 0; number < 20; ++number)
            rows.push_back(
                pointAt(number, number % 2 == 0 ? 1e308 : -1e308, number % 3 == 0 ? 1e308 : -1e308));
        for (const char* scale : {"none", "running"}) {
            for (const char* method : {"linear", "ftrl"}) {
                LearningTrial trial(
                    "regress", {{"target", "y"}, {"features", {"x"}}, {"scale", scale}, {"method", method}});
                trial.give("in", rows);
                const Driven driven = trial.run();
                QCOMPARE(trial.values(driven, "out", "predicted").size(), 20);
                QVERIFY(!trial.values(driven, "out", "predicted").contains(QStringLiteral("NaN")));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestRegress)
#include "test_regress.moc"

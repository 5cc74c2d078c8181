// Where ADWIN and Page-Hinkley find changes: in the same rows as River 0.26.1, with the same means.
#include <QtTest/QtTest>
#include <cmath>

#include "core/learn/models/adwin.h"
#include "core/learn/models/page_hinkley.h"
#include "core/learn/models/random_start.h"

using namespace rw;
using namespace rw::learn;

namespace {

struct Change {
    int row;
    double mean;
};

/// Even noise whose mean rises and falls at every thousandth row.
double value(int row) {
    const double shifts[] = {0, 0.5, 0.3, 2};
    return randomStart(1, static_cast<std::uint64_t>(row)) + shifts[row / 1000];
}

std::vector<Change> changes(const ModelFactoryRef& factory) {
    const std::unique_ptr<Model> model = factory->make(0);
    std::vector<Change> found;
    std::vector<double> outputs(factory->outputs());
    for (int row = 0; row < 4000; ++row) {
        const double next = value(row);
        model->score({{&next, 1}}, outputs);
        model->learn({{&next, 1}});
        if (outputs[DriftDetector::kDrift] != 0) found.push_back({row, outputs[DriftDetector::kMean]});
    }
    return found;
}

void compare(const std::vector<Change>& actual, const std::vector<Change>& expected) {
    QCOMPARE(actual.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        QCOMPARE(actual[i].row, expected[i].row);
        QVERIFY(std::fabs(actual[i].mean - expected[i].mean) < 1e-12);
    }
}

}  // namespace

class TestDriftDetectors : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void adwinIsRivers() {
        compare(changes(adwin({})),
                {{1055, 0.7459435272622449}, {2111, 0.9092346818921339}, {3039, 2.0381002702096316}});
    }
    void pageHinkleyIsRivers() {
        compare(changes(pageHinkley({.threshold = 20})),
                {{1036, 0.498703620771857}, {2086, 0.977299107110471}, {3010, 0.8223918932651302}});
    }
    void constantsDoNotDrift() {
        for (const ModelFactoryRef& factory : {adwin({}), pageHinkley({})}) {
            const std::unique_ptr<Model> model = factory->make(0);
            std::vector<double> outputs(factory->outputs());
            const double same = 1e9;
            for (int row = 0; row < 5000; ++row) {
                model->score({{&same, 1}}, outputs);
                model->learn({{&same, 1}});
                QCOMPARE(outputs[DriftDetector::kDrift], 0.0);
                QCOMPARE(outputs[DriftDetector::kMean], same);
            }
        }
    }
    void aWindowOfAMillionRowsStaysSmall() {
        const std::unique_ptr<Model> model = adwin({})->make(0);
        for (std::uint64_t row = 0; row < 1'000'000; ++row) {
            const double next = randomStart(4, row);
            model->learn({{&next, 1}});
        }
        QVERIFY(model->memoryBytes() < 10'000);
    }
    void hugeValuesLeaveItFinite() {
        constexpr double kHuge = std::numeric_limits<double>::max();
        for (const ModelFactoryRef& factory : {adwin({}), pageHinkley({})}) {
            const std::unique_ptr<Model> model = factory->make(0);
            std::vector<double> outputs(factory->outputs());
            for (int row = 0; row < 500; ++row) {
                const double next = row % 3 == 0 ? kHuge : row % 3 == 1 ? -kHuge : row;
                model->score({{&next, 1}}, outputs);
                model->learn({{&next, 1}});
                QVERIFY(!std::isinf(outputs[DriftDetector::kMean]));
            }
        }
    }
};

QTEST_APPLESS_MAIN(TestDriftDetectors)
#include "test_drift_detectors.moc"

// Models of a series: their forecasts against River's, against series without noise, and how much of their
// own noise their bands cover.
#include <QtTest/QtTest>
#include <cmath>

#include "core/learn/models/holt_winters.h"
#include "core/learn/models/last_value.h"
#include "core/learn/models/linear_trend.h"
#include "core/learn/models/random_start.h"

using namespace rw;
using namespace rw::learn;

namespace {

/// A model and the rows that it learns.
class Series {
 public:
    explicit Series(const ModelFactoryRef& factory) : m_model(factory->make(0)) {}

    void learn(double value) { m_model->learn({{&value, 1}}); }
    std::vector<Forecast> forecast(std::size_t steps) const {
        std::vector<Forecast> forecasts(steps);
        static_cast<const Forecaster&>(*m_model).forecast(forecasts);
        return forecasts;
    }
    double next() const { return forecast(1).front().mean; }

 private:
    std::unique_ptr<Model> m_model;
};

void compareNear(double actual, double expected) {
    QVERIFY2(std::fabs(actual - expected) <= 1e-12 * (1 + std::fabs(expected)),
             qPrintable(QString("%1 instead of %2").arg(actual, 0, 'g', 17).arg(expected, 0, 'g', 17)));
}

/// Number `index` of a seed, normally distributed: mean 0, deviation 1.
double normal(std::uint64_t seed, std::uint64_t index) {
    constexpr double kTurn = 6.283185307179586;
    const double radius = std::sqrt(-2 * std::log(1 - randomStart(seed, 2 * index)));
    return radius * std::cos(kTurn * randomStart(seed, 2 * index + 1));
}

/// A series of the very kind that Holt-Winters assumes: all its parts change by shares of one noise.
class OwnNoise {
 public:
    OwnNoise(const HoltWintersOptions& options, std::uint64_t seed)
        : m_options(options), m_seed(seed), m_level(100 * randomStart(seed, 1)) {
        for (std::size_t i = 0; i < options.season; ++i) m_season.push_back(10 * normal(seed + 1, i));
        if (options.beta > 0) m_trend = normal(seed + 2, 0);
    }
    double next() {
        const double noise = 3 * normal(m_seed + 3, m_rows);
        double* place = m_season.empty() ? nullptr : &m_season[m_rows % m_season.size()];
        const double value = m_level + m_trend + (place ? *place : 0) + noise;
        m_level += m_trend + m_options.alpha * noise;
        m_trend += m_options.alpha * m_options.beta * noise;
        if (place) *place += m_options.gamma * noise;
        ++m_rows;
        return value;
    }

 private:
    HoltWintersOptions m_options;
    std::uint64_t m_seed, m_rows = 0;
    double m_level, m_trend = 0;
    std::vector<double> m_season{};
};

/// The share of the values that were in the band of 90 % that was forecast for them `ahead` steps before.
double coverage(const HoltWintersOptions& options, std::uint64_t seed, std::size_t ahead) {
    constexpr std::size_t kRows = 10'000, kWarmUp = 200;
    OwnNoise noise(options, seed);
    Series series(holtWinters(options));
    std::vector<Forecast> due(kRows + ahead);
    const double width = bandWidth(0.9);
    double inside = 0, told = 0;
    for (std::size_t row = 0; row < kRows; ++row) {
        const double value = noise.next();
        if (row >= kWarmUp) {
            told += 1;
            inside += std::fabs(value - due[row].mean) <= width * due[row].deviation ? 1 : 0;
        }
        series.learn(value);
        due[row + ahead] = series.forecast(ahead).back();
    }
    return inside / told;
}

}  // namespace

class TestForecasters : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void bandOfNormalErrors() {
        compareNear(bandWidth(0.9), 1.6448536269514722);
        compareNear(bandWidth(0.95), 1.959963984540054);
        compareNear(bandWidth(0.5), 0.6744897501960817);
    }
    void holtWintersIsRivers() {
        // What River 0.26.1 forecasts after each row, of the same numbers
        const std::vector<double> expected = {22.751180064192074, 24.048934018327067, 23.297551044224083,
                                              22.14807042944363,  24.81610744988878,  24.69470082364455,
                                              24.425698062820935, 26.006627785138935, 27.378661983763227,
                                              26.328440353119916, 25.32407522936706,  29.268815650155645,
                                              30.177179413710252};
        Series series(
            holtWinters({.alpha = 0.4, .beta = 0.2, .gamma = 0.3, .season = 4, .startsAsRiver = true}));
        const double season[] = {3, -1, -4, 2};
        for (std::size_t i = 0; i < 16; ++i) {
            series.learn(20 + static_cast<double>(i) * 0.5 + season[i % 4] + randomStart(2, i));
            if (i >= 3) compareNear(series.next(), expected[i - 3]);
        }
        const std::vector<double> ahead = {30.177179413710252, 27.35360522108353,  26.173263821447048,
                                           31.25759478380894,  31.861755816355295, 29.038181623728573};
        const std::vector<Forecast> steps = series.forecast(6);
        for (std::size_t i = 0; i < steps.size(); ++i) compareNear(steps[i].mean, ahead[i]);
    }
    void aLineWithASeasonIsKnownAfterTwoOfIt() {
        Series series(holtWinters({.season = 4}));
        const double season[] = {3, -1, -4, 2};
        const auto value = [&](std::size_t i) { return 20 + static_cast<double>(i) * 0.5 + season[i % 4]; };
        for (std::size_t i = 0; i < 8; ++i) {
            QVERIFY(std::isnan(series.next()));
            series.learn(value(i));
        }
        for (std::size_t i = 8; i < 30; ++i) {
            compareNear(series.next(), value(i));
            compareNear(series.forecast(9).back().mean, value(i + 8));
            series.learn(value(i));
        }
    }
    void bandsAreUnknownForTheFirstErrors() {
        Series series(holtWinters({}));
        for (int i = 0; i < 11; ++i) series.learn(i % 3);
        QVERIFY(!std::isnan(series.next()));
        QVERIFY(std::isnan(series.forecast(1).front().deviation));
        series.learn(1);
        QVERIFY(series.forecast(1).front().deviation > 0);
    }
    void bandsCoverTheirOwnNoise_data() {
        QTest::addColumn<double>("alpha");
        QTest::addColumn<double>("beta");
        QTest::addColumn<double>("gamma");
        QTest::addColumn<int>("season");
        int shape = 0;
        for (const double alpha : {0.05, 0.2, 0.5, 0.9}) {
            for (const auto& [beta, season] : std::initializer_list<std::pair<double, int>>{
                     {0, 0}, {0.1, 0}, {0, 7}, {0.05, 12}, {0.02, 24}}) {
                const double gamma = season > 0 ? 0.1 * (1 - alpha) : 0;
                QTest::addRow("%d: alpha %g, beta %g, gamma %g, season %d", ++shape, alpha, beta, gamma,
                              season)
                    << alpha << beta << gamma << season;
            }
        }
    }
    void bandsCoverTheirOwnNoise() {
        QFETCH(double, alpha);
        QFETCH(double, beta);
        QFETCH(double, gamma);
        QFETCH(int, season);
        const HoltWintersOptions options{
            .alpha = alpha, .beta = beta, .gamma = gamma, .season = static_cast<std::size_t>(season)};
        for (const std::size_t ahead : {1U, 10U}) {
            const double covered = coverage(options, 40 + static_cast<std::uint64_t>(season), ahead);
            QVERIFY2(covered >= 0.87 && covered <= 0.93,
                     qPrintable(QString("%1 at %2 steps").arg(covered).arg(ahead)));
        }
    }
    void aLineIsExtended() {
        Series series(linearTrend({}));
        series.learn(5);
        QVERIFY(std::isnan(series.next()));
        for (int i = 1; i < 500; ++i) series.learn(5 - 0.25 * i);
        compareNear(series.next(), 5 - 0.25 * 500);
        compareNear(series.forecast(40).back().mean, 5 - 0.25 * 539);
    }
    void theLineOfOldRowsFades() {
        Series fading(linearTrend({.halfLife = 5})), constant(linearTrend({}));
        for (int i = 0; i < 200; ++i) {
            const double value = i < 100 ? 0 : 3 * (i - 100);
            fading.learn(value);
            constant.learn(value);
        }
        QVERIFY(std::fabs(fading.next() - 300) < 1);
        QVERIFY(constant.next() < 250);
    }
    void theLastSeasonComesAgain() {
        Series last(lastValue({})), season(lastValue({.season = 3}));
        for (const double value : {1, 2, 3, 4, 5}) {
            last.learn(value);
            season.learn(value);
        }
        QCOMPARE(last.next(), 5.0);
        const std::vector<Forecast> steps = season.forecast(4);
        QCOMPARE(steps[0].mean, 3.0);
        QCOMPARE(steps[1].mean, 4.0);
        QCOMPARE(steps[3].mean, 3.0);
        QVERIFY(std::isnan(steps[0].deviation));
    }
    void bandsOfARandomWalkWiden() {
        Series walk(lastValue({}));
        double value = 0;
        for (std::uint64_t i = 0; i < 5000; ++i) walk.learn(value += normal(9, i));
        const std::vector<Forecast> steps = walk.forecast(16);
        QVERIFY(std::fabs(steps[0].deviation - 1) < 0.2);
        compareNear(steps[15].deviation, 4 * steps[0].deviation);
    }
    void hugeValuesLeaveItFinite() {
        constexpr double kHuge = std::numeric_limits<double>::max();
        for (const ModelFactoryRef& factory :
             {holtWinters({}), holtWinters({.season = 2}), linearTrend({}), lastValue({})}) {
            Series series(factory);
            for (const double value : {kHuge, -kHuge, kHuge, 1.0, -kHuge, kHuge, kHuge}) series.learn(value);
            for (int i = 0; i < 2000; ++i) series.learn(7);
            QVERIFY(!std::isinf(series.next()));
        }
    }
};

QTEST_APPLESS_MAIN(TestForecasters)
#include "test_forecasters.moc"

// Sequential k-means: River's clusters from River's centres, and how clusters begin.
#include <QtTest/QtTest>
#include <cmath>

#include "core/learn/models/random_start.h"
#include "core/learn/models/sequential_kmeans.h"

using namespace rw;
using namespace rw::learn;

namespace {

/// Learns rows of two features; tells of each what its score was.
class Clusters {
 public:
    explicit Clusters(const ModelFactoryRef& factory) : m_model(factory->make(0)) {}

    std::pair<double, double> add(double a, double b) {
        const double features[] = {a, b};
        double outputs[2];
        m_model->score({features}, outputs);
        m_model->learn({features});
        return {outputs[0], outputs[1]};
    }
    Centres centres() const { return centresOf(*m_model); }

 private:
    std::unique_ptr<Model> m_model;
};

}  // namespace

class TestSequentialKmeans : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void isRivers() {
        const std::vector<int> expected = {2, 0, 2, 2, 2, 1, 0, 1, 0, 2, 1, 0, 1, 0, 1,
                                           1, 2, 0, 2, 0, 2, 1, 2, 0, 0, 1, 2, 2, 2, 0};
        Clusters clusters(
            sequentialKMeans({.features = 2, .clusters = 3, .rate = 0.25, .centres = {0, 0, 1, 1, 0, 1}}));
        for (std::uint64_t i = 0; i < expected.size(); ++i) {
            const auto [cluster, distance] = clusters.add(randomStart(3, 2 * i), randomStart(3, 2 * i + 1));
            QCOMPARE(static_cast<int>(cluster), expected[i]);
        }
        const std::vector<double> places = {0.527442031874801,  0.20872832375106085, 0.722168917066102,
                                            0.8139666481593476, 0.2970501900228206,  0.6102136207959687};
        for (std::size_t i = 0; i < places.size(); ++i) {
            QVERIFY(std::fabs(clusters.centres().places[i] - places[i]) < 1e-15);
        }
    }
    void firstDifferentRowsBegin() {
        Clusters clusters(sequentialKMeans({.features = 2, .clusters = 2}));
        const auto [first, unknown] = clusters.add(1, 1);
        QCOMPARE(first, 0.0);
        QVERIFY(std::isnan(unknown));
        QCOMPARE(clusters.add(1, 1), (std::pair<double, double>(0, 0)));
        QCOMPARE(clusters.add(4, 5), (std::pair<double, double>(1, 5)));
        QCOMPARE(clusters.add(4, 7), (std::pair<double, double>(1, 2)));
        // A centre is the mean of its rows while these are few.
        const Centres centres = clusters.centres();
        QCOMPARE(centres.places, (std::vector<double>{1, 1, 4, 6}));
        QCOMPARE(centres.rows, (std::vector<double>{2, 2}));
    }
    void aRadiusBeginsClustersAtNeed() {
        Clusters clusters(sequentialKMeans({.features = 2, .clusters = 3, .radius = 2}));
        clusters.add(0, 0);
        QCOMPARE(clusters.add(1, 1).first, 0.0);
        QCOMPARE(clusters.add(9, 9).first, 1.0);
        QCOMPARE(clusters.add(0, 9).first, 2.0);
        QCOMPARE(clusters.add(9, -90).first, 0.0);  // as many as are allowed are there
        QCOMPARE(clusters.centres().rows.size(), std::size_t{3});
    }
    void distancesThatOverflowAreUnknown() {
        constexpr double kHuge = std::numeric_limits<double>::max();
        Clusters clusters(sequentialKMeans({.features = 2, .clusters = 2}));
        clusters.add(kHuge, kHuge);
        QVERIFY(std::isnan(clusters.add(-kHuge, 0).second));
        QVERIFY(std::isnan(clusters.add(kHuge / 2, 0).second));
        for (const double place : clusters.centres().places) QVERIFY(std::isfinite(place));
    }
};

QTEST_APPLESS_MAIN(TestSequentialKmeans)
#include "test_sequential_kmeans.moc"

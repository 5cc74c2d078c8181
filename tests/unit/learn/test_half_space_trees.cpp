// Half-space trees: scores that can be counted by hand, and rows that are alone.
#include <QtTest/QtTest>
#include <cmath>

#include "core/learn/models/half_space_trees.h"
#include "core/learn/models/random_start.h"

using namespace rw;
using namespace rw::learn;

namespace {

double scoreOf(const Model& model, const std::vector<double>& features) {
    double score = 0;
    model.score({features}, {&score, 1});
    return score;
}

}  // namespace

class TestHalfSpaceTrees : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void countsInOneTree() {
        // The root cuts at 0.5, its left half at 0.25, its right half at 0.75.
        const auto model =
            halfSpaceTrees({.trees = 1, .height = 2, .window = 4, .cuts = {{0, 0.5}, {0, 0.25}, {0, 0.75}}})
                ->make(0);
        for (const double value : {0.1, 0.2, 0.3, 0.6}) {
            QVERIFY(std::isnan(scoreOf(*model, {value})));
            model->learn({{&value, 1}});
        }
        // Masses: 4; 3 and 1; 2, 1, 1 and 0. A node with fewer than 0.4 rows is not looked into.
        const double most = 1 * 4 * 7;
        QCOMPARE(scoreOf(*model, {0.1}), 1 - (4 + 2 * 3 + 4 * 2) / most);
        QCOMPARE(scoreOf(*model, {0.4}), 1 - (4 + 2 * 3 + 4 * 1) / most);
        QCOMPARE(scoreOf(*model, {0.6}), 1 - (4 + 2 * 1 + 4 * 1) / most);
        QCOMPARE(scoreOf(*model, {0.9}), 1 - (4 + 2 * 1 + 4 * 0) / most);
        // Rows of this window change nothing before its end.
        for (const double value : {0.9, 0.9, 0.9}) model->learn({{&value, 1}});
        QCOMPARE(scoreOf(*model, {0.9}), 1 - (4 + 2 * 1 + 4 * 0) / most);
        const double last = 0.9;
        model->learn({{&last, 1}});
        QCOMPARE(scoreOf(*model, {0.9}), 1 - (4 + 2 * 4 + 4 * 4) / most);
        QCOMPARE(scoreOf(*model, {0.1}), 1 - (4 + 2 * 0) / most);
    }
    void rangesComeFromTheFirstWindow() {
        // Of features of very different sizes; the rows are near each other but for one.
        const auto factory = halfSpaceTrees({.features = 2, .window = 100});
        const auto model = factory->make(5);
        for (std::uint64_t i = 0; i < 300; ++i) {
            const double features[] = {1e6 + 100 * randomStart(1, i), 1e-3 * randomStart(2, i)};
            QCOMPARE(std::isnan(scoreOf(*model, {features[0], features[1]})), i < 100);
            model->learn({features});
        }
        const double usual = scoreOf(*model, {1e6 + 50, 0.5e-3});
        QVERIFY(scoreOf(*model, {1e6 + 140, 0.5e-3}) > usual + 0.01);
        QVERIFY(scoreOf(*model, {1e6 + 50, 1.4e-3}) > usual + 0.01);
    }
    void seedsDecideTheCuts() {
        const auto factory = halfSpaceTrees({.window = 50, .ranges = {{0, 1}}});
        const auto one = factory->make(1), same = factory->make(1), other = factory->make(2);
        for (std::uint64_t i = 0; i < 50; ++i) {
            const double value = randomStart(3, i);
            for (Model* model : {one.get(), same.get(), other.get()}) model->learn({{&value, 1}});
        }
        QCOMPARE(scoreOf(*one, {0.3}), scoreOf(*same, {0.3}));
        QVERIFY(scoreOf(*one, {0.3}) != scoreOf(*other, {0.3}));
    }
    void constantsAndHugeValues() {
        constexpr double kHuge = std::numeric_limits<double>::max();
        const auto factory = halfSpaceTrees({.window = 20});
        for (const std::vector<double>& values :
             {std::vector<double>{7}, {0}, {kHuge, -kHuge}, {-kHuge}}) {
            const auto model = factory->make(1);
            for (std::size_t i = 0; i < 60; ++i) {
                const double value = values[i % values.size()];
                model->learn({{&value, 1}});
            }
            QVERIFY(scoreOf(*model, {values[0]}) < scoreOf(*model, {1234.5}));
        }
    }
};

QTEST_APPLESS_MAIN(TestHalfSpaceTrees)
#include "test_half_space_trees.moc"

// Matrix factorisation: one step by hand, tastes that it learns, users that it does not know.
#include <QtTest/QtTest>
#include <cmath>

#include "core/learn/models/biased_factors.h"

using namespace rw;
using namespace rw::learn;

class TestBiasedFactors : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void oneStepByHand() {
        Factors model({.factors = 1, .rate = 0.1}, 0);
        model.addUser(std::vector<double>{0, 0.5});
        model.addItem(std::vector<double>{0, -0.25});
        QVERIFY(std::isnan(model.predict(0, 0)));  // no rating yet
        model.learn(0, 0, 4);
        // The mean is 4; the error −0.125, of which the gradient is twice as much.
        QCOMPARE(model.predict(1, 1), 4.0);
        QCOMPARE(model.user(0)[0], 0.1 * 0.25);
        QCOMPARE(model.item(0)[0], 0.1 * 0.25);
        QCOMPARE(model.user(0)[1], 0.5 - 0.1 * -0.25 * -0.25);
        QCOMPARE(model.item(0)[1], -0.25 - 0.1 * -0.25 * 0.5);
    }
    void learnsTastes() {
        // Users and items of two sorts: each likes its own.
        Factors model({.factors = 4, .rate = 0.02}, 3);
        for (std::size_t i = 0; i < 20; ++i) model.learn(i, i, 5);
        for (int round = 0; round < 100; ++round) {
            for (std::size_t user = 0; user < 20; ++user) {
                for (std::size_t item = 0; item < 20; ++item) {
                    if ((user + item) % 3 != 0) model.learn(user, item, user % 2 == item % 2 ? 5 : 1);
                }
            }
        }
        for (std::size_t user = 0; user < 20; ++user) {  // what they have not rated, or once only
            const std::size_t first = (3 - user % 3) % 3;
            const bool likesFirst = first % 2 == user % 2;
            const std::size_t liked = likesFirst ? first : first + 3, other = likesFirst ? first + 3 : first;
            QVERIFY(model.predict(user, liked) > model.predict(user, other) + 1);
        }
    }
    void newUsersGetWhatAllLike() {
        Factors model({}, 0);
        for (int i = 0; i < 50; ++i) {
            model.learn(0, 0, 5);
            model.learn(0, 1, 1);
        }
        QVERIFY(model.predict(7, 0) > model.predict(7, 1));
    }
    void startsGoBySeedAndNumber() {
        Factors one({.rate = 0}, 9), same({.rate = 0}, 9), other({.rate = 0}, 10);
        for (Factors* model : {&one, &same, &other}) {
            for (const std::size_t i : {0U, 1U}) model->learn(i, i, 1);
        }
        const auto equal = [](std::span<const double> a, std::span<const double> b) {
            return std::equal(a.begin(), a.end(), b.begin());
        };
        QVERIFY(equal(one.user(1), same.user(1)));
        QVERIFY(!equal(one.user(1), other.user(1)));
        QVERIFY(!equal(one.user(1), one.user(0)));
        QVERIFY(!equal(one.user(1), one.item(1)));
    }
    void numbersThatSkipAreNotLearnt() {
        const auto model = biasedFactors({})->make(0);
        const auto learn = [&](double user, double item) {
            const double features[] = {user, item};
            model->learn({features, 3});
        };
        learn(0, 0);
        learn(2, 0);
        learn(-1, 0);
        learn(1, 1e300);
        QCOMPARE(factorsOf(*model).users(), std::size_t{1});
        learn(1, 0);
        QCOMPARE(factorsOf(*model).users(), std::size_t{2});
    }
    void stepsThatOverflowAreLeftOut() {
        constexpr double kHuge = std::numeric_limits<double>::max();
        Factors model({.rate = 1}, 0);
        for (const double rating : {kHuge, -kHuge, 1.0, kHuge}) model.learn(0, 0, rating);
        for (const double number : model.user(0)) QVERIFY(std::isfinite(number));
        for (const double number : model.item(0)) QVERIFY(std::isfinite(number));
        QVERIFY(!std::isinf(model.predict(0, 0)));
    }
};

QTEST_APPLESS_MAIN(TestBiasedFactors)
#include "test_biased_factors.moc"

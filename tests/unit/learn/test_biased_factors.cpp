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
        BiasedFactors model({.factors = 1, .rate = 0.1}, 0);
        model.restoreUsers(std::vector<double>{0, 0.5});
        model.restoreItems(std::vector<double>{0, -0.25});
        QCOMPARE(model.predict(0, 0), -0.125);
        model.learn(0, 0, 4);
        // The mean is 4; the error −0.125, of which the gradient is twice as much.
        QCOMPARE(model.ratings().mean, 4.0);
        QCOMPARE(model.user(0)[0], 0.1 * 0.25);
        QCOMPARE(model.item(0)[0], 0.1 * 0.25);
        QCOMPARE(model.user(0)[1], 0.5 - 0.1 * -0.25 * -0.25);
        QCOMPARE(model.item(0)[1], -0.25 - 0.1 * -0.25 * 0.5);
    }
    void learnsTastes() {
        // Users and items of two sorts: each likes its own.
        BiasedFactors model({.factors = 4, .rate = 0.02}, 3);
        for (std::uint64_t i = 0; i < 20; ++i) {
            model.addUser(i);
            model.addItem(i);
        }
        for (int round = 0; round < 100; ++round) {
            for (std::size_t user = 0; user < 20; ++user) {
                for (std::size_t item = user % 3; item < 20; item += 3) {
                    model.learn(user, item, user % 2 == item % 2 ? 5 : 1);
                }
            }
        }
        for (std::size_t user = 0; user < 20; ++user) {  // what they have not rated
            const std::size_t from = user % 3 + 1;
            const std::size_t liked = from % 2 == user % 2 ? from : from + 3;
            const std::size_t other = from % 2 == user % 2 ? from + 3 : from;
            QVERIFY(model.predict(user, liked) > model.predict(user, other) + 1);
        }
    }
    void newUsersGetWhatAllLike() {
        BiasedFactors model({}, 0);
        model.addUser(1);
        model.addItem(1);
        model.addItem(2);
        for (int i = 0; i < 50; ++i) {
            model.learn(0, 0, 5);
            model.learn(0, 1, 1);
        }
        QVERIFY(model.predictForNewUser(0) > model.predictForNewUser(1));
    }
    void startsGoByTheKeyAlone() {
        BiasedFactors one({}, 9), other({}, 9);
        one.addUser(11);
        other.addUser(12);
        other.addUser(11);
        QVERIFY(std::equal(one.user(0).begin(), one.user(0).end(), other.user(1).begin()));
        QVERIFY(!std::equal(one.user(0).begin(), one.user(0).end(), other.user(0).begin()));
        other.addItem(11);
        QVERIFY(!std::equal(one.user(0).begin(), one.user(0).end(), other.item(0).begin()));
    }
    void stepsThatOverflowAreLeftOut() {
        constexpr double kHuge = std::numeric_limits<double>::max();
        BiasedFactors model({.rate = 1}, 0);
        model.addUser(1);
        model.addItem(1);
        for (const double rating : {kHuge, -kHuge, 1.0, kHuge}) model.learn(0, 0, rating);
        for (const double number : model.user(0)) QVERIFY(std::isfinite(number));
        for (const double number : model.item(0)) QVERIFY(std::isfinite(number));
        QVERIFY(std::isfinite(model.ratings().mean));
    }
};

QTEST_APPLESS_MAIN(TestBiasedFactors)
#include "test_biased_factors.moc"

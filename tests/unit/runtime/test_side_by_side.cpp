// Calls that an executor makes at the same time before it starts: all are made, and an exception comes
// out.
#include <QtTest>
#include <atomic>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "core/base/time.h"
#include "core/runtime/executors/executor.h"

using namespace rw;

class TestSideBySide : public QObject {
    Q_OBJECT

    using Calls = std::vector<std::function<void()>>;

 private Q_SLOTS:
    void allAreMadeOnce() {
        for (const int threads : {1, 2, 5}) {
            std::vector<std::atomic<int>> made(40);
            Calls calls;
            for (auto& one : made) calls.emplace_back([&one] { ++one; });
            makePoolExecutor(threads, systemClock())->sideBySide(calls);
            for (const auto& one : made) QCOMPARE(one.load(), 1);
        }
    }

    void twoAreUnderWayAtOnce() {
        std::atomic<int> here{0};
        const auto waitForTheOther = [&here] {
            ++here;
            while (here < 2) std::this_thread::yield();
        };
        makePoolExecutor(2, systemClock())->sideBySide(Calls{waitForTheOther, waitForTheOther});
        QCOMPARE(here.load(), 2);
    }

    void theFirstThatIsThrownComesOut() {
        std::atomic<int> made{0};
        const auto thrower = [](const char* what) { return [what] { throw std::runtime_error(what); }; };
        const Calls calls{[&made] { ++made; }, thrower("first"), thrower("second"), [&made] { ++made; }};
        try {
            makePoolExecutor(3, systemClock())->sideBySide(calls);
            QFAIL("nothing came out");
        } catch (const std::runtime_error& error) {
            QCOMPARE(error.what(), "first");
        }
        QCOMPARE(made.load(), 2);
    }

    void aSeededOneMakesThemInTheirOrder() {
        std::vector<int> order;
        Calls calls;
        for (int i = 0; i < 10; ++i) {
            calls.emplace_back([&order, i] { order.push_back(i); });
        }
        makeSeededExecutor(1, systemClock())->sideBySide(calls);
        QCOMPARE(order, (std::vector<int>{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}));
    }
};

QTEST_APPLESS_MAIN(TestSideBySide)
#include "test_side_by_side.moc"

// Sinks with a thread of their own keep the cores that they work on: a task on the core of a sink would be
// waited for by all.
#include <QtTest>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/time.h"
#include "core/runtime/executors/executor.h"
#include "core/runtime/metrics/stopwatch.h"

using namespace rw;

namespace {

struct CalledTask : Task {
    std::function<Step()> called;
    explicit CalledTask(std::function<Step()> body) : called(std::move(body)) {}
    Step work() override { return called(); }
    void failed(const Status&) override { qFatal("a step threw"); }
};

struct Source : CalledTask {
    explicit Source(std::function<Step()> body) : CalledTask(std::move(body)) { feedsOthers = true; }
};

/// Works from its first step on until it may end.
struct BusySink {
    std::atomic<bool> works{false}, mayEnd{false};
    std::atomic<std::int64_t> longestPause{0};  ///< nanoseconds without a processor
    CalledTask task{[this] {
        works = true;
        for (std::int64_t last = stopwatchNanos(); !mayEnd;) {
            const std::int64_t now = stopwatchNanos();
            if (now - last > longestPause) longestPause = now - last;
            last = now;
        }
        return Step::Done;
    }};
    BusySink() { task.blocking = task.feedsNobody = true; }
};

/// With `threads` on `cores`, as if the machine had these, and with sinks that work from the start.
struct Pool {
    std::unique_ptr<Executor> executor;
    std::vector<BusySink*> sinks;
    Pool(int threads, int cores, std::vector<BusySink*> busy)
        : executor(makePoolExecutor(threads, systemClock(), cores)), sinks(std::move(busy)) {
        for (BusySink* sink : sinks) {
            executor->add(sink->task);
            executor->schedule(sink->task);
        }
        if (!executor->start([] {}).ok()) qFatal("no threads");
    }
    ~Pool() {
        letSinksEnd();
        executor->end();
        executor->join();
    }
    bool sinksWork() const {
        return std::all_of(sinks.begin(), sinks.end(),
                           [](const BusySink* sink) { return sink->works.load(); });
    }
    void letSinksEnd() const {
        for (BusySink* sink : sinks) sink->mayEnd = true;
    }
};

/// The most of two sources that were at work at a time.
int mostSourcesBeside(BusySink& sink) {
    constexpr int kSteps = 200;
    std::atomic<int> atWork{0}, most{0}, ended{0};
    const auto body = [&, left = kSteps]() mutable {
        most = std::max(most.load(), ++atWork);
        // Without a pause: a thread that yields the processor counts as one that waits.
        const auto until = std::chrono::steady_clock::now() + std::chrono::microseconds(500);
        while (atWork < 2 && std::chrono::steady_clock::now() < until) {
        }
        most = std::max(most.load(), atWork.load());
        --atWork;
        if (--left > 0) return Step::Again;
        ++ended;
        return Step::Done;
    };
    Source first(body), second(body);
    const Pool pool(2, 2, {&sink});
    [&] { QTRY_VERIFY(pool.sinksWork()); }();
    pool.executor->schedule(first);
    pool.executor->schedule(second);
    [&] { QTRY_COMPARE_WITH_TIMEOUT(ended.load(), 2, 60'000); }();
    return most;
}

}  // namespace

class TestSinksKeepACore : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void sourcesLeaveItOneWhileItWorks() {
        // The pool looks each 100 ms whether a thread had the processor. A sink that got none for so long,
        // because other programs had it, counts as one that waits; such a run shows nothing.
        constexpr std::int64_t kTooLong = 50'000'000;
        for (int attempt = 0; attempt < 50; ++attempt) {
            BusySink sink;
            const int most = mostSourcesBeside(sink);
            if (QTest::currentTestFailed()) return;
            if (sink.longestPause > kTooLong) continue;
            QCOMPARE(most, 1);
            return;
        }
        QFAIL("no attempt gave the sink a processor all the time");
    }

    void theyTakeItWhenItRests() {
        std::atomic<int> here{0};
        const auto waitForTheOther = [&here] {
            ++here;
            while (here < 2) std::this_thread::yield();
            return Step::Done;
        };
        Source first(waitForTheOther), second(waitForTheOther);
        BusySink sink;
        const Pool pool(2, 2, {&sink});
        QTRY_VERIFY(pool.sinksWork());
        pool.executor->schedule(first);
        pool.executor->schedule(second);
        QTRY_VERIFY(here >= 1);
        pool.letSinksEnd();
        QTRY_COMPARE(here.load(), 2);
    }

    void oneGoesOnHoweverManyWork() {
        std::atomic<bool> ended{false};
        Source source([&ended] {
            ended = true;
            return Step::Done;
        });
        BusySink one, two, three;
        const Pool pool(2, 1, {&one, &two, &three});
        QTRY_VERIFY(pool.sinksWork());
        pool.executor->schedule(source);
        QTRY_VERIFY(ended);
    }
};

QTEST_APPLESS_MAIN(TestSinksKeepACore)
#include "test_sinks_keep_a_core.moc"

// A call that waits for the outside world keeps a thread of the pool, and no more than that: another thread
// takes its place, and a sink that waits keeps no core from sources.
#include <QDir>
#include <QtTest>
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "core/base/time.h"
#include "core/runtime/executors/executor.h"

using namespace rw;

namespace {

struct CalledTask : Task {
    std::function<Step()> called;
    explicit CalledTask(std::function<Step()> body) : called(std::move(body)) {}
    Step work() override { return called(); }
    void failed(const Status&) override { qFatal("a step threw"); }
};

/// A disk that does not answer until it is told to.
class Disk {
 public:
    void wait() {
        std::unique_lock lock(m_mutex);
        ++m_waiting;
        m_answered.wait(lock, [this] { return m_answers; });
    }
    void answer() {
        const std::lock_guard lock(m_mutex);
        m_answers = true;
        m_answered.notify_all();
    }
    int waiting() {
        const std::lock_guard lock(m_mutex);
        return m_waiting;
    }

 private:
    std::mutex m_mutex;
    std::condition_variable m_answered;
    bool m_answers = false;
    int m_waiting = 0;
};

/// Of this process.
int threads() {
    return static_cast<int>(
        QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size());
}

/// The executor ends once the disk answers.
struct Pool {
    Disk& disk;
    std::unique_ptr<Executor> executor;
    Pool(int threads, int cores, Disk& answering)
        : disk(answering), executor(makePoolExecutor(threads, systemClock(), cores)) {}
    ~Pool() {
        disk.answer();
        executor->end();
        executor->join();
    }
    void start() const {
        if (!executor->start([] {}).ok()) qFatal("no threads");
    }
};

}  // namespace

class TestWaitingThreads : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void othersGoOnWhileAllThreadsWait() {
        Disk disk;
        std::atomic<int> steps{0};
        const auto hangs = [&disk] {
            disk.wait();
            return Step::Done;
        };
        CalledTask one(hangs), two(hangs), three(hangs),
            other([&steps] { return ++steps < 1'000 ? Step::Again : Step::Done; });
        one.feedsOthers = two.feedsOthers = true;
        const Pool pool(2, 2, disk);
        for (Task* task : {&one, &two, &three}) pool.executor->schedule(*task);
        pool.start();
        QTRY_COMPARE(disk.waiting(), 3);  // the third with a thread that was started for it
        pool.executor->schedule(other);
        QTRY_COMPARE(steps.load(), 1'000);
    }

    void threadsThatWereStartedEndAgain() {
        Disk disk;
        CalledTask hangs([&disk] {
            disk.wait();
            return Step::Done;
        });
        std::atomic<bool> ended{false};
        CalledTask other([&ended] {
            ended = true;
            return Step::Done;
        });
        const Pool pool(1, 1, disk);
        pool.start();
        const int before = threads();
        pool.executor->schedule(hangs);
        QTRY_COMPARE(disk.waiting(), 1);
        pool.executor->schedule(other);
        QTRY_VERIFY(ended);
        QCOMPARE(threads(), before + 1);
        disk.answer();
        QTRY_COMPARE(threads(), before);
    }

    void aSourceThatWaitsKeepsNoCore() {
        Disk disk;
        std::atomic<bool> ended{false}, mayEnd{false}, works{false};
        CalledTask hung([&disk] {
            disk.wait();
            return Step::Done;
        });
        CalledTask source([&ended] {
            ended = true;
            return Step::Done;
        });
        CalledTask sink([&] {
            works = true;
            while (!mayEnd) std::this_thread::yield();
            return Step::Done;
        });
        hung.feedsOthers = source.feedsOthers = true;
        sink.blocking = sink.feedsNobody = true;
        const Pool pool(2, 2, disk);
        pool.executor->add(sink);
        pool.executor->schedule(sink);
        pool.start();
        QTRY_VERIFY(works);
        pool.executor->schedule(hung);
        QTRY_COMPARE(disk.waiting(), 1);
        pool.executor->schedule(source);
        const bool others = QTest::qWaitFor([&ended] { return ended.load(); }, 30'000);
        mayEnd = true;
        QVERIFY(others);
    }

    void aSinkThatWaitsKeepsNoCore() {
        Disk disk;
        CalledTask sink([&disk] {
            disk.wait();
            return Step::Done;
        });
        sink.blocking = sink.feedsNobody = true;
        std::atomic<int> here{0};
        std::atomic<bool> over{false};
        const auto meetTheOther = [&] {
            ++here;
            while (here < 2 && !over) std::this_thread::yield();
            return Step::Done;
        };
        CalledTask first(meetTheOther), second(meetTheOther);
        first.feedsOthers = second.feedsOthers = true;
        const Pool pool(2, 2, disk);
        pool.executor->add(sink);
        pool.executor->schedule(sink);
        pool.start();
        QTRY_COMPARE(disk.waiting(), 1);
        pool.executor->schedule(first);
        pool.executor->schedule(second);
        const bool met = QTest::qWaitFor([&here] { return here == 2; }, 30'000);
        over = true;
        QVERIFY(met);
    }
};

QTEST_APPLESS_MAIN(TestWaitingThreads)
#include "test_waiting_threads.moc"

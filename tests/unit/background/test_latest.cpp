// Questions that are answered in the background, of which the newest counts.
#include <QtTest/QtTest>
#include <memory>
#include <semaphore>
#include <thread>
#include <vector>

#include "widgets/background/latest.h"

using namespace rw::ui;

namespace {

constexpr int kPatience = 20'000;

/// An answer that says where it is: who waits for its end knows that it was taken or dropped.
using Answer = std::shared_ptr<int>;

/// Work that is held until it is let go, and then answers.
class Held {
 public:
    explicit Held(int number) : m_answer(std::make_shared<int>(number)), m_end(m_answer) {}

    auto work() {
        return [gate = m_gate, answer = std::exchange(m_answer, nullptr)]() mutable {
            gate->acquire();
            return std::exchange(answer, nullptr);
        };
    }
    void letGo() { m_gate->release(); }
    /// The answer came back and is gone: what would be done with it has been done.
    bool isOver() const { return m_end.expired(); }

 private:
    std::shared_ptr<std::binary_semaphore> m_gate = std::make_shared<std::binary_semaphore>(0);
    Answer m_answer;
    std::weak_ptr<int> m_end;
};

class Owner : public QObject {
 public:
    std::function<void(const Answer&)> take(std::vector<int>& taken) {
        return [this, &taken](const Answer& answer) {
            if (thread() != QThread::currentThread()) qFatal("on another thread");
            taken.push_back(*answer);
        };
    }
    Latest latest{this};
};

}  // namespace

class TestLatest : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theAnswerComesToTheOwnersThread() {
        Owner owner;
        Worker worker;
        std::vector<std::thread::id> threads;
        const auto work = [] { return std::this_thread::get_id(); };
        const auto take = [&](std::thread::id worked) { threads = {worked, std::this_thread::get_id()}; };
        for (const bool ordered : {true, false}) {
            threads.clear();
            if (ordered) {
                owner.latest.ask(worker, work, take);
            } else {
                owner.latest.ask(work, take);
            }
            QVERIFY(threads.empty());
            QTRY_VERIFY(!threads.empty());
            QVERIFY(threads[0] != threads[1]);
            QVERIFY(threads[1] == std::this_thread::get_id());
        }
    }

    /// It is there when the newer question is asked, and has only not been taken yet.
    void anAnswerIsOvertakenOnItsWay() {
        Owner owner;
        Worker worker;
        std::vector<int> taken;
        Held first(1), second(2);
        first.letGo();
        owner.latest.ask(worker, first.work(), owner.take(taken));
        QVERIFY(worker.wait(kPatience));
        owner.latest.ask(worker, second.work(), owner.take(taken));
        QTRY_VERIFY(first.isOver());
        QVERIFY(taken.empty());
        QVERIFY(owner.latest.isWaiting());
        second.letGo();
        QTRY_VERIFY(second.isOver());
        QCOMPARE(taken, std::vector<int>{2});
    }

    /// Each on a thread of its own, the older one takes longer.
    void anOlderAnswerComesLater() {
        Owner owner;
        std::vector<int> taken;
        Held first(1), second(2);
        owner.latest.ask(first.work(), owner.take(taken));
        owner.latest.ask(second.work(), owner.take(taken));
        second.letGo();
        QTRY_VERIFY(second.isOver());
        QCOMPARE(taken, std::vector<int>{2});
        first.letGo();
        QTRY_VERIFY(first.isOver());
        QCOMPARE(taken, std::vector<int>{2});
    }

    void whatIsDroppedIsNotTaken() {
        Owner owner;
        std::vector<int> taken;
        Held first(1), second(2);
        owner.latest.drop();  // there is nothing yet
        owner.latest.ask(first.work(), owner.take(taken));
        owner.latest.drop();
        QVERIFY(!owner.latest.isWaiting());
        first.letGo();
        QTRY_VERIFY(first.isOver());
        QVERIFY(taken.empty());
        owner.latest.ask(second.work(), owner.take(taken));
        second.letGo();
        QTRY_VERIFY(second.isOver());
        QCOMPARE(taken, std::vector<int>{2});
    }

    void theOwnerGoes() {
        auto owner = std::make_unique<Owner>();
        std::vector<int> taken;
        Held held(1);
        owner->latest.ask(held.work(), owner->take(taken));
        owner.reset();
        held.letGo();
        QTRY_VERIFY(held.isOver());
        QVERIFY(taken.empty());
    }

    /// As in an owner that has let its members go, and is not gone yet.
    void theLatestGoesBeforeItsOwner() {
        Owner owner;
        auto latest = std::make_unique<Latest>(&owner);
        std::vector<int> taken;
        Held held(1);
        latest->ask(held.work(), owner.take(taken));
        latest.reset();
        held.letGo();
        QTRY_VERIFY(held.isOver());
        QVERIFY(taken.empty());
    }

    /// What waits on a worker is done in its order, wanted or not.
    void workOnOneWorkerKeepsItsOrder() {
        Owner owner;
        Worker worker;
        std::binary_semaphore gate(0);
        worker.start([&gate] { gate.acquire(); });
        std::vector<int> worked, taken;  // the one on the worker, and looked at after its end
        for (const int number : {1, 2, 3}) {
            owner.latest.ask(
                worker,
                [&worked, number] {
                    worked.push_back(number);
                    return std::make_shared<int>(number);
                },
                owner.take(taken));
        }
        gate.release();
        QTRY_VERIFY(!taken.empty());
        QVERIFY(worker.wait(kPatience));
        QCOMPARE(worked, (std::vector<int>{1, 2, 3}));
        QCOMPARE(taken, std::vector<int>{3});
    }

    void oneWorkerServesSeveral() {
        Owner a, b;
        Worker worker;
        std::vector<int> taken;
        Held first(1), second(2);
        a.latest.ask(worker, first.work(), a.take(taken));
        b.latest.ask(worker, second.work(), b.take(taken));
        second.letGo();
        first.letGo();
        QTRY_VERIFY(first.isOver() && second.isOver());
        QCOMPARE(taken, (std::vector<int>{1, 2}));
    }

    void itWaitsUntilTheAnswerIsTaken() {
        Owner owner;
        QVERIFY(!owner.latest.isWaiting());
        std::vector<bool> waited;
        owner.latest.ask([] {}, [&] { waited.push_back(owner.latest.isWaiting()); });
        QVERIFY(owner.latest.isWaiting());
        QTRY_COMPARE(waited, std::vector<bool>{false});
        QVERIFY(!owner.latest.isWaiting());
    }

    void theNextQuestionMayBeAskedWhileAnAnswerIsTaken() {
        Owner owner;
        std::vector<int> taken;
        Held second(2);
        second.letGo();
        owner.latest.ask([] {}, [&] { owner.latest.ask(second.work(), owner.take(taken)); });
        QTRY_VERIFY(second.isOver());
        QCOMPARE(taken, std::vector<int>{2});
        QVERIFY(!owner.latest.isWaiting());
    }

    void aResultIsMoved() {
        Owner owner;
        std::unique_ptr<int> kept;
        owner.latest.ask([] { return std::make_unique<int>(7); },
                         [&kept](std::unique_ptr<int> result) { kept = std::move(result); });
        QTRY_VERIFY(kept != nullptr);
        QCOMPARE(*kept, 7);
    }

    /// Work that goes on until nobody wants its answer ends, whatever the reason.
    void workLearnsThatItWasDropped() {
        const auto untilDropped = [](const Latest::Question& question) {
            while (!question.isDropped() || !*question.flag()) std::this_thread::yield();
        };
        const auto never = [] { qFatal("was dropped"); };
        Worker worker;
        {
            Owner owner;
            owner.latest.ask(worker, untilDropped, never);
            owner.latest.drop();
            QVERIFY(worker.wait(kPatience));
            owner.latest.ask(worker, untilDropped, never);
            owner.latest.ask(worker, untilDropped, never);  // begins when the one before has ended
        }
        QVERIFY(worker.wait(kPatience));
        QCoreApplication::processEvents();
    }

    void workTellsBeforeItsAnswer() {
        Owner owner;
        Worker worker;
        std::vector<int> told;
        const auto work = [&told](const Latest::Question& question) {
            for (const int step : {1, 2}) question.tell([&told, step] { told.push_back(step); });
            return 3;
        };
        const auto take = [&told](int result) { told.push_back(result); };
        owner.latest.ask(worker, work, take);
        QTRY_COMPARE(told, (std::vector<int>{1, 2, 3}));
        told.clear();
        owner.latest.ask(worker, work, take);
        QVERIFY(worker.wait(kPatience));  // all is on its way
        owner.latest.drop();
        QCoreApplication::processEvents();
        QVERIFY(told.empty());
    }
};

QTEST_MAIN(TestLatest)
#include "test_latest.moc"

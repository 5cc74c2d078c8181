// Claims that meet between two calls of the kernel: flock() of the C library is the one below.
#include <sys/syscall.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <atomic>
#include <fstream>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "core/connect/files/output_lock.h"

namespace {

/// Called once, between opening a lock file that another process has and locking it.
std::function<void()>& meanwhile() {
    static std::function<void()> made;
    return made;
}

/// Called once, between locking a file and all that its holder does with it.
std::function<void()>& justLocked() {
    static std::function<void()> made;
    return made;
}

std::atomic<int> refusals{0};

}  // namespace

extern "C" int flock(int fd, int how) noexcept {
    auto locked = static_cast<int>(::syscall(SYS_flock, fd, how));
    if (locked != 0) ++refusals;
    if (locked == 0 && justLocked()) std::exchange(justLocked(), nullptr)();
    if (locked == 0 || !meanwhile()) return locked;
    std::exchange(meanwhile(), nullptr)();
    return static_cast<int>(::syscall(SYS_flock, fd, how));
}

using namespace rw;
using Mode = OutputClaim::Mode;

class TestLockRaces : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// Its holder lets go, which removes its lock file, and another one makes a new one: the file that was
    /// opened before has no name any more, and a lock on it keeps no process off.
    void aLockFileThatIsGoneIsNone() {
        const QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        const std::string path = folder.filePath(QStringLiteral("out")).toStdString();
        const std::string link = folder.filePath(QStringLiteral("link")).toStdString();
        std::ofstream(path) << "a";
        QVERIFY(::link(path.c_str(), link.c_str()) == 0);
        // By another name of the file, or each would meet the other at a second lock.
        auto first = std::make_unique<OutputLock>(), then = std::make_unique<OutputLock>();
        OutputLock last;
        QVERIFY(first->acquire(link, {}, Mode::Alone).ok());
        bool met = false;
        meanwhile() = [&] {
            first.reset();
            met = then->acquire(link, {}, Mode::Alone).ok();
        };
        QVERIFY(!last.acquire(path, {}, Mode::Alone).ok());
        QVERIFY(met && OutputLock::isHeld(path, {}));
        then.reset();
        QVERIFY(last.acquire(path, {}, Mode::Alone).ok());
    }

    /// The second one meets a lock whose holder has not said yet who it is: it waits until that is known.
    void ofTwoAtOnceOneHasItAndTheOtherKnowsWho() {
        const QTemporaryDir folder;
        qputenv("XDG_RUNTIME_DIR", folder.path().toUtf8());
        const std::string path = folder.filePath(QStringLiteral("out")).toStdString();
        OutputLock first, second;
        Status met;
        std::thread other;
        refusals = 0;
        justLocked() = [&] {
            other = std::thread([&] { met = second.acquire(path, {}, Mode::Alone); });
            while (refusals == 0) std::this_thread::yield();
        };
        const Status taken = first.acquire(path, {}, Mode::Alone);
        QVERIFY(other.joinable());
        other.join();
        QVERIFY(taken.ok() && !met.ok());
        QVERIFY2(english(met.error()).find("by another run of this program") != std::string::npos,
                 english(met.error()).c_str());
        QVERIFY(OutputLock::isHeld(path, {}));
    }
};

QTEST_APPLESS_MAIN(TestLockRaces)
#include "test_lock_races.moc"

// Claims that meet between two calls of the kernel: flock() of the C library is the one below.
#include <sys/syscall.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <fstream>
#include <functional>
#include <memory>
#include <utility>

#include "core/connect/files/output_lock.h"

namespace {

/// Called once, between opening a lock file that another process has and locking it.
std::function<void()>& meanwhile() {
    static std::function<void()> made;
    return made;
}

}  // namespace

extern "C" int flock(int fd, int how) noexcept {
    auto locked = static_cast<int>(::syscall(SYS_flock, fd, how));
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
};

QTEST_APPLESS_MAIN(TestLockRaces)
#include "test_lock_races.moc"

// Locks on outputs: claims are judged by the kernel's locks alone, and a file is not taken for another one.
#include <QtTest/QtTest>

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QDir>
#include <QFile>
#include <csignal>
#include <functional>
#include <memory>

#include "core/connect/files/output_lock.h"

using namespace rw;

namespace {

using Mode = OutputClaim::Mode;

std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

ino_t inodeOf(const std::string& path) {
    struct stat found {};
    return ::stat(path.c_str(), &found) == 0 ? found.st_ino : 0;
}

/// Runs in a process of its own, whose exit status is the result of `body`. The process's number.
pid_t inAnother(const std::function<int()>& body) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(body());
    return child;
}

int endOf(pid_t child) {
    int status = 0;
    if (::waitpid(child, &status, 0) != child || !WIFEXITED(status)) return -1;
    return WEXITSTATUS(status);
}

/// A folder for a file, and one for the locks of this test alone.
class Place {
 public:
    Place() {
        qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
        make("out");
    }
    std::string path(const char* name = "out") const {
        return m_folder.filePath(QString::fromLatin1(name)).toStdString();
    }
    void make(const char* name) const {
        QFile file(QString::fromStdString(path(name)));
        if (!file.open(QIODevice::WriteOnly)) qFatal("no file can be made");
        file.write("a");
    }
    /// The files in which claims stand.
    QStringList locks() const {
        const QDir folder(m_folder.filePath(QStringLiteral("rillwright")));
        QStringList found;
        for (const QString& name : folder.entryList({QStringLiteral("*.lock")}, QDir::Files))
            found << folder.filePath(name);
        return found;
    }
    /// A process claims the file and is killed.
    void claimedByOneThatWasKilled() const {
        const pid_t child = inAnother([this]() -> int {
            static OutputLock lock;
            (void)lock.acquire(path(), {}, Mode::Alone);
            for (;;) ::pause();
        });
        const bool came = QTest::qWaitFor([this] { return locks().size() == 2; }, 20'000);
        ::kill(child, SIGKILL);
        (void)endOf(child);
        if (!came) qFatal("it claimed nothing");
    }

 private:
    QTemporaryDir m_folder;
};

}  // namespace

class TestOutputLock : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void otherNamesOfAFileAreTheSame() {
        const Place place;
        QVERIFY(::link(place.path().c_str(), place.path("hard").c_str()) == 0);
        QVERIFY(::symlink("out", place.path("soft").c_str()) == 0);
        OutputLock lock;
        QVERIFY(lock.acquire(place.path(), {}, Mode::Alone).ok());
        for (const char* name : {"out", "hard", "soft"}) {
            OutputLock other;
            const Status status = other.acquire(place.path(name), {}, Mode::Alone);
            QVERIFY2(said(status).find("by another run of this program") != std::string::npos,
                     said(status).c_str());
            QVERIFY(OutputLock::isHeld(place.path(name), {}));
        }
        // Its writer has it open still.
        QVERIFY(::rename(place.path().c_str(), place.path("moved").c_str()) == 0);
        QVERIFY(OutputLock::isHeld(place.path("moved"), {}));
        QVERIFY(!OutputLock().acquire(place.path("moved"), {}, Mode::Alone).ok());
    }

    void aFileThatGetsTheInodeOfAnotherIsNotThatOne() {
        const Place place;
        OutputLock lock;
        QVERIFY(lock.acquire(place.path(), {}, Mode::Alone).ok());
        const ino_t inode = inodeOf(place.path());
        const std::string mark = fileMark(place.path());
        QVERIFY(::unlink(place.path().c_str()) == 0);
        bool again = false;
        for (int tries = 0; tries < 1'000 && !again; ++tries) {
            ::unlink(place.path("new").c_str());
            place.make("new");
            again = inodeOf(place.path("new")) == inode;
        }
        if (!again) QSKIP("this file system does not give the number of an inode again so soon");
        QVERIFY2(fileMark(place.path("new")) != mark, mark.c_str());
        QVERIFY(!OutputLock::isHeld(place.path("new"), {}));
        OutputLock other;
        const Status status = other.acquire(place.path("new"), {}, Mode::Alone);
        QVERIFY2(status.ok(), said(status).c_str());
    }

    void theMarkOfAFileStays() {
        const Place place;
        const std::string mark = fileMark(place.path());
        QVERIFY(!mark.empty());
        QVERIFY(::truncate(place.path().c_str(), 10'000) == 0 && ::chmod(place.path().c_str(), 0600) == 0);
        QVERIFY(::rename(place.path().c_str(), place.path("moved").c_str()) == 0);
        QCOMPARE(fileMark(place.path("moved")), mark);
        QVERIFY(fileMark(place.path()).empty());
    }

    void aNumberThatAnotherProcessHasNowHoldsNothing_data() {
        QTest::addColumn<QByteArray>("line");
        const QByteArray number = QByteArray::number(::getpid());
        QTest::newRow("as it is written") << number + " 1 alone\n";
        QTest::newRow("by an older version") << number + '\n';
    }

    /// This one's number stands there, as if it had been given again.
    void aNumberThatAnotherProcessHasNowHoldsNothing() {
        QFETCH(QByteArray, line);
        const Place place;
        place.claimedByOneThatWasKilled();
        for (const QString& name : place.locks()) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(line) > 0);
        }
        QVERIFY(!OutputLock::isHeld(place.path(), {}));
        OutputLock lock;
        const Status status = lock.acquire(place.path(), {}, Mode::Alone);
        QVERIFY2(status.ok(), said(status).c_str());
        QVERIFY(OutputLock::isHeld(place.path(), {}));
    }

    /// The holder's number is there no more: it is not said to be the process that has that number now.
    void whoHoldsItIsNotMadeUp() {
        const Place place;
        const pid_t child = inAnother([&place]() -> int {
            static OutputLock lock;
            (void)lock.acquire(place.path(), {}, Mode::Alone);
            for (;;) ::pause();
        });
        QVERIFY(QTest::qWaitFor([&] { return OutputLock::isHeld(place.path(), {}); }, 20'000));
        const auto refusal = [&place] { return said(OutputLock().acquire(place.path(), {}, Mode::Alone)); };
        const std::string named = refusal();
        for (const QString& name : place.locks()) {
            QFile file(name);
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
            file.write(QByteArray::number(::getpid()) + " 1 alone\n");
        }
        const std::string unnamed = refusal();
        ::kill(child, SIGKILL);
        (void)endOf(child);
        QVERIFY2(named.find("another run, process " + std::to_string(child)) != std::string::npos,
                 named.c_str());
        QVERIFY2(unnamed.find("is being written by another run.") != std::string::npos, unnamed.c_str());
        QVERIFY(!OutputLock::isHeld(place.path(), {}));
    }

    void sharedClaimsNeverRefuseEachOther() {
        const Place place;
        const auto claimsAndLetsGo = [&place] {
            int refused = 0;
            for (int turn = 0; turn < 1'000; ++turn)
                refused += OutputLock().acquire(place.path(), {}, Mode::Shared).ok() ? 0 : 1;
            return std::min(refused, 100);
        };
        const pid_t children[] = {inAnother(claimsAndLetsGo), inAnother(claimsAndLetsGo)};
        for (const pid_t child : children) QCOMPARE(endOf(child), 0);
        QVERIFY(place.locks().isEmpty());
    }

    void onlyOneAtATimeHasItAlone() {
        const Place place;
        const std::string busy = place.path("busy");
        const auto works = [&] {
            int had = 0;
            for (int turn = 0; turn < 1'000; ++turn) {
                OutputLock lock;
                const Mode mode = turn % 3 == 0 ? Mode::Shared : Mode::Alone;
                if (!lock.acquire(place.path(), {}, mode).ok() || mode == Mode::Shared) continue;
                const int fd = ::open(busy.c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
                if (fd < 0) return 1;
                ::close(fd);
                if (!OutputLock::isHeld(place.path(), {}) || ::unlink(busy.c_str()) != 0) return 2;
                ++had;
            }
            return had > 0 ? 0 : 3;
        };
        const pid_t children[] = {inAnother(works), inAnother(works)};
        for (const pid_t child : children) QCOMPARE(endOf(child), 0);
        QVERIFY(!OutputLock::isHeld(place.path(), {}));
    }

    void theQuestionKeepsNobodyOut() {
        const Place place;
        const pid_t child = inAnother([&place]() -> int {
            for (;;) (void)OutputLock::isHeld(place.path(), {});
        });
        int refused = 0;
        for (int turn = 0; turn < 1'000; ++turn) {
            OutputLock lock;
            refused += lock.acquire(place.path(), {}, Mode::Alone).ok() ? 0 : 1;
        }
        ::kill(child, SIGKILL);
        (void)endOf(child);
        QCOMPARE(refused, 0);
    }

    /// By those who have another folder for their locks: other users, other computers.
    void aFolderIsClaimedInItself() {
        const Place place, elsewhere;
        qputenv("XDG_RUNTIME_DIR", QByteArray::fromStdString(place.path("none")));
        const std::string folder = elsewhere.path("."), file = elsewhere.path(".lock");
        auto lock = std::make_unique<OutputLock>();
        QVERIFY(lock->acquireFolder(folder).ok());
        QVERIFY(!lock->unguarded());
        QVERIFY(QFile::exists(QString::fromStdString(file)));
        const int asked =
            endOf(inAnother([&folder] { return OutputLock().acquireFolder(folder).ok() ? 1 : 0; }));
        QCOMPARE(asked, 0);
        const std::string refusal = said(OutputLock().acquireFolder(folder));
        QVERIFY2(refusal.find("by another run of this program") != std::string::npos, refusal.c_str());
        lock = nullptr;
        QVERIFY(!QFile::exists(QString::fromStdString(file)));
        QVERIFY(OutputLock().acquireFolder(folder).ok());
    }

    void aFolderOfAKilledRunIsFree() {
        const Place place;
        const std::string folder = place.path(".");
        const pid_t child = inAnother([&folder]() -> int {
            static OutputLock lock;
            (void)lock.acquireFolder(folder);
            for (;;) ::pause();
        });
        const bool came = QTest::qWaitFor([&] { return !OutputLock().acquireFolder(folder).ok(); }, 20'000);
        ::kill(child, SIGKILL);
        (void)endOf(child);
        QVERIFY(came && QFile::exists(QString::fromStdString(place.path(".lock"))));
        OutputLock lock;
        QVERIFY(lock.acquireFolder(folder).ok() && !lock.unguarded());
    }

    /// Only who has it is not said then: what a run has left on a disk that it filled can be removed.
    void aDiskWithoutRoomHasLocks() {
        const Place place;
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit usual{};
        QVERIFY(::getrlimit(RLIMIT_FSIZE, &usual) == 0);
        rlimit none = usual;
        none.rlim_cur = 0;
        QVERIFY(::setrlimit(RLIMIT_FSIZE, &none) == 0);
        OutputLock lock;
        const Status status = lock.acquireFolder(place.path("."));
        const bool unguarded = lock.unguarded();
        (void)::setrlimit(RLIMIT_FSIZE, &usual);
        QVERIFY(status.ok() && !unguarded);
        const int asked =
            endOf(inAnother([&place] { return OutputLock().acquireFolder(place.path(".")).ok() ? 1 : 0; }));
        QCOMPARE(asked, 0);
    }

    void aFolderThatAnotherUserHasIsTaken() {
        constexpr uid_t kNobody = 65534;
        const Place place;
        place.make(".lock");
        QVERIFY(::chmod(place.path(".lock").c_str(), 0400) == 0 &&
                ::chmod(place.path(".").c_str(), 0755) == 0);
        const int asked = endOf(inAnother([&place] {
            if (::geteuid() == 0 && ::setresuid(kNobody, kNobody, kNobody) != 0) return 2;
            return OutputLock().acquireFolder(place.path(".")).ok() ? 1 : 0;
        }));
        QCOMPARE(asked, 0);
    }

    void aFolderThatIsNotThereHasNoLocks() {
        const Place place;
        OutputLock lock;
        QVERIFY(lock.acquireFolder(place.path("none")).ok());
        QVERIFY(lock.unguarded());
    }
};

QTEST_APPLESS_MAIN(TestOutputLock)
#include "test_output_lock.moc"

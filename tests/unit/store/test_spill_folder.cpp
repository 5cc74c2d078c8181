// The folder of spilled state: made when it is needed, of one run, tidied after those that were killed, and
// leaving room on the disk to others.
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <algorithm>
#include <cerrno>
#include <optional>
#include <set>
#include <thread>
#include <vector>

#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/store/sorted_run.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

using namespace rw;
using namespace rw::test;

namespace {

constexpr const char* kRun = "0123456789abcdef";
constexpr const char* kOther = "fedcba9876543210";
constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;

using Opened = Result<std::shared_ptr<SpillFolder>>;

/// A place on the machine's disk, with locks of its own.
class Place {
 public:
    Place() { qputenv("XDG_RUNTIME_DIR", m_top.path().toUtf8()); }
    std::string path() const { return m_top.filePath(QStringLiteral("new/state")).toStdString(); }
    bool isThere() const { return QDir(m_top.filePath(QStringLiteral("new/state"))).exists(); }
    QStringList files() const {
        return QDir(m_top.filePath(QStringLiteral("new/state"))).entryList(QDir::Files | QDir::Hidden);
    }
    void put(const std::string& name) const {
        systemOutputFiles()->makeFolder(path());
        QFile file(QString::fromStdString(path() + '/' + name));
        if (!file.open(QIODevice::WriteOnly) || file.write("bytes") != 5) qFatal("not written");
    }
    Opened open(SpillFolderOptions options = {}) const {
        return SpillFolder::open(systemOutputFiles(), *systemFiles(), path(), std::move(options));
    }

 private:
    const QTemporaryDir m_top{};
};

/// A folder in memory that is not there yet.
std::shared_ptr<SpillFolder> newIn(const std::shared_ptr<MemoryOutputs>& disk) {
    return *SpillFolder::open(disk, MemoryFiles(), "/state", {kRun, false});
}

std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

}  // namespace

class TestSpillFolder : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRunThatNeedsNoneLeavesNoTrace() {
        const Place place;
        Opened folder = place.open();
        QVERIFY(folder.ok());
        QVERIFY(!place.isThere());
        QVERIFY((*folder)->nextPath().ok());
        QVERIFY(place.isThere());
        *folder = nullptr;
        QVERIFY(!place.isThere());
    }

    void aFolderThatWasNamedIsMadeAtOnce() {
        const Place place;
        Opened folder = place.open({kRun, true});
        QVERIFY2(folder.ok(), said(folder.status()).c_str());
        QVERIFY(place.isThere());
        *folder = nullptr;
        QVERIFY(!place.isThere());
    }

    void aFolderIsOfOneRun_data() {
        QTest::addColumn<bool>("named");
        QTest::newRow("before it is there") << false;
        QTest::newRow("when it is there") << true;
    }
    void aFolderIsOfOneRun() {
        QFETCH(bool, named);
        const Place place;
        Opened first = place.open({kRun, named});
        QVERIFY(first.ok());
        QCOMPARE(place.isThere(), named);
        const Opened second = place.open({kOther, named});
        QVERIFY(!second.ok());
        QCOMPARE(second.error().code, ErrorCode::Locked);  // another name may be tried
        QVERIFY(!second.error().fix.empty());
        QVERIFY((*first)->nextPath().ok());
        *first = nullptr;
        QVERIFY(place.open({kOther, named}).ok());
    }

    /// Their locks in the folder of the runtime are elsewhere.
    void runsOfOtherUsersAndComputersAreSeen() {
        const Place place;
        systemOutputFiles()->makeFolder(place.path());
        auto other = systemOutputFiles()->claimFolder(place.path());
        QVERIFY(other.ok() && !(*other)->unguarded());
        QCOMPARE(place.open().status().error().code, ErrorCode::Locked);
        *other = nullptr;
        QVERIFY(place.open().ok());
        QVERIFY(!place.isThere());
    }

    /// One that came while this run did not need the folder yet.
    void aFolderThatIsTakenMeanwhileIsAnError() {
        const Place place;
        const Opened folder = place.open({kRun, false});
        place.put("spill-fedcba9876543210-1.run");
        auto other = systemOutputFiles()->claimFolder(place.path());
        const auto refused = (*folder)->nextPath();
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Locked);
        *other = nullptr;
        QVERIFY((*folder)->nextPath().ok());
        QVERIFY(place.files().contains(QStringLiteral("spill-fedcba9876543210-1.run")));
    }

    void filesOfRunsThatWereKilledAreRemoved() {
        const Place place;
        place.put("spill-fedcba9876543210-7.run");
        place.put(".lock");  // the kernel has freed it
        QVERIFY(place.open().ok());
        QVERIFY(!place.isThere());
    }

    void onlyNamesOfRunsAreRemoved() {
        const auto disk = std::make_shared<MemoryOutputs>();
        MemoryFiles names;
        const std::vector<std::string> others = {"spill-.run",
                                                 "spill-1.run",
                                                 "spill-fedcba9876543210-.run",
                                                 "spill-fedcba9876543210-1a.run",
                                                 "spill-fedcba9876543210-1.run.copy",
                                                 "spill-fedcba987654321-1.run",
                                                 "spill-fedcba98765432100-1.run",
                                                 "spill-FEDCBA9876543210-1.run",
                                                 "my-spill-fedcba9876543210-1.run",
                                                 "notes"};
        std::vector<std::string> all = others;
        for (const char* left : {"spill-fedcba9876543210-0.run", "spill-0123456789abcdef-22.run"})
            all.emplace_back(left);
        for (const std::string& name : all) {
            disk->put("/state/" + name, "of another");
            names.replace("/state/" + name, "of another");
        }
        QVERIFY(SpillFolder::open(disk, names, "/state").ok());
        QCOMPARE(disk->contents().size(), others.size());
        for (const std::string& name : others)
            QVERIFY2(disk->contents().contains("/state/" + name), name.c_str());
    }

    void withoutALockNothingOfOthersIsRemoved() {
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->unguarded = true;
        MemoryFiles names;
        const std::string path = "/state/spill-fedcba9876543210-1.run";
        disk->put(path, "of another");
        names.replace(path, "of another");
        const Opened folder = SpillFolder::open(disk, names, "/state", {kRun, true});
        QVERIFY(folder.ok());
        QVERIFY(disk->contents().contains(path));
        QVERIFY((*folder)->nextPath().ok());
        QCOMPARE(disk->contents().size(), std::size_t{1});
    }

    void aFolderWithFilesOfOthersStays() {
        const Place place;
        place.put("notes");
        QVERIFY(place.open({kRun, true}).ok());
        QCOMPARE(place.files(), QStringList{QStringLiteral("notes")});
    }

    void aFolderThatTakesNoFilesIsAnErrorAtTheStart_data() {
        QTest::addColumn<int>("code");
        QTest::newRow("denied") << EACCES;
        QTest::newRow("read-only") << EROFS;
        QTest::newRow("not there") << ENOENT;
        QTest::newRow("full") << ENOSPC;
    }
    void aFolderThatTakesNoFilesIsAnErrorAtTheStart() {
        QFETCH(int, code);
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->fails = [code](const std::string& what, const std::string&) {
            return what == "create" ? code : 0;
        };
        const Opened folder = SpillFolder::open(disk, MemoryFiles(), "/state", {kRun, true});
        QVERIFY(!folder.ok());
        QCOMPARE(folder.error().code, ErrorCode::Io);
        QVERIFY2(said(folder.status()).find("/state") != std::string::npos, said(folder.status()).c_str());
        QVERIFY2(english(folder.error().fix).find("--state-dir") != std::string::npos,
                 said(folder.status()).c_str());
        QVERIFY(!disk->state("/state").ok());
    }

    void aFileInItsPlaceIsAnErrorAtTheStart() {
        const Place place;
        systemOutputFiles()->makeFolder(QFileInfo(QString::fromStdString(place.path())).path().toStdString());
        QFile file(QString::fromStdString(place.path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const Opened folder = place.open();
        QVERIFY(!folder.ok());
        QVERIFY2(said(folder.status()).find("--state-dir") != std::string::npos,
                 said(folder.status()).c_str());
        QVERIFY(file.exists());
    }

    /// A disk that is away may come back: the run is tried again.
    void aFolderThatCanNotBeMadeYetIsTriedAgain() {
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->fails = [](const std::string& what, const std::string&) {
            return what == "create" ? EACCES : 0;
        };
        const auto folder = newIn(disk);
        QCOMPARE(folder->nextPath().status().error().code, ErrorCode::Io);
        disk->fails = [](const std::string&, const std::string&) { return 0; };
        QVERIFY(folder->nextPath().ok());
    }

    void namesHaveTheRunInThem() {
        const auto folder = newIn(std::make_shared<MemoryOutputs>());
        QCOMPARE(*folder->nextPath(), std::string("/state/spill-") + kRun + "-1.run");
        QCOMPARE(*folder->nextPath(), std::string("/state/spill-") + kRun + "-2.run");
    }

    void noNameIsGivenTwice() {
        constexpr std::size_t kThreads = 4, kNames = 250;
        const auto folder = newIn(std::make_shared<MemoryOutputs>());
        std::vector<std::vector<std::string>> given(kThreads);
        std::vector<std::thread> threads;
        for (std::vector<std::string>& mine : given) {
            threads.emplace_back([&mine, &folder] {
                for (std::size_t i = 0; i < kNames; ++i) {
                    if (const auto path = folder->nextPath(); path.ok()) mine.push_back(*path);
                }
            });
        }
        for (std::thread& thread : threads) thread.join();
        std::set<std::string> names;
        for (const std::vector<std::string>& mine : given) names.insert(mine.begin(), mine.end());
        QCOMPARE(names.size(), kThreads * kNames);
    }

    void roomIsLeftToOthers_data() {
        QTest::addColumn<qulonglong>("sizeMiB");
        QTest::addColumn<qulonglong>("leftMiB");
        QTest::newRow("a small disk") << qulonglong{100} << qulonglong{64};
        QTest::newRow("a hundredth") << qulonglong{50'000} << qulonglong{500};
        QTest::newRow("a large disk") << qulonglong{9'000'000} << qulonglong{1024};
    }
    void roomIsLeftToOthers() {
        QFETCH(qulonglong, sizeMiB);
        QFETCH(qulonglong, leftMiB);
        const auto disk = std::make_shared<MemoryOutputs>();
        DiskRoom room{leftMiB * kMiB - 1, sizeMiB * kMiB};
        disk->room = [&room] { return std::optional(room); };
        const auto folder = newIn(disk);
        const auto refused = folder->nextPath();
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, ErrorCode::Io);
        QVERIFY(said(refused.status()).find("/state") != std::string::npos);
        QVERIFY(english(refused.error().fix).find("--state-dir") != std::string::npos);
        ++room.free;
        QVERIFY(folder->nextPath().ok());  // there is room again
    }

    void theDiskIsLookedAtNowAndThen() {
        const auto disk = std::make_shared<MemoryOutputs>();
        int looks = 0;
        disk->room = [&looks] {
            ++looks;
            return std::optional(DiskRoom{1'000 * kMiB, 1'000 * kMiB});
        };
        const auto folder = newIn(disk);
        for (int i = 0; i < 100; ++i) QVERIFY(folder->nextPath().ok());
        QCOMPARE(looks, 1);
        for (int i = 0; i < 63; ++i) QVERIFY(folder->mayWrite(kMiB / 4).ok());
        QCOMPARE(looks, 1);
        QVERIFY(folder->mayWrite(kMiB / 4).ok());
        QCOMPARE(looks, 2);
        QVERIFY(folder->mayWrite(500 * kMiB).ok());
        QCOMPARE(looks, 3);
        QVERIFY(!folder->mayWrite(937 * kMiB).ok());
        QVERIFY(folder->mayWrite(936 * kMiB).ok());
    }

    /// Of a run that grows; the errors of one that was never begun are those of its name.
    void aRunStopsBeforeTheDiskIsFull() {
        const auto disk = std::make_shared<MemoryOutputs>();
        disk->room = [raw = disk.get()] {
            std::uint64_t used = 0;
            for (const auto& [path, content] : raw->contents()) used += content.size();
            const std::uint64_t size = 100 * kMiB;
            return std::optional(DiskRoom{size - std::min(size, used), size});
        };
        {
            const auto writer = SortedRunWriter::create(newIn(disk));
            QVERIFY(writer.ok());
            const std::string section(kMiB, 'x');
            Status status;
            int written = 0;
            for (; written < 100 && status.ok(); ++written) status = (*writer)->add(written, 1, section);
            QVERIFY(!status.ok());
            QCOMPARE(status.error().code, ErrorCode::Io);
            QVERIFY2(written > 32 && written <= 36 + 16 + 1, std::to_string(written).c_str());
        }
        QVERIFY(disk->contents().empty());
        QVERIFY(!disk->state("/state").ok());
    }

    void theMachineTellsTheRoomOnItsDisks() {
        const QTemporaryDir top;
        const auto room = systemOutputFiles()->roomAt(top.path().toStdString());
        QVERIFY(room && room->size > 0 && room->free <= room->size);
        QVERIFY(!systemOutputFiles()->roomAt(top.filePath(QStringLiteral("none")).toStdString()));
    }
};

QTEST_APPLESS_MAIN(TestSpillFolder)
#include "test_spill_folder.moc"

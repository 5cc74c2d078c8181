// Promises to outlive a loss of power are made after a sync: the calls of the real files, one
// by one. fsync(), fdatasync() and rename() of the C library are those below, for SQLite, too.
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <string>
#include <vector>

#include "core/cluster/deployment_store.h"
#include "core/cluster/target_file.h"
#include "core/connect/files/epoch_file.h"
#include "core/connect/files/file_output.h"
#include "core/data/state_writer.h"
#include "core/pipeline/json/json.h"
#include "core/state/checkpoint_store.h"

namespace {

/// The calls so far, of all threads: “sync out.csv”, “move out.csv”, by the last part of the path.
struct Calls {
    std::mutex mutex{};
    std::vector<std::string> all{};
    std::string failing{};  ///< what the call that fails is called
    int why = EIO;

    /// Whether it may be.
    bool add(const char* what, const std::string& path) {
        const std::lock_guard lock(mutex);
        all.push_back(std::string(what) + " " + path.substr(path.rfind('/') + 1));
        return failing.empty() || all.back() != failing;
    }
};
Calls& calls() {
    static Calls made;
    return made;
}

std::string pathOf(int fd) {
    char path[4096];
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

int synced(int fd, long call) {
    if (!calls().add("sync", pathOf(fd))) {
        errno = calls().why;
        return -1;
    }
    return static_cast<int>(::syscall(call, fd));
}

}  // namespace

extern "C" int fsync(int fd) {
    return synced(fd, SYS_fsync);
}
extern "C" int fdatasync(int fd) {
    return synced(fd, SYS_fdatasync);
}
extern "C" int rename(const char* from, const char* to) noexcept {
    (void)calls().add("move", to);
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

using namespace rw;
using Names = std::vector<std::string>;

class TestSyncs : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string path(const char* name) const {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    /// “sync NAME” of the folder itself.
    std::string folderSynced() const {
        return "sync " + std::filesystem::path(m_folder->path().toStdString()).filename().native();
    }
    static Names taken() {
        const std::lock_guard lock(calls().mutex);
        return std::exchange(calls().all, {});
    }
    static std::string said(const Status& status) {
        return status.ok() ? std::string() : english(status.error());
    }
    static StateSnapshot snapshotOf(Epoch number) {
        StateSnapshot made;
        made.number = number;
        StateWriter state;
        state.u64("position", number);
        made.states[{"src", 0}] = {state.finish()};
        return made;
    }
    static MakeContext context() {
        MakeContext made;
        made.clock = systemClock();
        made.checkpoints = "line";
        return made;
    }
    EpochFileOptions epochFile() const {
        EpochFileOptions options;
        options.path = path("out");
        options.folder = m_folder->path().toStdString();
        options.sink = "line/out";
        return options;
    }

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        calls().failing.clear();
        calls().why = EIO;
        (void)taken();
    }

    /// It stands there, but nobody says that it will.
    void aFolderThatCantBeSyncedIsTold() {
        for (const int why : {EIO, ENOSPC, EINVAL, ENOTSUP}) {
            FileOutput output(path("out"), FileOutput::Placing::Staged);
            QVERIFY(output.open().ok());
            output.buffer() += "row\n";
            QVERIFY(output.prepare().ok());
            calls().failing = folderSynced();
            calls().why = why;
            const Status status = output.commit();
            const bool cannot = why == EINVAL || why == ENOTSUP;  // the file system has no such sync
            QCOMPARE(status.ok(), cannot);
            QVERIFY2(cannot || said(status).find("loss of power") != std::string::npos, said(status).c_str());
            QVERIFY2(cannot || said(status).find(path("out")) != std::string::npos, said(status).c_str());
            std::string left;
            std::getline(std::ifstream(path("out")), left);
            QCOMPARE(left, std::string("row"));
            calls().failing.clear();
        }
    }

    /// Nor of pipelines, targets and records of jobs, which are written whole.
    void aWholeFileWhoseFolderCantBeSyncedIsTold() {
        for (const int why : {EIO, ENOSPC, EINVAL, ENOTSUP}) {
            const bool cannot = why == EINVAL || why == ENOTSUP;
            calls().failing = folderSynced();
            calls().why = why;
            const Status pipeline = writePipelineText("{}", path("a.rill"));
            const Status targets = writeTargets({}, path("targets.json"));
            Deployment job;
            job.job = "0123456789abcdef0123456789abcdef";
            const Status record = DeploymentStore(m_folder->path().toStdString()).save(job);
            for (const Status& status : {pipeline, targets, record}) {
                QCOMPARE(status.ok(), cannot);
                QVERIFY2(cannot || said(status).find("loss of power") != std::string::npos,
                         said(status).c_str());
            }
            QCOMPARE(std::filesystem::file_size(path("a.rill")), std::uintmax_t{2});
            calls().failing.clear();
        }
    }

    /// The record of rows to come counts only once its name is down.
    void aRecordWhoseFolderCantBeSyncedBeginsNothing() {
        EpochFile file(epochFile());
        QVERIFY(file.open().ok());
        file.buffer() += "row\n";
        QVERIFY(file.prepare(1).ok());
        calls().failing = folderSynced();
        QVERIFY(!file.commit().ok());
        QCOMPARE(std::filesystem::file_size(path("out")), std::uintmax_t{0});
    }

    void aFileThatReplacesIsSyncedThenMovedThenItsFolder() {
        FileOutput output(path("out"), FileOutput::Placing::Staged);
        QVERIFY(output.open().ok());
        output.buffer() += "row\n";
        QVERIFY(output.prepare().ok());
        QCOMPARE(taken(), Names{"sync .out.rill-new"});
        QVERIFY(output.commit().ok());
        QCOMPARE(taken(), (Names{"move out", folderSynced()}));
    }

    void aFileThatCantBeSyncedIsNotPutInPlace() {
        std::ofstream(path("out")) << "old";
        calls().failing = "sync .out.rill-new";
        {
            FileOutput output(path("out"), FileOutput::Placing::Staged);
            QVERIFY(output.open().ok());
            output.buffer() += "row\n";
            const Status status = output.close();
            QVERIFY2(said(status).find(path("out")) != std::string::npos, said(status).c_str());
        }
        std::string left;
        std::getline(std::ifstream(path("out")), left);
        QCOMPARE(left, std::string("old"));
    }

    /// The record of the coming rows, with its folder; then the rows.
    void rowsOfACheckpointAreSyncedBehindTheirRecord() {
        EpochFile file(epochFile());
        QVERIFY(file.open().ok());
        file.setLast();
        file.buffer() += "row\n";
        QVERIFY(file.prepare(1).ok());
        QCOMPARE(taken(), Names{});
        QVERIFY(file.commit().ok());
        const Names record{"sync .out.rill-epochs-new", "move .out.rill-epochs", folderSynced()};
        Names expected = record;
        expected.push_back("sync out");
        expected.insert(expected.end(), record.begin(), record.end());
        QCOMPARE(taken(), expected);
    }

    void rowsThatCantBeSyncedAreNotThere() {
        EpochFile file(epochFile());
        QVERIFY(file.open().ok());
        file.buffer() += "row\n";
        QVERIFY(file.prepare(1).ok());
        calls().failing = "sync out";
        QVERIFY(!file.commit().ok());
        QCOMPARE(std::filesystem::file_size(path("out")), std::uintmax_t{0});
    }

    /// The checkpoint names the file, so it must be there with its name.
    void rowsThatWaitInAFileAreSyncedBeforeTheCheckpoint() {
        EpochFileOptions options = epochFile();
        options.mostInMemory = 1;
        EpochFile file(options);
        QVERIFY(file.open().ok());
        file.buffer() += "row\n";
        QVERIFY(file.keepShort().ok());
        QVERIFY(file.prepare(1).ok());
        QCOMPARE(taken(), (Names{"sync .out.rill-rows", "move .out.rill-rows-1", folderSynced()}));
        calls().failing = "sync .out.rill-rows";
        file.buffer() += "row\n";
        QVERIFY(file.keepShort().ok());
        QVERIFY(!file.prepare(2).ok());
    }

    /// One a checkpoint: it costs a sync of the disk.
    void aCheckpointIsSyncedOnceBeforeItIsSaid() {
        CheckpointStoreOptions options;
        options.location = {path("c.sqlite"), {}, true};
        options.lineage = "line";
        const auto store = makeCheckpointStore(std::move(options));
        QVERIFY(store->open(context()).ok());
        for (Epoch number = 1; number <= 3; ++number) {
            (void)taken();
            const auto written = store->write(snapshotOf(number));
            QVERIFY2(written.ok(), said(written.status()).c_str());
            const Names made = taken();
            QCOMPARE(std::count(made.begin(), made.end(), "sync c.sqlite-wal"), std::ptrdiff_t{1});
        }
        calls().failing = "sync c.sqlite-wal";
        QVERIFY(!store->write(snapshotOf(4)).ok());
        calls().failing.clear();
        store->close();
    }
};

QTEST_APPLESS_MAIN(TestSyncs)
#include "test_syncs.moc"

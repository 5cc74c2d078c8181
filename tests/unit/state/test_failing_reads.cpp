// A disk that does not give what it holds: a checkpoint is not taken for damaged then, nor its file put aside.
// pread64() of the C library, by which SQLite reads, is that below.
#include <sys/syscall.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <atomic>
#include <cerrno>
#include <string>

#include "core/connect/sqlite/table_reader.h"
#include "tests/support/batch_of.h"
#include "tests/unit/state/written_checkpoints.h"

namespace {

std::atomic<int> s_left = -1;  ///< reads of databases that still get through; less than 0: all

bool isDatabase(int fd) {
    char path[4096];
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
    return size > 0 && std::string(path, static_cast<std::size_t>(size)).ends_with(".sqlite");
}

ssize_t readAt(int fd, void* into, size_t size, off64_t offset) {
    if (s_left >= 0 && isDatabase(fd)) {
        if (s_left == 0) {
            errno = EIO;
            return -1;
        }
        --s_left;
    }
    return ::syscall(SYS_pread64, fd, into, size, offset);
}

}  // namespace

extern "C" ssize_t pread64(int fd, void* into, size_t size, off64_t offset) {
    return readAt(fd, into, size, offset);
}
extern "C" ssize_t pread(int fd, void* into, size_t size, off_t offset) {
    return readAt(fd, into, size, offset);
}

using namespace rw;
using namespace rw::test;

class TestFailingReads : public QObject {
    Q_OBJECT

    /// Gives up reads one by one until all get through; how many did not.
    template <class Try>
    static int each(Try attempt) {
        int failures = 0;
        for (int reads = 0; reads < 500; ++reads) {
            s_left = reads;
            const bool whole = attempt();
            const bool failed = s_left == 0;
            s_left = -1;
            failures += whole ? 0 : 1;
            if (!failed) break;
        }
        return failures;
    }
    static std::string allSaid(const LoadedCheckpoint& loaded) {
        std::string said;
        for (const Text& text : loaded.passedOver) said += english(text) + "\n";
        return said;
    }

 private Q_SLOTS:
    void cleanup() { s_left = -1; }

    void aCheckpointIsNotDamaged() {
        const Work work;
        writeAll(work, 1, 3, 4'000);
        const int failures = each([&] {
            const auto loaded = loadCheckpoint(work.location());
            const std::string said = !loaded.ok()  ? english(loaded.error())
                                     : loaded.value() ? allSaid(**loaded)
                                                      : "none";
            [&] {
                QVERIFY2(said.find("damaged") == std::string::npos, said.c_str());
                QVERIFY2(said.find("malformed") == std::string::npos, said.c_str());
                QVERIFY(!loaded.ok() || !(*loaded)->fileDamaged);
                if (!loaded.ok()) QCOMPARE(loaded.error().code, ErrorCode::Io);
            }();
            return said.empty();
        });
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
        QCOMPARE(newest(work.location(), 4'000), 3);
    }

    void theListIsNotDamaged() {
        const Work work;
        writeAll(work, 1, 3);
        const int failures = each([&] {
            const auto saved = savedCheckpoints(work.location());
            const std::string said = saved.ok() ? std::string() : english(saved.error());
            [&] { QVERIFY2(said.find("damaged") == std::string::npos, said.c_str()); }();
            return saved.ok();
        });
        QVERIFY(failures > 0);
    }

    /// The tables that a run looks up, and those that it writes.
    void aTableIsNotDamaged() {
        const Work work;
        {
            SQLite::Database database(work.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE t (s TEXT)");
            for (int i = 0; i < 50; ++i)
                database.exec("INSERT INTO t VALUES ('" + std::string(1'000, 'x') + "')");
        }
        const int failures = each([&] {
            auto reader =
                SqliteTableReader::open(work.path(), "t", schemaOf({{"s", Type::of(TypeId::String)}}));
            const Result<Batch> rows = reader.ok() ? (*reader)->next(100) : Result<Batch>(reader.status());
            const std::string said = rows.ok() ? std::string() : english(rows.error());
            [&] {
                QVERIFY2(said.find("damaged") == std::string::npos, said.c_str());
                if (!rows.ok()) QCOMPARE(rows.error().code, ErrorCode::Io);
            }();
            return rows.ok();
        });
        QVERIFY(failures > 5);
    }
};

QTEST_APPLESS_MAIN(TestFailingReads)
#include "test_failing_reads.moc"

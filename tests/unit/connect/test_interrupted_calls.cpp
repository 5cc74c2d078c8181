// Calls that a signal interrupts before they did anything are made again; those that fail for want of memory
// are not. open(), write(), pread(), ftruncate(), fsync() and rename() of the C library are those below: in
// one folder each fails with EINTR, or another errno, before it is made.
#include <fcntl.h>
#include <stdarg.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <atomic>
#include <cerrno>
#include <set>
#include <string>

#include "core/base/whole_file.h"
#include "core/connect/files/file_output.h"
#include "core/connect/files/output_lock.h"
#include "core/connect/files/system_files.h"
#include "core/connect/files/system_output_files.h"
#include "core/pipeline/json/json.h"

namespace {

/// The calls that were interrupted; one thread.
struct Interrupted {
    std::string folder{};  ///< below which calls are; empty: none is
    bool next = true;      ///< the next call is
    std::set<std::string> calls{};
    int why = EINTR;

    bool fails(const char* call, const std::string& path) {
        if (folder.empty() || path.compare(0, folder.size(), folder) != 0) return false;
        const bool now = next;
        next = !next;
        if (now) calls.insert(call);
        if (now) errno = why;
        return now;
    }
};
Interrupted& interrupted() {
    static Interrupted all;
    return all;
}

std::string pathOf(int fd) {
    char path[4096];
    const std::string link = "/proc/self/fd/" + std::to_string(fd);
    const ssize_t size = ::readlink(link.c_str(), path, sizeof path);
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : std::string();
}

}  // namespace

extern "C" int open(const char* path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (interrupted().fails("open", path)) return -1;
    return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
extern "C" ssize_t write(int fd, const void* bytes, size_t size) {
    if (interrupted().fails("write", pathOf(fd))) return -1;
    return ::syscall(SYS_write, fd, bytes, size);
}
extern "C" ssize_t read(int fd, void* into, size_t size) {
    if (interrupted().fails("read", pathOf(fd))) return -1;
    return ::syscall(SYS_read, fd, into, size);
}
extern "C" ssize_t pread(int fd, void* into, size_t size, off_t offset) {
    if (interrupted().fails("pread", pathOf(fd))) return -1;
    return ::syscall(SYS_pread64, fd, into, size, offset);
}
extern "C" int ftruncate(int fd, off_t size) noexcept {
    if (interrupted().fails("cut", pathOf(fd))) return -1;
    return static_cast<int>(::syscall(SYS_ftruncate, fd, size));
}
extern "C" int fsync(int fd) {
    if (interrupted().fails("sync", pathOf(fd))) return -1;
    return static_cast<int>(::syscall(SYS_fsync, fd));
}
extern "C" int rename(const char* from, const char* to) noexcept {
    if (interrupted().fails("move", to)) return -1;
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

using namespace rw;

class TestInterruptedCalls : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string path(const char* name) const {
        return m_folder->filePath(QString::fromLatin1(name)).toStdString();
    }
    static std::string said(const Status& status) {
        return status.ok() ? std::string() : english(status.error());
    }
    using Calls = std::set<std::string>;

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        interrupted() = {m_folder->path().toStdString(), true, {}};
    }
    void cleanup() { interrupted() = {}; }

    void aFileIsWrittenAndPutInPlace() {
        FileOutput output(path("out"), FileOutput::Placing::Staged);
        QCOMPARE(said(output.open()), std::string());
        output.buffer() += "row\n";
        QCOMPARE(said(output.close()), std::string());
        QCOMPARE(interrupted().calls, (Calls{"move", "open", "sync", "write"}));
    }

    void aFileIsOpenedAndCut() {
        const auto files = systemOutputFiles();
        const auto file = files->open(path("out"), "out");
        QVERIFY2(file.ok(), said(file.status()).c_str());
        for (std::size_t taken = 0; taken < 4;) {
            const auto written = (*file)->write(std::string_view("rows").substr(taken));
            QVERIFY(written.ok());
            taken += *written;
        }
        QCOMPARE(said((*file)->cut(2)), std::string());
        QCOMPARE(said((*file)->clear()), std::string());
        QVERIFY(interrupted().calls.contains("cut"));
    }

    void aFileIsRead() {
        QVERIFY(!writeWhole(path("in"), "text", FileReaders::Usual).failed);
        interrupted().next = true;
        const auto file = systemFiles()->open(path("in"));
        QVERIFY2(file.ok(), said(file.status()).c_str());
        char into[8] = {};
        interrupted().next = true;
        QCOMPARE((*file)->read(0, into).value(), std::size_t{4});
        QVERIFY(interrupted().calls.contains("pread"));
    }

    /// Reading again would ask for as much memory again.
    void withoutMemoryAReadIsNotTriedAgain() {
        QVERIFY(!writeWhole(path("in"), "text", FileReaders::Usual).failed);
        const auto file = systemFiles()->open(path("in"));
        QVERIFY2(file.ok(), said(file.status()).c_str());
        interrupted().why = ENOMEM;
        interrupted().next = true;
        char into[8] = {};
        const Status read = (*file)->read(0, into).status();
        interrupted().next = true;
        const Status opened = systemFiles()->open(path("in")).status();
        for (const Status& failed : {read, opened}) {
            QVERIFY(!failed.ok());
            QVERIFY(errorKindOf(failed.error().code) == ErrorKind::Permanent);
            QVERIFY2(said(failed).starts_with("There is not enough memory"), said(failed).c_str());
        }
    }

    void whatIsWrittenWholeIsThere() {
        QVERIFY(!writeWhole(path("whole"), "text", FileReaders::Owner).failed);
        std::string text;
        interrupted().next = true;
        QVERIFY(!readWhole(path("whole"), 100, text));
        QCOMPARE(text, std::string("text"));
        QVERIFY(interrupted().calls.contains("read"));
    }

    void aPipelineIsRead() {
        QVERIFY(writePipelineText(R"({"rill": 1, "nodes": [], "wires": []})", path("p.rill")).ok());
        interrupted().next = true;
        const auto loaded = loadPipelineFile(path("p.rill"));
        QVERIFY2(loaded.ok(), said(loaded.status()).c_str());
    }
};

QTEST_APPLESS_MAIN(TestInterruptedCalls)
#include "test_interrupted_calls.moc"

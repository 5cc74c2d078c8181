// Files are put in place whole or not at all, with any old file and any reader.
#include <sys/stat.h>
#include <unistd.h>

#include <QtTest/QtTest>
#include <atomic>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include "core/base/whole_file.h"
#include "tests/support/full_disk.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

constexpr mode_t kNobodyElse = 0600;

std::string contentOf(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

mode_t modeOf(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 ? info.st_mode & 0777 : 0;
}

std::size_t filesIn(const std::string& folder) {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), {}));
}

/// Without the rights of root, who may write anywhere, for as long as it exists.
class NotRoot {
 public:
    NotRoot() : m_root(::geteuid() == 0 && ::setresuid(65534, 65534, 0) == 0) {}
    ~NotRoot() {
        if (m_root && ::setresuid(0, 0, 0) != 0) qFatal("can't become root again");
    }
    NotRoot(const NotRoot&) = delete;
    NotRoot& operator=(const NotRoot&) = delete;
    static bool holds() { return ::geteuid() != 0; }

 private:
    const bool m_root;
};

}  // namespace

class TestWholeFile : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder{};
    std::string m_file{};

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("a.txt")).toStdString();
    }

    void aNewFileAndANewerOne() {
        QCOMPARE(writeWhole(m_file, "one", FileReaders::Usual).failed.value(), 0);
        QCOMPARE(contentOf(m_file), std::string("one"));
        const std::string text(1'000'000, 'x');
        QCOMPARE(writeWhole(m_file, text, FileReaders::Usual).failed.value(), 0);
        QCOMPARE(contentOf(m_file), text);
        QCOMPARE(writeWhole(m_file, {}, FileReaders::Usual).failed.value(), 0);
        QCOMPARE(contentOf(m_file), std::string());
        QCOMPARE(filesIn(m_folder->path().toStdString()), std::size_t{1});
    }

    void whoMayReadIt() {
        const mode_t before = ::umask(0027);
        const int usual = writeWhole(m_file, "x", FileReaders::Usual).failed.value();
        const mode_t made = modeOf(m_file);
        ::chmod(m_file.c_str(), 0604);
        const int again = writeWhole(m_file, "y", FileReaders::Usual).failed.value();
        const mode_t kept = modeOf(m_file);
        const int secret = writeWhole(m_file, "z", FileReaders::Owner).failed.value();
        const mode_t now = ::umask(before);
        QCOMPARE(usual + again + secret, 0);
        QCOMPARE(made, mode_t{0640});
        QCOMPARE(kept, mode_t{0604});
        QCOMPARE(modeOf(m_file), kNobodyElse);
        QCOMPARE(now, mode_t{0027});
        const std::string fresh = m_file + ".fresh";
        QCOMPARE(writeWhole(fresh, "z", FileReaders::Owner).failed.value(), 0);
        QCOMPARE(modeOf(fresh), kNobodyElse);
    }

    void aLinkStaysOne() {
        const std::string link = m_file + ".link";
        QCOMPARE(writeWhole(m_file, "one", FileReaders::Usual).failed.value(), 0);
        fs::create_symlink(m_file, link);
        QCOMPARE(writeWhole(link, "two", FileReaders::Owner).failed.value(), 0);
        QVERIFY(fs::is_symlink(link));
        QCOMPARE(contentOf(m_file), std::string("two"));
    }

    void longNames() {
        const std::string longest = m_folder->path().toStdString() + "/" + std::string(255, 'n');
        QCOMPARE(writeWhole(longest, "x", FileReaders::Usual).failed.value(), 0);
        QCOMPARE(contentOf(longest), std::string("x"));
    }

    /// A path that is no file is not replaced by one: as root /dev/null would be gone.
    void whatIsNoFileStays() {
        const std::string folder = m_folder->path().toStdString();
        QCOMPARE(writeWhole(folder, "x", FileReaders::Usual).failed.value(), EISDIR);
        const std::string pipe = m_file + ".pipe";
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(writeWhole(pipe, "x", FileReaders::Usual).failed.value(), ENOTSUP);
        QVERIFY(fs::is_fifo(pipe));
        QCOMPARE(filesIn(folder), std::size_t{1});
    }

    void aFolderThatIsNotThere() {
        const std::string inside = m_folder->path().toStdString() + "/none/a.txt";
        QCOMPARE(writeWhole(inside, "x", FileReaders::Usual).failed.value(), ENOENT);
        QCOMPARE(writeWhole(m_file, "x", FileReaders::Usual).failed.value(), 0);
        QCOMPARE(writeWhole(m_file + "/a.txt", "x", FileReaders::Usual).failed.value(), ENOTDIR);
    }

    void aFullDiskLeavesWhatWasThere() {
        QCOMPARE(writeWhole(m_file, "one", FileReaders::Usual).failed.value(), 0);
        int why = 0;
        {
            const FullDisk full;
            why = writeWhole(m_file, std::string(1'000, 'x'), FileReaders::Usual).failed.value();
        }
        QCOMPARE(why, EFBIG);
        QCOMPARE(contentOf(m_file), std::string("one"));
        QCOMPARE(filesIn(m_folder->path().toStdString()), std::size_t{1});
    }

    void aFolderThatMayNotBeWritten() {
        const std::string folder = m_folder->path().toStdString();
        QCOMPARE(writeWhole(m_file, "one", FileReaders::Usual).failed.value(), 0);
        fs::permissions(m_file, fs::perms::all);
        fs::permissions(folder, fs::perms::owner_read | fs::perms::owner_exec | fs::perms::others_read |
                                    fs::perms::others_exec);
        int old = 0, fresh = 0;
        {
            const NotRoot nobody;
            if (!NotRoot::holds()) QSKIP("root can't become anybody else here");
            old = writeWhole(m_file, "two", FileReaders::Usual).failed.value();
            fresh = writeWhole(folder + "/b.txt", "two", FileReaders::Owner).failed.value();
        }
        fs::permissions(folder, fs::perms::owner_all);
        QCOMPARE(old, EACCES);
        QCOMPARE(fresh, EACCES);
        QCOMPARE(contentOf(m_file), std::string("one"));
        QCOMPARE(filesIn(folder), std::size_t{1});
    }

    /// A file that is not to be written is not replaced either, which its folder would allow.
    void aFileThatMayNotBeWritten() {
        QCOMPARE(writeWhole(m_file, "one", FileReaders::Usual).failed.value(), 0);
        fs::permissions(m_file, fs::perms::owner_read | fs::perms::others_read);
        fs::permissions(m_folder->path().toStdString(), fs::perms::all);
        int why = 0;
        {
            const NotRoot nobody;
            if (!NotRoot::holds()) QSKIP("root can't become anybody else here");
            why = writeWhole(m_file, "two", FileReaders::Owner).failed.value();
        }
        QCOMPARE(why, EACCES);
        QCOMPARE(contentOf(m_file), std::string("one"));
    }

    void whatIsRead() {
        const std::string folder = m_folder->path().toStdString(), file = folder + "/read",
                          pipe = folder + "/pipe";
        std::string text = "of before";
        QCOMPARE(readWhole(file, 10, text).value(), ENOENT);
        QCOMPARE(writeWhole(file, "0123456789", FileReaders::Usual).failed.value(), 0);
        QCOMPARE(readWhole(file, 10, text).value(), 0);
        QCOMPARE(text, std::string("0123456789"));
        QCOMPARE(readWhole(file, 9, text).value(), EFBIG);
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        QCOMPARE(readWhole(pipe, 10, text).value(), EINVAL);  // at once: it has no writer
        QCOMPARE(readWhole(folder, 10, text).value(), EINVAL);
    }

    void severalWritersAndAReader() {
        std::atomic<int> wrong{0};
        QCOMPARE(writeWhole(m_file, std::string(50'000, 'o'), FileReaders::Usual).failed.value(), 0);
        const auto write = [&](char letter) {
            for (int i = 0; i < 40; ++i)
                wrong += writeWhole(m_file, std::string(50'000, letter), FileReaders::Usual).failed.value() != 0;
        };
        std::thread one(write, 'a'), two(write, 'b');
        for (int i = 0; i < 100; ++i) {
            const std::string text = contentOf(m_file);
            wrong += text.empty() || text != std::string(50'000, text.front());
        }
        one.join();
        two.join();
        QCOMPARE(wrong.load(), 0);
        QCOMPARE(filesIn(m_folder->path().toStdString()), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(TestWholeFile)
#include "test_whole_file.moc"

// The agreed file is opened, wherever a link leads by then.
#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>

#include "core/connect/files/agreed_files.h"
#include "tests/support/child.h"

using namespace rw;

namespace fs = std::filesystem;

namespace {

/// A folder with files that the user agreed to, and others.
struct Disk {
    testing::ScratchFolder scratch{"agreed"};
    const fs::path top = fs::canonical(scratch.path());

    Disk() {
        for (const char* folder : {"ours", "theirs"}) {
            fs::create_directory(top / folder);
            write(fs::path(folder) / "a", folder);
        }
    }
    void write(const fs::path& name, const std::string& text) const { std::ofstream(top / name) << text; }
    void link(const fs::path& name, const fs::path& to) const {
        fs::remove(top / name);
        fs::create_symlink(top / to, top / name);
    }
    std::string path(const fs::path& name) const { return (top / name).native(); }
    AgreedPaths agreed(const fs::path& name) const { return {{path(name), FileIdentity::of(top / name)}}; }
};

/// Internal where all is well, which no test is to find.
template <class T>
ErrorCode codeOf(const Result<T>& result) {
    return result.ok() ? ErrorCode::Internal : result.error().code;
}

}  // namespace

class TestAgreedFiles : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void whatIsAsItWasIsRead() {
        const Disk disk;
        disk.link("link", "ours/a");
        for (const char* name : {"ours/a", "link"})
            QVERIFY(agreedFiles(disk.agreed(name))->open(disk.path(name)).ok());
        disk.link("folder", "ours");
        QVERIFY(agreedFiles(disk.agreed("folder"))->open(disk.path("folder/a")).ok());
        QVERIFY(agreedFiles({})->open(disk.path("theirs/a")).ok());  // it was not named
    }

    void aLinkThatWasTurnedIsRefused() {
        const Disk disk;
        disk.link("link", "ours/a");
        const auto files = agreedFiles(disk.agreed("link"));
        disk.link("link", "theirs/a");
        const auto opened = files->open(disk.path("link"));
        QVERIFY(!opened.ok() && codeOf(opened) == ErrorCode::Refused);
        QVERIFY(english(opened.error()).find(disk.path("link")) != std::string::npos);
        disk.link("link", "ours/a");
        QVERIFY(files->open(disk.path("link")).ok());
    }

    void aFileThatBecameALinkIsRefused() {
        const Disk disk;
        const auto files = agreedFiles(disk.agreed("ours/a"));
        disk.link("ours/a", "theirs/a");
        const auto opened = files->open(disk.path("ours/a"));
        QVERIFY(!opened.ok() && codeOf(opened) == ErrorCode::Refused);
    }

    void aFolderOnTheWayThatBecameALinkIsRefused() {
        const Disk disk;
        const auto file = agreedFiles(disk.agreed("ours/a")), folder = agreedFiles(disk.agreed("ours"));
        fs::rename(disk.top / "ours", disk.top / "before");
        disk.link("ours", "theirs");
        for (const auto& files : {file, folder}) {
            const auto opened = files->open(disk.path("ours/a"));
            QVERIFY(!opened.ok() && codeOf(opened) == ErrorCode::Refused);
        }
    }

    /// There was none when it was agreed to: it may come, but not by a link.
    void aFileThatComesLater() {
        const Disk disk;
        const auto files = agreedFiles(disk.agreed("ours/new"));
        QVERIFY(codeOf(files->open(disk.path("ours/new"))) == ErrorCode::NotFound);
        disk.link("ours/new", "theirs/a");
        QVERIFY(codeOf(files->open(disk.path("ours/new"))) == ErrorCode::Refused);
        fs::remove(disk.top / "ours/new");
        disk.write("ours/new", "n");
        QVERIFY(files->open(disk.path("ours/new")).ok());
    }

    /// Another file in its place at the start was not agreed to; later a log is rotated.
    void anotherFileInItsPlace() {
        const Disk disk;
        const auto replace = [&disk] {
            disk.write("ours/next", "next");
            fs::rename(disk.top / "ours/next", disk.top / "ours/a");
        };
        const auto files = agreedFiles(disk.agreed("ours/a"));
        replace();
        QVERIFY(codeOf(files->open(disk.path("ours/a"))) == ErrorCode::Refused);
        const auto again = agreedFiles(disk.agreed("ours/a"));
        QVERIFY(again->open(disk.path("ours/a")).ok());
        replace();
        QVERIFY(again->open(disk.path("ours/a")).ok());
        disk.link("ours/a", "theirs/a");
        QVERIFY(again->open(disk.path("ours/a")).ok());
    }

    void patternsAndFoldersAreComparedByTheFolder() {
        const Disk disk;
        disk.link("folder", "ours");
        for (const char* named : {"folder/*", "folder/", "folder"}) {
            const auto same = agreedFiles(disk.agreed(named)), other = agreedFiles(disk.agreed(named));
            QVERIFY2(same->open(disk.path("folder/a")).ok(), named);
            disk.link("folder", "theirs");
            QVERIFY2(codeOf(other->open(disk.path("folder/a"))) == ErrorCode::Refused, named);
            disk.link("folder", "ours");
        }
    }

    void linksInAFolderLeadWhereTheyLead() {
        const Disk disk;
        disk.link("ours/b", "theirs/a");
        QVERIFY(agreedFiles(disk.agreed("ours"))->open(disk.path("ours/b")).ok());
    }

    void outputsStayWhereTheyWere() {
        const Disk disk;
        disk.link("out", "ours/a");
        const auto files = agreedOutputFiles(disk.agreed("out"));
        QVERIFY(files->claim(disk.path("out"), {}, OutputClaim::Mode::Alone).ok());
        disk.link("out", "theirs/a");
        const auto claimed = files->claim(disk.path("out"), {}, OutputClaim::Mode::Alone);
        QVERIFY(!claimed.ok() && codeOf(claimed) == ErrorCode::Refused);
        QCOMPARE(files->target(disk.path("out")), disk.path("ours/a"));
        QVERIFY(files->open(files->target(disk.path("out")), disk.path("out")).ok());
        QVERIFY(codeOf(files->open(disk.path("theirs/a"), disk.path("out"))) == ErrorCode::Refused);
    }

    /// Nobody agreed that the file that is there by now is replaced.
    void anotherFileWhereItWritesIsRefused() {
        const Disk disk;
        const auto claimed = [&](OutputFiles& files, const char* name) {
            return codeOf(files.claim(disk.path(name), {}, OutputClaim::Mode::Alone));
        };
        const auto there = agreedOutputFiles(disk.agreed("ours/a"));
        const auto none = agreedOutputFiles(disk.agreed("ours/b"));
        disk.write("ours/next", "next");
        fs::rename(disk.top / "ours/next", disk.top / "ours/a");
        QVERIFY(claimed(*there, "ours/a") == ErrorCode::Refused);
        QVERIFY(claimed(*none, "ours/b") == ErrorCode::Internal);
        disk.write("ours/b", "by the run itself");
        QVERIFY(claimed(*none, "ours/b") == ErrorCode::Internal);
        QVERIFY(claimed(*agreedOutputFiles({{disk.path("ours/c"), FileIdentity::of(disk.top / "ours/c")}}),
                        "ours/c") == ErrorCode::Internal);
    }

    void outputsBesideTheTargetToo() {
        const Disk disk;
        const auto files = agreedOutputFiles(disk.agreed("ours/out"));
        QVERIFY(
            files->create(disk.path("ours/.out.staged"), disk.path("ours/out"), disk.path("ours/out")).ok());
        fs::rename(disk.top / "ours", disk.top / "before");
        disk.link("ours", "theirs");
        const auto made =
            files->create(disk.path("ours/.out.again"), disk.path("ours/out"), disk.path("ours/out"));
        QVERIFY(!made.ok() && codeOf(made) == ErrorCode::Refused);
    }

    void devicesHoldNothing() {
        const AgreedPaths null{{"/dev/null", FileIdentity::of("/dev/null")}};
        QVERIFY(agreedOutputFiles(null)->open("/dev/null", "/dev/null").ok());
    }
};

QTEST_APPLESS_MAIN(TestAgreedFiles)
#include "test_agreed_files.moc"

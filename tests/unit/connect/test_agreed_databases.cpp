// A database that was agreed to is the one that is opened, with the journal and the log beside it, whatever
// links say by then.
#include <SQLiteCpp/Database.h>
#include <sys/stat.h>

#include <QtTest/QtTest>
#include <filesystem>
#include <fstream>
#include <functional>

#include "core/connect/files/agreed_files.h"
#include "core/connect/sqlite/lookup.h"
#include "core/connect/sqlite/session.h"
#include "tests/support/batch_of.h"
#include "tests/support/child.h"

using namespace rw;
using rw::test::schemaOf;

namespace fs = std::filesystem;

namespace {

/// Folders with databases of one table t, in which is where they were made.
struct Disk {
    testing::ScratchFolder scratch{"agreed-db"};
    const fs::path top = fs::canonical(scratch.path());

    Disk() {
        for (const char* folder : {"ours", "theirs"}) {
            fs::create_directory(top / folder);
            make(fs::path(folder) / "x.db", folder);
        }
    }
    void make(const fs::path& name, const std::string& text) const {
        SQLite::Database database(top / name, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("CREATE TABLE t (s TEXT); INSERT INTO t VALUES ('" + text + "')");
    }
    void lead(const fs::path& name, const fs::path& to) const {
        fs::remove(top / name);
        fs::create_symlink(top / to, top / name);
    }
    std::string path(const fs::path& name) const { return (top / name).native(); }
    AgreedPaths agreed(const fs::path& name) const { return {{path(name), FileIdentity::of(top / name)}}; }
    int rows(const fs::path& name) const {
        SQLite::Database database(top / name, SQLite::OPEN_READONLY);
        return database.execAndGet("SELECT count(*) FROM t").getInt();
    }
};

struct Member final : SqliteParticipant {
    void forget() override {}
};

/// A run that writes one database.
struct Writing {
    MakeContext context{};
    Member member{};
    std::shared_ptr<SqliteSession> session{};

    Writing(const std::string& path, std::shared_ptr<OutputFiles> files) {
        context.clock = systemClock();
        context.outputs = std::move(files);
        session = SqliteSession::of(context, path);
    }
    ~Writing() {
        session->leave(member);
        session->abort();
        session->close();
    }
    Writing(const Writing&) = delete;
    Writing& operator=(const Writing&) = delete;

    Status open() {
        return session->join(member, [](SQLite::Database&) { return Status(); });
    }
    Status write() {
        RW_TRY(session->write(member, [](SQLite::Database& database) -> Status {
            database.exec("INSERT INTO t VALUES ('new')");
            return {};
        }));
        return session->flush(member);
    }
};

/// Something happens just before a database is opened.
class BeforeOpening final : public Files {
 public:
    BeforeOpening(std::shared_ptr<const Files> files, std::function<void()> what)
        : m_files(std::move(files)), m_what(std::move(what)) {}

    Result<FileState> state(const std::string& path) const override { return m_files->state(path); }
    Result<std::unique_ptr<InputFile>> open(const std::string& path) const override {
        return m_files->open(path);
    }
    Result<std::vector<std::string>> list(const std::string& folder) const override {
        return m_files->list(folder);
    }
    std::vector<std::string> matching(const std::string& pattern) const override {
        return m_files->matching(pattern);
    }
    std::unique_ptr<InputStream> standardInput() const override { return m_files->standardInput(); }
    Result<DatabaseFile> database(const std::string& path) const override {
        Result<DatabaseFile> found = m_files->database(path);
        m_what();
        return found;
    }

 private:
    const std::shared_ptr<const Files> m_files;
    const std::function<void()> m_what;
};

ErrorCode codeOf(const Status& status) {
    return status.ok() ? ErrorCode::Internal : status.error().code;
}

std::string said(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

}  // namespace

class TestAgreedDatabases : public QObject {
    Q_OBJECT

    static std::string lookedUp(const Files& files, const std::string& path) {
        const auto reader = SqliteTableReader::open(
            path, "t", schemaOf({{"s", Type::of(TypeId::String)}}), &files);
        if (!reader.ok()) return english(reader.error());
        const Result<Batch> rows = (*reader)->next(10);
        return rows.ok() && rows->rows > 0 ? std::string(rows->columns[0]->string(0)) : "none";
    }

 private Q_SLOTS:
    void whatIsAsItWasIsWritten() {
        const Disk disk;
        disk.lead("x.db", "ours/x.db");
        Writing writing(disk.path("x.db"), agreedOutputFiles(disk.agreed("x.db")));
        const Status status = writing.open();
        QVERIFY2(status.ok(), said(status).c_str());
        QVERIFY(writing.write().ok());
        QCOMPARE(disk.rows("ours/x.db"), 2);
    }

    void aLinkThatWasTurnedIsNotWrittenThrough() {
        const Disk disk;
        disk.lead("x.db", "ours/x.db");
        const auto files = agreedOutputFiles(disk.agreed("x.db"));
        disk.lead("x.db", "theirs/x.db");
        {
            Writing writing(disk.path("x.db"), files);
            QVERIFY(writing.open().ok());  // that of then, wherever the link leads
            QVERIFY(writing.write().ok());
        }
        QCOMPARE(disk.rows("ours/x.db"), 2);
        QCOMPARE(disk.rows("theirs/x.db"), 1);
    }

    void aDatabaseThatBecameALinkIsRefused() {
        const Disk disk;
        const auto files = agreedOutputFiles(disk.agreed("ours/x.db"));
        disk.lead("ours/x.db", "theirs/x.db");
        Writing writing(disk.path("ours/x.db"), files);
        const Status status = writing.open();
        QVERIFY2(codeOf(status) == ErrorCode::Refused, said(status).c_str());
        QVERIFY(said(status).find(disk.path("ours/x.db")) != std::string::npos);
        QCOMPARE(disk.rows("theirs/x.db"), 1);
    }

    void aFolderOnTheWayThatBecameALinkIsRefused() {
        const Disk disk;
        const auto files = agreedOutputFiles(disk.agreed("ours/x.db"));
        fs::rename(disk.top / "ours", disk.top / "before");
        disk.lead("ours", "theirs");
        Writing writing(disk.path("ours/x.db"), files);
        QVERIFY(codeOf(writing.open()) == ErrorCode::Refused);
    }

    void anotherDatabaseInItsPlaceIsRefused() {
        const Disk disk;
        const auto files = agreedOutputFiles(disk.agreed("ours/x.db"));
        disk.make("ours/next", "next");
        fs::rename(disk.top / "ours/next", disk.top / "ours/x.db");
        Writing writing(disk.path("ours/x.db"), files);
        QVERIFY(codeOf(writing.open()) == ErrorCode::Refused);
    }

    void oneThatIsSwappedBeforeItIsOpenedIsNotRead() {
        const Disk disk;
        disk.make("ours/next", "next");
        const BeforeOpening files(agreedFiles(disk.agreed("ours/x.db")),
                                  [&] { fs::rename(disk.top / "ours/next", disk.top / "ours/x.db"); });
        const std::string read = lookedUp(files, disk.path("ours/x.db"));
        QVERIFY2(read.find("leads to another file than when you agreed") != std::string::npos, read.c_str());
    }

    void oneThatWasNotThereIsMade() {
        const Disk disk;
        Writing writing(disk.path("ours/new.db"), agreedOutputFiles(disk.agreed("ours/new.db")));
        const Status status = writing.open();
        QVERIFY2(status.ok(), said(status).c_str());
        QVERIFY(fs::exists(disk.top / "ours/new.db"));
        const auto later = agreedOutputFiles(disk.agreed("ours/late.db"));
        disk.make("ours/late.db", "by somebody else");
        Writing other(disk.path("ours/late.db"), later);
        QVERIFY(codeOf(other.open()) == ErrorCode::Refused);
    }

    /// It is written through a descriptor: what is made beside it lies beside it.
    void itsLogFollowsNoLink() {
        const Disk disk;
        for (const char* ending : {"-wal", "-journal", "-shm"}) {
            disk.lead(std::string("ours/x.db") + ending, std::string("theirs/made") + ending);
            Writing writing(disk.path("ours/x.db"), agreedOutputFiles(disk.agreed("ours/x.db")));
            const Status status = writing.open();
            QVERIFY2(codeOf(status) == ErrorCode::Refused, said(status).c_str());
            QVERIFY(said(status).find(ending) != std::string::npos);
            QVERIFY(!fs::exists(disk.top / (std::string("theirs/made") + ending)));
            fs::remove(disk.top / (std::string("ours/x.db") + ending));
        }
    }

    /// A live run makes a file that was removed anew, and opens what it has made.
    void whatTheRunHasMadeIsOpenedAgain() {
        const Disk disk;
        const auto files = agreedOutputFiles(disk.agreed("ours/new.db"));
        for (int tries = 0; tries < 2; ++tries) {
            Writing writing(disk.path("ours/new.db"), files);
            const Status status = writing.open();
            QVERIFY2(status.ok(), said(status).c_str());
        }
        fs::remove(disk.top / "ours/new.db");
        Writing writing(disk.path("ours/new.db"), files);
        QVERIFY(writing.open().ok());
    }

    /// Once the run has begun: its folder is still that of then.
    void aFolderThatIsSwappedLaterIsNotWrittenThrough() {
        const Disk disk;
        {
            Writing writing(disk.path("ours/x.db"), agreedOutputFiles(disk.agreed("ours/x.db")));
            QVERIFY(writing.open().ok());
            fs::rename(disk.top / "ours", disk.top / "before");
            disk.lead("ours", "theirs");
            (void)writing.write();
        }
        QCOMPARE(disk.rows("theirs/x.db"), 1);
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(disk.top / "theirs"))
            names.push_back(each.path().filename().native());
        QCOMPARE(names, std::vector<std::string>{"x.db"});
    }

    void aLookupReadsTheOneOfThen() {
        const Disk disk;
        disk.lead("x.db", "ours/x.db");
        const auto files = agreedFiles(disk.agreed("x.db"));
        disk.lead("x.db", "theirs/x.db");
        QCOMPARE(lookedUp(*files, disk.path("x.db")), std::string("ours"));
        // From then on it may be turned, as links to logs are.
        const std::string later = lookedUp(*files, disk.path("x.db"));
        QVERIFY2(later == "theirs", later.c_str());
    }

    void aLookupInAnotherFileIsRefused() {
        const Disk disk;
        const auto link = agreedFiles(disk.agreed("ours/x.db"));
        fs::rename(disk.top / "ours/x.db", disk.top / "ours/before.db");
        disk.lead("ours/x.db", "theirs/x.db");
        QVERIFY(lookedUp(*link, disk.path("ours/x.db")).find("another file") != std::string::npos);
        fs::remove(disk.top / "ours/x.db");
        disk.make("ours/x.db", "made anew");
        QVERIFY(lookedUp(*link, disk.path("ours/x.db")).find("another file") != std::string::npos);
    }

    /// With a log that somebody has at work.
    void aLookupReadsALog() {
        const Disk disk;
        SQLite::Database writer(disk.top / "ours/x.db", SQLite::OPEN_READWRITE);
        writer.exec("PRAGMA journal_mode = WAL; UPDATE t SET s = 'logged'");
        const auto files = agreedFiles(disk.agreed("ours/x.db"));
        QCOMPARE(lookedUp(*files, disk.path("ours/x.db")), std::string("logged"));
    }
};

QTEST_APPLESS_MAIN(TestAgreedDatabases)
#include "test_agreed_databases.moc"

// Looking into databases of others leaves nothing beside them.
#include "core/connect/sqlite/look.h"

#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <filesystem>

#include "core/connect/sqlite/browser.h"
#include "core/connect/sqlite/epoch_rows.h"
#include "core/connect/sqlite/file.h"
#include "core/connect/sqlite/table_state.h"

using namespace rw;
namespace fs = std::filesystem;

class TestSqliteLook : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string path() const { return m_folder->filePath(QStringLiteral("a #1%?.db")).toStdString(); }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& each : fs::directory_iterator(m_folder->path().toStdString()))
            names.push_back(each.path().filename().native());
        std::sort(names.begin(), names.end());
        return names;
    }
    void make(const char* mode) const {
        SQLite::Database database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec(std::string("PRAGMA journal_mode = ") + mode);
        database.exec("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (1)");
    }

 private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void leavesNothing_data() {
        QTest::addColumn<QByteArray>("mode");
        QTest::newRow("rollback journal") << QByteArray("DELETE");
        QTest::newRow("log") << QByteArray("WAL");
    }
    void leavesNothing() {
        QFETCH(QByteArray, mode);
        make(mode.constData());
        const std::vector<std::string> before = files();
        QCOMPARE(before.size(), std::size_t{1});
        const auto written = fs::last_write_time(path());
        const Result<SqliteTable> table = describeTable(path(), "t");
        QVERIFY(table.ok() && table->exists);
        QVERIFY(sqliteTableState(path(), "t")->starts_with("table "));
        const auto listing = listSqlite(path(), nullptr);
        QVERIFY(listing.ok());
        QCOMPARE(listing->entries.at(0).rows, std::int64_t{1});
        QCOMPARE(files(), before);
        QVERIFY(fs::last_write_time(path()) == written);
    }

    /// Not with every write: rows that wait for a checkpoint are in the file long before.
    void tellsWhatSinksHavePutInPlace() {
        make("WAL");
        const auto placed = [this] { return listSqlite(path(), nullptr)->placed; };
        QCOMPARE(placed(), std::string());
        SQLite::Database writer(path(), SQLite::OPEN_READWRITE);
        EpochRows::makeTables(writer);
        writer.exec("INSERT INTO _rill_sinks VALUES ('a', 't', 0, 0, 0)");
        QCOMPARE(placed(), std::string());
        writer.exec("UPDATE _rill_sinks SET epoch = 3");
        const std::string third = placed();
        QVERIFY(!third.empty());
        writer.exec("INSERT INTO t VALUES (2)");
        QCOMPARE(placed(), third);
        writer.exec("UPDATE _rill_sinks SET epoch = 4");
        QVERIFY(placed() != third);
    }

    /// Such a table may be of somebody else.
    void aTableOfThatNameIsNoMistake() {
        make("DELETE");
        SQLite::Database(path(), SQLite::OPEN_READWRITE).exec("CREATE TABLE _rill_sinks (x)");
        const auto listing = listSqlite(path(), nullptr);
        QVERIFY(listing.ok());
        QCOMPARE(listing->placed, std::string());
    }

    /// Another connection is at work: what stands in its log alone is seen.
    void readsTheLogOfOthers() {
        make("WAL");
        SQLite::Database writer(path(), SQLite::OPEN_READWRITE);
        writer.exec("INSERT INTO t VALUES (2); CREATE TABLE later (x TEXT)");
        const std::vector<std::string> before = files();
        QCOMPARE(before.size(), std::size_t{3});
        QVERIFY(describeTable(path(), "later")->exists);
        QCOMPARE(listSqlite(path(), nullptr)->entries.size(), std::size_t{2});
        QCOMPARE(files(), before);
        writer.exec("INSERT INTO t VALUES (3)");
    }

    /// The files after a crash, seen by a program that did not make them.
    void readsWhatACrashLeft() {
        make("WAL");
        const QTemporaryDir copy;
        {
            SQLite::Database writer(path(), SQLite::OPEN_READWRITE);
            writer.exec("INSERT INTO t VALUES (2)");
            for (const auto& each : fs::directory_iterator(m_folder->path().toStdString()))
                fs::copy(each.path(), fs::path(copy.path().toStdString()) / each.path().filename());
        }
        const std::string left = (fs::path(copy.path().toStdString()) / fs::path(path()).filename()).native();
        QCOMPARE(listSqlite(left, nullptr)->entries.at(0).rows, std::int64_t{2});
        QVERIFY(fs::exists(left + "-wal"));
    }

    /// The files after a kill between the head of a new log and its first page, which a sync separates. SQLite
    /// alone tries for ten seconds and then reports its locking protocol.
    void readsBesideALogThatHasOnlyItsHead() {
        make("WAL");
        const QTemporaryDir copy;
        {
            SQLite::Database writer(path(), SQLite::OPEN_READWRITE);
            writer.exec("INSERT INTO t VALUES (2)");
            for (const auto& each : fs::directory_iterator(m_folder->path().toStdString()))
                fs::copy(each.path(), fs::path(copy.path().toStdString()) / each.path().filename());
        }
        const std::string left = (fs::path(copy.path().toStdString()) / fs::path(path()).filename()).native();
        fs::resize_file(left + "-wal", 32);
        const auto listing = listSqlite(left, nullptr);
        QVERIFY2(listing.ok(), listing.ok() ? "" : english(listing.error()).c_str());
        QCOMPARE(listing->entries.at(0).rows, std::int64_t{1});
        QVERIFY(describeTable(left, "t")->exists);
        QCOMPARE(fs::file_size(left + "-wal"), std::uintmax_t{32});
        // The rows of its writer are seen all the same.
        SQLite::Database writer(left, SQLite::OPEN_READWRITE);
        writer.exec("INSERT INTO t VALUES (2)");
        QCOMPARE(listSqlite(left, nullptr)->entries.at(0).rows, std::int64_t{2});
    }

    /// A log without its index can't be read without writing one.
    void aLogAloneIsLeftAlone() {
        make("WAL");
        const QTemporaryDir copy;
        const std::string left = (fs::path(copy.path().toStdString()) / "b.db").native();
        {
            SQLite::Database writer(path(), SQLite::OPEN_READWRITE);
            writer.exec("INSERT INTO t VALUES (2)");
            fs::copy(path(), left);
            fs::copy(path() + "-wal", left + "-wal");
        }
        QVERIFY(!describeTable(left, "t").ok());
        QVERIFY(!fs::exists(left + "-shm"));
    }
};

QTEST_APPLESS_MAIN(TestSqliteLook)
#include "test_sqlite_look.moc"

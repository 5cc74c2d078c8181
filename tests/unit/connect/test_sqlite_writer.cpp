// Rows written to SQLite, and the messages when they can't be.
#include <SQLiteCpp/Transaction.h>
#include <sqlite3.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>
#include <map>
#include <random>
#include <thread>

#include "core/connect/sqlite/writer.h"
#include "tests/support/batch_of.h"
#include "tests/support/simulated_clock.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema =
    schemaOf({{"select", Type::of(TypeId::String)}, {"n \"x\"", Type::of(TypeId::Bigint)}});

class WorkFiles {
 public:
    std::string path(const char* name = "out.sqlite") const {
        return m_folder.filePath(QLatin1String(name)).toStdString();
    }

 private:
    QTemporaryDir m_folder;
};

SqliteTarget target(const std::string& path, SqliteTarget::Mode mode = SqliteTarget::Mode::Replace) {
    SqliteTarget made{path, "group", mode, kSchema, {}};
    if (mode == SqliteTarget::Mode::Upsert) made.key = {0};
    return made;
}

/// The rows of the table, as SQLite shows them in quotes.
QStringList rows(const std::string& path,
                 const char* columns = "quote(\"select\") || ' ' || quote(\"n \"\"x\"\"\")") {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement query(database, std::string("SELECT ") + columns + " FROM \"group\" ORDER BY 1");
    QStringList found;
    while (query.executeStep()) found << QString::fromStdString(query.getColumn(0).getString());
    return found;
}

/// While it lives SQLite writes its log through it; while `on`, no byte more fits on the disk.
class FullDisk {
 public:
    static inline bool on = false;
    FullDisk() : m_vfs(*usual()) {
        m_vfs.zName = "full";
        m_vfs.xOpen = open;
        sqlite3_vfs_register(&m_vfs, 1);
    }
    ~FullDisk() { sqlite3_vfs_unregister(&m_vfs); }

 private:
    static sqlite3_vfs* usual() { return sqlite3_vfs_find("unix"); }
    static inline const sqlite3_io_methods* usualMethods = nullptr;
    static int open(sqlite3_vfs*, sqlite3_filename name, sqlite3_file* file, int flags, int* outFlags) {
        static sqlite3_io_methods methods;
        const int result = usual()->xOpen(usual(), name, file, flags, outFlags);
        if (result != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) return result;
        usualMethods = file->pMethods;
        methods = *usualMethods;
        methods.xWrite = write;
        file->pMethods = &methods;
        return result;
    }
    static int write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
        return on ? SQLITE_FULL : usualMethods->xWrite(file, bytes, size, at);
    }
    sqlite3_vfs m_vfs;
};

MakeContext context(bool bounded = false) {
    MakeContext made;
    made.clock = systemClock();
    made.bounded = bounded;
    return made;
}

Status end(SqliteWriter& writer) {
    RW_TRY(writer.prepare());
    return writer.commit();
}

/// Writes the batches and commits; the first error, if any.
Status write(const SqliteTarget& to, const std::vector<Batch>& batches, const MakeContext& run = context()) {
    SqliteWriter writer(to, run);
    RW_TRY(writer.open());
    for (const Batch& batch : batches) RW_TRY(writer.write(batch));
    return end(writer);
}

const QStringList kTwo{"'a' 1", "'b' 2"};

Batch two() {
    return batchOf(kSchema, {{std::string("a"), std::int64_t{1}}, {std::string("b"), std::int64_t{2}}});
}

std::string message(const Status& status) {
    return status.ok() ? std::string() : english(status.error());
}

}  // namespace

class TestSqliteWriter : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void everyTypeHasItsForm() {
        WorkFiles files;
        const SchemaRef schema = schemaOf({{"b", Type::of(TypeId::Boolean)},
                                           {"i", Type::of(TypeId::Int)},
                                           {"l", Type::of(TypeId::Bigint)},
                                           {"d", Type::of(TypeId::Double)},
                                           {"m", Type::decimal(10, 2)},
                                           {"s", Type::of(TypeId::String)},
                                           {"day", Type::of(TypeId::Date)},
                                           {"ts", Type::of(TypeId::Timestamp)}});
        SqliteTarget to = target(files.path());
        to.schema = schema;
        const std::string nul("a\0b", 3);
        QVERIFY(
            write(to, {batchOf(schema, {{true, std::int32_t{-5}, std::int64_t{1} << 62, 0.5, Int128{-1250},
                                         nul, std::int32_t{19'783}, Instant{1'709'294'400'000}},
                                        std::vector<Value>(8)})})
                .ok());
        const char* shown =
            "quote(b) || ' ' || quote(i) || ' ' || quote(l) || ' ' || quote(d) || ' ' || quote(m) || ' ' || "
            "hex(s) || ' ' "
            "|| quote(day) || ' ' || quote(ts)";
        QCOMPARE(rows(files.path(), shown),
                 (QStringList{
                     "1 -5 4611686018427387904 0.5 '-12.50' 610062 '2024-03-01' '2024-03-01 12:00:00.000'",
                     "NULL NULL NULL NULL NULL  NULL NULL"}));
    }

    void nanIsCounted() {
        WorkFiles files;
        SqliteTarget to = target(files.path());
        to.schema = schemaOf({{"d", Type::of(TypeId::Double)}});
        SqliteWriter writer(to, context());
        QVERIFY(writer.open().ok());
        const double infinity = std::numeric_limits<double>::infinity();
        QVERIFY(writer.write(batchOf(to.schema, {{std::nan("")}, {infinity}, {Value{}}})).ok());
        QVERIFY(end(writer).ok());
        QCOMPARE(writer.nanCount(), std::uint64_t{1});
        QCOMPARE(rows(files.path(), "coalesce(d > 1e308, 'null')"), (QStringList{"1", "null", "null"}));
    }

    void replaceMakesTheTableAnew() {
        WorkFiles files;
        QVERIFY(write(target(files.path()), {two()}).ok());
        SqliteTarget to = target(files.path());
        to.schema = schemaOf({{"other", Type::of(TypeId::Int)}});
        QVERIFY(write(to, {batchOf(to.schema, {{std::int32_t{7}}})}).ok());
        QCOMPARE(rows(files.path(), "quote(other)"), (QStringList{"7"}));
    }

    void replaceWithoutRowsLeavesAnEmptyTable() {
        WorkFiles files;
        QVERIFY(write(target(files.path()), {two()}).ok());
        QVERIFY(write(target(files.path()), {}).ok());
        QCOMPARE(rows(files.path()), QStringList{});
    }

    void theOldRowsStayUntilTheFirstCommit() {
        WorkFiles files;
        QVERIFY(write(target(files.path()), {two()}).ok());
        SqliteWriter writer(target(files.path()), context());
        QVERIFY(writer.open().ok());
        QVERIFY(writer.write(batchOf(kSchema, {{std::string("c"), std::int64_t{3}}})).ok());
        QCOMPARE(rows(files.path()), kTwo);
        QVERIFY(writer.flush().ok());
        QCOMPARE(rows(files.path()), QStringList{"'c' 3"});
    }

    void aBoundedRunReplacesAtItsEnd() {
        WorkFiles files;
        QVERIFY(write(target(files.path()), {two()}).ok());
        const Batch third = batchOf(kSchema, {{std::string("c"), std::int64_t{3}}});
        {
            SqliteWriter writer(target(files.path()), context(true));
            QVERIFY(writer.open().ok());
            QVERIFY(writer.write(third).ok() && writer.flush().ok());
            QVERIFY(writer.prepare().ok());
            QCOMPARE(rows(files.path()), kTwo);
        }  // given up
        QCOMPARE(rows(files.path()), kTwo);
        SqliteWriter writer(target(files.path()), context(true));
        QVERIFY(writer.open().ok() && writer.write(third).ok() && end(writer).ok());
        QCOMPARE(rows(files.path()), QStringList{"'c' 3"});
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM sqlite_master").getInt(), 1);
    }

    /// All tables of a run take their places together, or none does.
    void tablesOfOneRunChangeTogether() {
        WorkFiles files;
        const Batch third = batchOf(kSchema, {{std::string("c"), std::int64_t{3}}});
        for (const int prepared : {3, 2, 1}) {  // sinks; and committed by the first run only
            const MakeContext run = context(true);
            SqliteTarget second = target(files.path());
            second.table = "second";
            SqliteWriter one(target(files.path()), run), other(second, run);
            QVERIFY(one.open().ok() && other.open().ok());
            const Batch written = prepared == 3 ? two() : third;
            QVERIFY(one.write(written).ok() && other.write(written).ok());
            QVERIFY(one.prepare().ok() && (prepared == 1 || other.prepare().ok()));
            if (prepared == 3) QVERIFY(one.commit().ok() && other.commit().ok());
        }
        QCOMPARE(rows(files.path()), kTwo);
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        const auto asked = database.execAndGet("SELECT group_concat(\"select\") FROM second");
        QCOMPARE(asked.getString(), std::string("a,b"));
    }

    void aNullKeyIsAKeyLikeAnyOther_data() {
        QTest::addColumn<int>("type");
        QTest::addColumn<bool>("second");
        QTest::newRow("INT") << static_cast<int>(TypeId::Int) << false;
        QTest::newRow("BIGINT") << static_cast<int>(TypeId::Bigint) << false;
        QTest::newRow("INT of two") << static_cast<int>(TypeId::Int) << true;
        QTest::newRow("BIGINT of two") << static_cast<int>(TypeId::Bigint) << true;
    }

    void aNullKeyIsAKeyLikeAnyOther() {
        QFETCH(int, type);
        QFETCH(bool, second);
        WorkFiles files;
        const auto id = static_cast<TypeId>(type);
        const auto key = [&](int k) {
            return id == TypeId::Int ? Value{std::int32_t{k}} : Value{std::int64_t{k}};
        };
        SqliteTarget to = target(files.path(), SqliteTarget::Mode::Upsert);
        to.schema = schemaOf({{"k", Type::of(id)}, {"l", Type::of(id)}, {"v", Type::of(TypeId::String)}});
        to.key = second ? std::vector<int>{0, 1} : std::vector<int>{0};
        // SQLite made 1 up for the first NULL, which the real 1 then overwrote.
        for (int run = 0; run < 2; ++run) {
            QVERIFY(write(to, {batchOf(to.schema, {{Value{}, key(0), std::string("null")},
                                                   {key(1), key(0), std::string("one")},
                                                   {Value{}, key(0), std::string("null again")},
                                                   {key(2), key(0), std::string("two")}})})
                        .ok());
        }
        QCOMPARE(rows(files.path(), "coalesce(k, 'NULL') || ' ' || v"),
                 (QStringList{"1 one", "2 two", "NULL null again"}));
    }

    void aRowIdCannotBeANullKey() {
        WorkFiles files;
        {
            SQLite::Database database(files.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE \"group\"(k INTEGER PRIMARY KEY, v TEXT)");
        }
        SqliteTarget to = target(files.path(), SqliteTarget::Mode::Upsert);
        to.schema = schemaOf({{"k", Type::of(TypeId::Bigint)}, {"v", Type::of(TypeId::String)}});
        const auto row = [&](Value key) { return batchOf(to.schema, {{std::move(key), std::string("x")}}); };
        QCOMPARE(message(write(to, {row(std::int64_t{7})})), std::string());
        const std::string said = message(write(to, {row(std::int64_t{8}), row(Value{})}));
        QVERIFY2(said.find("can't hold NULL") != std::string::npos, said.c_str());
        QCOMPARE(rows(files.path(), "k"), QStringList{"7"});
    }

    void appendAdds() {
        WorkFiles files;
        QVERIFY(write(target(files.path(), SqliteTarget::Mode::Append), {two()}).ok());
        QVERIFY(write(target(files.path(), SqliteTarget::Mode::Append), {two()}).ok());
        QCOMPARE(rows(files.path()), (QStringList{"'a' 1", "'a' 1", "'b' 2", "'b' 2"}));
    }

    /// Random upserts and deletes, NULL keys among them: the table equals a map.
    void upsertIsATable() {
        WorkFiles files;
        std::mt19937 random(4);
        std::map<std::string, std::int64_t> expected;
        std::vector<Batch> batches;
        for (int batch = 0; batch < 30; ++batch) {
            Rows changes;
            std::vector<RowKind> kinds;
            for (int i = 0; i < 20; ++i) {
                const auto key = random() % 12;
                const auto n = static_cast<std::int64_t>(random() % 50);
                const std::string shown = key == 0 ? "NULL" : "'k" + std::to_string(key) + "'";
                const bool gone = random() % 4 == 0;
                if (!gone) {
                    changes.push_back({key == 0 ? Value{} : Value{"k" + std::to_string(key)}, n + 1});
                    kinds.push_back(RowKind::UpdateBefore);  // of no account to an upsert
                }
                changes.push_back({key == 0 ? Value{} : Value{"k" + std::to_string(key)}, n});
                kinds.push_back(gone ? RowKind::Delete : RowKind::UpdateAfter);
                if (gone) {
                    expected.erase(shown);
                } else {
                    expected[shown] = n;
                }
            }
            batches.push_back(batchOf(kSchema, changes, kinds));
        }
        QVERIFY(write(target(files.path(), SqliteTarget::Mode::Upsert), batches).ok());
        QStringList wanted;
        for (const auto& [key, n] : expected)
            wanted << QString::fromStdString(key) + QLatin1Char(' ') + QString::number(n);
        wanted.sort();
        QCOMPARE(rows(files.path()), wanted);
    }

    /// Sinks of one file fail together, whichever reports it first.
    void anErrorNamesTheNodeThatMetIt() {
        WorkFiles files;
        {
            SQLite::Database database(files.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE \"group\"(\"select\" TEXT, \"n \"\"x\"\"\" INTEGER CHECK (0))");
        }
        MakeContext run = context();
        run.node = "bad";
        SqliteWriter bad(target(files.path(), SqliteTarget::Mode::Append), run);
        run.node = "good";
        SqliteTarget to = target(files.path(), SqliteTarget::Mode::Append);
        to.table = "other";
        SqliteWriter good(to, run);
        QVERIFY(bad.open().ok() && good.open().ok());
        QVERIFY(good.write(two()).ok() && good.flush().ok());
        QVERIFY(!bad.write(two()).ok());
        const Status status = good.write(two());
        QVERIFY(!status.ok());
        QCOMPARE(status.error().node, std::string("bad"));
        const std::string said = message(status);
        QVERIFY2(said.find("2 rows of table “other” were written before and stay") != std::string::npos,
                 said.c_str());
    }

    void aTableThatDoesNotFitIsRefused_data() {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<int>("mode");
        QTest::addColumn<QString>("words");
        const int append = static_cast<int>(SqliteTarget::Mode::Append),
                  upsert = static_cast<int>(SqliteTarget::Mode::Upsert);
        QTest::newRow("lacks") << "CREATE TABLE \"group\"(\"select\" TEXT)" << append
                               << "lacks columns: n \"x\"";
        QTest::newRow("more") << "CREATE TABLE \"group\"(\"select\" TEXT, \"n \"\"x\"\"\" INTEGER, z)"
                              << append << "columns that the rows lack: z";
        QTest::newRow("type") << "CREATE TABLE \"group\"(\"select\" TEXT, \"n \"\"x\"\"\" TEXT)" << append
                              << "is declared TEXT";
        QTest::newRow("view") << "CREATE VIEW \"group\" AS SELECT 1" << append << "is a view";
        QTest::newRow("view replaced") << "CREATE VIEW \"group\" AS SELECT 1"
                                       << static_cast<int>(SqliteTarget::Mode::Replace) << "is a view";
        QTest::newRow("key") << "CREATE TABLE \"group\"(\"select\" TEXT, \"n \"\"x\"\"\" INTEGER)" << upsert
                             << "no primary key or unique index on select";
    }

    void aTableThatDoesNotFitIsRefused() {
        QFETCH(QString, sql);
        QFETCH(int, mode);
        QFETCH(QString, words);
        WorkFiles files;
        {
            SQLite::Database database(files.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec(sql.toStdString());
        }
        const std::string said =
            message(write(target(files.path(), static_cast<SqliteTarget::Mode>(mode)), {two()}));
        QVERIFY2(said.find(words.toStdString()) != std::string::npos, said.c_str());
    }

    void anOtherSpellingOfTheSameTableFits() {
        WorkFiles files;
        {
            SQLite::Database database(files.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE \"GROUP\"(\"N \"\"X\"\"\" BIGINT, \"Select\" VARCHAR(9) UNIQUE)");
        }
        QVERIFY(write(target(files.path(), SqliteTarget::Mode::Upsert), {two()}).ok());
        QCOMPARE(rows(files.path()), (QStringList{"'a' 1", "'b' 2"}));
    }

    void aFileThatIsNoDatabaseIsRefused() {
        WorkFiles files;
        QFile file(QString::fromStdString(files.path()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(5000, 'x'));
        file.close();
        QVERIFY(message(checkSqliteFile(files.path(), {})).find("not an SQLite database") !=
                std::string::npos);
        QVERIFY(message(write(target(files.path()), {})).find("not an SQLite database") != std::string::npos);
    }

    void pathsThatCannotBeFilesAreRefused() {
        WorkFiles files;
        QVERIFY(message(checkSqliteFile(files.path("none/out.sqlite"), {})).find("There is no folder") !=
                std::string::npos);
        QVERIFY(message(checkSqliteFile(files.path(""), {})).find("is a folder") != std::string::npos);
        QVERIFY(checkSqliteFile(files.path("none/out.sqlite"), files.path("none"))
                    .ok());  // the pipeline's own folder
        QVERIFY(checkSqliteFile(files.path(), {}).ok());
        QVERIFY(message(write(target(files.path("none/out.sqlite")), {})).find("none") != std::string::npos);
    }

    void aDatabaseLockedByAnotherProgramIsOneError() {
        WorkFiles files;
        QVERIFY(write(target(files.path()), {two()}).ok());
        SQLite::Database other(files.path(), SQLite::OPEN_READWRITE);
        SQLite::Transaction held(other, SQLite::TransactionBehavior::IMMEDIATE);
        MakeContext run = context();
        run.clock = std::make_shared<SimulatedClock>();  // does not wait in earnest
        const std::string said = message(write(target(files.path()), {two()}, run));
        QVERIFY2(said.find("“" + files.path() + "” locked; waited 5\u2009s.") != std::string::npos,
                 said.c_str());
        QVERIFY(run.clock->steadyMillis() >= kSqliteWaitMillis);
    }

    void aFullDiskIsOneError() {
        WorkFiles files;
        const FullDisk full;
        SqliteWriter writer(target(files.path()), context());
        const std::string none = message(writer.open());
        QVERIFY2(none.empty(), none.c_str());
        FullDisk::on = true;
        Status status = writer.write(two());
        if (status.ok()) status = end(writer);
        FullDisk::on = false;
        const std::string said = message(status);
        QCOMPARE(said,
                 "The disk is full; “" + files.path() +
                     "” keeps what was committed before. Free some space, or choose a file on another disk.");
    }

    void twoWritersAtOnce_data() {
        QTest::addColumn<bool>("oneRun");
        QTest::newRow("of one run") << true;
        QTest::newRow("of two runs") << false;
    }

    void twoWritersAtOnce() {
        QFETCH(bool, oneRun);
        WorkFiles files;
        const MakeContext run = context(), otherRun = oneRun ? run : context();
        const auto writerOf = [&](const char* table, const MakeContext& runOf) {
            SqliteTarget to = target(files.path());
            to.table = table;
            return std::make_unique<SqliteWriter>(to, runOf);
        };
        // As in a run: opened one after the other, and none is gone before all have written.
        const auto writers = {writerOf("one", run), writerOf("two", otherRun)};
        for (const auto& writer : writers) QCOMPARE(message(writer->open()), std::string());
        const auto work = [&](SqliteWriter& writer) {
            Status status;
            for (int i = 0; i < 2000 && status.ok(); ++i) {
                status = writer.write(two());
                if (i % 100 == 0 && status.ok()) status = writer.flush();
            }
            return message(status.ok() ? writer.flush() : status);
        };
        std::string first, second;
        std::thread one([&] { first = work(**writers.begin()); });
        std::thread other([&] { second = work(**(writers.begin() + 1)); });
        one.join();
        other.join();
        QVERIFY2((first + second).empty(), (first + second).c_str());
        SQLite::Database database(files.path(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM one").getInt(), 4000);
        QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM two").getInt(), 4000);
    }

    void aWriterThatIsGivenUpLetsOthersWrite() {
        WorkFiles files;
        {
            SqliteWriter failing(target(files.path()), context());
            QVERIFY(failing.open().ok());
            QVERIFY(failing.write(two()).ok());
            const std::string said = message(write(target(files.path()), {two()}));
            QVERIFY2(said.find("another run of this program") != std::string::npos, said.c_str());
        }  // with an open transaction
        QVERIFY(write(target(files.path()), {two()}).ok());
    }

    void aFullDiskAtTheSwapLeavesTheOldRows() {
        WorkFiles files;
        QVERIFY(write(target(files.path()), {two()}).ok());
        const FullDisk full;
        SqliteWriter writer(target(files.path()), context(true));
        QVERIFY(writer.open().ok());
        QVERIFY(writer.write(batchOf(kSchema, {{std::string("c"), std::int64_t{3}}})).ok());
        QVERIFY(writer.flush().ok());
        FullDisk::on = true;
        const std::string said = message(end(writer));
        FullDisk::on = false;
        QCOMPARE(said,
                 "The disk is full; “" + files.path() +
                     "” keeps what was committed before. Free some space, or choose a file on another disk.");
        writer.abort();
        QCOMPARE(rows(files.path()), kTwo);
    }
};

QTEST_APPLESS_MAIN(TestSqliteWriter)
#include "test_sqlite_writer.moc"

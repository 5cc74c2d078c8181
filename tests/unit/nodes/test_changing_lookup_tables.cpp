// Tables that another program changes while they are read: the rows of one moment are looked up in.
#include <SQLiteCpp/Database.h>
#include <sys/stat.h>

#include <QtTest/QtTest>
#include <filesystem>
#include <functional>
#include <numeric>

#include "core/connect/sqlite/lookup.h"
#include "tests/support/batch_of.h"
#include "tests/unit/nodes/fixtures/manual_clock.h"

using namespace rw;
using namespace rw::test;
namespace fs = std::filesystem;

namespace {

/// More than are read at once.
const std::string kRows = "WITH RECURSIVE i(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM i WHERE k < 40000) ";

/// Sleeps in no time.
class HurryingClock final : public Clock {
 public:
    Instant now() const override { return m_clock.now(); }
    std::int64_t steadyMillis() const override { return m_clock.steadyMillis(); }
    bool skipTo(std::int64_t steady) override {
        m_clock.advance(steady - m_clock.steady);
        return true;
    }

 private:
    ManualClock m_clock;
};

}  // namespace

class TestChangingLookupTables : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::string path() const { return m_folder->filePath(QStringLiteral("t.sqlite")).toStdString(); }

    /// Opens the database, does it and closes the database, which then has no log.
    void exec(const std::string& sql) const {
        SQLite::Database database(path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        database.exec("PRAGMA journal_mode = WAL");
        database.exec(sql);
    }
    void makeOld() const {
        const auto times = fs::file_time_type::clock::now() - std::chrono::hours(1);
        fs::last_write_time(path(), times);
    }
    std::unique_ptr<SqliteLookup> lookup(std::shared_ptr<Clock> clock = systemClock()) const {
        SqliteLookupTarget target;
        target.path = path();
        target.table = "t";
        target.schema = schemaOf({{"k", Type::of(TypeId::Bigint)}, {"v", Type::of(TypeId::Bigint)}});
        target.keys = {0};
        target.refresh = 60'000;
        return std::make_unique<SqliteLookup>(std::move(target), std::move(clock));
    }
    /// Reads the table; `between` is done after each piece but the last.
    static Status readAll(SqliteLookup& lookup, const std::function<void()>& between) {
        for (;;) {
            Result<bool> more = lookup.read(kNoMoment);
            if (!more.ok()) return more.status();
            if (!*more) return lookup.adopt().status();
            between();
        }
    }
    /// Each value of the table with how many rows have it: “1 40000”.
    static QString valuesOf(const SqliteLookup& lookup) {
        std::vector<RowSlot> slots(lookup.newest()->rows().size());
        std::iota(slots.begin(), slots.end(), RowSlot{0});
        const Batch rows = lookup.newest()->rows().batchOf(slots);
        QMap<qint64, int> counts;
        for (const std::int64_t value : rows.column(1).values<std::int64_t>()) ++counts[value];
        QStringList all;
        for (const auto& [value, count] : counts.asKeyValueRange())
            all << QStringLiteral("%1 %2").arg(value).arg(count);
        return all.join(QLatin1Char(','));
    }

 private Q_SLOTS:
    void init() {
        m_folder = std::make_unique<QTemporaryDir>();
        exec("CREATE TABLE t (k INTEGER, v INTEGER);" + kRows + "INSERT INTO t SELECT k, 1 FROM i");
        makeOld();
        QVERIFY(!fs::exists(path() + "-wal"));
    }

    void aTableThatStaysIsReadOnce() {
        const auto read = lookup();
        int pieces = 0;
        QVERIFY(readAll(*read, [&] { ++pieces; }).ok());
        QCOMPARE(pieces, 3);
        QCOMPARE(valuesOf(*read), QStringLiteral("1 40000"));
    }

    /// The other program is done before the next piece is read, and leaves no log.
    void aTableIsNeverOfTwoMoments() {
        const auto read = lookup();
        int pieces = 0;
        const Status done = readAll(*read, [&] {
            if (++pieces == 1) exec("UPDATE t SET v = 2");
        });
        QVERIFY2(done.ok(), done.ok() ? "" : english(done.error()).c_str());
        QCOMPARE(valuesOf(*read), QStringLiteral("2 40000"));
    }

    /// Its pages mean something else now, so that the rest can't be read.
    void aTableThatLooksDamagedIsReadAgain() {
        const auto read = lookup();
        int pieces = 0;
        const Status done = readAll(*read, [&] {
            if (++pieces > 1) return;
            exec("DROP TABLE t");
            exec("CREATE TABLE other (a TEXT, b BLOB);" + kRows +
                 "INSERT INTO other SELECT 'text ' || k, zeroblob(k % 100) FROM i; CREATE TABLE t (k INTEGER, v "
                 "INTEGER); INSERT INTO t VALUES (7, 3)");
        });
        QVERIFY2(done.ok(), done.ok() ? "" : english(done.error()).c_str());
        QCOMPARE(valuesOf(*read), QStringLiteral("3 1"));
    }

    /// Both changes have one time: file systems know no shorter ones.
    void aChangeInTheSameTickIsNotOverlooked() {
        const auto written = fs::last_write_time(path());
        struct stat found {};
        QCOMPARE(::stat(path().c_str(), &found), 0);
        const auto clock = std::make_shared<ManualClock>();
        clock->wall = found.st_mtim.tv_sec * 1'000 + found.st_mtim.tv_nsec / 1'000'000 + 1;
        const auto read = lookup(clock);
        int pieces = 0;
        const Status done = readAll(*read, [&] {
            if (++pieces > 1) return;
            exec("UPDATE t SET v = 2");
            fs::last_write_time(path(), written);
            clock->advance(5'000);
        });
        QVERIFY2(done.ok(), done.ok() ? "" : english(done.error()).c_str());
        QCOMPARE(valuesOf(*read), QStringLiteral("2 40000"));
    }

    void aTableThatChangesAllTheTimeIsRefused() {
        const auto read = lookup(std::make_shared<HurryingClock>());
        int value = 1;
        const Status done = readAll(*read, [&] { exec("UPDATE t SET v = " + std::to_string(++value)); });
        QVERIFY(!done.ok());
        QVERIFY2(english(done.error()).find("changed by another program") != std::string::npos,
                 english(done.error()).c_str());
    }

    /// Each time that it is read it has the same patience.
    void changesOfEarlierReadingsDoNotCount() {
        const auto clock = std::make_shared<HurryingClock>();
        const auto read = lookup(clock);
        int value = 1;
        for (int reading = 0; reading < 3; ++reading) {
            int calls = 0, changes = SqliteLookup::kMostReadings / 2;
            const Status done = readAll(*read, [&] {
                const bool behindTheFirstPiece = calls++ % 4 == 0;  // a reading in vain has four
                if (behindTheFirstPiece && changes-- > 0) exec("UPDATE t SET v = " + std::to_string(++value));
            });
            QVERIFY2(done.ok(), done.ok() ? "" : english(done.error()).c_str());
            QCOMPARE(valuesOf(*read), QStringLiteral("%1 40000").arg(value));
            clock->skipTo(clock->steadyMillis() + 60'000);
        }
    }

    /// Its log keeps the moment, so that the table is read once.
    void aProgramThatKeepsTheDatabaseOpenDisturbsNobody() {
        SQLite::Database writer(path(), SQLite::OPEN_READWRITE);
        writer.exec("UPDATE t SET v = 2");
        const auto read = lookup();
        int pieces = 0;
        QVERIFY(readAll(*read, [&] {
                    ++pieces;
                    writer.exec("UPDATE t SET v = 3");
                }).ok());
        QCOMPARE(pieces, 3);
        QCOMPARE(valuesOf(*read), QStringLiteral("2 40000"));
    }
};

QTEST_APPLESS_MAIN(TestChangingLookupTables)
#include "test_changing_lookup_tables.moc"

// BYTES in SQLite: BLOBs, also as keys.
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <QTemporaryDir>
#include <QtTest/QtTest>

#include "core/connect/sqlite/writer.h"
#include "tests/support/batch_of.h"

using namespace rw;
using namespace rw::test;

namespace {

const SchemaRef kSchema = schemaOf({{"k", Type::of(TypeId::Bytes)}, {"b", Type::of(TypeId::Bytes)}});

Status written(const std::string& path, const Batch& batch) {
    MakeContext context;
    context.clock = systemClock();
    SqliteWriter writer({path, "t", SqliteTarget::Mode::Upsert, kSchema, {0}}, context);
    RW_TRY(writer.open());
    RW_TRY(writer.write(batch));
    RW_TRY(writer.prepare());
    return writer.commit();
}

QStringList answers(const std::string& path, const char* query) {
    SQLite::Database database(path, SQLite::OPEN_READONLY);
    SQLite::Statement asked(database, query);
    QStringList found;
    while (asked.executeStep()) found << QString::fromStdString(asked.getColumn(0).getString());
    return found;
}

}  // namespace

class TestSqliteBytes : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void bytesAreBlobs() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("out.sqlite")).toStdString();
        const std::string any("\0\xff", 2), large(100'000, '\xff');
        const Rows rows{{any, std::string()}, {large, Value{}}, {any, any}, {std::string(), any}};
        const Status status =
            written(path, batchOf(kSchema, rows,
                                  {RowKind::Insert, RowKind::Insert, RowKind::UpdateAfter, RowKind::Insert}));
        QVERIFY2(status.ok(), status.ok() ? "" : english(status.error()).c_str());
        QCOMPARE(
            answers(path,
                    "SELECT typeof(k) || ' ' || substr(hex(k), 1, 6) || ' ' || quote(b) FROM t ORDER BY 1"),
            (QStringList{"blob  X'00FF'", "blob 00FF X'00FF'", "blob FFFFFF NULL"}));
        QCOMPARE(answers(path, "SELECT length(k) FROM t ORDER BY 1"), (QStringList{"0", "2", "100000"}));
        QVERIFY(
            answers(path, "SELECT sql FROM sqlite_master WHERE name = 't'").front().contains("\"b\" BLOB"));
    }

    /// A table that another program made fits by its affinity.
    void aTableWithBlobsFits() {
        const QTemporaryDir folder;
        const std::string path = folder.filePath(QStringLiteral("out.sqlite")).toStdString();
        {
            SQLite::Database database(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE t (k BLOB PRIMARY KEY, b TEXT)");
        }
        const Status status = written(path, batchOf(kSchema, {{std::string("a"), std::string("b")}}));
        QVERIFY(!status.ok());
        QCOMPARE(english(status.error())
                     .find("Column “b” of table “t” is declared TEXT; the rows hold BYTES there."),
                 std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestSqliteBytes)
#include "test_sqlite_bytes.moc"

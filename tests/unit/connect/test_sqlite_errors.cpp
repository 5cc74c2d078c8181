// How the errors of SQLite may be handled: whether time may mend them.
#include <SQLiteCpp/Exception.h>
#include <sqlite3.h>

#include <QtTest/QtTest>

#include "core/connect/sqlite/file.h"

using namespace rw;

class TestSqliteErrors : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void kinds_data() {
        QTest::addColumn<int>("code");
        QTest::addColumn<bool>("transient");
        QTest::newRow("busy") << SQLITE_BUSY << true;
        QTest::newRow("full") << SQLITE_FULL << true;
        QTest::newRow("read-only") << SQLITE_READONLY << true;  // a disk that comes back
        QTest::newRow("can't be opened") << SQLITE_CANTOPEN << true;
        QTest::newRow("disk") << SQLITE_IOERR << true;
        QTest::newRow("no database") << SQLITE_NOTADB << false;
        QTest::newRow("damaged") << SQLITE_CORRUPT << false;
        QTest::newRow("no memory") << SQLITE_NOMEM << false;
    }
    void kinds() {
        QFETCH(int, code);
        QFETCH(bool, transient);
        const Status status = sqliteError(SQLite::Exception("it failed", code), "a.db");
        QVERIFY(!status.ok());
        const ErrorKind kind = transient ? ErrorKind::Transient : ErrorKind::Permanent;
        QVERIFY2(errorKindOf(status.error().code) == kind, english(status.error()).c_str());
    }

    void withoutMemory() {
        const Status status = sqliteError(SQLite::Exception("it failed", SQLITE_NOMEM), "a.db");
        QCOMPARE(english(status.error()), english(outOfMemory().error()));
    }
};

QTEST_APPLESS_MAIN(TestSqliteErrors)
#include "test_sqlite_errors.moc"

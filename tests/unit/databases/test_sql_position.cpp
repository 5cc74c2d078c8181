// Positions in tables outlive a snapshot, and broken ones are errors.
#include <QtTest/QtTest>

#include "core/connect/tables/sql_position.h"

using namespace rw;

class TestSqlPosition : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void whatIsWrittenIsRead() {
        SqlPosition position;
        position.row = {"7", std::string("a\0b", 3), ""};
        position.whole = true;
        position.rows = 5;
        position.sum = ~std::uint64_t{0};
        position.lsn = 0x16B374D848;
        position.transaction = 9;
        position.changes = 3;
        for (const SqlPosition& each : {SqlPosition(), position}) {
            StateWriter writer;
            writeSqlPosition(writer, each);
            const std::string bytes = writer.finish();
            const Result<StateReader> reader = StateReader::open(bytes);
            QVERIFY(reader.ok());
            const Result<SqlPosition> again = readSqlPosition(*reader);
            QVERIFY(again.ok());
            QVERIFY(*again == each);
        }
    }

    void whatLacksAFieldIsRefused() {
        StateWriter writer;
        writer.u64("whole", 1);
        const std::string bytes = writer.finish();
        const Result<StateReader> reader = StateReader::open(bytes);
        QVERIFY(reader.ok());
        QVERIFY(!readSqlPosition(*reader).ok());
    }
};

QTEST_GUILESS_MAIN(TestSqlPosition)
#include "test_sql_position.moc"

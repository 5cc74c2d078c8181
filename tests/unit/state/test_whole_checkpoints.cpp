// The intact part of a file of checkpoints whose indexes are broken: they may give a row twice.
#include <SQLiteCpp/Database.h>

#include "core/state/whole_checkpoints.h"
#include "tests/unit/state/written_checkpoints.h"

using namespace rw;
using namespace rw::test;

class TestWholeCheckpoints : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void aRowThatIsGivenTwiceEndsNoCopy() {
        const Work work;
        writeAll(work, 1, 3);
        // The same without keys, so that a row can stand there twice.
        SQLite::Database from(work.path(QStringLiteral("broken.sqlite")),
                              SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        from.exec("ATTACH '" + work.path() + "' AS whole");
        for (const char* name : {"_rill_checkpoints", "_rill_checkpoint_parts", "_rill_checkpoint_uses"})
            from.exec(std::string("CREATE TABLE main.") + name + " AS SELECT * FROM whole." + name);
        from.exec("DETACH whole");
        QCOMPARE(from.execAndGet("SELECT count(*) FROM _rill_checkpoints").getInt(), 3);
        from.exec(
            "INSERT INTO _rill_checkpoint_uses SELECT * FROM _rill_checkpoint_uses WHERE place = 1 AND "
            "checkpoint = (SELECT id FROM _rill_checkpoints WHERE number = 2)");
        QCOMPARE(from.getChanges(), 1);
        from.exec("INSERT INTO _rill_checkpoints SELECT * FROM _rill_checkpoints WHERE number = 3");
        const CheckpointLocation location{work.path(QStringLiteral("into.sqlite")), {}, true};
        {
            SQLite::Database into(location.path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            copyWholeCheckpoints(from, into);
            QCOMPARE(into.execAndGet("SELECT group_concat(number) FROM _rill_checkpoints").getString(),
                     "1,3");
        }
        QCOMPARE(newest(location), 3);
    }
};

QTEST_APPLESS_MAIN(TestWholeCheckpoints)
#include "test_whole_checkpoints.moc"

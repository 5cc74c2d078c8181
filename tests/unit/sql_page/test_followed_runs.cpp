// The SQL tab that follows a run which takes checkpoints: what the run writes is asked behind each of them,
// live rows at any time, and once more what a sink has put in place long after one.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/connect/sqlite/epoch_rows.h"
#include "tests/unit/checkpoints/checkpointed_program.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/sql/query_edit.h"
#include "widgets/sql/sql_page.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

/// The tab, and a run that takes checkpoints.
struct FollowedRun {
    CheckpointedProgram program;
    ChartScheduler charts;
    SqlPage page{PaneParts{program.document, program.session, charts}};

    FollowedRun() {
        QSettings().clear();
        page.resize(1300, 700);
        page.show();
    }
    std::string path() const { return program.folder.filePath(QStringLiteral("out.sqlite")).toStdString(); }
    /// Until that table can be asked.
    bool start(const char* every, const char* schema, const char* table) {
        program.setEvery(every);
        if (!program.save()) return false;
        program.session.start();
        return QTest::qWaitFor(
            [&] {
                return program.session.snapshot().metrics.checkpoints.on && page.tables().isKnown() &&
                       page.tables().find(QLatin1String(schema), QLatin1String(table)) != nullptr;
            },
            20'000);
    }
    bool ask(const QString& sql) {
        page.edit().replaceText(sql);
        page.runStatement();
        return QTest::qWaitFor([this] { return !page.isRunning(); }, 20'000) && page.model().rowCount() == 1;
    }
    QString cell() const { return page.model().index(0, 0).data().toString(); }
};

}  // namespace

class TestFollowedRuns : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("rillwright-test-followed"));
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    /// They show what the run writes.
    void aStatementIsAskedBehindEachCheckpoint() {
        FollowedRun run;
        QVERIFY(run.start("50ms", "out", "counts"));
        QVERIFY(run.ask(QStringLiteral("SELECT count(*) FROM counts")));
        const QString before = run.cell();
        run.page.setFollowing(true);
        QTRY_VERIFY_WITH_TIMEOUT(run.cell() != before, 20'000);
    }

    /// A disk may keep it, or a decision elsewhere: no other checkpoint tells of its rows then.
    void whatIsPutInPlaceLongAfterACheckpointIsAsked() {
        FollowedRun run;
        {
            SQLite::Database database(run.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE others (n INTEGER)");
        }
        QVERIFY(run.start("1h", "live", "generator"));
        QVERIFY(run.ask(QStringLiteral("SELECT count(*) FROM others")));
        run.page.setFollowing(true);
        QTRY_VERIFY_WITH_TIMEOUT(!run.page.isRunning(), 20'000);
        SQLite::Database database(run.path(), SQLite::OPEN_READWRITE);
        database.setBusyTimeout(10'000);
        EpochRows::makeTables(database);
        database.exec(
            "BEGIN IMMEDIATE; INSERT INTO others VALUES (1);"
            "INSERT INTO _rill_sinks VALUES ('late', 'others', 7, 0, 0); COMMIT");
        QTRY_COMPARE_WITH_TIMEOUT(run.cell(), QStringLiteral("1"), 20'000);
    }

    /// A statement may see rows that the list of tables has not heard of yet: these are no news then.
    void noCommitIsAskedForTwice() {
        FollowedRun run;
        {
            SQLite::Database database(run.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE others (n INTEGER)");
        }
        QVERIFY(run.start("1h", "live", "generator"));
        // Each answer is another one.
        const QString sql = QStringLiteral("SELECT count(*), random() FROM others");
        QVERIFY(run.ask(sql));
        run.page.setFollowing(true);
        QTRY_VERIFY_WITH_TIMEOUT(!run.page.isRunning(), 20'000);
        SQLite::Database database(run.path(), SQLite::OPEN_READWRITE);
        database.setBusyTimeout(10'000);
        EpochRows::makeTables(database);
        database.exec(
            "BEGIN IMMEDIATE; INSERT INTO others VALUES (1);"
            "INSERT INTO _rill_sinks VALUES ('one', 'others', 7, 0, 0); COMMIT");
        QVERIFY(run.ask(sql));
        QCOMPARE(run.cell(), QStringLiteral("1"));
        const auto answer = [&run] { return run.page.model().index(0, 1).data().toString(); };
        const QString seen = answer();
        const auto listed = [&run](const char* mark) {
            const auto placed = run.page.tables().placed();
            const auto file = placed.find("out");
            return file != placed.end() && file->second.find(mark) != std::string::npos;
        };
        QTRY_VERIFY_WITH_TIMEOUT(listed("one:7"), 20'000);
        QTest::qWait(2'500);
        QCOMPARE(answer(), seen);
        // The next one is asked for.
        database.exec(
            "BEGIN IMMEDIATE; INSERT INTO others VALUES (2); UPDATE _rill_sinks SET epoch = 8 WHERE name = "
            "'one'; COMMIT");
        QTRY_COMPARE_WITH_TIMEOUT(run.cell(), QStringLiteral("2"), 20'000);
        const QString next = answer();
        QTRY_VERIFY_WITH_TIMEOUT(listed("one:8"), 20'000);
        QTest::qWait(2'500);
        QCOMPARE(answer(), next);
    }

    /// Until a checkpoint comes nothing can have come by the run. Live rows do not wait for it.
    void withoutOneOnlyLiveRowsAreAsked() {
        FollowedRun run;
        {
            SQLite::Database database(run.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
            database.exec("CREATE TABLE others (n INTEGER)");
        }
        QVERIFY(run.start("1h", "live", "generator"));
        QVERIFY(run.ask(QStringLiteral("SELECT coalesce(max(n), -1) FROM live.generator")));
        const QString before = run.cell();
        run.page.setFollowing(true);
        QTRY_VERIFY_WITH_TIMEOUT(run.cell() != before, 20'000);
        QVERIFY(run.ask(QStringLiteral("SELECT count(*) FROM others")));
        SQLite::Database database(run.path(), SQLite::OPEN_READWRITE);
        database.setBusyTimeout(10'000);
        database.exec("INSERT INTO others VALUES (1)");
        QTest::qWait(2'500);
        QCOMPARE(run.cell(), QStringLiteral("0"));
        run.program.session.stop();
        QTRY_COMPARE_WITH_TIMEOUT(run.cell(), QStringLiteral("1"), 20'000);
    }
};

QTEST_MAIN(TestFollowedRuns)
#include "test_followed_runs.moc"

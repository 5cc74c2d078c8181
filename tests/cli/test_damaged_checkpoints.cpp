// Files of checkpoints that were cut: what a run says can be followed.
#include <QFile>
#include <QtTest/QtTest>

#include "tests/cli/program_fixture.h"
#include "tests/cli/sink_fixture.h"

using namespace rw::testing;

namespace {

const QStringList kKept{"--checkpoint-dir", "kept"};
const QStringList kShort{"--checkpoint-every", "50ms", "--for", "400ms"};
const QString kFile = QStringLiteral("kept/t.checkpoints.sqlite");

/// Cuts a file to so many percent of its length.
void cut(const SinkFixture& fixture, const QString& name, int percent) {
    QFile file(fixture.path(name));
    QVERIFY(file.size() > 0 && file.resize(file.size() * percent / 100));
}

}  // namespace

class TestDamagedCheckpoints : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void oneThatCantBeResumedIsKeptByTheNextStart_data() {
        QTest::addColumn<int>("percent");
        for (const int percent : {1, 10, 50})
            QTest::newRow(qPrintable(QString::number(percent) + " of 100")) << percent;
    }
    void oneThatCantBeResumedIsKeptByTheNextStart() {
        QFETCH(int, percent);
        const SinkFixture fixture;
        fixture.pipeline({numbers(0, 1000), csv()}, {wire("numbers", "out")});
        QVERIFY(fixture.runIt(kShort + kKept).status == 0);
        cut(fixture, kFile, percent);
        const QByteArray damaged = fixture.read(kFile);
        const QStringList resume = QStringList{"--resume"} + kShort + kKept;
        Ended ended = fixture.runIt(resume);
        QVERIFY2(ended.status == 1 && ended.err.contains("Start the run anew."), describe(ended).constData());
        QVERIFY(fixture.read(kFile) == damaged);
        const Ended listed = fixture.run(QStringList{"checkpoints", "t.rill"} + kKept);
        QVERIFY2(!listed.err.contains("Choose another file"), describe(listed).constData());
        ended = fixture.runIt(kShort + kKept);
        QVERIFY2(ended.status == 0 && ended.err.contains("warning: the damaged file is kept as ") &&
                     ended.err.contains("t.checkpoints.sqlite.damaged"),
                 describe(ended).constData());
        QVERIFY(fixture.read(kFile + ".damaged") == damaged);
        ended = fixture.runIt(resume);
        QVERIFY2(ended.status == 0 && ended.err.contains("resuming: from checkpoint ") &&
                     !ended.err.contains("kept as"),
                 describe(ended).constData());
    }

    void aDamagedOutputIsLeftToTheUser_data() {
        QTest::addColumn<int>("percent");
        for (const int percent : {10, 30, 50})
            QTest::newRow(qPrintable(QString::number(percent) + " of 100")) << percent;
    }
    /// Its rows are the user's.
    void aDamagedOutputIsLeftToTheUser() {
        QFETCH(int, percent);
        const SinkFixture fixture;
        const auto writing = [&fixture](const QByteArray& database) {
            fixture.pipeline({numbers(0, 1000), table("db", "t", "append", database)},
                             {wire("numbers", "db")});
        };
        writing("x.db");
        QVERIFY(fixture.runIt(kShort).status == 0);
        cut(fixture, QStringLiteral("x.db"), percent);
        const QByteArray damaged = fixture.read("x.db");
        Ended ended = fixture.runIt(QStringList{"--resume"} + kShort);
        QVERIFY2(ended.status == 1 && ended.err.contains("is damaged, and sinks write it. Put a copy from "
                                                         "before in its place, or start the run anew with "
                                                         "another file."),
                 describe(ended).constData());
        QVERIFY(fixture.read("x.db") == damaged && !QFile::exists(fixture.path("x.db.damaged")));
        writing("y.db");
        ended = fixture.runIt(kShort);
        QVERIFY2(ended.status == 0, describe(ended).constData());
    }
};

QTEST_GUILESS_MAIN(TestDamagedCheckpoints)
#include "test_damaged_checkpoints.moc"

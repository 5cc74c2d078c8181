// The outputs of a pipeline after a crash: its own only where a run that came to its end left them
// so.
#include <QtTest/QtTest>

#include "tests/unit/session/consent_program.h"
#include "tests/unit/session/own_files.h"
#include "widgets/checkpoints/checkpoint_list.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestCrashedRuns : public QObject, private OwnFiles {
    Q_OBJECT

    /// The memory of a program that crashes now.
    QString knownNow() const {
        const QDir from(data()), to(path(QStringLiteral("crashed")));
        if (!QDir().mkpath(to.path())) qFatal("no folder");
        for (const QString& file : from.entryList(QDir::Files))
            QFile::copy(from.filePath(file), to.filePath(file));
        return to.path();
    }
    /// `rows` 0: a live run, which writes in place; others put all in place at their end.
    static void setRows(Program& program, int rows) {
        program.document.setParams(program.document.pipeline().nodes[0].id,
                                   Json{{"rows", rows}, {"rate", 1000}}, QStringLiteral("rows"));
    }

 private Q_SLOTS:
    void init() { renewFolder(); }

    void whatACrashedRunLeftInPlaceIsAskedAbout() {
        Program program(data());
        program.build(path(QStringLiteral("live.csv")));
        setRows(program, 0);
        Settings settings = program.document.pipeline().settings;
        settings.unknown["checkpoint_every"] = "100ms";  // rows are seen once a checkpoint
        program.document.setSettings(settings);
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        program.session.start();
        QTRY_VERIFY(!contents(QStringLiteral("live.csv")).isEmpty());
        Program later(knownNow());
        later.agrees = false;
        QVERIFY(later.document.open(path(QStringLiteral("a.rill"))).ok());
        const auto asked = later.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(!asked[0].untrusted && asked[0].targets[0].foreign);
    }

    /// A run that resumes only adds to them; one from the beginning overwrites them.
    void resumingAfterACrashAsksNothing() {
        qputenv("XDG_DATA_HOME", path(QStringLiteral("home")).toLocal8Bit());
        Program program(data());
        program.build(path(QStringLiteral("live.csv")));
        setRows(program, 0);
        Settings settings = program.document.pipeline().settings;
        settings.unknown["checkpoint_every"] = "100ms";
        program.document.setSettings(settings);
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        program.session.start();
        QTRY_VERIFY(program.session.snapshot().metrics.checkpoints.taken > 1);
        QTRY_VERIFY(!contents(QStringLiteral("live.csv")).isEmpty());
        const QString known = knownNow();
        program.session.stop(StopMode::Discard);
        QTRY_VERIFY(!program.session.isActive());
        const QByteArray rows = contents(QStringLiteral("live.csv"));
        Program later(known);
        later.agrees = false;
        QVERIFY(later.document.open(path(QStringLiteral("a.rill"))).ok());
        QTRY_VERIFY(later.document.isValidated());
        QCOMPARE(later.run().size(), std::size_t{1});
        QVERIFY(later.asked[0].targets[0].foreign && !later.asked[0].resumes);
        CheckpointList list(later.document, later.session);
        std::optional<ExaminedCheckpoint> found;
        connect(&list, &CheckpointList::examined, this,
                [&found](const ExaminedCheckpoint& answer) { found = answer; });
        list.examine(std::nullopt);
        QTRY_VERIFY(found);
        QVERIFY(found->checkpoint && found->plain());
        CheckpointChoice choice;
        choice.from = found->checkpoint;
        choice.location = found->location;
        later.asked.clear();
        later.session.resumeFrom(choice);
        QTRY_COMPARE(later.session.state(), State::Running);
        QVERIFY(later.asked.empty());
        later.session.stop();
        QTRY_VERIFY(!later.session.isActive());
        QVERIFY(contents(QStringLiteral("live.csv")).startsWith(rows.left(rows.lastIndexOf('\n') / 2)));
        // Another output in its place is no part of the checkpoint.
        later.document.setParam(later.document.pipeline().nodes[1].id, "path",
                                write(QStringLiteral("other.csv"), "precious").toStdString());
        QTRY_VERIFY(later.document.isValidated());
        later.session.resumeFrom(choice);
        QTRY_VERIFY(!later.session.isActive());
        QCOMPARE(later.asked.size(), std::size_t{1});
        QVERIFY(later.asked[0].targets[0].foreign && later.asked[0].resumes);
        QCOMPARE(contents(QStringLiteral("other.csv")), QByteArray("precious"));
    }

    void whatACrashedRunDidNotTouchIsStillItsOwn() {
        Program program(data());
        program.build(path(QStringLiteral("out.csv")));
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        QVERIFY(program.runsUnasked());
        setRows(program, 1'000'000);
        QVERIFY(program.document.save().ok());
        program.session.start();
        QTRY_VERIFY(QFile::exists(path(QStringLiteral(".out.csv.rill-new"))));
        const QString known = knownNow();
        // Leaves the outputs as after a crash, to the next run.
        program.session.stop(StopMode::Discard);
        QTRY_VERIFY(!program.session.isActive());
        Program later(known);
        QVERIFY(later.document.open(path(QStringLiteral("a.rill"))).ok());
        setRows(later, 3);
        QVERIFY(later.runsUnasked());
    }

    void whatSomebodyPutThereAfterACrashIsTheirs() {
        Program program(data());
        program.build(path(QStringLiteral("out.csv")));
        setRows(program, 1'000'000);
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        program.session.start();
        QTRY_VERIFY(QFile::exists(path(QStringLiteral(".out.csv.rill-new"))));
        write(QStringLiteral("out.csv"), "precious");
        Program later(knownNow());
        later.agrees = false;
        QVERIFY(later.document.open(path(QStringLiteral("a.rill"))).ok());
        const auto asked = later.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(!asked[0].untrusted && asked[0].targets[0].foreign);
    }

    void agreedAndCrashedIsAskedAgain() {
        const QString theirs = write(QStringLiteral("out.csv"), "precious");
        Program program(data());
        program.build(theirs);
        setRows(program, 1'000'000);
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        program.session.start();
        QTRY_VERIFY(QFile::exists(path(QStringLiteral(".out.csv.rill-new"))));
        QCOMPARE(program.asked.size(), std::size_t{1});
        Program later(knownNow());
        later.agrees = false;
        QVERIFY(later.document.open(path(QStringLiteral("a.rill"))).ok());
        const auto asked = later.run();
        QCOMPARE(asked.size(), std::size_t{1});
        QVERIFY(!asked[0].untrusted && asked[0].targets[0].foreign);
    }

    void aRunThatIsSavedUnderAnotherNameKeepsItsOutputs() {
        Program program(data());
        program.build(path(QStringLiteral("live.csv")));
        setRows(program, 0);
        program.session.start();
        QTRY_VERIFY(!contents(QStringLiteral("live.csv")).isEmpty());
        QVERIFY(program.document.saveAs(path(QStringLiteral("a.rill"))).ok());
        program.session.stop();
        QTRY_VERIFY(!program.session.isActive());
        program.session.start();
        QTRY_COMPARE(program.session.state(), State::Running);
        QVERIFY(program.asked.empty());
    }
};

QTEST_MAIN(TestCrashedRuns)
#include "test_crashed_runs.moc"

// Runs of the window take checkpoints as those of the command line do, resume from them, and never lose
// anything without a consent.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <algorithm>

#include "tests/unit/checkpoints/checkpointed_program.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// Rows of the table, the numbers that are missing among them, and how often the most counted one came.
QString tableOf(const CheckpointedProgram& program, const char* sql,
                const QString& file = QStringLiteral("out.sqlite")) {
    SQLite::Database database(program.folder.filePath(file).toStdString(), SQLite::OPEN_READONLY);
    return QString::fromStdString(database.execAndGet(sql).getString());
}

}  // namespace

class TestCheckpointList : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

 private Q_SLOTS:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); }

    void aRunWithoutEndTakesThemUnasked() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.list.saved().empty());
        QCOMPARE(int(program.list.whyNone()), int(NoCheckpoints::NotYet));
        QVERIFY(program.runAndStop());
        const SavedCheckpoint& newest = program.list.saved().front();
        QVERIFY(program.session.runCheckpoints().has_value());
        QCOMPARE(newest.lineage, program.session.runCheckpoints()->lineage);
        const CheckpointFigures* figures = program.list.figures(newest);
        QVERIFY(figures != nullptr && figures->nodes.contains(program.counted));
        QVERIFY(figures->nodes.at(program.counted).bytes > 0);
        // What is new is told by node: rows have come between some of them.
        bool anyNew = false;
        for (const SavedCheckpoint& saved : program.list.saved()) {
            const CheckpointFigures* its = program.list.figures(saved);
            if (its == nullptr) continue;
            const NodeCheckpoint& counted = its->nodes.at(program.counted);
            QVERIFY(counted.written.has_value() && *counted.written <= its->written);
            anyNew = anyNew || *counted.written > 0;
        }
        QVERIFY(anyNew);
    }

    void asManyAreKeptAsThePipelineSays() {
        for (const int kept : {1, 5}) {
            CheckpointedProgram program;
            Settings settings = program.document.pipeline().settings;
            settings.unknown["checkpoints_kept"] = kept;
            program.document.setSettings(settings);
            QVERIFY(program.save());
            program.session.start();
            QTRY_VERIFY(program.session.state() == State::Running);
            QVERIFY(program.awaitTaken(7) && program.stop());
            QTRY_COMPARE(program.list.saved().size(), static_cast<std::size_t>(kept));
        }
    }

    void whyThereAreNone() {
        CheckpointedProgram program;
        QCOMPARE(int(program.list.whyNone()), int(NoCheckpoints::Unsaved));
        program.document.setParam(program.sink, "database",
                                  program.folder.filePath(QStringLiteral("out.sqlite")).toStdString());
        QVERIFY(program.validated());
        program.session.start();
        QTRY_VERIFY(program.session.snapshot().metrics.sourceRows > 0);
        QVERIFY(!program.session.runCheckpoints());
        program.session.stop();
        QTRY_VERIFY(!program.session.isActive());
        program.setEvery("0s");
        QVERIFY(program.save());
        QCOMPARE(int(program.list.whyNone()), int(NoCheckpoints::Off));
        program.setEvery("50ms");
        program.document.setParam(program.source, "rows", 100);
        QVERIFY(program.validated());
        QCOMPARE(int(program.list.whyNone()), int(NoCheckpoints::Bounded));
        program.session.setAlwaysCheckpoints(true);
        QCOMPARE(int(program.list.whyNone()), int(NoCheckpoints::NotYet));
        program.document.startEmpty();
        QVERIFY(!program.session.alwaysCheckpoints());
        QCOMPARE(int(program.list.whyNone()), int(NoCheckpoints::Empty));
    }

    void aBoundedRunTakesThemWhenAsked() {
        CheckpointedProgram program(1'000'000);
        QVERIFY(program.save());
        program.session.start();
        QTRY_VERIFY(program.session.snapshot().metrics.sourceRows > 0);
        QVERIFY(!program.session.runCheckpoints());
        program.session.stop(StopMode::Discard);
        QTRY_VERIFY(!program.session.isActive());
        program.session.setAlwaysCheckpoints(true);
        QVERIFY(program.runAndStop());
    }

    void goesOnWithEveryRowOnce() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        const Epoch first = program.newest();
        const std::string lineage = program.list.newest()->lineage;
        QVERIFY(program.examine());
        QVERIFY(program.found.failure.ok() && program.found.checkpoint && program.found.plain());
        QCOMPARE(program.found.checkpoint->about.number, first);
        QStringList noted;
        connect(&program.session, &RunSession::noted, this,
                [&noted](const RunNote& note) { noted << QString::fromStdString(english(note.text)); });
        program.session.resumeFrom(program.choice());
        QTRY_COMPARE(program.session.state(), State::Running);
        const QString from = QStringLiteral("The run resumes from checkpoint %1, taken at ").arg(first);
        QVERIFY2(noted.join(u' ').contains(from), qPrintable(noted.join(u' ')));
        QVERIFY(program.awaitTaken(2));
        QVERIFY(program.stop());
        QVERIFY(program.newest() > first);
        QCOMPARE(program.list.newest()->lineage, lineage);
        QCOMPARE(tableOf(program, "SELECT (count(*) - max(n) - 1) || ' ' || max(c) FROM counts"),
                 QStringLiteral("0 1"));
    }

    /// Of two sinks the first keeps them; one that was off while they were taken comes before.
    void aSinkThatComesFirstHidesNone() {
        CheckpointedProgram program;
        const NodeId second = program.document.addNode(
            {"sqlite_sink", Json{{"database", "second.sqlite"}, {"table", "counts"}, {"mode", "upsert"}}},
            {600, 200});
        program.document.connectPorts({program.counted, "out"}, {second, "in"});
        program.document.setDisabled({program.sink}, true);
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        const Epoch first = program.newest();
        const std::string lineage = program.list.newest()->lineage;
        program.document.setDisabled({program.sink}, false);
        QVERIFY(program.validated());
        QVERIFY(program.examine());
        QVERIFY(program.list.newest() != nullptr && program.list.newest()->number == first);
        QVERIFY(program.found.checkpoint && program.found.plain());
        program.session.resumeFrom(program.choice());
        QTRY_COMPARE(program.session.state(), State::Running);
        QVERIFY(program.awaitTaken(2));
        QVERIFY(program.stop());
        QVERIFY(program.newest() > first);
        QCOMPARE(program.list.newest()->lineage, lineage);
        QCOMPARE(tableOf(program, "SELECT (count(*) - max(n) - 1) || ' ' || max(c) FROM counts",
                         QStringLiteral("second.sqlite")),
                 QStringLiteral("0 1"));
    }

    void aRunFromTheBeginningTakesTheirPlace() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        const std::string lineage = program.list.newest()->lineage;
        QVERIFY(program.runAndStop());
        const auto isOfIt = [&lineage](const SavedCheckpoint& saved) { return saved.lineage == lineage; };
        const auto anyOfIt = [&] {
            return std::any_of(program.list.saved().begin(), program.list.saved().end(), isOfIt);
        };
        QTRY_VERIFY(!anyOfIt());  // a number may be that of one before: the list is read again
        QVERIFY(!program.list.saved().empty());
    }

    // Moved nodes and new titles are no edit that matters.
    void anEditThatLosesStateNeedsConsent() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        program.document.move({{program.counted, {300, 200}}});
        program.document.setTitle(program.counted, QStringLiteral("Counted"));
        QVERIFY(program.examine());
        QVERIFY(program.found.failure.ok() && program.found.plain());
        program.document.setParam(program.counted, "aggregates", Json::array({"MAX(n) AS c"}));
        QVERIFY(program.examine());
        QVERIFY(program.found.failure.ok() && program.found.plan.losesAnything());
        QVERIFY(program.found.plan.found.forecast.nodes.at(program.counted).fate == StateFate::StartsAnew);
        program.session.resumeFrom(program.choice(false));
        QTRY_COMPARE(program.session.state(), State::Failed);
        QVERIFY(!program.session.failure().ok());
        QVERIFY(program.examine());
        program.session.resumeFrom(program.choice(true));
        QTRY_COMPARE(program.session.state(), State::Running);
    }

    // The consent was to something else.
    void anEditBehindTheAgreementIsNotAgreedTo() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        program.document.setParam(program.counted, "aggregates", Json::array({"MAX(n) AS c"}));
        QVERIFY(program.examine());
        const CheckpointChoice agreed = program.choice(true);
        program.document.setParam(program.counted, "aggregates", Json::array({"MIN(n) AS c"}));
        program.session.resumeFrom(agreed);
        QTRY_COMPARE(program.session.state(), State::Failed);
        QVERIFY(program.session.failure().error().code == ErrorCode::Invalid);
    }

    // Its checkpoints would be elsewhere, where those that it resumes from are not found again.
    void anotherDatabaseIsAnotherPlace() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        QVERIFY(program.examine());
        program.document.setParam(program.sink, "database", "other.sqlite");
        program.session.resumeFrom(program.choice(true));
        QTRY_COMPARE(program.session.state(), State::Failed);
        QVERIFY(program.session.failure().error().code == ErrorCode::Invalid);
        QTRY_VERIFY(program.list.newest() == nullptr);
        program.document.undoStack().undo();
        QTRY_VERIFY(program.list.newest() != nullptr);
    }

    void savepointsAreNamedAndRemoved() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        const SavedCheckpoint newest = *program.list.newest();
        program.list.name(newest, QStringLiteral("before"));
        const auto named = [&]() -> const SavedCheckpoint* {
            for (const SavedCheckpoint& saved : program.list.saved()) {
                if (saved.name == "before") return &saved;
            }
            return nullptr;
        };
        QTRY_VERIFY(named() != nullptr);
        QVERIFY(program.examine(*named()));
        QVERIFY(program.found.checkpoint && program.found.checkpoint->about.name == "before");
        const SavedCheckpoint savepoint = *named();
        program.list.remove(savepoint);
        QTRY_VERIFY(named() == nullptr);
        QSignalSpy failed(&program.list, &CheckpointList::failed);
        program.list.remove(savepoint);
        QTRY_COMPARE(failed.count(), 1);
        QVERIFY(program.examine(savepoint));
        QVERIFY(!program.found.failure.ok());
    }

    // While a run writes there, too.
    void anOlderOneIsKeptWhileARunGoesOn() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        program.session.start();
        QVERIFY(program.awaitTaken(1));
        QTRY_VERIFY(!program.list.saved().empty());
        const auto kept = [&program] {
            const auto& all = program.list.saved();
            return std::any_of(all.begin(), all.end(),
                               [](const SavedCheckpoint& saved) { return saved.name == "amid"; });
        };
        // One that is gone by then is told of, and a newer one is named.
        for (int i = 0; i < 40 && !kept(); ++i) {
            program.list.name(program.list.saved().front(), QStringLiteral("amid"));
            (void)QTest::qWaitFor(kept, 500);
        }
        QVERIFY(kept());
        QVERIFY(program.session.state() == State::Running);
    }

    void sizesOfAnEarlierRunAreReadFromTheDisk() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        std::map<NodeId, std::uint64_t> sizes;
        connect(&program.list, &CheckpointList::sizesRead, this,
                [&sizes](const std::map<NodeId, std::uint64_t>& read) { sizes = read; });
        program.list.askSizes(*program.list.newest());
        QTRY_VERIFY(!sizes.empty());
        QCOMPARE(sizes.at(program.counted),
                 program.list.figures(*program.list.newest())->nodes.at(program.counted).bytes);
    }

    // In another window, or on the command line.
    void oneThatIsGoneMeanwhileIsNotGuessed() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        QVERIFY(program.examine());
        {
            SQLite::Database database(program.folder.filePath(QStringLiteral("out.sqlite")).toStdString(),
                                      SQLite::OPEN_READWRITE);
            database.exec("DELETE FROM _rill_checkpoints");
        }
        program.session.resumeFrom(program.choice());
        QTRY_COMPARE(program.session.state(), State::Failed);
        QVERIFY(program.session.failure().error().code == ErrorCode::NotFound);
    }

    void aFileThatCannotBeReadSaysSo() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.list.failure().ok());
        QFile file(program.folder.filePath(QStringLiteral("out.sqlite")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(QByteArray(4096, 'x')) == 4096);
        file.close();
        program.list.refresh();
        QTRY_VERIFY(!program.list.failure().ok());
        QVERIFY(program.list.saved().empty());
        QVERIFY(file.remove());
        program.list.refresh();
        QTRY_VERIFY(program.list.failure().ok());
    }

    void anotherDocumentHasNone() {
        CheckpointedProgram program;
        QVERIFY(program.save());
        QVERIFY(program.runAndStop());
        program.document.startEmpty();
        QVERIFY(program.list.saved().empty() && program.list.newest() == nullptr);
        QVERIFY(program.document.open(program.folder.filePath(QStringLiteral("p.rill"))).ok());
        QTRY_VERIFY(program.list.newest() != nullptr);
        QVERIFY(program.list.figures(*program.list.newest()) != nullptr);
    }
};

QTEST_MAIN(TestCheckpointList)
#include "test_checkpoint_list.moc"

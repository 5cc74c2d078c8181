// What was agreed to is checked before states are recomputed: the replay may take an hour, and runs the code
// of nodes. Where it does not hold, the run goes on as it was.
#include <SQLiteCpp/Database.h>

#include <QtTest/QtTest>
#include <algorithm>

#include "tests/support/patience.h"
#include "tests/unit/checkpoints/checkpointed_program.h"
#include "widgets/session/apply_receipt.h"
#include "widgets/session/hand_over.h"

using namespace rw;
using namespace rw::ui;

class TestHandOver : public QObject {
    Q_OBJECT

    std::unique_ptr<CheckpointedProgram> m_program;
    const Cancelled m_cancelled = std::make_shared<std::atomic<bool>>(false);
    std::vector<double> m_progress{};

    StartRequest request() const {
        const PipelineDocument& document = m_program->document;
        return {document.pipeline(),      document.validateOptions(), document.sharedCatalogue(), {}, {},
                document.runConnections()};
    }
    /// A run that has taken checkpoints and is stopped. Its input is not kept: where states are to be
    /// recomputed of it, that is why not.
    RunUnderWay leftRun() {
        RunUnderWay left;
        left.request = request();
        StartedRun started = startRun(left.request, std::nullopt, m_cancelled, [](const NodeId&) {});
        if (!started.run || !started.checkpoints) return left;
        const Run& run = *started.run;
        if (!QTest::qWaitFor([&run] { return run.metrics().checkpoints.taken >= 2; }, 20'000)) return left;
        left.checkpoints = *std::move(started.checkpoints);
        left.progress = [this](double done) { m_progress.push_back(done); };
        left.run = std::move(started.run);
        left.run->stop(StopMode::Now);
        return left;
    }
    /// The counts are kept for an hour from now on: those up to now are lost, or recomputed.
    StartRequest edited(const RunUnderWay& left, const NodeId& recomputed) {
        m_program->document.setParam(m_program->counted, "state_ttl", "1h");
        StartRequest edited = request();
        edited.checkpoints = handOverChoice(left.checkpoints, {});
        edited.checkpoints.recomputes = {recomputed};
        return edited;
    }
    /// Why the edit was not applied to the run, which goes on.
    std::string whyNot(RunUnderWay left, StartRequest now, const std::optional<Permission>& permission) {
        const StartedRun again = handOver(std::move(left), std::move(now), permission, m_cancelled, {});
        if (!again.run || !again.from) return "the run does not go on";
        again.run->stop(StopMode::Now);
        again.run->wait();
        return again.notApplied.ok() ? std::string() : english(again.notApplied.error().message);
    }

 private Q_SLOTS:
    void init() {
        m_progress.clear();
        m_program = std::make_unique<CheckpointedProgram>();
        QVERIFY(m_program->save());
    }
    void cleanup() { m_program.reset(); }

    void whatElseIsAccessedIsRefusedFirst() {
        RunUnderWay left = leftRun();
        QVERIFY(left.run);
        Permission permission{Consents(m_program->folder.filePath(QStringLiteral("consents"))), {}};
        permission.checked.runnable = true;  // and nobody was asked about the table that it writes
        StartRequest now = edited(left, m_program->counted);
        const std::string why = whyNot(std::move(left), std::move(now), permission);
        QVERIFY2(why.starts_with("What the pipeline reads or writes was changed"), why.c_str());
        QVERIFY(m_progress.empty());
    }

    void whatElseIsLostIsRefusedFirst() {
        RunUnderWay left = leftRun();
        QVERIFY(left.run);
        StartRequest now = edited(left, m_program->source);
        const std::string why = whyNot(std::move(left), std::move(now), {});
        QVERIFY2(why.starts_with("The pipeline was changed while the run was being started"), why.c_str());
        QVERIFY(m_progress.empty());
    }

    void thenTheInputIsRead() {
        RunUnderWay left = leftRun();
        QVERIFY(left.run);
        StartRequest now = edited(left, m_program->counted);
        const std::string why = whyNot(std::move(left), std::move(now), {});
        QVERIFY2(why.starts_with("The input of the run is not kept"), why.c_str());
    }

    /// Its rows are in no table that would wait for a checkpoint, so it ends well without one.
    void aLastCheckpointThatIsNotWrittenIsToldOf() {
        PipelineDocument& document = m_program->document;
        document.remove({ItemRef(m_program->sink)});
        const NodeId table = document.addNode({"table_view", Json::object()}, {600, 0});
        document.connectPorts({m_program->counted, "out"}, {table, "in"});
        QVERIFY(m_program->save());
        RunUnderWay left;
        left.request = request();
        StartedRun started = startRun(left.request, std::nullopt, m_cancelled, [](const NodeId&) {});
        QVERIFY(started.run && started.checkpoints);
        left.checkpoints = *std::move(started.checkpoints);
        left.run = std::move(started.run);
        QTRY_VERIFY(left.run->metrics().checkpoints.taken >= 2);
        {
            SQLite::Database other(left.checkpoints.location.path, SQLite::OPEN_READWRITE, 20'000);
            other.exec("BEGIN IMMEDIATE");
            left.run->stop(StopMode::Now);
            left.run->wait();
        }
        QVERIFY(left.run->status().ok() && !left.run->metrics().checkpoints.trouble.empty());
        StartRequest now = request();
        now.checkpoints = handOverChoice(left.checkpoints, {});
        const StartedRun again = handOver(std::move(left), std::move(now), {}, m_cancelled, {});
        QVERIFY(again.run && again.notApplied.ok());
        const bool told = std::any_of(again.notes.begin(), again.notes.end(), [](const Text& note) {
            return english(note).starts_with("The run goes on from an earlier checkpoint");
        });
        again.run->stop(StopMode::Now);
        again.run->wait();
        QVERIFY(told);
    }

    /// The run goes on with the edit all the same; that there is no way back is known, and why.
    void aLastCheckpointThatCantBeKeptIsToldOf_data() {
        QTest::addColumn<bool>("kept");
        QTest::newRow("kept") << true;
        QTest::newRow("not kept") << false;
    }
    void aLastCheckpointThatCantBeKeptIsToldOf() {
        QFETCH(bool, kept);
        RunUnderWay left = leftRun();
        QVERIFY(left.run);
        left.run->wait();
        if (!kept)
            SQLite::Database(left.checkpoints.location.path, SQLite::OPEN_READWRITE, 20'000)
                .exec(kNoSavepoints);
        StartRequest now = request();
        now.checkpoints = handOverChoice(left.checkpoints, {});
        const StartedRun again = handOver(std::move(left), std::move(now), {}, m_cancelled, {});
        QVERIFY(again.run && again.notApplied.ok() && again.from);
        again.run->stop(StopMode::Now);
        again.run->wait();
        QVERIFY(again.lastBefore);
        QCOMPARE(again.lastBefore->number, again.from->number);
        QCOMPARE(again.lastBefore->name, std::string(kept ? kBeforeEdit : ""));
        QCOMPARE(again.notKept.ok(), kept);
    }

    /// Neither with the edit nor as it was, as on a full disk: the person can go on when that is mended.
    void aRunThatCantGoOnSaysHowToResumeIt() {
        RunUnderWay left = leftRun();
        QVERIFY(left.run);
        StartRequest now = edited(left, m_program->counted);
        now.checkpoints.recomputes.clear();
        for (StartRequest* each : {&left.request, &now})
            each->options.folder = m_program->folder.filePath(QStringLiteral("gone")).toStdString();
        const StartedRun again = handOver(std::move(left), std::move(now), {}, m_cancelled, {});
        QVERIFY(!again.run && !again.status.ok());
        const std::string words = english(again.status.error());
        QVERIFY2(words.ends_with("run it again. Then run from the newest checkpoint."), words.c_str());
    }
};

QTEST_MAIN(TestHandOver)
#include "test_hand_over.moc"

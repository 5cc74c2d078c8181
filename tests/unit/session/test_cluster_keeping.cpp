// A job on a cluster through all events in the window: nothing of it is lost, mixed up or passed
// over in silence.
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/unit/session/scripted_run.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

Target sparkNamed(const std::string& name) {
    Target target;
    target.name = name;
    target.engine = Engine::Spark;
    return target;
}

struct KeepingFixture {
    const Catalogue catalogue = builtin();
    QTemporaryDir folder{};
    PipelineDocument document{catalogue};
    RunSession session{document};
    TargetList targets{path("targets.json").toStdString()};
    std::vector<std::shared_ptr<Script>> scripts{};
    ClusterSession cluster{document, targets, environmentSecret};
    QStringList told{};
    NodeId source{}, table{};

    KeepingFixture() {
        if (!targets.set({flinkNamed("here"), sparkNamed("grid")}).ok()) qFatal("no targets");
        ClusterMakers makers;
        makers.deploy = [this](ClusterRequest request) {
            scripts.push_back(std::make_shared<Script>());
            newest().request = std::move(request);
            return std::make_unique<ScriptedRun>(scripts.back());
        };
        makers.deployments = path("deployments").toStdString();
        cluster.setMakers(std::move(makers));
        session.show(&cluster);
        QObject::connect(&session, &RunSession::noted, &session,
                         [this](const RunNote& note) { told << QString::fromStdString(english(note.text)); });
        source = document.addNode({"generator", Json{{"columns", {"n BIGINT = i"}}}, {}}, {});
        table = document.addNode({"table_view", Json::object(), {}}, {});
        document.connectPorts({source, "out"}, {table, "in"});
        cluster.setTarget(flinkNamed("here"));
    }
    ~KeepingFixture() { session.show(nullptr); }

    QString path(const char* name) const { return folder.filePath(QLatin1String(name)); }
    Script& newest() { return *scripts.back(); }
    /// A job of that name, with a record as Flink's runs write it.
    bool runs(const std::string& job) {
        cluster.deploy();
        newest().remembered = Deployment();
        newest().remembered->job = job;
        newest().remembered->engine = cluster.target()->engine;
        newest().remembered->file = document.path().toStdString();
        newest().look.job = job;
        newest().say(ClusterState::Running);
        return QTest::qWaitFor([this] { return session.state() == State::Running; }, 30'000);
    }
    /// The record after all amendments.
    Deployment amended() { return newest().record(); }
    QString allTold() const { return told.join(QLatin1Char('\n')); }
};

}  // namespace

class TestClusterKeeping : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void chartsMayEndBehindTheirJob() {
        KeepingFixture fixture;
        QVERIFY(fixture.runs("j1"));
        const auto picture = std::make_shared<Picture>();
        fixture.newest().views[fixture.table] = picture;
        fixture.newest().say(ClusterState::Finished);
        QTRY_COMPARE(fixture.session.state(), State::Finished);
        QSignalSpy pictures(&fixture.session, &RunSession::updated);
        QSignalSpy lists(&fixture.cluster, &ClusterSession::deploymentsChanged);
        QTest::qWait(2 * ClusterSession::kFrameMillis);
        QCOMPARE(pictures.count(), 0);
        picture->drawn = 2;
        QTRY_COMPARE(pictures.count(), 1);
        QCOMPARE(lists.count(), 0);
        fixture.newest().look.chartTrouble = Status(ErrorCode::Io, RW_TEXT("test", "Cut off"));
        fixture.newest().say(ClusterState::Finished);
        QTRY_COMPARE(fixture.cluster.chartTrouble(), QStringLiteral("Cut off"));
    }

    void savedLaterItIsRememberedWithItsFile() {
        KeepingFixture fixture;
        QVERIFY(fixture.runs("j1"));
        QCOMPARE(fixture.newest().amended.available(), 0);
        QSignalSpy lists(&fixture.cluster, &ClusterSession::deploymentsChanged);
        QVERIFY(fixture.document.saveAs(fixture.path("bids.rill")).ok());
        QVERIFY(fixture.newest().amended.tryAcquire(1, 20'000));
        QTRY_VERIFY(lists.count() > 0);
        QCOMPARE(fixture.amended().file, fixture.path("bids.rill").toStdString());
        QCOMPARE(fixture.session.state(), State::Running);
        // It is the pipeline of that file from then on.
        fixture.newest().remembered = fixture.amended();
        QVERIFY(fixture.document.saveAs(fixture.path("other.rill")).ok());
        QTest::qWait(100);
        QCOMPARE(fixture.amended().file, fixture.path("bids.rill").toStdString());
    }

    void savedWhileItIsGivenIn() {
        KeepingFixture fixture;
        fixture.cluster.deploy();
        fixture.newest().say(ClusterState::Submitting);
        QVERIFY(fixture.document.saveAs(fixture.path("bids.rill")).ok());
        fixture.newest().remembered = Deployment();
        fixture.newest().remembered->job = "j1";
        fixture.newest().look.job = "j1";
        fixture.newest().say(ClusterState::Running);
        QVERIFY(QTest::qWaitFor([&] { return fixture.newest().amended.available() > 0; }, 30'000));
        QCOMPARE(fixture.amended().file, fixture.path("bids.rill").toStdString());
    }

    void anotherNameOfTheTargetKeepsTheJob() {
        KeepingFixture fixture;
        QVERIFY(fixture.runs("j1"));
        QSignalSpy replaced(&fixture.session, &RunSession::runReplaced);
        QSignalSpy targets(&fixture.cluster, &ClusterSession::targetChanged);
        QVERIFY(fixture.targets.set({flinkNamed("there"), sparkNamed("grid")}).ok());
        QCOMPARE(fixture.cluster.target()->name, std::string("there"));
        QCOMPARE(targets.count(), 1);
        QCOMPARE(replaced.count(), 0);
        QCOMPARE(fixture.session.state(), State::Running);
        QVERIFY(fixture.newest().amended.tryAcquire(1, 20'000));
        QCOMPARE(fixture.amended().target, std::string("there"));
    }

    void whatIsLeftIsNoted() {
        KeepingFixture fixture;
        QVERIFY(fixture.runs("j1"));
        QVERIFY(!fixture.cluster.endsUnwatched());
        fixture.document.startEmpty();
        QVERIFY2(fixture.allTold().contains(QStringLiteral("The job j1 keeps running on “here”")),
                 qPrintable(fixture.allTold()));
        fixture.cluster.leave();
        QCOMPARE(fixture.told.size(), 1);
    }

    void aRunOfSparkEndsUnwatched() {
        KeepingFixture fixture;
        fixture.cluster.setTarget(sparkNamed("grid"));
        QVERIFY(!fixture.cluster.endsUnwatched());
        QVERIFY(fixture.runs("local-1"));
        QVERIFY(fixture.cluster.endsUnwatched());
        fixture.cluster.setTarget(std::nullopt);
        QVERIFY(!fixture.cluster.endsUnwatched());
        QVERIFY2(fixture.allTold().contains(QStringLiteral("The run local-1 of Spark ends")),
                 qPrintable(fixture.allTold()));
    }

    void aStopThatComesToNothingIsTold() {
        KeepingFixture fixture;
        QVERIFY(fixture.runs("j1"));
        QSignalSpy failed(&fixture.cluster, &ClusterSession::stopFailed);
        const auto note = [&fixture](const char* words) {
            fixture.newest().look.notes.push_back(Text{"test", words});
            ++fixture.newest().look.noteCount;
            fixture.newest().say(ClusterState::Running);
        };
        note("Nobody asked");
        QTRY_COMPARE(fixture.told.size(), 1);
        QCOMPARE(failed.count(), 0);
        fixture.cluster.stopWithSavepoint();
        QTRY_COMPARE(fixture.session.state(), State::Stopping);
        note("The job goes on without a savepoint");
        QTRY_COMPARE(failed.count(), 1);
        QCOMPARE(fixture.session.state(), State::Running);
        note("Later");
        QTRY_COMPARE(fixture.told.size(), 3);
        QCOMPARE(failed.count(), 1);
    }

    void whatWasSaidOfAnotherVersionDoesNotHold_data() {
        QTest::addColumn<bool>("check");
        QTest::addColumn<bool>("good");
        QTest::newRow("check refused") << true << false;
        QTest::newRow("check good") << true << true;
        QTest::newRow("deployment refused") << false << false;
    }

    void whatWasSaidOfAnotherVersionDoesNotHold() {
        QFETCH(bool, check);
        QFETCH(bool, good);
        KeepingFixture fixture;
        std::vector<std::pair<bool, std::size_t>> checked;
        connect(&fixture.cluster, &ClusterSession::checked, this,
                [&checked](bool taken, const std::vector<Issue>& issues) {
                    checked.emplace_back(taken, issues.size());
                });
        check ? fixture.cluster.check() : fixture.cluster.deploy();
        fixture.document.setParam(fixture.source, "rate", 7);
        if (!good) fixture.newest().look.issues = {issueAt(fixture.source)};
        fixture.newest().say(good ? ClusterState::Finished : ClusterState::Refused);
        QTRY_COMPARE(fixture.told.size(), 1);
        QVERIFY2(fixture.allTold().contains(QLatin1String("was changed while it was checked")),
                 qPrintable(fixture.allTold()));
        QVERIFY(fixture.session.startIssues().empty());
        if (!check) return;
        QTRY_COMPARE(checked.size(), std::size_t{1});
        QVERIFY(!checked.front().first && checked.front().second == 0);
    }

    void whyItIsSilentComesWithItsMend() {
        KeepingFixture fixture;
        QVERIFY(fixture.runs("j1"));
        fixture.newest().look.connectionProblem = Status(
            ErrorCode::Io, RW_TEXT("test", "The keyring was not unlocked."), RW_TEXT("test", "Unlock it."));
        fixture.newest().say(ClusterState::Running);
        QTRY_COMPARE(fixture.cluster.connectionProblem(),
                     QStringLiteral("The keyring was not unlocked.\nUnlock it."));
    }
};

QTEST_MAIN(TestClusterKeeping)
#include "test_cluster_keeping.moc"

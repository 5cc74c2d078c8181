// The document on a cluster: the window shows the reports of a scripted ClusterRun, and nothing
// waits for it.
#include <QtTest/QtTest>

#include "core/cluster/deployment_store.h"
#include "core/cluster/engine_backend.h"
#include "core/nodes/catalogue.h"
#include "core/pipeline/diff.h"
#include "tests/unit/session/scripted_run.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/figures_age.h"
#include "widgets/session/target_list.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestClusterSession : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void init();
    void cleanup();
    void aJobFromSubmissionToItsEnd();
    void whatTheClusterTellsIsShown();
    void ratesOutlastThePausesBetweenTwoLooks();
    void silenceIsSaid();
    void aFailureIsAtItsNode();
    void refusalsHoldUntilTheDocumentIsAnother();
    void aCheckIsNoRun();
    void aCheckSaysWhyThereWasNoAnswer();
    void stopsWithASavepoint();
    void notesAreToldOnce();
    void chartsMayComeLater();
    void changesSinceItWasDeployed();
    void anotherDocumentLeavesTheJob();
    void findsTheJobOfAFileAgain();
    void anotherTargetLeavesTheJob();
    void aTargetThatWasEditedKeepsTheJob();
    void aRunOfSparkIsNotFoundAgain();
    void aRunOfSparkDoesNotEndInSilence();
    void nothingWaitsForTheEndOfARun();
    void whatWasAgreedToIsGivenIn();

 private:
    Script& newest() { return *m_scripts.back(); }
    void deploy() {
        m_cluster->setTarget(flinkNamed("here"));
        m_cluster->deploy();
    }
    bool runs() {
        deploy();
        newest().look.job = "j1";
        newest().say(ClusterState::Running);
        return QTest::qWaitFor([this] { return m_session->state() == State::Running; }, 30'000);
    }
    Deployment deployed(const std::string& job, const std::string& target, Instant started) const {
        Deployment deployment;
        deployment.job = job;
        deployment.target = target;
        deployment.file = m_document->path().toStdString();
        deployment.pipeline = m_document->pipeline();
        deployment.started = started;
        return deployment;
    }
    ClusterMakers makers() {
        const auto make = [this](ClusterRequest request) {
            m_scripts.push_back(std::make_shared<Script>());
            m_scripts.back()->request = std::move(request);
            return std::make_unique<ScriptedRun>(m_scripts.back());
        };
        ClusterMakers makers;
        makers.deploy = make;
        makers.watch = [this, make](ClusterRequest request, Deployment deployment) {
            auto run = make(std::move(request));
            newest().look.job = deployment.job;
            newest().look.state = ClusterState::Running;
            newest().look.version = 1;
            newest().remembered = std::move(deployment);
            return run;
        };
        makers.deployments = m_folder->filePath(QStringLiteral("deployments")).toStdString();
        return makers;
    }

    const Catalogue m_catalogue = builtin();
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PipelineDocument> m_document;
    std::unique_ptr<RunSession> m_session;
    std::unique_ptr<TargetList> m_targets;
    std::unique_ptr<ClusterSession> m_cluster;
    std::vector<std::shared_ptr<Script>> m_scripts;
    NodeId m_source, m_table;
};

void TestClusterSession::init() {
    m_folder = std::make_unique<QTemporaryDir>();
    m_document = std::make_unique<PipelineDocument>(m_catalogue);
    m_session = std::make_unique<RunSession>(*m_document);
    m_targets =
        std::make_unique<TargetList>(m_folder->filePath(QStringLiteral("targets.json")).toStdString());
    QVERIFY(m_targets->set({flinkNamed("here"), flinkNamed("there")}).ok());
    m_cluster = std::make_unique<ClusterSession>(*m_document, *m_targets, environmentSecret);
    m_cluster->setMakers(makers());
    m_session->show(m_cluster.get());
    m_source = m_document->addNode({"generator", Json{{"columns", {"n BIGINT = i"}}}}, {});
    m_table = m_document->addNode({"table_view"}, {});
    m_document->connectPorts({m_source, "out"}, {m_table, "in"});
}

void TestClusterSession::cleanup() {
    m_session.reset();
    m_cluster.reset();
    m_targets.reset();
    m_document.reset();
    m_scripts.clear();
    m_folder.reset();
}

void TestClusterSession::aJobFromSubmissionToItsEnd() {
    QSignalSpy remembered(m_cluster.get(), &ClusterSession::deploymentsChanged);
    QCOMPARE(m_session->state(), State::Stopped);
    deploy();
    QCOMPARE(newest().request.target.name, std::string("here"));
    QVERIFY(!newest().request.checkOnly);
    QVERIFY(runAlike(newest().request.pipeline, m_document->pipeline()));
    QCOMPARE(m_session->state(), State::Starting);
    QVERIFY(m_cluster->isActive());
    newest().say(ClusterState::Submitting);
    QTRY_COMPARE(m_cluster->look().state, ClusterState::Submitting);
    QCOMPARE(m_session->state(), State::Starting);
    QCOMPARE(remembered.count(), 0);
    newest().look.job = "j1";
    newest().look.started = 1'700'000'000'000;
    newest().say(ClusterState::Running);
    QTRY_COMPARE(m_session->state(), State::Running);
    QCOMPARE(m_session->startedAt().toMSecsSinceEpoch(), 1'700'000'000'000);
    QCOMPARE(m_session->readyNodes(), (std::set<NodeId>{m_source, m_table}));
    QVERIFY(remembered.count() > 0);
    newest().say(ClusterState::Restarting);
    QTRY_COMPARE(m_cluster->look().state, ClusterState::Restarting);
    QCOMPARE(m_session->state(), State::Running);
    newest().look.ended = 1'700'000'010'000;
    newest().say(ClusterState::Finished);
    QTRY_COMPARE(m_session->state(), State::Finished);
    QCOMPARE(m_session->endedAt().toMSecsSinceEpoch(), 1'700'000'010'000);
    QVERIFY(!m_cluster->isActive());
    m_cluster->cancel();
    QCOMPARE(newest().cancelled, 0);
}

void TestClusterSession::whatTheClusterTellsIsShown() {
    QVERIFY(runs());
    const LiveNode* source = m_session->snapshot().node(m_source);
    QVERIFY(source != nullptr);  // it runs, with or without figures
    QVERIFY(!source->known.out);
    newest().look.figures.at = QDateTime::currentMSecsSinceEpoch();
    newest().look.figures.nodes[m_source].rowsOut = 70;
    newest().look.figures.wires = {std::nullopt};
    newest().say(ClusterState::Running);
    QTRY_VERIFY(m_session->snapshot().node(m_source)->known.out);
    QCOMPARE(m_session->snapshot().node(m_source)->metrics.rowsOut, std::uint64_t{70});
    QVERIFY(!m_session->snapshot().node(m_table)->known.in);
    QVERIFY(!m_session->snapshot().wire(m_document->pipeline().wires.front())->known);
    QCOMPARE(m_cluster->figuresAt().toMSecsSinceEpoch(), newest().look.figures.at);
}

void TestClusterSession::ratesOutlastThePausesBetweenTwoLooks() {
    QVERIFY(runs());
    JobFigures& figures = newest().look.figures;
    const auto tell = [&](Instant at, std::uint64_t rows) {
        figures.at = at;
        figures.nodes[m_source].rowsOut = rows;
        newest().say(ClusterState::Running);
        return QTest::qWaitFor([&] { return m_cluster->figuresAt().toMSecsSinceEpoch() == at; }, 30'000);
    };
    const Instant now = QDateTime::currentMSecsSinceEpoch();
    QVERIFY(tell(now - 1'000, 0));
    QVERIFY(tell(now, 300));
    const auto rate = [this] { return m_session->snapshot().node(m_source)->out.perSecond(); };
    QCOMPARE(rate(), 300.0);
    newest().look.answered = now + 1;
    newest().say(ClusterState::Running);
    QTRY_COMPARE(m_cluster->look().answered, now + 1);
    QCOMPARE(rate(), 300.0);
}

void TestClusterSession::silenceIsSaid() {
    QVERIFY(runs());
    QCOMPARE(m_cluster->connectionProblem(), QString());
    QSignalSpy pictures(m_session.get(), &RunSession::updated);
    newest().look.figures.at = QDateTime::currentMSecsSinceEpoch() - kOldFigures - 1;
    newest().say(ClusterState::Running);
    QTRY_VERIFY(showsOldFigures(*m_session));
    QVERIFY(!m_cluster->connectionProblem().isEmpty());
    newest().look.connectionProblem = Status(ErrorCode::Io, RW_TEXT("test", "Nobody answers"));
    newest().say(ClusterState::Running);
    QTRY_COMPARE(m_cluster->connectionProblem(), QStringLiteral("Nobody answers"));
    QVERIFY(pictures.count() > 0);
}

void TestClusterSession::whatWasAgreedToIsGivenIn() {
    deploy();
    QVERIFY(!newest().request.validate.permits && !newest().request.files);
    m_cluster->deploy({}, false, {}, RunAccesses());
    const ClusterRequest& request = newest().request;
    QVERIFY(request.files != nullptr);
    QVERIFY(validate(request.pipeline, *request.catalogue, request.validate).runnable());
    Pipeline other = request.pipeline;
    Node read;
    read.id = "read";
    read.type = "csv_source";
    read.params = Json{{"path", "/etc/hostname"}, {"columns", Json::array({"a STRING"})}};
    other.nodes.push_back(read);
    ValidateOptions later = request.validate;
    keepTo(RunAccesses(), other, request.catalogue, later);
    QVERIFY(!validate(other, *request.catalogue, later).runnable());
    m_cluster->check(RunAccesses());
    QVERIFY(newest().request.validate.permits && newest().request.checkOnly);
}

void TestClusterSession::aFailureIsAtItsNode() {
    QVERIFY(runs());
    newest().look.failure = Status(ErrorCode::Row, RW_TEXT("test", "Division by zero")).at(m_table);
    newest().say(ClusterState::Failed);
    QTRY_COMPARE(m_session->state(), State::Failed);
    QCOMPARE(m_session->failedNode(), m_table);
}

void TestClusterSession::refusalsHoldUntilTheDocumentIsAnother() {
    deploy();
    newest().look.issues = {issueAt(m_source)};
    newest().say(ClusterState::Refused);
    QTRY_COMPARE(m_session->startIssues().size(), std::size_t{1});
    QCOMPARE(m_session->state(), State::Stopped);
    m_document->setTitle(m_source, QStringLiteral("Numbers"));
    QCOMPARE(m_session->startIssues().size(), std::size_t{1});
    m_document->setParam(m_source, "rate", 7);
    QVERIFY(m_session->startIssues().empty());
}

void TestClusterSession::aCheckIsNoRun() {
    QVERIFY(runs());
    Script& job = newest();
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    QSignalSpy checked(m_cluster.get(), &ClusterSession::checked);
    m_cluster->check();
    QCOMPARE(m_scripts.size(), std::size_t{2});
    QVERIFY(newest().request.checkOnly);
    QVERIFY(m_cluster->isChecking());
    newest().look.issues = {issueAt(m_table)};
    newest().say(ClusterState::Refused);
    QTRY_COMPARE(checked.count(), 1);
    QCOMPARE(checked.front().front().toBool(), false);
    QVERIFY(!m_cluster->isChecking());
    QCOMPARE(m_session->startIssues().size(), std::size_t{1});
    QCOMPARE(m_session->state(), State::Running);
    QCOMPARE(replaced.count(), 0);
    QVERIFY(!job.gone);
    m_cluster->check();
    newest().say(ClusterState::Finished);
    QTRY_COMPARE(checked.count(), 2);
    QCOMPARE(checked.back().front().toBool(), true);
    QVERIFY(m_session->startIssues().empty());
    m_cluster->cancel();
    QCOMPARE(job.cancelled, 1);
}

void TestClusterSession::aCheckSaysWhyThereWasNoAnswer() {
    std::vector<std::pair<bool, std::vector<Issue>>> told;
    connect(m_cluster.get(), &ClusterSession::checked, this,
            [&](bool good, const std::vector<Issue>& issues) { told.emplace_back(good, issues); });
    m_cluster->setTarget(flinkNamed("here"));
    m_cluster->check();
    newest().look.failure = Status(ErrorCode::Io, RW_TEXT("test", "Nobody answers"));
    newest().say(ClusterState::Failed);
    QTRY_COMPARE(told.size(), std::size_t{1});
    QVERIFY(!told[0].first);
    QCOMPARE(told[0].second.size(), std::size_t{1});
    QCOMPARE(m_session->state(), State::Stopped);
    m_cluster->check();
    m_cluster->cancel();
    QTRY_COMPARE(told.size(), std::size_t{2});
    QVERIFY(!told[1].first && told[1].second.empty());
}

void TestClusterSession::stopsWithASavepoint() {
    QVERIFY(runs());
    m_cluster->stopWithSavepoint(QStringLiteral("file:///tmp/s"));
    QCOMPARE(newest().savepointFolder, std::string("file:///tmp/s"));
    QTRY_COMPARE(m_session->state(), State::Stopping);
    QSignalSpy remembered(m_cluster.get(), &ClusterSession::deploymentsChanged);
    newest().look.savepoint = "file:///tmp/s/savepoint-1";
    newest().say(ClusterState::Stopped);
    QTRY_COMPARE(m_session->state(), State::Stopped);
    QCOMPARE(remembered.count(), 1);
}

void TestClusterSession::notesAreToldOnce() {
    QStringList told;
    connect(m_session.get(), &RunSession::noted, this,
            [&](const RunNote& note) { told << QString::fromStdString(english(note.text)); });
    QVERIFY(runs());
    const auto note = [this](const char* words) {
        newest().look.notes.push_back(Text{"test", words});
        ++newest().look.noteCount;
        newest().say(ClusterState::Running);
    };
    note("one");
    QTRY_COMPARE(told, QStringList{QStringLiteral("one")});
    note("two");
    note("three");
    QTRY_COMPARE(told, (QStringList{QStringLiteral("one"), QStringLiteral("two"), QStringLiteral("three")}));
}

void TestClusterSession::chartsMayComeLater() {
    QVERIFY(runs());
    QVERIFY(m_session->view(m_table) == nullptr);
    QSignalSpy replaced(m_session.get(), &RunSession::runReplaced);
    newest().views[m_table] = std::make_shared<Picture>();
    newest().say(ClusterState::Running);
    QTRY_COMPARE(replaced.count(), 1);
    QVERIFY(m_session->view(m_table) != nullptr);
    newest().say(ClusterState::Finished);
    QTRY_COMPARE(m_session->state(), State::Finished);
    QVERIFY(m_session->view(m_table) != nullptr);
    QCOMPARE(replaced.count(), 1);
}

void TestClusterSession::changesSinceItWasDeployed() {
    QVERIFY(runs());
    QSignalSpy changed(m_cluster.get(), &ClusterSession::undeployedChanged);
    QVERIFY(!m_cluster->hasUndeployedChanges());
    m_document->setParam(m_source, "rate", 9);
    QVERIFY(m_cluster->hasUndeployedChanges());
    QVERIFY(m_session->hasUnappliedChanges());
    m_session->revert();
    QVERIFY(!m_cluster->hasUndeployedChanges());
    QCOMPARE(changed.count(), 2);
}

void TestClusterSession::anotherDocumentLeavesTheJob() {
    QVERIFY(runs());
    const std::shared_ptr<Script> job = m_scripts.back();
    m_document->startEmpty();
    QCOMPARE(m_session->state(), State::Stopped);
    QVERIFY(m_session->snapshot().nodes.empty());
    QVERIFY(m_session->runningPipeline().nodes.empty());
    QTRY_VERIFY(job->gone);
    QCOMPARE(job->cancelled, 0);
}

void TestClusterSession::findsTheJobOfAFileAgain() {
    const QString path = m_folder->filePath(QStringLiteral("bids.rill"));
    QVERIFY(m_document->saveAs(path).ok());
    const DeploymentStore store(makers().deployments);
    Deployment over = deployed("over", "here", 4'000);
    over.ended = 5'000;
    for (const Deployment& each : {over, deployed("older", "here", 1'000), deployed("j7", "here", 2'000),
                                   deployed("j8", "there", 3'000)})
        QVERIFY(store.save(each).ok());
    m_cluster->setTarget(flinkNamed("here"));
    QTRY_COMPARE(m_session->state(), State::Running);
    QCOMPARE(m_cluster->look().job, std::string("j7"));
    QCOMPARE(m_cluster->deployment()->job, std::string("j7"));
    m_cluster->setTarget(flinkNamed("there"));
    QTRY_COMPARE(m_cluster->look().job, std::string("j8"));
    m_document->startEmpty();
    QCOMPARE(m_session->state(), State::Stopped);
    QVERIFY(m_document->open(path).ok());
    QTRY_COMPARE(m_cluster->look().job, std::string("j8"));
    QVERIFY(!m_cluster->hasUndeployedChanges());
}

void TestClusterSession::anotherTargetLeavesTheJob() {
    QVERIFY(runs());
    const std::shared_ptr<Script> job = m_scripts.back();
    QSignalSpy targets(m_cluster.get(), &ClusterSession::targetChanged);
    m_cluster->setTarget(std::nullopt);
    QCOMPARE(targets.count(), 1);
    QCOMPARE(m_session->state(), State::Stopped);
    QTRY_VERIFY(job->gone);
    QCOMPARE(job->cancelled, 0);
    m_cluster->deploy();  // nowhere
    QCOMPARE(m_scripts.size(), std::size_t{1});
}

void TestClusterSession::aTargetThatWasEditedKeepsTheJob() {
    QVERIFY(runs());
    Target other = flinkNamed("here");
    other.folder = "/mnt";
    QVERIFY(m_targets->set({other}).ok());
    QCOMPARE(m_cluster->target()->folder, std::string("/mnt"));
    QCOMPARE(m_session->state(), State::Running);
    QVERIFY(m_targets->set({}).ok());
    QVERIFY(!m_cluster->target());
    QCOMPARE(m_session->state(), State::Stopped);
}

void TestClusterSession::aRunOfSparkIsNotFoundAgain() {
    QSignalSpy noted(m_cluster.get(), &RemoteRun::noted);
    Target spark = flinkNamed("spark");
    spark.engine = Engine::Spark;
    QVERIFY(m_targets->set({spark}).ok());
    m_cluster->setTarget(spark);
    Deployment run;
    run.job = "local-1";
    run.target = "spark";
    run.engine = Engine::Spark;
    QVERIFY(!m_cluster->watch(run));
    QCOMPARE(noted.count(), 1);
    QVERIFY(m_scripts.empty());
    QVERIFY(!m_cluster->facts().savepoints && !m_cluster->whyUntold().isEmpty());
    m_cluster->deploy();
    QVERIFY(m_cluster->isActive());
}

void TestClusterSession::aRunOfSparkDoesNotEndInSilence() {
    std::vector<std::string> noted;
    connect(m_cluster.get(), &RemoteRun::noted, this,
            [&noted](const RunNote& note) { noted.push_back(english(note.text)); });
    QVERIFY(runs());
    m_cluster->leave();
    QCOMPARE(noted.size(), std::size_t{1});
    QVERIFY(noted[0].find("keeps running") != std::string::npos);
    Target spark = flinkNamed("spark");
    spark.engine = Engine::Spark;
    m_cluster->setTarget(spark);
    m_cluster->deploy();
    Deployment run;
    run.job = "local-1";
    run.engine = Engine::Spark;
    newest().remembered = run;
    newest().look.job = run.job;
    newest().say(ClusterState::Running);
    QTRY_COMPARE(m_session->state(), State::Running);
    m_cluster->leave();
    QCOMPARE(noted.size(), std::size_t{2});
    QVERIFY(noted[1].find("checkpoint is kept") != std::string::npos);
}

void TestClusterSession::nothingWaitsForTheEndOfARun() {
    QVERIFY(runs());
    const std::shared_ptr<Script> job = m_scripts.back();
    QSemaphore answered;
    job->mayEnd = &answered;
    m_cluster->leave();  // would wait for ever
    QCOMPARE(m_session->state(), State::Stopped);
    QVERIFY(!job->gone);
    answered.release();
    QTRY_VERIFY(job->gone);
    QVERIFY(!job->goneByGui);
}

QTEST_MAIN(TestClusterSession)
#include "test_cluster_session.moc"

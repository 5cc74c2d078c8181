// The Jobs panel: there once there is a cluster or a job, shows the state of each, and offers commands on
// them.
#include <QtWidgets/QtWidgets>

#include "core/cluster/deployment_store.h"
#include "core/cluster/spark/spark_checkpoint.h"
#include "tests/unit/panels/panel_parts.h"
#include "tests/unit/panels/session_fixture.h"
#include "widgets/clusters/job_list.h"
#include "widgets/clusters/jobs_panel.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct JobsFixture : SessionFixture {
    QTemporaryDir folder{};
    TargetList targets{folder.filePath(QStringLiteral("targets.json")).toStdString()};
    ClusterSession cluster{document, targets, environmentSecret};
    JobList list{document, targets, cluster, environmentSecret};
    JobsPanel panel{parts, list, cluster, targets};

    JobsFixture() {
        document.addNode({"rows"}, {});
        if (!document.saveAs(folder.filePath(QStringLiteral("a.rill"))).ok()) qFatal("not saved");
        panel.resize(900, 240);
    }
    bool addTarget() {
        Target target;
        target.name = "staging";
        target.flink.gateway = "http://127.0.0.1:1";
        target.flink.jobManager = "http://127.0.0.1:1/";
        return targets.set({target}).ok();
    }
    bool remember(Deployment deployment) {
        deployment.target = "staging";
        deployment.file = document.path().toStdString();
        if (!DeploymentStore().save(deployment).ok()) return false;
        list.refresh();
        return QTest::qWaitFor([&] { return list.find(deployment.job) != nullptr; }, 30'000);
    }
    static Deployment over(const std::string& job) {
        Deployment deployment;
        deployment.job = job;
        deployment.started = 1'700'000'000'000;
        deployment.ended = 1'700'000'060'000;
        deployment.state = "CANCELED";
        return deployment;
    }
    QString cell(int row, int column) const { return panel.model().index(row, column).data().toString(); }
    QString tip(int row, int column) const {
        return panel.model().index(row, column).data(Qt::ToolTipRole).toString();
    }
    QTableView& table() const { return *panel.findChild<QTableView*>(); }
    IconButton& button(const char* words) const { return toolIn(*panel.tools(), words); }
};

}  // namespace

class TestJobsPanel : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

 private Q_SLOTS:
    void initTestCase() {
        qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit());
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }
    void init() { QDir(QString::fromStdString(deploymentsPath())).removeRecursively(); }

    void isThereWithAClusterOrAJob() {
        JobsFixture fixture;
        QVERIFY(!fixture.panel.isPresent());
        QVERIFY(fixture.addTarget());
        QVERIFY(fixture.panel.isPresent());
        QVERIFY(fixture.targets.set({}).ok());
        QVERIFY(!fixture.panel.isPresent());
        QVERIFY(fixture.remember(JobsFixture::over("0123456789abcdef")));
        QVERIFY(fixture.panel.isPresent());
    }

    void theShownOneSaysHowItEnded() {
        KnownJob job;
        job.deployment = JobsFixture::over("0123456789abcdef");
        const ShownJob shown{job.deployment.job, ClusterState::Stopped, {}};
        JobsModel model;
        const auto state = [&model] { return model.index(0, JobsModel::State).data().toString(); };
        model.set({job}, shown);
        QCOMPARE(state(), QStringLiteral("Cancelled"));
        job.deployment.state = "FINISHED";
        job.deployment.savepoints = {{"file:///new", 1'700'000'060'000}};
        model.set({job}, shown);
        QCOMPARE(state(), QStringLiteral("Stopped with a savepoint"));
        job.deployment.ended = 0;
        model.set({job}, shown);
        QCOMPARE(state(), QStringLiteral("Stopped"));
        model.set({job}, ShownJob{shown.job, ClusterState::Running,
                                  Status(ErrorCode::Io, RW_TEXT("test", "Nobody is there."))});
        QVERIFY(model.isSilent(0));
        QCOMPARE(state(), QStringLiteral("No answer"));
    }

    void emptyItSaysWhatToDo() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        fixture.panel.show();
        auto* empty = fixture.panel.findChild<EmptyState*>();
        QVERIFY(empty->isVisible() && !fixture.table().isVisible());
        QVERIFY(empty->accessibleName().contains(QLatin1String("Nothing was deployed")));
        QVERIFY(!fixture.button("Ask").isEnabled());
    }

    void saysHowAJobDid() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        Deployment stopped = JobsFixture::over("0123456789abcdef");
        stopped.state = "FINISHED";
        stopped.savepoints = {{"file:///old", 1}, {"file:///new", 1'700'000'060'000}};
        QVERIFY(fixture.remember(stopped));
        fixture.panel.show();
        QCOMPARE(fixture.panel.model().rowCount(), 1);
        QCOMPARE(fixture.cell(0, JobsModel::Where), QStringLiteral("staging"));
        QCOMPARE(fixture.cell(0, JobsModel::Job), QStringLiteral("01234567"));
        QCOMPARE(fixture.tip(0, JobsModel::Job), QStringLiteral("0123456789abcdef"));
        QCOMPARE(fixture.cell(0, JobsModel::State), QStringLiteral("Stopped with a savepoint"));
        QVERIFY(!fixture.cell(0, JobsModel::Started).isEmpty());
        QVERIFY(fixture.cell(0, JobsModel::Savepoints).startsWith(QLatin1String("2")));
        QVERIFY(fixture.tip(0, JobsModel::Savepoints).contains(QLatin1String("file:///new")));
        QCOMPARE(fixture.panel.count(), 0);
        keepPicture(fixture.panel, QStringLiteral("jobs"));
    }

    void asksWhenItIsOpened() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        Deployment running = JobsFixture::over("a1");
        running.ended = 0;
        running.state = "RUNNING";
        QVERIFY(fixture.remember(running));
        QCOMPARE(fixture.panel.count(), 1);
        QCOMPARE(fixture.panel.model().rowCount(), 0);  // it is off
        fixture.panel.show();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.cell(0, JobsModel::State), QStringLiteral("No answer"), 20'000);
        QVERIFY(!fixture.tip(0, JobsModel::State).isEmpty());
        QCOMPARE(fixture.panel.count(), 1);
    }

    void whatOthersEndedIsSaid() {
        JobsModel model;
        KnownJob job;
        job.deployment.job = "a1";
        const auto state = [&](KnownJob::Answer answer, const char* word) {
            job.answer = answer;
            job.state = word;
            model.set({job}, std::nullopt);
            return model.index(0, JobsModel::State).data().toString();
        };
        using Answer = KnownJob::Answer;
        QCOMPARE(state(Answer::Known, "CANCELED"), QStringLiteral("Cancelled by somebody else"));
        QCOMPARE(state(Answer::Known, "FINISHED"), QStringLiteral("Ended without being watched"));
        QCOMPARE(state(Answer::Known, "FAILED"), QStringLiteral("Failed"));
        QCOMPARE(state(Answer::Known, "SOMETHING_NEW"), QStringLiteral("SOMETHING_NEW"));
        QCOMPARE(state(Answer::Forgotten, ""), QStringLiteral("Not known there any more"));
        QCOMPARE(state(Answer::NoTarget, ""), QStringLiteral("Its target is gone"));
        // An end that was not observed: its cluster did not know it any more.
        job.deployment.ended = 9;
        job.deployment.state = "RUNNING";
        QCOMPARE(state(Answer::NotAsked, ""), QStringLiteral("Not known there any more"));
        ShownJob shown{"a1", ClusterState::Restarting, {}};
        model.set({job}, shown);
        QCOMPARE(model.index(0, JobsModel::State).data().toString(), QStringLiteral("Restarting"));
    }

    void whatIsShownIsToldWhenItChanges() {
        JobsModel model;
        KnownJob job;
        job.deployment.job = "a1";
        ShownJob shown{"a1", ClusterState::Running, {}};
        model.set({job}, shown);
        QSignalSpy changed(&model, &JobsModel::dataChanged);
        QVERIFY(!model.setShown(shown));
        QCOMPARE(changed.size(), 0);
        shown.state = ClusterState::Stopping;
        QVERIFY(model.setShown(shown));
        QCOMPARE(changed.size(), 1);
        QCOMPARE(model.index(0, JobsModel::State).data().toString(), QStringLiteral("Stopping"));
        // A cluster that does not answer has another reason than before.
        shown.connectionProblem = Status(ErrorCode::Io, RW_TEXT("test", "nobody listens"));
        QVERIFY(model.setShown(shown));
        shown.connectionProblem = Status(ErrorCode::Io, RW_TEXT("test", "it takes too long"));
        QVERIFY(!model.setShown(shown));
        QVERIFY(model.index(0, JobsModel::State)
                    .data(Qt::ToolTipRole)
                    .toString()
                    .contains(QLatin1String("too long")));
    }

    void anUpdateWithoutNewsChangesNothing() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        QVERIFY(fixture.remember(JobsFixture::over("a1")));
        fixture.panel.show();
        QSignalSpy cells(&fixture.panel.model(), &JobsModel::dataChanged);
        QSignalSpy heads(&fixture.panel.model(), &JobsModel::headerDataChanged);
        Q_EMIT fixture.cluster.updated();
        QCOMPARE(cells.size() + heads.size(), 0);
    }

    void whatIsChosenStaysChosen() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        QVERIFY(fixture.remember(JobsFixture::over("a1")));
        fixture.panel.show();
        fixture.table().selectRow(0);
        Deployment newer = JobsFixture::over("b2");
        newer.started += 1'000;
        QVERIFY(fixture.remember(newer));
        QTRY_COMPARE(fixture.panel.model().rowCount(), 2);
        const QModelIndexList rows = fixture.table().selectionModel()->selectedRows();
        QCOMPARE(rows.size(), 1);
        QCOMPARE(fixture.panel.model().job(rows.first().row()).deployment.job, std::string("a1"));
    }

    void offersWhatCanBeDone() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        Deployment stopped = JobsFixture::over("a1");
        stopped.savepoints = {{"file:///old", 1}, {"file:///new", 2}};
        QVERIFY(fixture.remember(stopped));
        fixture.panel.show();
        QVERIFY(!fixture.button("Watch").isEnabled() && !fixture.button("Forget").isEnabled());
        fixture.table().selectRow(0);
        QVERIFY(fixture.button("Watch").isEnabled() && fixture.button("Forget").isEnabled());
        QVERIFY(fixture.button("Open").isEnabled());
        QVERIFY(!fixture.button("Cancel").isEnabled() && !fixture.button("Stop").isEnabled());
        std::string watched, resumed;
        connect(&fixture.panel, &JobsPanel::watchRequested, this,
                [&](const Deployment& job) { watched = job.job; });
        connect(&fixture.panel, &JobsPanel::resumeRequested, this,
                [&](const Deployment&, const std::string& savepoint) { resumed = savepoint; });
        fixture.button("Watch").click();
        QCOMPARE(watched, std::string("a1"));
        fixture.button("Resume").click();
        QCOMPARE(resumed, std::string("file:///new"));
        fixture.button("Forget").click();
        QTRY_COMPARE(fixture.panel.model().rowCount(), 0);
    }

    void aRunningJobIsEndedAndNotForgotten() {
        JobsFixture fixture;
        QVERIFY(fixture.addTarget());
        Deployment running = JobsFixture::over("a1");
        running.ended = 0;
        QVERIFY(fixture.remember(running));
        fixture.panel.show();
        fixture.table().selectRow(0);
        QVERIFY(!fixture.button("Forget").isEnabled() && !fixture.button("Resume").isEnabled());
        std::string cancelled, stopped;
        connect(&fixture.panel, &JobsPanel::cancelRequested, this,
                [&](const Deployment& job) { cancelled = job.job; });
        connect(&fixture.panel, &JobsPanel::stopRequested, this,
                [&](const Deployment& job) { stopped = job.job; });
        fixture.button("Cancel").click();
        fixture.button("Stop").click();
        QCOMPARE(cancelled, std::string("a1"));
        QCOMPARE(stopped, std::string("a1"));
    }

    void aRunOfSparkAfterARestart() {
        JobsFixture fixture;
        Target spark;
        spark.name = "staging";
        spark.engine = Engine::Spark;
        QVERIFY(fixture.targets.set({spark}).ok());
        QVERIFY(fixture.panel.isPresent());
        Deployment run = JobsFixture::over("local-1700000012345");
        run.engine = Engine::Spark;
        run.ended = 0;  // the window was killed
        run.state = "RUNNING";
        const QString folder =
            QString::fromStdString(sparkRunsFolder(deploymentsPath())) + QStringLiteral("/1/checkpoint");
        run.savepoints = {{folder.toStdString(), 1'700'000'000'000}};
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(fixture.remember(run));
        QCOMPARE(fixture.panel.count(), 0);
        fixture.panel.show();
        fixture.table().selectRow(0);
        QCOMPARE(fixture.cell(0, JobsModel::Job), QStringLiteral("…00012345"));
        QCOMPARE(fixture.cell(0, JobsModel::State),
                 QStringLiteral("Ended with its program, checkpoint kept"));
        QVERIFY(fixture.cell(0, JobsModel::Savepoints).startsWith(QLatin1String("checkpoint of")));
        QVERIFY(!fixture.button("Watch").isEnabled() && !fixture.button("Stop").isEnabled());
        QVERIFY(fixture.button("Resume from its checkpoint").isEnabled());
        {
            const auto lock = CheckpointLock::take(deploymentsPath(), run.savepoints[0].path);
            QVERIFY(lock.ok());
            fixture.list.refresh();
            QTRY_COMPARE(fixture.cell(0, JobsModel::State), QStringLiteral("Runs in another program"));
            QVERIFY(!fixture.button("Resume").isEnabled() && !fixture.button("Cancel").isEnabled());
            QVERIFY(!fixture.button("Forget").isEnabled());
        }
        fixture.list.refresh();
        QTRY_VERIFY(fixture.button("Forget the run").isEnabled());
        fixture.button("Forget the run").click();
        QTRY_COMPARE(fixture.panel.model().rowCount(), 0);
        QVERIFY(!QDir(folder).exists());
    }

    void theIdIsCopied() {
        JobsFixture fixture;
        QVERIFY(fixture.remember(JobsFixture::over("0123456789abcdef")));
        fixture.panel.show();
        fixture.table().selectRow(0);
        QGuiApplication::clipboard()->clear();
        for (QAction* action : fixture.table().actions()) {
            if (action->shortcut() == QKeySequence::Copy) action->trigger();
        }
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("0123456789abcdef"));
    }
};

QTEST_MAIN(TestJobsPanel)
#include "test_jobs_panel.moc"

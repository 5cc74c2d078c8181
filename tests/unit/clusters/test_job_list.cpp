// The jobs of a document's pipeline: those of its file, read and asked behind its back.
#include <QtTest/QtTest>

#include "core/cluster/deployment_store.h"
#include "core/nodes/catalogue.h"
#include "widgets/clusters/job_list.h"
#include "widgets/session/cluster_session.h"
#include "widgets/session/target_list.h"

using namespace rw;
using namespace rw::ui;

namespace {

struct ListFixture {
    QTemporaryDir folder{};
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    TargetList targets{folder.filePath(QStringLiteral("targets.json")).toStdString()};
    ClusterSession cluster{document, targets, environmentSecret};
    JobList list{document, targets, cluster, environmentSecret};

    QString path(const char* name) const { return folder.filePath(QLatin1String(name)); }
    bool saveAs(const char* name) {
        document.addNode({"rows"}, {});
        return document.saveAs(path(name)).ok();
    }
    bool remember(const std::string& job, const QString& file, Instant started = 1, Instant ended = 0) {
        Deployment deployment;
        deployment.job = job;
        deployment.target = "away";
        deployment.file = file.toStdString();
        deployment.started = started;
        deployment.ended = ended;
        return DeploymentStore().save(deployment).ok();
    }
    std::vector<std::string> ids() const {
        std::vector<std::string> all;
        for (const KnownJob& job : list.jobs()) all.push_back(job.deployment.job);
        return all;
    }
};

}  // namespace

class TestJobList : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;
    using Ids = std::vector<std::string>;

 private Q_SLOTS:
    void initTestCase() { qputenv("XDG_DATA_HOME", m_home.path().toLocal8Bit()); }
    void init() { QDir(QString::fromStdString(deploymentsPath())).removeRecursively(); }

    void thoseOfTheFileAreListed() {
        ListFixture fixture;
        QVERIFY(fixture.remember("a1", fixture.path("a.rill"), 1, 2));
        QVERIFY(fixture.remember("a2", fixture.path("a.rill"), 5));
        QVERIFY(fixture.remember("b1", fixture.path("b.rill")));
        QVERIFY(fixture.saveAs("a.rill"));
        QTRY_COMPARE(fixture.ids(), (Ids{"a2", "a1"}));
        QVERIFY(fixture.list.find("a2")->mayRun() && !fixture.list.find("a1")->mayRun());
        QVERIFY(fixture.list.find("b1") == nullptr);
        QVERIFY(fixture.document.saveAs(fixture.path("b.rill")).ok());
        QTRY_COMPARE(fixture.ids(), Ids{"b1"});
        fixture.document.startEmpty();
        QTRY_COMPARE(fixture.ids(), Ids{});
    }

    void anotherNameOfATargetIsWrittenDown() {
        ListFixture fixture;
        Target away;
        away.name = "away";
        away.engine = Engine::Spark;
        QVERIFY(fixture.targets.set({away}).ok());
        QVERIFY(fixture.remember("a1", fixture.path("a.rill"), 1, 2));
        QVERIFY(fixture.remember("b1", fixture.path("b.rill"), 1, 2));
        QVERIFY(fixture.saveAs("a.rill"));
        QTRY_COMPARE(fixture.ids(), Ids{"a1"});
        away.name = "far";
        QVERIFY(fixture.targets.set({away}).ok());
        QTRY_COMPARE(fixture.list.find("a1")->deployment.target, std::string("far"));
        QCOMPARE(DeploymentStore().find("b1")->target, std::string("far"));
    }

    void whatIsDeployedLaterIsReadWhenItIsTold() {
        ListFixture fixture;
        QVERIFY(fixture.saveAs("a.rill"));
        QVERIFY(fixture.remember("a1", fixture.path("a.rill")));
        Q_EMIT fixture.cluster.deploymentsChanged();
        QTRY_COMPARE(fixture.ids(), Ids{"a1"});
    }

    void whatClustersSayOutlastsAReading() {
        ListFixture fixture;
        Target away;
        away.name = "away";
        away.flink.gateway = away.flink.jobManager = "http://127.0.0.1:1";
        QVERIFY(fixture.targets.set({away}).ok());
        QVERIFY(fixture.remember("a1", fixture.path("a.rill")));
        QVERIFY(fixture.saveAs("a.rill"));
        QSignalSpy asked(&fixture.list, &JobList::asked);
        fixture.list.ask();
        QVERIFY(fixture.list.isAsking());
        QTRY_COMPARE_WITH_TIMEOUT(asked.count(), 1, 20'000);
        QVERIFY(!fixture.list.isAsking());
        QCOMPARE(fixture.list.find("a1")->answer, KnownJob::Answer::Silent);
        QSignalSpy changed(&fixture.list, &JobList::changed);
        fixture.list.refresh();
        QTRY_COMPARE(changed.count(), 1);
        QCOMPARE(fixture.list.find("a1")->answer, KnownJob::Answer::Silent);
        QVERIFY(fixture.remember("a1", fixture.path("a.rill"), 1, 9));
        fixture.list.refresh();
        QTRY_COMPARE(fixture.list.find("a1")->deployment.ended, Instant{9});
        QCOMPARE(fixture.list.find("a1")->answer, KnownJob::Answer::NotAsked);
    }

    void asksOnceMoreForAnotherFile() {
        ListFixture fixture;
        QVERIFY(fixture.remember("a1", fixture.path("a.rill")));
        QVERIFY(fixture.remember("b1", fixture.path("b.rill")));
        QVERIFY(fixture.saveAs("a.rill"));
        QSignalSpy asked(&fixture.list, &JobList::asked);
        fixture.list.ask();
        QVERIFY(fixture.document.saveAs(fixture.path("b.rill")).ok());
        QTRY_COMPARE(asked.count(), 1);
        QCOMPARE(fixture.ids(), Ids{"b1"});
        QCOMPARE(fixture.list.find("b1")->answer, KnownJob::Answer::NoTarget);
    }

    void whatIsForgottenIsGone() {
        ListFixture fixture;
        QVERIFY(fixture.remember("a1", fixture.path("a.rill"), 1, 2));
        QVERIFY(fixture.saveAs("a.rill"));
        QTRY_COMPARE(fixture.ids(), Ids{"a1"});
        fixture.list.forget("a1");
        QTRY_COMPARE(fixture.ids(), Ids{});
        QVERIFY(!DeploymentStore().find("a1").ok());
    }
};

QTEST_MAIN(TestJobList)
#include "test_job_list.moc"

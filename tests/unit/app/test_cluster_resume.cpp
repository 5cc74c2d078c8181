// Resuming from the state of a job on a cluster: where that is offered, and the questions before.
#include <QtTest/QtTest>

#include "tests/unit/app/staging_window.h"

using namespace rw;
using namespace rw::ui;

class TestClusterResume : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void aSavepointIsResumed() {
        const StagingWindow fixture;
        QVERIFY(fixture.remember(fixture.stopped("j1")));
        QVERIFY(fixture.resumeMenu()->isEnabled());
        Q_EMIT fixture.resumeMenu()->aboutToShow();
        QCOMPARE(fixture.resumeMenu()->actions().size(), 1);
        fixture.resumeMenu()->actions().front()->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        QCOMPARE(fixture.newest().request.savepoint, std::string("file:///savepoints/j1"));
    }

    /// A job of Flink that was cancelled leaves no savepoint: its newest checkpoint is kept.
    void aCheckpointOfFlinkIsResumed() {
        const StagingWindow fixture;
        Deployment cancelled = fixture.stopped("j1");
        cancelled.state = "CANCELED";
        cancelled.savepoints = {{"file:///checkpoints/j1/chk-3", cancelled.ended, true}};
        QVERIFY(fixture.remember(cancelled));
        QVERIFY(fixture.resumeMenu()->isEnabled());
        Q_EMIT fixture.resumeMenu()->aboutToShow();
        QCOMPARE(fixture.resumeMenu()->actions().size(), 1);
        QAction& entry = *fixture.resumeMenu()->actions().front();
        QVERIFY2(entry.text().endsWith(QLatin1String("the last checkpoint of job j1")),
                 qPrintable(entry.text()));
        entry.trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        QCOMPARE(fixture.newest().request.savepoint, std::string("file:///checkpoints/j1/chk-3"));
        QVERIFY(fixture.newest().request.pipeline == cancelled.pipeline);
    }

    void anotherPipelineIsNotResumedUnasked() {
        const StagingWindow fixture;
        QVERIFY(fixture.remember(fixture.stopped("j1")));
        fixture.document().setParam(fixture.filter, "condition", "id > 2");
        Q_EMIT fixture.resumeMenu()->aboutToShow();
        {
            const Answer answer("Don't deploy");
            fixture.resumeMenu()->actions().front()->trigger();
            QTRY_COMPARE(answer.said.size(), 1);
            QVERIFY2(answer.said.front().contains(QStringLiteral("”: kept")),
                     qPrintable(answer.said.front()));
            QCOMPARE(fixture.made(), std::size_t{0});
        }
        const Answer answer("Resume");
        fixture.resumeMenu()->actions().front()->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        QCOMPARE(fixture.newest().request.pipeline.nodes[1].params["condition"], Json("id > 2"));
    }

    /// A sink more: operators of SQL have other places then, those of a plan keep their numbers.
    void aPlanKeepsWhatSqlLoses() {
        for (const bool planned : {false, true}) {
            const StagingWindow fixture;
            Deployment stopped = fixture.stopped("j1");
            if (planned)
                stopped.plan.operators.push_back({1,
                                                  "stream-exec-table-source-scan",
                                                  "TableSourceScan(x)",
                                                  {fixture.source},
                                                  {fixture.sink}});
            stopped.plan.next = 2;
            QVERIFY(fixture.remember(stopped));
            fixture.document().addNodeBehind({"csv_sink", Json{{"path", "more.csv"}}, {}}, {600, 200},
                                             {fixture.source, "out"});
            QTRY_VERIFY(fixture.document().isValidated());
            Q_EMIT fixture.resumeMenu()->aboutToShow();
            const Answer answer(planned ? "Resume" : "Don't deploy");
            fixture.resumeMenu()->actions().front()->trigger();
            QTRY_COMPARE(answer.said.size(), 1);
            QVERIFY2(answer.said.front().contains(QLatin1String("by the places of operators")) == !planned,
                     qPrintable(answer.said.front()));
            QTRY_COMPARE(fixture.made(), std::size_t{planned ? 1U : 0U});
            if (planned) QVERIFY(!fixture.newest().request.allowLostState);
        }
    }

    /// The planner's answer on the present document counts more than our own reading of it.
    void theForecastKnowsWhatTheClusterWasAsked() {
        const StagingWindow fixture;
        Deployment stopped = fixture.stopped("j1");
        stopped.graph.operators.push_back({1, "TableSourceScan", "x", {}});
        QVERIFY(fixture.remember(stopped));
        fixture.document().setParam(fixture.filter, "condition", "id > 2");
        fixture.action(QStringLiteral("Check on the cluster"))->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        FlinkGraph other = stopped.graph;
        other.operators.push_back({2, "Calc", "y", {0}});
        fixture.newest().look.graph = std::make_shared<const FlinkGraph>(other);
        fixture.newest().say(ClusterState::Finished);
        QTRY_VERIFY(fixture.cluster().planned() != nullptr);
        Q_EMIT fixture.resumeMenu()->aboutToShow();
        const auto saidOf = [&] {
            const Answer answer("Don't deploy");
            fixture.resumeMenu()->actions().front()->trigger();
            return QTest::qWaitFor([&] { return answer.said.size() == 1; }, 30'000) ? answer.said.front()
                                                                                    : QString();
        };
        const QString asked = saidOf();
        QVERIFY2(asked.contains(QLatin1String("its planner makes other ones")), qPrintable(asked));
        // Of another pipeline nothing was asked.
        fixture.document().setParam(fixture.filter, "condition", "id > 3");
        QVERIFY(fixture.cluster().planned() == nullptr);
        QTRY_VERIFY(fixture.document().isValidated());
        const QString later = saidOf();
        QVERIFY2(later.contains(QStringLiteral("”: kept")), qPrintable(later));
    }

    void withoutSavepointsThereIsNothingToResume() {
        const StagingWindow fixture;
        QVERIFY(!fixture.resumeMenu()->isEnabled());
        Deployment elsewhere = fixture.stopped("j1");
        elsewhere.target = "prod";
        QVERIFY(fixture.remember(elsewhere));
        QVERIFY(!fixture.resumeMenu()->isEnabled());
    }

    void aCheckpointOfSparkIsResumed() {
        const StagingWindow fixture;
        Deployment run = fixture.stopped("local-1");
        run.target = "grid";
        run.engine = Engine::Spark;
        QVERIFY(fixture.remember(run));
        fixture.choose(QStringLiteral("grid · Spark"));
        const auto menu = [&] { return fixture.action(QStringLiteral("Resume from a checkpoint"))->menu(); };
        QVERIFY(menu()->isEnabled());
        fixture.document().setParam(fixture.filter, "condition", "id > 2");
        Q_EMIT menu()->aboutToShow();
        QCOMPARE(menu()->actions().size(), 1);
        const Answer answer("Resume");
        menu()->actions().front()->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        QCOMPARE(answer.said.size(), 1);  // the forecast
        QVERIFY2(answer.said.front().contains(QStringLiteral("as it was when it ran")),
                 qPrintable(answer.said.front()));
        QCOMPARE(fixture.newest().request.savepoint, std::string("file:///savepoints/local-1"));
        fixture.newest().look.job = "local-2";
        fixture.newest().look.started = 1'700'000'000'000;
        fixture.newest().remembered = fixture.deployment("local-2", "grid");
        fixture.newest().remembered->engine = Engine::Spark;
        fixture.newest().say(ClusterState::Running);
        QTRY_VERIFY(fixture.endEntry("Stop, and keep the checkpoint")->isEnabled());
        fixture.endEntry("Stop, and keep the checkpoint")->trigger();
        QVERIFY(fixture.newest().stoppedInto.has_value());
        fixture.newest().look.savepoint = "/kept";
        fixture.newest().say(ClusterState::Stopped);
        QTRY_VERIFY2(fixture.pillText().contains(QStringLiteral("checkpoint kept")),
                     qPrintable(fixture.pillText()));
    }
};

QTEST_MAIN(TestClusterResume)
#include "test_cluster_resume.moc"

// A pipeline on a cluster as the window shows it: deployed by Run, watched, ended in two ways, refused at its
// nodes; and the questions before anything is lost. The cluster has the behaviour that the test sets.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/engine_choice.h"
#include "app/running/main_tool_bar.h"
#include "tests/unit/app/staging_window.h"
#include "widgets/clusters/cluster_commands.h"
#include "widgets/clusters/portability_panel.h"
#include "widgets/files/file_actions.h"
#include "widgets/log/log_panel.h"
#include "widgets/session/cluster_text.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

Issue issueAt(const NodeId& node, const std::string& param) {
    Issue issue;
    issue.message = RW_TEXT("test", "Column “prize” not found");
    issue.node = node;
    issue.param = param;
    return issue;
}

}  // namespace

class TestClusterRun : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void runBecomesDeploy() {
        const StagingWindow fixture;
        QCOMPARE(plainText(*fixture.bar().runAction()), QStringLiteral("Deploy"));
        QVERIFY(fixture.bar().runAction()->isEnabled() && !fixture.bar().stopAction()->isEnabled());
        QCOMPARE(fixture.pillText(), QStringLiteral("Not deployed"));
        QTest::keySequence(fixture.window.get(), QKeySequence(QStringLiteral("Ctrl+R")));
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        MadeJob& job = fixture.newest();
        QCOMPARE(job.request.target.name, std::string("staging"));
        QCOMPARE(job.request.pipeline.nodes.size(), std::size_t{3});
        QVERIFY(!job.watched && !job.request.checkOnly && job.request.savepoint.empty());
        QCOMPARE(fixture.pillText(), QStringLiteral("Checking on staging"));
        job.say(ClusterState::Submitting);
        QTRY_COMPARE(fixture.pillText(), QStringLiteral("Deploying"));
        job.look.job = "j1";
        job.say(ClusterState::Running);
        QTRY_VERIFY2(fixture.pillText().startsWith(QLatin1String("Running on staging")),
                     qPrintable(fixture.pillText()));
        QVERIFY(!fixture.bar().pauseAction()->isEnabled() && fixture.bar().stopAction()->isEnabled());
        QVERIFY(fixture.statusSays(QStringLiteral("keeps running on staging")));
        leavePicture(*fixture.window, QStringLiteral("cluster_running"));
        job.say(ClusterState::Restarting);
        QTRY_VERIFY(fixture.pillText().startsWith(QLatin1String("Restarting")));
        QCOMPARE(fixture.pill().state(), Pill::State::Warn);
        job.say(ClusterState::Gone);
        QTRY_VERIFY2(fixture.pillText().contains(QLatin1String("does not know")),
                     qPrintable(fixture.pillText()));
    }

    void stopSaysWhyThereIsNoPause() {
        const StagingWindow fixture;
        const auto* stop = fixture.bar().stopButton();
        QVERIFY2(stop->toolTip().contains(QLatin1String("don't pause")), qPrintable(stop->toolTip()));
        fixture.choose(QStringLiteral("Embedded"));
        QVERIFY(!stop->toolTip().contains(QLatin1String("don't pause")));
        QCOMPARE(plainText(*fixture.bar().runAction()), QStringLiteral("Run"));
    }

    void figuresGrowOld() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        const QDateTime now = QDateTime::currentDateTime();
        fixture.newest().look.figures.at = now.toMSecsSinceEpoch();
        fixture.newest().say(ClusterState::Running);
        QTRY_COMPARE(fixture.cluster().figuresAt().toMSecsSinceEpoch(), now.toMSecsSinceEpoch());
        const auto after = [&](int millis) {
            return clusterPill(fixture.session(), fixture.cluster(), fixture.document(),
                               now.addMSecs(millis));
        };
        QVERIFY2(!after(1'000).figures.contains(QLatin1String("old")), qPrintable(after(1'000).figures));
        QVERIFY2(after(4'000).figures.contains(QStringLiteral("figures 4\u2009s old")),
                 qPrintable(after(4'000).figures));
        QVERIFY2(after(60'000).figures.contains(QLatin1String("last seen")),
                 qPrintable(after(60'000).figures));
        QCOMPARE(after(60'000).state, Pill::State::Warn);
    }

    void silenceIsAmber() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        fixture.newest().look.connectionProblem = Status(ErrorCode::Io, RW_TEXT("test", "Nobody answers"));
        fixture.newest().say(ClusterState::Running);
        QTRY_COMPARE(fixture.pill().state(), Pill::State::Warn);
        QCOMPARE(fixture.pill().toolTip(), QStringLiteral("Nobody answers"));
    }

    void changesAreSaid() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        fixture.document().setParam(fixture.filter, "condition", "id > 2");
        QTRY_VERIFY2(fixture.pillText().startsWith(QLatin1String("Running without the changes")),
                     qPrintable(fixture.pillText()));
        QCOMPARE(fixture.pill().state(), Pill::State::Warn);
        QVERIFY(!fixture.action(QStringLiteral("Apply changes"))->isEnabled());
        QTRY_VERIFY(fixture.action(QStringLiteral("Revert changes"))->isEnabled());
    }

    void stopOffersTwoWays() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        QTest::keySequence(fixture.window.get(), QKeySequence(QStringLiteral("Ctrl+Shift+R")));
        QTRY_VERIFY(fixture.endMenu().isVisible());
        leavePicture(fixture.endMenu(), QStringLiteral("cluster_end_menu"));
        fixture.endMenu().hide();
        fixture.endEntry("Stop with a savepoint")->trigger();
        QCOMPARE(fixture.newest().stoppedInto, std::optional<std::string>(""));
        QCOMPARE(fixture.newest().cancelled, 0);
        QTRY_COMPARE(fixture.pillText(), QStringLiteral("Stopping"));
        fixture.newest().look.savepoint = "file:///savepoints/1";
        fixture.newest().look.ended = 1'700'000'001'000;
        fixture.newest().say(ClusterState::Stopped);
        QTRY_VERIFY2(fixture.pillText().startsWith(QLatin1String("Stopped with a savepoint")),
                     qPrintable(fixture.pillText()));
    }

    void cancelEndsIt() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        fixture.newest().look.jobState = "CANCELED";  // as the cluster calls it when it is over
        {
            const Answer answer("Let it run");
            fixture.endEntry("Cancel the job")->trigger();
            QCOMPARE(answer.said.size(), 1);
            QVERIFY2(answer.said.front().startsWith(QLatin1String("Cancel the job j1 on staging?")) &&
                         answer.said.front().contains(QLatin1String("from the newest checkpoint")),
                     qPrintable(answer.said.front()));
            QCOMPARE(fixture.newest().cancelled, 0);
        }
        const Answer answer("Cancel the job");
        fixture.endEntry("Cancel the job")->trigger();
        QCOMPARE(fixture.newest().cancelled, 1);
        QTRY_VERIFY(!fixture.cluster().isActive());
        QTRY_VERIFY2(fixture.pillText().startsWith(QLatin1String("Cancelled")),
                     qPrintable(fixture.pillText()));
        QVERIFY(!fixture.endEntry("Cancel the job")->isEnabled());
    }

    void theJobThatTookItsPlaceMeanwhileIsNotCancelled() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        const std::shared_ptr<MadeJob> asked = fixture.jobs->front();
        bool replaced = false;
        QTimer::singleShot(0, [&] {
            if (!fixture.cluster().watch(fixture.deployment("j2"))) return;
            replaced = QTest::qWaitFor([&] { return fixture.cluster().look().job == "j2"; }, 30'000);
            const auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            if (box == nullptr) return;
            for (QAbstractButton* each : box->buttons()) {
                if (each->text() == QLatin1String("Cancel the job")) return each->click();
            }
        });
        fixture.endEntry("Cancel the job")->trigger();
        QVERIFY(replaced);
        QVERIFY(fixture.cluster().isActive());
        QCOMPARE(fixture.newest().cancelled, 0);
        QCOMPARE(asked->cancelled, 0);
    }

    void aCheckIsCancelledUnasked() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        fixture.newest().say(ClusterState::Finished);
        QTRY_VERIFY(!fixture.cluster().isActive());
        fixture.action(QStringLiteral("Check on the cluster"))->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{2});
        const Answer answer("Let it run");
        QTRY_VERIFY(fixture.endEntry("Cancel the check") != nullptr);  // the job before it is over
        fixture.endEntry("Cancel the check")->trigger();
        QVERIFY2(answer.said.isEmpty(), qPrintable(answer.said.join(u' ')));
        QCOMPARE(fixture.newest().cancelled, 1);
    }

    void theFolderOfASavepointIsKept() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        fixture.action(QStringLiteral("Stop with a savepoint…"))->trigger();
        auto* dialog = fixture.window->findChild<QInputDialog*>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(dialog->textValue(), QString());
        dialog->setTextValue(QStringLiteral("s3://bucket/savepoints"));
        dialog->accept();
        QCOMPARE(fixture.newest().stoppedInto, std::optional<std::string>("s3://bucket/savepoints"));
        fixture.newest().say(ClusterState::Stopped);
        QTRY_VERIFY(!fixture.cluster().isActive());
        QVERIFY(fixture.deployed("j2"));
        fixture.endEntry("Stop with a savepoint")->trigger();
        QCOMPARE(fixture.newest().stoppedInto, std::optional<std::string>("s3://bucket/savepoints"));
    }

    void whatIsRefusedIsSeenAtItsNode() {
        const StagingWindow fixture;
        fixture.bar().runAction()->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        fixture.newest().look.issues = {issueAt(fixture.filter, "condition")};
        fixture.newest().say(ClusterState::Refused);
        auto* panel = static_cast<PortabilityPanel*>(fixture.pane("portability"));
        QTRY_VERIFY(panel->isOn());
        QTRY_COMPARE(panel->model().issue(0).node, fixture.filter);
        QVERIFY(panel->model().line(0).contains(QLatin1String("prize")));
        QCOMPARE(fixture.document().selection().nodes(), std::vector<NodeId>{fixture.filter});
        QCOMPARE(fixture.pillText(), QStringLiteral("staging would not take it"));
        QCOMPARE(fixture.pill().state(), Pill::State::Error);
        leavePicture(*fixture.window, QStringLiteral("cluster_refused"));
        fixture.document().setParam(fixture.filter, "condition", "id > 2");
        QVERIFY(panel->model().rowCount() == 0 || !panel->model().line(0).contains(QLatin1String("prize")));
        QTRY_COMPARE(fixture.pillText(), QStringLiteral("Not deployed"));
    }

    void aCheckTellsWhatItFound() {
        const StagingWindow fixture;
        QTest::keySequence(fixture.window.get(), QKeySequence(QStringLiteral("Ctrl+Shift+K")));
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        QVERIFY(fixture.newest().request.checkOnly);
        QCOMPARE(fixture.pillText(), QStringLiteral("Checking on staging"));
        QVERIFY(!fixture.bar().runAction()->isEnabled());
        fixture.newest().say(ClusterState::Finished);
        QTRY_VERIFY(fixture.statusSays(QStringLiteral("staging would take it: 3 nodes")));
        QVERIFY(fixture.bar().runAction()->isEnabled());
        QVERIFY(!fixture.pane("portability")->isOn());
        fixture.action(QStringLiteral("Check on the cluster"))->trigger();
        QTRY_COMPARE(fixture.made(), std::size_t{2});
        fixture.newest().look.issues = {issueAt(fixture.filter, "condition")};
        fixture.newest().say(ClusterState::Refused);
        QTRY_VERIFY(fixture.pane("portability")->isOn());
        QVERIFY(fixture.statusSays(QStringLiteral("would not take it")));
        QCOMPARE(fixture.document().selection().nodes(), std::vector<NodeId>{fixture.filter});
    }

    void errorsComeFirst() {
        const StagingWindow fixture;
        fixture.document().setParam(fixture.filter, "condition", "idd > 1");
        fixture.pane("log")->opens()->trigger();
        fixture.bar().runAction()->trigger();  // not checked yet: it waits for that
        QTRY_VERIFY(fixture.pane("problems")->isOn());
        QCOMPARE(fixture.made(), std::size_t{0});
    }

    void anEarlierJobIsAskedAbout_data() {
        QTest::addColumn<QByteArray>("button");
        QTest::addColumn<int>("cancelled");
        QTest::addColumn<int>("made");
        QTest::newRow("replace") << QByteArray("Cancel the old one and deploy") << 1 << 2;
        QTest::newRow("beside") << QByteArray("Deploy beside it") << 0 << 2;
        QTest::newRow("leave") << QByteArray("Don't deploy") << 0 << 1;
    }

    void anEarlierJobIsAskedAbout() {
        QFETCH(QByteArray, button);
        QFETCH(int, cancelled);
        QFETCH(int, made);
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        const std::shared_ptr<MadeJob> old = fixture.jobs->front();
        const Answer answer(button.constData());
        fixture.bar().runAction()->trigger();
        QTRY_COMPARE(answer.said.size(), 1);
        QVERIFY2(answer.said.front().contains(QLatin1String("the same places")),
                 qPrintable(answer.said.front()));
        QTRY_COMPARE(fixture.made(), static_cast<std::size_t>(made));
        QCOMPARE(old->cancelled, cancelled);
        QVERIFY(!fixture.newest().watched);
    }

    void commandsAreThereWithATarget() {
        const ClusterWindow fixture;
        const auto seen = [&](const char* words) {
            const QAction* action = fixture.action(QString::fromUtf8(words));
            return action != nullptr && action->isVisible();
        };
        for (const char* words : {"Check on the cluster", "Cancel the job", "Stop with a savepoint…",
                                  "Resume from a savepoint"}) {
            fixture.choose(QStringLiteral("Embedded"));
            QVERIFY2(!seen(words), words);
            fixture.choose(QStringLiteral("staging · Flink"));
            QVERIFY2(seen(words), words);
            QVERIFY2(!fixture.action(QString::fromUtf8(words))->isEnabled(), words);
        }
        fixture.choose(QStringLiteral("grid · Spark"));
        for (const char* words : {"Check by a dry run", "Cancel the job", "Resume from a checkpoint"})
            QVERIFY2(seen(words), words);
        QVERIFY(!seen("Stop with a savepoint…"));  // its state is where it always was
    }

    void whatCantBeShownIsNotCancelled() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        Deployment run = fixture.deployment("local-1", "staging");
        run.engine = Engine::Spark;
        auto* commands = fixture.window->findChild<ClusterCommands*>();
        const Answer answer("Cancel the job");
        commands->cancelJob(run);
        commands->stopJob(run);
        QCOMPARE(fixture.newest().cancelled, 0);
        QVERIFY(!fixture.newest().stoppedInto.has_value());
    }

    void anotherDocumentLeavesTheJob() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        const Answer answer("Stop the run and open");
        fixture.window->findChild<FileActions*>()->startEmpty();
        QVERIFY(fixture.document().pipeline().nodes.empty());
        QVERIFY2(answer.said.isEmpty(), qPrintable(answer.said.join(u' ')));
        QCOMPARE(fixture.newest().cancelled, 0);
        QVERIFY(!fixture.cluster().isActive());
    }

    void closingLeavesTheJob() {
        const StagingWindow fixture;
        QVERIFY(fixture.deployed("j1"));
        const Answer answer("Keep editing");
        (void)static_cast<LogPanel*>(fixture.pane("log"))->sink()->drain();
        QVERIFY(fixture.window->close());
        QVERIFY2(answer.said.isEmpty(), qPrintable(answer.said.join(u' ')));
        QCOMPARE(fixture.newest().cancelled, 0);
        const auto lines = static_cast<LogPanel*>(fixture.pane("log"))->sink()->drain().entries;
        QVERIFY(std::any_of(lines.begin(), lines.end(), [](const LogEntry& line) {
            return english(line.text).find("The job j1 keeps running on “staging”") != std::string::npos;
        }));
    }

    void theOwnRunIsSeenToItsEnd() {
        const ClusterWindow fixture;
        const NodeId made = fixture.document().addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 1'000'000}, {"rate", 1000}}}, {});
        fixture.document().addNodeBehind({"histogram", Json{{"value", "n"}}, {}}, {300, 0}, {made, "out"});
        fixture.session().start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session().state(), State::Running, 20'000);
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.session().shown() == nullptr);
        QCOMPARE(fixture.session().state(), State::Running);
        QCOMPARE(plainText(*fixture.bar().stopAction()), QStringLiteral("Stop"));
        fixture.bar().stopAction()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session().shown() != nullptr, 20'000);
        QCOMPARE(plainText(*fixture.bar().runAction()), QStringLiteral("Deploy"));
    }

    void whatIsOpenedToRunRunsHere() {
        StagingWindow fixture;
        const QString path = fixture.document().path();
        fixture.window->openAtStart(path, true);
        QVERIFY(fixture.session().shown() == nullptr);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session().shown() != nullptr, 20'000);
        QCOMPARE(fixture.made(), std::size_t{0});
        QVERIFY(QFile::exists(fixture.folder.filePath(QStringLiteral("out.csv"))));
    }

    void theStatusBarNamesTheJob() {
        const StagingWindow fixture;
        QVERIFY(fixture.statusSays(QStringLiteral("staging · Flink")));
        QVERIFY(fixture.deployed("0123456789abcdef"));
        JobCheckpoint checkpoint;
        checkpoint.id = 12;
        checkpoint.at = QDateTime::currentMSecsSinceEpoch();
        fixture.newest().look.checkpoint = checkpoint;
        fixture.newest().say(ClusterState::Running);
        QTRY_VERIFY(fixture.cluster().look().checkpoint);
        QCOMPARE(clusterEngineText(fixture.cluster(), QDateTime::fromMSecsSinceEpoch(checkpoint.at + 4'000)),
                 QStringLiteral("staging · Flink · job 01234567 · checkpoint 12, 4\u2009s ago"));
        QTRY_VERIFY(fixture.statusSays(QStringLiteral("checkpoint 12")));
        fixture.choose(QStringLiteral("Embedded"));
        QVERIFY(fixture.statusSays(QStringLiteral("Embedded engine")));
    }
};

QTEST_MAIN(TestClusterRun)
#include "test_cluster_run.moc"

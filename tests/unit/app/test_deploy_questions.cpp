// Questions and messages of the window around a run on a cluster, so that nothing is lost and nothing strange
// is run in silence: a pipeline without a file, or of another user, a run of Spark that would end, a cluster
// that does not answer, a stop that fails.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/engine_choice.h"
#include "app/running/main_tool_bar.h"
#include "core/secrets/typed_secrets.h"
#include "tests/unit/app/dialog_answers.h"
#include "tests/unit/app/made_cluster.h"
#include "widgets/clusters/jobs_panel.h"
#include "widgets/clusters/output_dialog.h"
#include "widgets/clusters/resume_question.h"
#include "widgets/document/portability_check.h"
#include "widgets/files/file_actions.h"
#include "widgets/secrets/secret_dialog.h"
#include "widgets/session/cluster_text.h"
#include "widgets/session/consent_dialog.h"
#include "widgets/settings/preferences_dialog.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// Presses the button of that name in every question that comes up while it lives.
class Chosen {
 public:
    explicit Chosen(const char* button) : m_button(QString::fromUtf8(button)) {
        QObject::connect(&m_timer, &QTimer::timeout, [this] {
            auto* box = qobject_cast<QMessageBox*>(QApplication::activeModalWidget());
            auto* consent = qobject_cast<ConsentDialog*>(QApplication::activeModalWidget());
            if (box == nullptr && consent == nullptr) return;
            QDialog& dialog = box != nullptr ? static_cast<QDialog&>(*box) : static_cast<QDialog&>(*consent);
            QStringList words;
            for (const QLabel* label : dialog.findChildren<QLabel*>()) words << label->text();
            said << words.join(QLatin1Char(' '));
            leavePicture(dialog, QStringLiteral("deploy_question_%1").arg(said.size()));
            for (QAbstractButton* each : dialog.findChildren<QAbstractButton*>()) buttons << each->text();
            for (QAbstractButton* each : dialog.findChildren<QAbstractButton*>()) {
                if (each->text() == m_button) return each->click();
            }
            dialog.reject();
        });
        m_timer.start(10);
    }
    QStringList said{}, buttons{};

 private:
    const QString m_button;
    QTimer m_timer;
};

struct AskingWindow : ClusterWindow {
    using ClusterWindow::ClusterWindow;

    /// One that this program did not save.
    void openStrangers() {
        const QString path = folder.filePath(QStringLiteral("stranger.rill"));
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)) qFatal("not written");
        file.write(
            R"({"rill":1,"nodes":[{"id":"g","type":"generator","params":{"columns":["n BIGINT = i"]}},)"
            R"({"id":"out","type":"csv_sink","params":{"path":"out.csv"}}],"wires":[{"from":"g","to":"out"}]})");
        file.close();
        window->findChild<FileActions*>()->open(path);
    }
    /// Never saved, and valid.
    void addNumbers() {
        const NodeId numbers =
            document().addNode({"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 3}}, {}}, {0, 0});
        const std::string out = folder.filePath(QStringLiteral("numbers.csv")).toStdString();
        document().addNodeBehind({"csv_sink", Json{{"path", out}}, {}}, {300, 0}, {numbers, "out"});
        if (!QTest::qWaitFor([this] { return document().isValidated(); }, 30'000)) qFatal("not validated");
    }
    void run() const { bar().runAction()->trigger(); }
    QMenu& endMenu() const { return *window->findChild<QMenu*>(QStringLiteral("endMenu")); }
    void end(const char* words) const {
        for (QAction* action : endMenu().actions()) {
            if (plainText(*action) == QString::fromUtf8(words)) return action->trigger();
        }
        qFatal("no such entry");
    }
    void note(const char* words) const {
        newest().look.notes.push_back(Text{"test", words});
        ++newest().look.noteCount;
    }
    JobsPanel& jobsPanel() const { return *static_cast<JobsPanel*>(pane("jobs")); }
};

/// A run of Spark that goes on.
struct SparkWindow : AskingWindow {
    SparkWindow() {
        addOrders();
        choose(QStringLiteral("grid · Spark"));
        if (!deployed("local-1")) qFatal("not deployed");
        newest().remembered->engine = Engine::Spark;
        newest().remembered->target = "grid";
    }
    bool goesOn() const { return cluster().endsUnwatched() && cluster().look().job == "local-1"; }
};

}  // namespace

class TestDeployQuestions : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void aPipelineWithoutAFileMayGetOne_data() {
        QTest::addColumn<QByteArray>("button");
        QTest::addColumn<bool>("saved");
        QTest::addColumn<int>("made");
        QTest::newRow("save") << QByteArray("Save and deploy") << true << 1;
        QTest::newRow("without") << QByteArray("Deploy without saving") << false << 1;
        QTest::newRow("leave") << QByteArray("Don't deploy") << false << 0;
    }

    void aPipelineWithoutAFileMayGetOne() {
        QFETCH(QByteArray, button);
        QFETCH(bool, saved);
        QFETCH(int, made);
        AskingWindow fixture;
        fixture.addNumbers();
        fixture.choose(QStringLiteral("staging · Flink"));
        const QString path = fixture.folder.filePath(QStringLiteral("numbers.rill"));
        const Names names({path});
        const Chosen answer(button.constData());
        fixture.run();
        QTRY_COMPARE(answer.said.size(), 1);
        QVERIFY2(answer.said.front().contains(QLatin1String("found again by the file")),
                 qPrintable(answer.said.front()));
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made(), static_cast<std::size_t>(made), 20'000);
        QCOMPARE(fixture.document().path(), saved ? path : QString());
        if (made == 0) return;
        QCOMPARE(fixture.newest().request.validate.file, fixture.document().path().toStdString());
        QCOMPARE(answer.said.size(), 1);
    }

    /// Each job writes all of its rows: how to treat older ones is asked, sink by sink.
    void resultsOfBeforeAreAskedAbout_data() {
        QTest::addColumn<int>("entry");
        QTest::addColumn<QByteArray>("button");
        QTest::addColumn<QByteArray>("choice");
        QTest::newRow("as it is proposed") << 0 << QByteArray("agree") << QByteArray("new-folder");
        QTest::newRow("add") << 1 << QByteArray("agree") << QByteArray("append");
        QTest::newRow("replace") << 2 << QByteArray("agree") << QByteArray("replace");
        QTest::newRow("leave") << 0 << QByteArray("decline") << QByteArray();
    }

    void resultsOfBeforeAreAskedAbout() {
        QFETCH(int, entry);
        QFETCH(QByteArray, button);
        QFETCH(QByteArray, choice);
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        const Node& sink = *fixture.document().pipeline().find(fixture.sink);
        const QString parts =
            QDir(fixture.document().folder())
                .absoluteFilePath(QString::fromStdString(sink.params["path"].get<std::string>()) +
                                  QStringLiteral(".parts"));
        QVERIFY(QDir().mkpath(parts));
        QFile part(parts + QStringLiteral("/part-1"));
        QVERIFY(part.open(QIODevice::WriteOnly));
        part.close();
        int asked = 0;
        QTimer answers;
        connect(&answers, &QTimer::timeout, [&] {
            auto* dialog = qobject_cast<OutputDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            ++asked;
            leavePicture(*dialog, QStringLiteral("results_of_before"));
            auto* box = dialog->findChild<QComboBox*>();
            QCOMPARE(box->count(), 3);
            if (entry > 0) box->setCurrentIndex(entry);
            dialog->findChild<QPushButton*>(QString::fromUtf8(button))->click();
        });
        answers.start(10);
        fixture.run();
        QTRY_COMPARE_WITH_TIMEOUT(asked, 1, 20'000);
        if (choice.isEmpty()) {
            QTest::qWait(100);
            QCOMPARE(fixture.made(), std::size_t{0});
            return;
        }
        QTRY_COMPARE(fixture.made(), std::size_t{1});
        const auto chosen = fixture.newest().request.outputs.find(fixture.sink);
        QVERIFY(chosen.has_value());
        QCOMPARE(QByteArray(outputChoiceName(*chosen).data()), choice);
    }

    void aStrangersPipelineIsAskedAboutOnce() {
        AskingWindow fixture;
        fixture.openStrangers();
        fixture.choose(QStringLiteral("staging · Flink"));
        {
            const Chosen answer("Do not deploy");
            fixture.run();
            QTRY_COMPARE(answer.said.size(), 1);
            QVERIFY2(answer.said.front().contains(QLatin1String("Deployed to staging")),
                     qPrintable(answer.said.front()));
            QTRY_VERIFY(fixture.statusSays(QStringLiteral("Not deployed: you declined")));
            QCOMPARE(fixture.made(), std::size_t{0});
        }
        const Chosen answer("Deploy");
        fixture.run();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made(), std::size_t{1}, 20'000);
        QCOMPARE(answer.said.size(), 1);
        fixture.newest().say(ClusterState::Finished);
        QTRY_VERIFY(!fixture.cluster().isActive());
        fixture.run();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made(), std::size_t{2}, 20'000);
        QCOMPARE(answer.said.size(), 1);
    }

    void aTokenThatNothingHoldsIsAskedFor() {
        Target staging = madeFlink("staging");
        staging.flink.token = {SecretRef::Kind::Environment, "RW_TEST_UNSET_TARGET_TOKEN"};
        qunsetenv(staging.flink.token.name.c_str());
        typedSecrets().forgetAll();
        AskingWindow fixture({staging});
        const auto question = [&fixture]() -> SecretDialog* {
            auto* dialog = fixture.window->findChild<SecretDialog*>();
            return dialog != nullptr && dialog->isVisible() ? dialog : nullptr;
        };
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        fixture.run();
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, 20'000);
        QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("decline")), Qt::LeftButton);
        QTRY_VERIFY(fixture.statusSays(QStringLiteral("Not deployed: a secret was not typed")));
        QCOMPARE(fixture.made(), std::size_t{0});
        fixture.run();
        QTRY_VERIFY_WITH_TIMEOUT(question() != nullptr, 20'000);
        QTest::keyClicks(question()->findChild<QLineEdit*>(QStringLiteral("secret")),
                         QStringLiteral("t0ken"));
        QTest::mouseClick(question()->findChild<QPushButton*>(QStringLiteral("agree")), Qt::LeftButton);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made(), std::size_t{1}, 20'000);
        const Result<Secret> token = fixture.newest().request.secrets(staging.flink.token);
        QVERIFY(token.ok() && token->reveal([](std::string_view text) { return text == "t0ken"; }));
        // One that the cluster refuses is asked for again.
        fixture.newest().look.failure = {ErrorCode::Denied, RW_TEXT("test", "That is the wrong token.")};
        fixture.newest().say(ClusterState::Failed);
        QTRY_VERIFY(!typedSecrets().find(staging.flink.token));
    }

    /// A check reads the files that the pipeline names, and sends it to the cluster.
    void aStrangersPipelineIsNotCheckedUnasked() {
        AskingWindow fixture;
        fixture.openStrangers();
        fixture.choose(QStringLiteral("staging · Flink"));
        const QKeySequence check(QStringLiteral("Ctrl+Shift+K"));
        {
            const Chosen answer("Do not deploy");
            QTest::keySequence(fixture.window.get(), check);
            QTRY_COMPARE(answer.said.size(), 1);
            QTRY_VERIFY(fixture.statusSays(QStringLiteral("Not checked: you declined")));
            QCOMPARE(fixture.made(), std::size_t{0});
        }
        const Chosen answer("Deploy");
        QTest::keySequence(fixture.window.get(), check);
        QTRY_COMPARE_WITH_TIMEOUT(fixture.made(), std::size_t{1}, 20'000);
        QVERIFY(fixture.newest().request.checkOnly);
        QCOMPARE(answer.said.size(), 1);
    }

    void whatIsEditedWhileAQuestionIsLookedIntoIsLookedIntoAgain() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        fixture.pane("log")->opens()->trigger();
        fixture.run();
        fixture.document().setParam(fixture.filter, "condition", "idd > 1");
        QTRY_VERIFY(fixture.pane("problems")->isOn());
        QTest::qWait(300);
        QCOMPARE(fixture.made(), std::size_t{0});
    }

    void aRunOfSparkDoesNotEndUnasked() {
        SparkWindow fixture;
        const auto before = fixture.document().pipeline().nodes.size();
        {
            const Chosen answer("Keep the run");
            QVERIFY(!fixture.window->close());
            QCOMPARE(answer.said.size(), 1);
            fixture.choose(QStringLiteral("Embedded"));
            QCOMPARE(answer.said.size(), 2);
            QCOMPARE(fixture.bar().engineChoice().currentText(), QStringLiteral("grid · Spark"));
            fixture.window->findChild<FileActions*>()->startEmpty();
            QCOMPARE(answer.said.size(), 3);
            QCOMPARE(fixture.document().pipeline().nodes.size(), before);
            QVERIFY(fixture.goesOn());
        }
        fixture.document().portability().setEngine(Engine::Flink);  // an export that is refused
        QVERIFY(fixture.goesOn());
        QCOMPARE(fixture.document().portability().engine(), std::optional(Engine::Spark));
        const Chosen answer("End the run");
        fixture.choose(QStringLiteral("Embedded"));
        QCOMPARE(answer.said.size(), 1);
        QVERIFY(!fixture.cluster().target());
        QVERIFY(fixture.statusSays(QStringLiteral("The run local-1 of Spark ends")));
    }

    void besideARunOfSparkThereIsNoOther() {
        SparkWindow fixture;
        const Chosen answer("Don't deploy");
        fixture.run();
        QTRY_COMPARE(answer.said.size(), 1);
        QVERIFY(!answer.buttons.contains(QStringLiteral("Deploy beside it")));
        QVERIFY(answer.buttons.contains(QStringLiteral("Cancel the old one and deploy")));
        QVERIFY(fixture.goesOn());
    }

    void whatIsLeftIsSaid() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        fixture.choose(QStringLiteral("Embedded"));
        QVERIFY(fixture.statusSays(QStringLiteral("The job j1 keeps running on “staging”")));
    }

    void silenceIsTold() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        fixture.newest().look.connectionProblem =
            Status(ErrorCode::Io, RW_TEXT("test", "Nobody is there."), RW_TEXT("test", "Start it."));
        fixture.newest().say(ClusterState::Running);
        QTRY_COMPARE(fixture.pill().toolTip(), QStringLiteral("Nobody is there.\nStart it."));
        QVERIFY(!fixture.statusSays(QStringLiteral("does not answer")));
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.statusSays(QStringLiteral("staging does not answer: Nobody is there.")), 30'000);
        // From here on it may be asked for again.
        fixture.jobsPanel().opens()->trigger();
        auto* table = fixture.jobsPanel().findChild<QTableView*>();
        QTRY_COMPARE(table->model()->rowCount(), 1);
        QCOMPARE(table->selectionModel()->selectedRows().size(), 1);  // the one that is shown
        Q_EMIT table->activated(table->model()->index(0, 0));
        QCOMPARE(fixture.made(), std::size_t{2});
        QVERIFY(fixture.newest().watched);
        Q_EMIT table->activated(table->model()->index(0, 0));  // it answers
        QCOMPARE(fixture.made(), std::size_t{2});
    }

    void aShortSilenceIsNotTold() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        fixture.newest().look.connectionProblem = Status(ErrorCode::Io, RW_TEXT("test", "Nobody is there."));
        fixture.newest().say(ClusterState::Running);
        QTRY_VERIFY(!fixture.cluster().connectionProblem().isEmpty());
        fixture.newest().look.connectionProblem = {};
        fixture.newest().look.answered = QDateTime::currentMSecsSinceEpoch();
        fixture.newest().say(ClusterState::Running);
        QTRY_VERIFY(fixture.cluster().look().connectionProblem.ok());
        QVERIFY(!fixture.statusSays(QStringLiteral("answers again")));
    }

    void aStopThatComesToNothingIsSeen() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        fixture.end("Stop with a savepoint");
        QTRY_COMPARE(fixture.session().state(), State::Stopping);
        QVERIFY(!fixture.pane("log")->isOn());
        fixture.note("The job goes on without a savepoint: name a folder");
        fixture.newest().say(ClusterState::Running);
        QTRY_VERIFY(fixture.pane("log")->isOn());
        QVERIFY(fixture.statusSays(QStringLiteral("goes on without a savepoint")));
        leavePicture(*fixture.window, QStringLiteral("cluster_stop_failed"));
        fixture.end("Stop with a savepoint…");  // where the folder is named
        QVERIFY(fixture.window->findChild<QInputDialog*>() != nullptr);
    }

    void stopOffersFirstWhatLosesNothing() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        fixture.bar().stopAction()->trigger();
        QTRY_VERIFY(fixture.endMenu().isVisible());
        QCOMPARE(plainText(*fixture.endMenu().activeAction()), QStringLiteral("Stop with a savepoint"));
        QSet<QChar> letters;
        for (const QAction* action : fixture.endMenu().actions()) {
            if (action->isSeparator() || !action->isVisible()) continue;
            const QChar letter = action->text().at(action->text().indexOf(QLatin1Char('&')) + 1).toLower();
            QVERIFY2(!letters.contains(letter), qPrintable(action->text()));
            letters.insert(letter);
        }
        fixture.endMenu().hide();
    }

    void aButtonDoesNotCancelUnasked() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        const Deployment job = *fixture.newest().remembered;
        {
            const Chosen answer("Let it run");
            Q_EMIT fixture.jobsPanel().cancelRequested(job);
            QCOMPARE(answer.said.size(), 1);
            QVERIFY2(answer.said.front().contains(QLatin1String("from the newest checkpoint")),
                     qPrintable(answer.said.front()));
            QCOMPARE(fixture.newest().cancelled, 0);
        }
        const Chosen answer("Cancel the job");
        Q_EMIT fixture.jobsPanel().cancelRequested(job);
        QCOMPARE(fixture.newest().cancelled, 1);
        QCOMPARE(fixture.made(), std::size_t{1});
    }

    void whatIsLostStandsBeforeWhatIsKept() {
        const ClusterWindow fixture;
        ResumeForecast told;
        for (int i = 0; i < 10; ++i) told.forecast.nodes["kept" + std::to_string(i)].fate = StateFate::Keeps;
        NodeForecast& window = told.forecast.nodes["window"];
        window.fate = StateFate::Cannot;
        window.why = RW_TEXT("test", "Its size is another");
        const QStringList lines = forecastText(fixture.document(), told).split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 8);
        QCOMPARE(lines.front(), QStringLiteral("“window”: can't resume. Its size is another"));
        QCOMPARE(lines.at(1), QStringLiteral("“kept0”: kept"));
        QCOMPARE(lines.back(), QStringLiteral("4 more nodes keep their state."));
    }

    void thePillSaysWhatIsGoingOn() {
        AskingWindow fixture;
        fixture.addOrders();
        fixture.choose(QStringLiteral("staging · Flink"));
        QVERIFY(fixture.deployed("j1"));
        MadeJob& job = fixture.newest();
        const auto pill = [&fixture] {
            return clusterPill(fixture.session(), fixture.cluster(), fixture.document());
        };
        job.say(ClusterState::Starting);
        QTRY_COMPARE(pill().words, QStringLiteral("Starting on staging"));
        QCOMPARE(pill().state, Pill::State::Busy);
        fixture.note("The job waits for slots");
        job.say(ClusterState::Starting);
        QTRY_COMPARE(pill().tip, QStringLiteral("The job waits for slots"));
        QCOMPARE(pill().state, Pill::State::Warn);
        job.look.connectionProblem = Status(ErrorCode::Io, RW_TEXT("test", "The keyring was not unlocked."),
                                            RW_TEXT("test", "Unlock it."));
        job.say(ClusterState::Starting);
        QTRY_COMPARE(pill().words, QStringLiteral("No answer from staging"));
        QCOMPARE(pill().state, Pill::State::Warn);
        QCOMPARE(pill().tip, QStringLiteral("The keyring was not unlocked.\nUnlock it."));
        job.look.connectionProblem = {};
        job.look.failure =
            Status(ErrorCode::Io, RW_TEXT("test", "It fell over."), RW_TEXT("test", "Pick it up."));
        job.say(ClusterState::Failed);
        QTRY_COMPARE(pill().state, Pill::State::Error);
        QCOMPARE(pill().tip, QStringLiteral("It fell over.\nPick it up."));
    }

    void preferencesAreOneWindow() {
        const ClusterWindow fixture;
        const auto windows = [&fixture] { return fixture.window->findChildren<PreferencesDialog*>().size(); };
        QAction* open = fixture.action(QStringLiteral("Preferences…"));
        open->trigger();
        QCOMPARE(windows(), 1);
        open->trigger();
        Q_EMIT fixture.bar().targetsRequested();
        QCOMPARE(windows(), 1);
        fixture.window->findChild<PreferencesDialog*>()->close();
        open->trigger();
        QVERIFY(fixture.window->findChildren<PreferencesDialog*>().last()->isVisible());
    }

    void bothEnginesAreOfferedWithoutATarget() {
        const ClusterWindow fixture(std::vector<Target>{});
        fixture.document().addNode({"rows", Json::object(), {}}, {});
        const auto* button = fixture.bar().runButton();
        fixture.choose(QStringLiteral("Apache Flink"));
        QVERIFY2(button->toolTip().contains(QLatin1String("app/cluster flink up")),
                 qPrintable(button->toolTip()));
        fixture.choose(QStringLiteral("Apache Spark"));
        QVERIFY2(button->toolTip().contains(QLatin1String("app/cluster spark up")),
                 qPrintable(button->toolTip()));
    }
};

QTEST_MAIN(TestDeployQuestions)
#include "test_deploy_questions.moc"

// A run belongs to its document: opening another one asks first, and then has none; and a document that
// differs from the running pipeline says so, wherever the change was made.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/main_tool_bar.h"
#include "core/pipeline/json/json.h"
#include "tests/unit/app/dialog_answers.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/charts/cards/chart_window.h"
#include "widgets/charts/chart_card.h"
#include "widgets/dashboard/dashboard.h"
#include "widgets/document/examples.h"
#include "widgets/document/file_watch.h"
#include "widgets/files/file_actions.h"
#include "widgets/files/rewritten_bar.h"
#include "widgets/inspector/inspector.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/shown_text.h"
#include "widgets/welcome/recovery_bar.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// Presses the button of that name in every question; unsaved changes go.
struct RunAnswers : DialogAnswers {
    explicit RunAnswers(const QString& button)
        : DialogAnswers({button, QStringLiteral("Discard the changes")}) {
        look = [](QMessageBox& box) { leavePicture(box, QStringLiteral("a_run_is_going_on")); };
    }
};

}  // namespace

class TestRuns : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    NodeId m_source, m_filter, m_chart;
    std::unique_ptr<WindowFixture> m_window;

    PipelineDocument& document() const { return m_window->document(); }
    RunSession& session() const { return m_window->canvas().view().canvas().session(); }
    FileActions* files() const { return m_window->window->findChild<FileActions*>(); }

    /// A long run of a generator, a filter, a file and a chart, saved as mine.rill; waits for its rows.
    void startRun() {
        document().startEmpty();
        m_source = document().addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 1'000'000}, {"rate", 2000}}}, {});
        m_filter = document().addNode({"filter", Json{{"condition", "n % 2 = 0"}}}, {300, 0});
        m_chart = document().addNode({"histogram", Json{{"value", "n"}}}, {600, 0});
        const std::string out = m_folder.filePath(QStringLiteral("out.csv")).toStdString();
        QFile::remove(QString::fromStdString(out));  // a missing file needs no consent
        const NodeId file = document().addNode({"csv_sink", Json{{"path", out}}}, {600, 200});
        document().connectPorts({m_source, "out"}, {m_filter, "in"});
        document().connectPorts({m_filter, "out"}, {m_chart, "in"});
        document().connectPorts({m_filter, "out"}, {file, "in"});
        QVERIFY(document().saveAs(m_folder.filePath(QStringLiteral("mine.rill"))).ok());
        session().start();
        QTRY_COMPARE(session().state(), State::Running);
        QTRY_VERIFY(session().snapshot().metrics.sourceRows > 100);
    }
    void leave(const QString& how) const;

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init();
    void cleanup();
    void anotherDocumentAsksToStopTheRun_data();
    void anotherDocumentAsksToStopTheRun();
    void closingAsksToStopTheRun_data();
    void closingAsksToStopTheRun();
    void reloadingAsksToStopTheRun();
    void whatDoesNotOpenStopsNothing();
    void nothingOfTheOldRunIsLeft();
    void aPausedRunIsNotTheNextOnes();
    void noQuestionWithoutARun();
    void deletedWireIsToBeApplied();
    void deletedNodeComesBackWhole();
    void whatBeginsAnewSaysSoOnItsButtons();
    void openWindowsAreFinished();
    void rowsThatTheResultsLackAreTold();
};

void TestRuns::init() {
    emptyHome();
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(m_window->window.get(), 30'000));
}

void TestRuns::cleanup() {
    if (m_window) document().startEmpty();
    m_window.reset();
}

// Goes to another document as a person does.
void TestRuns::leave(const QString& how) const {
    QMainWindow& window = *m_window->window;
    if (how == QLatin1String("new")) {
        QTest::keyClick(&window, Qt::Key_N, Qt::ControlModifier);
    } else if (how == QLatin1String("open")) {
        files()->open(m_folder.filePath(QStringLiteral("other.rill")));
    } else if (how == QLatin1String("example")) {
        files()->openExample(QStringLiteral(":/examples/watermark.rill"), false);
    } else if (how == QLatin1String("welcome")) {
        m_window->action(QStringLiteral("Welcome page"))->trigger();
    } else if (how == QLatin1String("recover")) {
        const QString file = autosaveFolder() + QStringLiteral("/crashed.autosave");
        files()->recover({file, {}, QStringLiteral("Lost"), {}});
    } else {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(m_folder.filePath(QStringLiteral("other.rill")))});
        QDragEnterEvent enter(QPoint(40, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &enter);
        QDropEvent drop(QPointF(40, 40), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(&window, &drop);
    }
}

void TestRuns::anotherDocumentAsksToStopTheRun_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("stop");
    for (const char* how : {"new", "open", "example", "welcome", "recover", "drop"}) {
        QTest::addRow("%s, keep running", how) << QString::fromLatin1(how) << false;
        QTest::addRow("%s, stop", how) << QString::fromLatin1(how) << true;
    }
}

void TestRuns::anotherDocumentAsksToStopTheRun() {
    QFETCH(QString, how);
    QFETCH(bool, stop);
    Pipeline other;
    other.nodes.push_back({.id = "only", .type = "filter", .title = {}, .at = {}});
    QVERIFY(savePipelineFile(other, m_folder.filePath(QStringLiteral("other.rill")).toStdString()).ok());
    const Json copy = {{"path", ""}, {"name", "Lost"}, {"pipeline", savePipeline(other)}};
    QFile crashed(autosaveFolder() + QStringLiteral("/crashed.autosave"));
    QVERIFY(crashed.open(QIODevice::WriteOnly));
    crashed.write(QByteArray::fromStdString(copy.dump()));
    crashed.close();
    QFile out(m_folder.filePath(QStringLiteral("out.csv")));
    out.remove();
    startRun();
    const QString mine = document().path();
    RunAnswers answers(stop ? QStringLiteral("Stop the run and open") : QStringLiteral("Keep the run"));
    leave(how);
    QTRY_COMPARE(answers.said.size(), 1);
    QVERIFY2(answers.said.front().contains(QStringLiteral("“mine.rill” is running.")),
             qPrintable(answers.said.front()));
    QVERIFY(answers.said.front().contains(QLatin1String("windows that are still open give no result")));
    if (stop) {
        QTRY_VERIFY(document().path() != mine);
        QCOMPARE(session().state(), State::Stopped);
        QVERIFY(session().startedAt().isNull());
        QTRY_VERIFY(out.exists());  // its old output
    } else {
        const std::uint64_t rows = session().snapshot().metrics.sourceRows;
        QTRY_VERIFY(session().snapshot().metrics.sourceRows > rows);
        QCOMPARE(document().path(), mine);
        QVERIFY(!out.exists());
    }
}

void TestRuns::closingAsksToStopTheRun_data() {
    QTest::addColumn<QString>("how");
    QTest::addColumn<bool>("stop");
    for (const char* how : {"the frame", "Ctrl+Q"}) {
        QTest::addRow("%s, keep running", how) << QString::fromLatin1(how) << false;
        QTest::addRow("%s, stop", how) << QString::fromLatin1(how) << true;
    }
}

void TestRuns::closingAsksToStopTheRun() {
    QFETCH(QString, how);
    QFETCH(bool, stop);
    startRun();
    MainWindow& window = *m_window->window;
    const auto close = [&] {
        how == QLatin1String("Ctrl+Q") ? QTest::keyClick(&window, Qt::Key_Q, Qt::ControlModifier)
                                       : (void)window.close();
    };
    RunAnswers answers(stop ? QStringLiteral("Stop the run and close") : QStringLiteral("Keep the run"));
    close();
    QTRY_COMPARE(answers.said.size(), 1);
    QVERIFY2(answers.said.front().contains(QStringLiteral("“mine.rill” is running.")) &&
                 answers.said.front().contains(QLatin1String("Closing the window stops it")),
             qPrintable(answers.said.front()));
    QTRY_COMPARE(window.isVisible(), !stop);
    if (stop) {
        QTRY_VERIFY(!session().isActive());
        return;
    }
    QCOMPARE(session().state(), State::Running);
    session().pause();
    QTRY_COMPARE(session().state(), State::Paused);
    QTRY_VERIFY(window.isActiveWindow());  // again, after the question: keys go there
    close();
    QTRY_COMPARE(answers.said.size(), 2);
    QVERIFY(answers.said.back().contains(QStringLiteral("is paused")));
    QVERIFY(window.isVisible());
}

void TestRuns::reloadingAsksToStopTheRun() {
    startRun();
    Pipeline theirs = document().pipeline();
    theirs.name = "theirs";
    QVERIFY(savePipelineFile(theirs, document().path().toStdString()).ok());
    auto* watch = m_window->window->findChild<FileWatch*>();
    auto* bar = m_window->window->findChild<RewrittenBar*>();
    QTRY_VERIFY((watch->look(), !bar->isHidden()));
    QCOMPARE(session().state(), State::Running);
    const auto reload = [bar] {
        for (QPushButton* link : bar->findChildren<QPushButton*>()) {
            if (link->text() == QLatin1String("Reload")) return link->click();
        }
    };
    {
        RunAnswers answers(QStringLiteral("Keep the run"));
        reload();
        QCOMPARE(answers.said.size(), 1);
        QCOMPARE(session().state(), State::Running);
        QVERIFY(!bar->isHidden());
    }
    RunAnswers answers(QStringLiteral("Stop the run and open"));
    reload();
    QCOMPARE(answers.said.size(), 1);
    QCOMPARE(session().state(), State::Stopped);
    QCOMPARE(document().pipeline().name, std::string("theirs"));
    QVERIFY(bar->isHidden());
}

void TestRuns::whatDoesNotOpenStopsNothing() {
    startRun();
    QFile broken(m_folder.filePath(QStringLiteral("other.rill")));
    QVERIFY(broken.open(QIODevice::WriteOnly | QIODevice::Truncate) && broken.write("{") == 1);
    broken.close();
    RunAnswers answers(QStringLiteral("Stop the run and open"));
    leave(QStringLiteral("open"));
    QCOMPARE(answers.said.size(), 2);  // the question, and that it can't be opened
    QCOMPARE(session().state(), State::Running);
}

void TestRuns::nothingOfTheOldRunIsLeft() {
    startRun();
    auto* dashboard = m_window->window->findChild<Dashboard*>();
    dashboard->opens()->trigger();
    QTRY_VERIFY(dashboard->findChild<ChartCard*>()->chart());
    Q_EMIT m_window->canvas().chartActivated(m_chart);
    QPointer<ChartWindow> large = m_window->window->findChild<ChartWindow*>();
    QVERIFY(large && large->isVisible());
    const QString memory = QStringLiteral("Memory");
    const auto words = [&] {
        QStringList all;
        for (const QLabel* label : m_window->window->statusBar()->findChildren<QLabel*>())
            if (label->isVisible()) all << label->text();
        return all.join(u'|');
    };
    QTRY_VERIFY(words().contains(memory));
    RunAnswers answers(QStringLiteral("Stop the run and open"));
    // The same pipeline once more: its nodes have the same names, and nothing of them is shown for all that.
    files()->open(document().path());
    QCOMPARE(answers.said.size(), 1);
    QCOMPARE(session().state(), State::Stopped);
    QVERIFY(!session().hasUnappliedChanges());
    QVERIFY(session().snapshot().nodes.empty());
    QVERIFY(session().runningPipeline().nodes.empty());
    QVERIFY(!session().view(m_chart));
    QVERIFY(!session().tap({m_source, "out"}));
    QVERIFY(!large || !large->isVisible());
    QVERIFY(!words().contains(memory));
    QVERIFY(!dashboard->findChild<ChartCard*>()->chart());
    const Pipeline before = document().pipeline();
    m_window->action(QStringLiteral("Revert changes"))->trigger();
    QVERIFY(document().pipeline() == before);
    QVERIFY(!document().isModified());
}

void TestRuns::aPausedRunIsNotTheNextOnes() {
    startRun();
    QTest::keyClick(m_window->window.get(), Qt::Key_P, Qt::ControlModifier);
    QCOMPARE(session().state(), State::Paused);
    RunAnswers answers(QStringLiteral("Stop the run and open"));
    files()->openExample(QStringLiteral(":/examples/watermark.rill"), true);
    QCOMPARE(answers.said.size(), 1);
    QVERIFY(answers.said.front().contains(QLatin1String("is paused")));
    QTRY_COMPARE(session().state(), State::Running);
    QCOMPARE(session().runningPipeline().nodes.size(), document().pipeline().nodes.size());
    QVERIFY(session().snapshot().node(m_source) == nullptr);
}

void TestRuns::noQuestionWithoutARun() {
    startRun();
    session().stop();
    QTRY_COMPARE(session().state(), State::Stopped);
    RunAnswers answers(QStringLiteral("Keep the run"));
    leave(QStringLiteral("new"));
    QVERIFY(answers.said.isEmpty());
    QVERIFY(document().pipeline().nodes.empty());
    QVERIFY(session().startedAt().isNull());
}

void TestRuns::deletedWireIsToBeApplied() {
    startRun();
    const auto* pill = m_window->window->findChild<MainToolBar*>()->findChild<Pill*>();
    QTRY_COMPARE(pill->state(), Pill::State::Ok);
    auto* inspector = m_window->window->findChild<Inspector*>();
    auto* apply = inspector->findChild<QPushButton*>(QStringLiteral("apply"));
    auto* revert = inspector->findChild<QPushButton*>(QStringLiteral("revert"));
    document().selection().clear();
    QVERIFY(!apply->isVisible());
    const NodeId both = document().addNode({"union"}, {300, 300});
    document().selection().set({Wire{{m_filter, "out"}, {m_chart, "in"}}});
    m_window->canvas().view().setFocus();
    QTest::keyClick(&m_window->canvas().view(), Qt::Key_Delete);
    QCOMPARE(document().pipeline().wires.size(), std::size_t{2});
    QVERIFY(document().selection().empty());
    QVERIFY(apply->isVisible() && revert->isVisible());
    QCOMPARE(pill->state(), Pill::State::Warn);
    QVERIFY(revert->isEnabled());
    QTRY_VERIFY(document().isValidated());
    QVERIFY(!apply->isEnabled());  // the chart has no rows now: the last valid version runs on
    leavePicture(*m_window->window, QStringLiteral("not_applied"));
    document().remove({m_chart, both});
    QTRY_VERIFY(apply->isEnabled());
    QTest::mouseClick(revert, Qt::LeftButton);
    QVERIFY(!apply->isVisible());
    QCOMPARE(pill->state(), Pill::State::Ok);
    QVERIFY(!session().hasUnappliedChanges());
}

void TestRuns::deletedNodeComesBackWhole() {
    startRun();
    const QByteArray before = QByteArray::fromStdString(savePipeline(document().pipeline()));
    document().selection().set({m_filter});
    m_window->canvas().view().setFocus();
    QTest::keyClick(&m_window->canvas().view(), Qt::Key_Delete);
    QVERIFY(document().pipeline().find(m_filter) == nullptr);
    QVERIFY(session().hasUnappliedChanges());
    m_window->action(QStringLiteral("Revert changes"))->trigger();
    QVERIFY(!session().hasUnappliedChanges());
    QCOMPARE(QByteArray::fromStdString(savePipeline(document().pipeline())), before);
}

/// A run that ends by itself takes no checkpoints; one that does not, of a file, goes on from one.
void TestRuns::whatBeginsAnewSaysSoOnItsButtons() {
    startRun();
    auto* inspector = m_window->window->findChild<Inspector*>();
    auto* apply = inspector->findChild<QPushButton*>(QStringLiteral("apply"));
    QAction* const action = m_window->action(QStringLiteral("Apply changes and restart"));
    QVERIFY(action != nullptr && !action->isEnabled());
    document().setParam(m_filter, "condition", "n % 3 = 0");
    document().selection().set({m_filter});
    QTRY_VERIFY(action->isEnabled() && apply->isEnabled());
    QCOMPARE(apply->text(), QStringLiteral("Apply and restart"));
    QVERIFY(action->toolTip().contains(QStringLiteral("begins anew")));
    session().stop();
    QTRY_VERIFY(!session().isActive());
    QCOMPARE(plainText(*action), QStringLiteral("Apply changes"));
    QCOMPARE(apply->text(), QStringLiteral("Apply"));
    document().setParam(m_source, "rows", 0);
    QTRY_VERIFY(document().isValidated());
    session().start();
    QTRY_VERIFY(session().keepsStateWhenApplied());
    document().setParam(m_filter, "condition", "n % 2 = 0");
    QTRY_VERIFY(action->isEnabled());
    QCOMPARE(plainText(*action), QStringLiteral("Apply changes"));
    QCOMPARE(apply->text(), QStringLiteral("Apply"));
    QVERIFY(action->toolTip().contains(QStringLiteral("checkpoint")));
}

/// Its action ends the sources: what was open gives its results, where Stop would leave it for a later run.
void TestRuns::openWindowsAreFinished() {
    document().startEmpty();
    QAction* const finish = m_window->action(QStringLiteral("Finish open windows"));
    QVERIFY(finish != nullptr && !finish->isEnabled());
    const Json rows{
        {"rate", 2000},
        {"event_time", "ts"},
        {"columns", {"ts TIMESTAMP(3) = TIMESTAMPADD(SECOND, MOD(i, 60), TIMESTAMP '2024-03-01 12:00:00')"}}};
    const NodeId source = document().addNode({"generator", rows}, {});
    const NodeId hours = document().addNode(
        {"window_aggregate", Json{{"window", "tumble"}, {"size", "1h"}, {"aggregates", {"COUNT(*) AS n"}}}},
        {300, 0});
    const QString out = m_folder.filePath(QStringLiteral("hours.csv"));
    QFile::remove(out);
    const NodeId file = document().addNode({"csv_sink", Json{{"path", out.toStdString()}}}, {600, 0});
    document().connectPorts({source, "out"}, {hours, "in"});
    document().connectPorts({hours, "out"}, {file, "in"});
    QVERIFY(document().saveAs(m_folder.filePath(QStringLiteral("hours.rill"))).ok());
    const auto lines = [&out] {
        QFile written(out);
        return written.open(QIODevice::ReadOnly) ? written.readAll().count('\n') : 0;
    };
    session().start();
    QTRY_VERIFY(session().snapshot().metrics.sourceRows > 100);
    QVERIFY(finish->isEnabled() && !finish->toolTip().isEmpty());
    m_window->action(QStringLiteral("Stop"))->trigger();
    QTRY_VERIFY(!session().isActive());
    QVERIFY2(lines() <= 1, "the window is open yet");  // the heading
    QVERIFY(!finish->isEnabled());
    session().start();
    QTRY_VERIFY(session().snapshot().metrics.sourceRows > 100 && finish->isEnabled());
    finish->trigger();
    QTRY_COMPARE(session().state(), State::Finished);
    QCOMPARE(lines(), 2);
    QVERIFY(!finish->isEnabled());
}

void TestRuns::rowsThatTheResultsLackAreTold() {
    document().startEmpty();
    const Json columns =
        Json::array({"t STRING = CASE WHEN MOD(i, 50) = 7 THEN 'x' ELSE CAST(i AS STRING) END"});
    const NodeId source = document().addNode({"generator", Json{{"columns", columns}, {"rows", 100}}}, {});
    const NodeId filter = document().addNode({"filter", Json{{"condition", "CAST(t AS BIGINT) >= 0"}}}, {});
    document().connectPorts({source, "out"}, {filter, "in"});
    document().connectPorts({filter, "out"}, {document().addNode({"table_view"}, {}), "in"});
    const auto* pill = m_window->window->findChild<MainToolBar*>()->findChild<Pill*>();
    session().start();
    QTRY_COMPARE(session().state(), State::Finished);
    QTRY_COMPARE(pill->state(), Pill::State::Warn);
    QVERIFY2(pill->accessibleName().startsWith(QStringLiteral("Finished · 2 rejected, ")),
             qPrintable(pill->accessibleName()));
    QCOMPARE(pill->toolTip(), QStringLiteral("Rows missing from the results: 2\n"
                                             "To see them, open the panel Late & rejected."));
    // They are taken now: nothing is missing.
    document().connectPorts({filter, "rejected"}, {document().addNode({"table_view"}, {}), "in"});
    QTRY_VERIFY(document().isValidated());
    session().start();
    QTRY_VERIFY(!session().isActive() && session().state() == State::Finished);
    QTRY_COMPARE(pill->state(), Pill::State::Ok);
    QVERIFY(pill->accessibleName().startsWith(QStringLiteral("Finished, ")));
    QCOMPARE(pill->toolTip(), QString());
}

QTEST_MAIN(TestRuns)
#include "test_runs.moc"

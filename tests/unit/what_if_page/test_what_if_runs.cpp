// The What if page and the run: what is used reaches a run that keeps its state, and no other; where there is
// no input, a run is recorded for five minutes.
#include <QtWidgets/QtWidgets>
#include <vector>

#include "tests/unit/checkpoints/checkpointed_program.h"
#include "widgets/charts/chart_scheduler.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/theme.h"
#include "widgets/what_if/comparison_view.h"
#include "widgets/what_if/input_bar.h"
#include "widgets/what_if/settings_side.h"
#include "widgets/what_if/timed_recording.h"
#include "widgets/what_if/what_if_page.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

constexpr int kLong = 60'000;

struct RunningPage : CheckpointedProgram {
    using CheckpointedProgram::CheckpointedProgram;

    ChartScheduler charts{};
    QStringList told{};
    WhatIfPage page{PaneParts{document, session, charts}, [this](const QString& words) { told << words; }};

    bool show() {
        page.resize(1200, 800);
        page.show();
        return save();
    }
    bool begin() {
        session.start();
        return QTest::qWaitFor([this] { return session.state() == State::Running; }, kLong);
    }
    /// As if typed for B; whether it can be used then.
    bool type(const std::string& name, const char* value) {
        page.settings().add(name);
        QLineEdit& field = page.settings().card(name)->field(CompareSide::B);
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QLatin1String(value));
        return QTest::qWaitFor([this] { return page.settings().useButton().isEnabled(); }, kLong) &&
               page.settings().card(name)->value(CompareSide::B) == value;
    }
    /// Types another size of windows, of which there is no input; whether that is said.
    bool lacksInput(const std::string& size) {
        return type(size, "30min") && QTest::qWaitFor([this] { return says("Record a tape first"); }, kLong);
    }
    /// What is said in place of an answer.
    QString words() const {
        const auto* empty = page.findChild<EmptyState*>();
        return empty->isVisible() ? empty->accessibleName() + u' ' + empty->accessibleDescription()
                                  : QString();
    }
    bool says(const char* text) const { return words().contains(QString::fromUtf8(text)); }
    QPushButton& button() const { return *page.findChild<EmptyState*>()->findChild<QPushButton*>(); }
    QTimer& ends() const { return *page.findChild<QTimer*>(QStringLiteral("recording_ends")); }
    /// What is said of using B.
    bool effectSays(const char* text) const {
        for (const auto* label : page.settings().findChildren<QLabel*>()) {
            if (label->isVisible() && label->text().contains(QLatin1String(text))) return true;
        }
        return false;
    }
    std::string runsWith(const NodeId& node, const char* param) const {
        const Node* const running = session.runningPipeline().find(node);
        if (running == nullptr || !running->params.contains(param)) return {};
        const Json& value = running->params[param];
        return value.is_string() ? value.get<std::string>() : value.dump();
    }
};

}  // namespace

class TestWhatIfRuns : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        new Theme(*qApp, {.mode = ThemeMode::Dark});
    }

    /// Each time anew: what is used later is not agreed to by an answer to what was used before.
    void whatWouldBeLostIsAskedAboutFirst() {
        RunningPage fixture;
        const NodeId windows = fixture.addWindows();
        QVERIFY(fixture.show() && fixture.begin() && fixture.awaitTaken(2));
        for (const char* size : {"30min", "20min"}) {
            QVERIFY(fixture.type(windows + ".size", size));
            QVERIFY(fixture.effectSays("Apply opens and asks first"));
            const int steps = fixture.document.undoStack().index();
            fixture.page.settings().useButton().click();
            QCOMPARE(fixture.document.undoStack().index(), steps + 1);
            QCOMPARE(fixture.document.node(windows)->params["size"], Json(size));
            QVERIFY(fixture.session.receipt() == nullptr);
            QTRY_VERIFY_WITH_TIMEOUT(fixture.session.receipt() != nullptr, kLong);
            QVERIFY(fixture.session.state() == State::Running && !fixture.session.resumedFrom());
            QCOMPARE(fixture.runsWith(windows, "size"), std::string("1h"));
        }
    }

    void whatLosesNothingIsApplied() {
        RunningPage fixture;
        QVERIFY(fixture.show() && fixture.begin() && fixture.awaitTaken(2));
        QVERIFY(fixture.type(fixture.source + ".rate", "3000"));
        fixture.page.settings().useButton().click();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.runsWith(fixture.source, "rate"), std::string("3000"), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(
            fixture.session.state() == State::Running && fixture.session.resumedFrom().has_value(), kLong);
        QVERIFY(!fixture.session.hasUnappliedChanges());
    }

    /// It would lose all that it has done.
    void aRunThatWouldBeginAnewIsNotTouched() {
        RunningPage fixture(100'000'000);
        QVERIFY(fixture.show() && fixture.begin());
        QVERIFY(fixture.session.beginsAnewWhenApplied());
        QVERIFY(fixture.type(fixture.source + ".rate", "3000"));
        QVERIFY(fixture.effectSays("until you apply the changes"));
        const QDateTime started = fixture.session.startedAt();
        fixture.page.settings().useButton().click();
        QVERIFY(fixture.session.hasUnappliedChanges() && fixture.session.state() == State::Running);
        QCOMPARE(fixture.runsWith(fixture.source, "rate"), std::string("2000"));
        QCOMPARE(fixture.session.startedAt(), started);
    }

    void aRunIsRecordedForFiveMinutes() {
        RunningPage fixture;
        const NodeId windows = fixture.addWindows();
        QVERIFY(fixture.show());
        QVERIFY2(fixture.lacksInput(windows + ".size"), qPrintable(fixture.words()));
        QCOMPARE(fixture.button().text(), QStringLiteral("Record 5 min"));
        fixture.button().click();
        QCOMPARE(fixture.session.tape().recordInto, tapesFolder());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.state() == State::Running, kLong);
        QVERIFY2(fixture.says("A run is recorded"), qPrintable(fixture.words()));
        QVERIFY2(fixture.says("stops by itself"), qPrintable(fixture.words()));
        QVERIFY(fixture.ends().isActive());
        QCOMPARE(fixture.ends().interval(), 300'000);
        QVERIFY(fixture.awaitTaken(2) && fixture.told.isEmpty());
        fixture.ends().start(0);  // they are over
        QTRY_COMPARE_WITH_TIMEOUT(fixture.told.size(), 1, kLong);
        QVERIFY(!fixture.session.isActive());
        QVERIFY2(fixture.told.front().contains(QStringLiteral("for five minutes")),
                 qPrintable(fixture.told.front()));
        // The next runs are recorded no more, and all have run over the tape of this one.
        QVERIFY(fixture.session.tape().recordInto.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.comparison().answer() != nullptr, kLong);
        QCOMPARE(fixture.page.comparison().answer()->asked.tape, fixture.session.lastTape());
        QVERIFY2(fixture.words().isEmpty(), qPrintable(fixture.words()));
        QVERIFY(QFile::remove(fixture.session.lastTape()));
    }

    /// Also where the person had chosen to have the sources read.
    void whatIsStoppedEarlierIsATape() {
        RunningPage fixture;
        const NodeId windows = fixture.addWindows();
        QVERIFY(fixture.show());
        QComboBox& inputs = fixture.page.input().inputs();
        inputs.setCurrentIndex(0);
        Q_EMIT inputs.activated(0);
        QVERIFY2(fixture.lacksInput(windows + ".size"), qPrintable(fixture.words()));
        fixture.button().click();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.session.state() == State::Running, kLong);
        QVERIFY(fixture.awaitTaken(2));
        QCOMPARE(fixture.button().text(), QStringLiteral("Stop it now"));
        fixture.button().click();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), kLong);
        QVERIFY(!fixture.ends().isActive() && fixture.told.isEmpty());
        QVERIFY(fixture.session.tape().recordInto.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(fixture.page.comparison().answer() != nullptr, kLong);
        QCOMPARE(fixture.page.input().tape(), fixture.session.lastTape());
        QVERIFY(QFile::remove(fixture.session.lastTape()));
    }

    /// A tape is of one try: the folder of the output goes away for a while, and the run has to begin again.
    void aRunWhoseTapeHasEndedIsStopped() {
        const QTemporaryDir folder;
        QDir home(folder.path());
        QVERIFY(home.mkdir(QStringLiteral("out")));
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        Settings settings = document.pipeline().settings;
        settings.unknown["restart"] = "fixed:200ms:1000";
        document.setSettings(settings);
        const NodeId source = document.addNode(
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 20'000}, {"rate", 1000}}}, {});
        const NodeId sink = document.addNode(
            {"csv_sink", Json{{"path", folder.filePath(QStringLiteral("out/x.csv")).toStdString()}}}, {});
        document.connectPorts({source, "out"}, {sink, "in"});
        QTRY_VERIFY_WITH_TIMEOUT(document.isValidated(), kLong);
        TimedRecording recording(session);
        std::vector<TimedRecording::End> ends;
        connect(&recording, &TimedRecording::ended, this,
                [&ends](TimedRecording::End how) { ends.push_back(how); });
        recording.begin();
        QVERIFY(recording.isUnderWay());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(folder.filePath(QStringLiteral("out/.x.csv.rill-new"))).size() > 0,
                                 kLong);
        QVERIFY(home.rename(QStringLiteral("out"), QStringLiteral("away")));
        QTRY_VERIFY_WITH_TIMEOUT(session.snapshot().metrics.restart.waiting() || !ends.empty(), kLong);
        QVERIFY(home.rename(QStringLiteral("away"), QStringLiteral("out")));
        QTRY_VERIFY_WITH_TIMEOUT(!ends.empty(), kLong);
        QCOMPARE(ends.size(), std::size_t{1});
        QVERIFY(ends.front() == TimedRecording::End::Untaped);
        QVERIFY(!recording.isUnderWay() && !session.isActive());
        QVERIFY(session.tape().recordInto.isEmpty());
        (void)QFile::remove(session.lastTape());
    }

    void aRunThatGoesOnIsToBeStoppedFirst() {
        RunningPage fixture;
        const NodeId windows = fixture.addWindows();
        QVERIFY(fixture.show() && fixture.begin());
        QVERIFY2(fixture.lacksInput(windows + ".size"), qPrintable(fixture.words()));
        QVERIFY2(fixture.says("is not recorded: stop it first"), qPrintable(fixture.words()));
        QVERIFY(!fixture.button().isVisible());
        fixture.session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.session.isActive(), kLong);
        QTRY_VERIFY_WITH_TIMEOUT(fixture.button().isVisible(), kLong);
        QCOMPARE(fixture.button().text(), QStringLiteral("Record 5 min"));
    }
};

QTEST_MAIN(TestWhatIfRuns)
#include "test_what_if_runs.moc"

// A test of a tape has the pauses between its rows; and tests that do not run by themselves: those that are
// slow, and all where nobody wants it, for which there is a key.
#include "core/tape/tape_writer.h"
#include "tests/support/batch_of.h"
#include "tests/support/simulated_clock.h"
#include "tests/unit/pipeline_tests_panel/tests_fixture.h"
#include "widgets/pipeline_tests/tape_test.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

namespace {

using Verb = PipelineTestStep::Verb;

/// Writes a tape of the rows of orders, each with the wall time at which it came.
QString tapeOf(const TestsFixture& fixture, const std::vector<std::pair<const char*, Instant>>& rows) {
    const QString path = fixture.folder.filePath(QStringLiteral("made.tape"));
    TapeWriterOptions writing;
    writing.path = writing.shown = path.toStdString();
    const std::shared_ptr<TapeRecorder> recorder = makeTapeRecorder(writing);
    const StreamType* const type = fixture.document.streamAt({fixture.orders, "out"});
    if (type == nullptr) return {};
    MakeContext context;
    context.clock = std::make_shared<test::SimulatedClock>();
    TapeStart start;
    start.began = rows.front().second;
    start.pipeline = fixture.document.pipeline();
    start.sources = {{fixture.orders, "rows", type->schema, false}};
    if (!recorder->open(context, start).ok()) return {};
    std::int64_t number = 0;
    for (const auto& [shop, arrived] : rows) {
        TapePiece piece;
        piece.order = static_cast<std::uint64_t>(number);
        piece.at = piece.arrived = arrived;
        Batch batch = test::batchOf(type->schema, {{Value(Instant{1'704'067'201'000 + number}),
                                                    Value(std::string(shop)), Value(20.0)}});
        batch.positions.first = 0;
        piece.rows.batches.push_back(std::move(batch));
        piece.rows.rowsRead = 1;
        if (!recorder->write(0, piece).ok()) return {};
        ++number;
    }
    return recorder->close({}).ok() ? path : QString();
}

}  // namespace

class TestPausesAndKeys : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void pausesOfATapeAreKept() {
        TestsFixture fixture;
        QVERIFY(fixture.save() && fixture.validated());
        // Two come together, the third 90.4 s later, and the last half a second behind it.
        const QString tape =
            tapeOf(fixture, {{"graz", 10'000}, {"wien", 10'200}, {"linz", 100'600}, {"enns", 101'100}});
        QVERIFY(!tape.isEmpty());
        const std::atomic<bool> dropped = false;
        const Result<PipelineTest> made = testFromTape(
            madeTestQuestion(fixture.document, fixture.large, "newest"), tape.toStdString(), dropped);
        QVERIFY2(made.ok(), made.ok() ? "" : english(made.error()).c_str());
        QVERIFY(made->steps.size() >= 3);
        QVERIFY(made->steps[0].verb == Verb::Rows && made->steps[0].rows->size() == 2);
        QVERIFY(made->steps[1].verb == Verb::Advance);
        QCOMPARE(made->steps[1].millis, Millis{90'000});  // whole seconds
        QVERIFY(made->steps[2].verb == Verb::Rows && made->steps[2].rows->size() == 2);
        QCOMPARE(made->steps[2].at, fixture.orders);
        QCOMPARE(std::count_if(made->steps.begin(), made->steps.end(),
                               [](const PipelineTestStep& step) { return step.verb == Verb::Advance; }),
                 std::ptrdiff_t{1});
    }

    /// An edit runs the others again.
    void aSlowTestIsRunByHand() {
        QCOMPARE(TestRunner::kSlow, 5.0);
        TestsFixture fixture;
        const QByteArray two =
            fixture.testOf("right", fixture.kRight) + "," + fixture.testOf("wrong", fixture.kWrong);
        fixture.writeTests(fixture.fileOf(two));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed &&
                    fixture.stateOf("wrong") == TestState::Failed);
        QTRY_COMPARE(fixture.caption(0), QStringLiteral("Passed"));
        TestRunner& runner = fixture.panel->runner();
        runner.setSlow(-1);  // seconds: each takes longer
        QVERIFY(fixture.stateOf("right") == TestState::Slow);
        QVERIFY2(fixture.caption(0).contains(QStringLiteral("run it by hand")),
                 qPrintable(fixture.caption(0)));
        QVERIFY(fixture.stateOf("wrong") == TestState::Failed);
        // One of which nobody knows how slow it is comes into the file: it is run, and these are not.
        const PipelineTest right = fixture.panel->store().tests().tests.front();
        const TestResultRef before = runner.resultOf("right");
        fixture.document.setParam(fixture.large, "condition", "amount > 15.5");
        fixture.writeTests(fixture.fileOf(two + "," + fixture.testOf("more", fixture.kRight)));
        QTRY_VERIFY(runner.resultOf("more") != nullptr);
        QTRY_VERIFY(!runner.isRunning());
        QVERIFY(runner.isOlder(right) && runner.resultOf("right") == before);
        QTRY_VERIFY2(fixture.caption(0).contains(QStringLiteral("before the last change")),
                     qPrintable(fixture.caption(0)));
        fixture.panel->choose("right");
        fixture.press("Run this");
        QTRY_VERIFY(!runner.isOlder(right));
        QVERIFY(fixture.stateOf("right") == TestState::Slow);
    }

    void aKeyRunsAllWhereTheyDoNotRunByThemselves() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight) + "," +
                                          fixture.testOf("wrong", fixture.kWrong)));
        QVERIFY(fixture.save());
        fixture.panel->findChild<QCheckBox*>()->setChecked(false);
        QVERIFY(fixture.show());
        QTRY_COMPARE(fixture.panel->list().rowCount(), 2);
        QVERIFY(fixture.stateOf("right") == TestState::NotYet &&
                fixture.stateOf("wrong") == TestState::NotYet);
        QAction* runAll = nullptr;
        for (const Pane::Entry& entry : fixture.panel->entries()) {
            if (entry.action->shortcut() == QKeySequence(QStringLiteral("Ctrl+Shift+T")))
                runAll = entry.action;
        }
        QVERIFY(runAll != nullptr);
        // In the window it stands in a menu.
        fixture.panel->addAction(runAll);
        fixture.panel->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(fixture.panel.get(), 30'000));
        QTRY_VERIFY(runAll->isEnabled());
        QTest::keyClick(fixture.panel.get(), Qt::Key_T, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        QTRY_VERIFY(fixture.stateOf("wrong") == TestState::Failed);
    }
};

QTEST_MAIN(TestPausesAndKeys)
#include "test_pauses_and_keys.moc"

// The Tests panel: tests run on the pipeline as it is in the window, what differs stands beside what was
// expected, and edits are written at once and can be undone.
#include "tests/unit/pipeline_tests_panel/tests_fixture.h"

#include "widgets/pipeline_tests/window_bars.h"
#include "widgets/theme/line_delegate.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestTestsPanel : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void wordsWhereThereAreNoTests() {
        TestsFixture fixture;
        QVERIFY(fixture.show());
        QTRY_VERIFY2(fixture.says("Save the pipeline first"), qPrintable(fixture.words()));
        fixture.press("Save…");
        QCOMPARE(fixture.saves, 1);
        QVERIFY(fixture.save());
        QTRY_VERIFY2(fixture.says("No tests yet"), qPrintable(fixture.words()));
        QVERIFY(fixture.testsText().isEmpty());
        QCOMPARE(fixture.trouble(), nullptr);
    }

    void testsRunAndSayWhatDiffers() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight) + "," +
                                          fixture.testOf("wrong", fixture.kWrong)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        QTRY_VERIFY(fixture.stateOf("wrong") == TestState::Failed);
        QTRY_COMPARE(fixture.panel->count(), 1);
        QCOMPARE(fixture.caption(1), QStringLiteral("Failed: 1 row differs"));
        QTRY_VERIFY2(fixture.says("All came as expected"), qPrintable(fixture.words()));
        fixture.panel->choose("wrong");
        const TestDifferenceModel& difference = fixture.panel->difference();
        QCOMPARE(difference.rowCount(), 3);
        QCOMPARE(difference.index(2, TestDifferenceModel::kMark).data().toString(), QStringLiteral("≠"));
        // The column that differs is marked, with what was expected; the others are not.
        QCOMPARE(difference.index(2, 3).data().toString(), QStringLiteral("20"));
        QCOMPARE(difference.index(2, 3).data(LineDelegate::kStruckRole).toStringList(),
                 (QStringList{QString(), "21", "20"}));
        QVERIFY(!difference.index(2, 2).data(LineDelegate::kStruckRole).isValid());
        QCOMPARE(difference.firstChange(), difference.index(2, 3));
        // Its step says so, too.
        QVERIFY(fixture.lineOf(QStringLiteral("Other rows came than were expected")) >= 0);
        keepPicture(*fixture.panel, QStringLiteral("tests"));
    }

    /// Both over the same rows, of which one shows why they differ: it came when its window had closed.
    void windowsAreBarsOverTheirRows() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(
            R"({"name": "windows", "steps": [{"rows": ")" + QByteArray::fromStdString(fixture.orders) +
            R"(", "values": [["2024-01-01 00:00:01", "graz", 20], ["2024-01-01 00:00:13", "graz", 30],
                ["2024-01-01 00:00:04", "graz", 25]]}, {"end": true}, {"expect": ")" +
            QByteArray::fromStdString(fixture.sums) +
            R"(", "columns": ["window_start", "window_end", "shop", "total"],
                "rows": [["2024-01-01 00:00:00", "2024-01-01 00:00:10", "graz", 45],
                         ["2024-01-01 00:00:10", "2024-01-01 00:00:20", "graz", 30]]}]},)" +
            fixture.testOf("wrong", fixture.kWrong)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.validated());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("windows") == TestState::Failed);
        auto& view = *fixture.panel->findChild<WindowBarsView*>();
        QTRY_VERIFY(view.isVisible());
        const WindowBars& bars = view.bars();
        const auto inWords = [](const std::vector<WindowBars::Bar>& side) {
            QStringList all;
            for (const WindowBars::Bar& bar : side)
                all << QStringLiteral("%1 %2%3")
                           .arg((bar.to - bar.from) / 1'000)
                           .arg(bar.words, QLatin1String(bar.differs ? "!" : ""));
            return all.join(u'|');
        };
        QCOMPARE(inWords(bars.expected), QStringLiteral("10 graz 45!|10 graz 30"));
        QVERIFY2(
            inWords(bars.got).startsWith(QStringLiteral("10 graz 20")) && inWords(bars.got).count(u'!') == 1,
            qPrintable(inWords(bars.got)));
        QCOMPARE(bars.rows.size(), std::size_t{3});
        QVERIFY(!bars.rows[0].late && !bars.rows[1].late && bars.rows[2].late);
        QCOMPARE(bars.rows[2].number, std::size_t{3});
        QVERIFY2(
            view.accessibleDescription().contains(QStringLiteral("row 3 came when its window had closed")),
            qPrintable(view.accessibleDescription()));
        keepPicture(*fixture.panel, QStringLiteral("tests_bars"));
        // In a low panel the rows need all the room.
        fixture.panel->resize(1100, 260);
        QTRY_VERIFY(!view.isVisible());
        QVERIFY(fixture.panel->minimumSizeHint().height() <= 260);
        fixture.panel->resize(1100, 420);
        QTRY_VERIFY(view.isVisible());
        // Rows without windows have none; nor has a test that passed.
        fixture.panel->choose("wrong");
        QTRY_VERIFY(!view.isVisible());
        fixture.panel->choose("windows");
        QTRY_VERIFY(view.isVisible());
        fixture.press("Accept what it got");
        QTRY_VERIFY(fixture.stateOf("windows") == TestState::Passed);
        QTRY_VERIFY(!view.isVisible());
    }

    void missingAndUnexpectedRowsHaveTheirMarks() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(
            fixture.testOf("a",
                           R"(["2024-01-01 00:00:02", "wien", 20], ["2020-01-01 00:00:00", "linz", 1])") +
            "," + fixture.testOf("b", "")));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        fixture.panel->choose("a");
        QTRY_COMPARE(fixture.panel->difference().index(2, 0).data().toString(), QStringLiteral("−"));
        fixture.panel->choose("b");
        QTRY_COMPARE(fixture.panel->difference().index(2, 0).data().toString(), QStringLiteral("+"));
    }

    void anEditOfThePipelineRunsThemAgain() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        // It is not saved.
        fixture.document.setParam(fixture.large, "condition", "amount > 5");
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Failed);
        // The note names the change, and goes on naming it while others follow that mend nothing.
        const QString words =
            QStringLiteral("Passed until “%1”").arg(fixture.document.undoStack().undoText());
        QVERIFY(words.contains(QStringLiteral("Large")));
        QTRY_VERIFY2(fixture.notes().contains(words), qPrintable(fixture.notes().join(u'|')));
        fixture.document.setTitle(fixture.sums, QStringLiteral("Totals"));
        fixture.document.setParam(fixture.sums, "size", "20s");
        QTRY_VERIFY(!fixture.isDue() && !fixture.panel->runner().isRunning());
        QTRY_VERIFY2(fixture.notes().contains(words), qPrintable(fixture.notes().join(u'|')));
        while (fixture.document.node(fixture.large)->params["condition"] != "amount > 15")
            fixture.document.undoStack().undo();
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        QTRY_VERIFY(fixture.notes().isEmpty());
        // A node that only moves changes nothing.
        fixture.document.move({{ItemRef{fixture.large}, Point{10, 10}}});
        QVERIFY(!fixture.isDue());
    }

    /// Nor does one of which nobody knows which of several changes it was.
    void aTestThatNeverPassedNamesNoChange() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("wrong", fixture.kWrong) + "," +
                                          fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("wrong") == TestState::Failed);
        fixture.panel->choose("wrong");
        QVERIFY2(fixture.notes().isEmpty(), qPrintable(fixture.notes().join(u'|')));
        fixture.panel->choose("right");
        fixture.panel->findChild<QCheckBox*>()->setChecked(false);
        fixture.document.setParam(fixture.large, "condition", "amount > 5");
        fixture.document.setParam(fixture.sums, "size", "20s");
        fixture.press("Run this");
        QTRY_COMPARE(fixture.panel->count(), 2);
        QVERIFY2(fixture.notes().isEmpty(), qPrintable(fixture.notes().join(u'|')));
    }

    void resultsAgeWhereNothingRunsByItself() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        fixture.panel->findChild<QCheckBox*>()->setChecked(false);
        QVERIFY(fixture.show());
        QTRY_COMPARE(fixture.panel->list().rowCount(), 1);
        QCOMPARE(fixture.caption(0), QStringLiteral("Not run yet"));
        fixture.press("Run 1 test");
        QTRY_COMPARE(fixture.caption(0), QStringLiteral("Passed"));
        fixture.document.setParam(fixture.large, "condition", "amount > 5");
        QTRY_COMPARE(fixture.caption(0), QStringLiteral("Passed · before the last change"));
        fixture.press("Run this");
        QTRY_COMPARE(fixture.caption(0), QStringLiteral("Failed: 1 row differs"));
        // It stays so in the next window.
        const TestsPanel next(fixture.parts, {});
        QVERIFY(!next.findChild<QCheckBox*>()->isChecked());
    }

    void aBrokenPipelineIsNoFailure() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        fixture.document.setParam(fixture.large, "condition", "nowhere > 5");
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::NotRun);
        QTRY_VERIFY2(fixture.says("could not be run") && fixture.says("nowhere"),
                     qPrintable(fixture.words()));
        QCOMPARE(fixture.panel->count(), 0);
    }

    void whatCameIsAcceptedAndTakenBack() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("wrong", fixture.kWrong)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("wrong") == TestState::Failed);
        QTRY_VERIFY(buttonIn(*fixture.panel, "Accept what it got").isEnabled());
        fixture.press("Accept what it got");
        QTRY_VERIFY(fixture.testsText().contains("20.0"));
        QTRY_VERIFY(fixture.stateOf("wrong") == TestState::Passed);
        QVERIFY(!buttonIn(*fixture.panel, "Accept what it got").isEnabled());
        toolIn(*fixture.panel->tools(), "Undo: Accept").click();
        QTRY_VERIFY(fixture.testsText().contains("21"));
        QTRY_VERIFY(fixture.stateOf("wrong") == TestState::Failed);
    }

    void aTestComesOfASample() {
        TestsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.validated());
        fixture.document.selection().set({fixture.sums});
        QVERIFY(fixture.show());
        QTRY_VERIFY2(fixture.says("No tests yet"), qPrintable(fixture.words()));
        fixture.press("New test from sample");
        QTRY_VERIFY2_WITH_TIMEOUT(!fixture.testsText().isEmpty(), qPrintable(fixture.words()), 30'000);
        const Result<PipelineTestFile> made = loadTests(fixture.testsText().toStdString());
        QVERIFY(made.ok());
        const PipelineTest& test = made->tests.front();
        QCOMPARE(test.name, std::string("first rows of Sums"));
        QCOMPARE(test.steps.front().rows->size(), std::size_t{3});
        QCOMPARE(test.steps.back().at, fixture.sums);
        QCOMPARE(test.steps.back().rows->size(), std::size_t{2});
        QTRY_VERIFY(fixture.stateOf("first rows of Sums") == TestState::Passed);
        fixture.panel->newFromSample();
        QTRY_VERIFY(fixture.stateOf("first rows of Sums 2") == TestState::Passed);
        keepPicture(*fixture.panel, QStringLiteral("tests_sample"));
    }

    void aTestComesOfTheTapeOfARun() {
        TestsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.validated());
        fixture.document.selection().set({fixture.sums});
        QVERIFY(fixture.show());
        fixture.panel->newFromTape();  // there is none yet
        QVERIFY(fixture.testsText().isEmpty());
        fixture.session.setTape({.recordInto = fixture.folder.path()});
        fixture.session.start();
        QTRY_COMPARE_WITH_TIMEOUT(fixture.session.state(), RunSession::State::Finished, 30'000);
        QVERIFY(!fixture.session.lastTape().isEmpty());
        fixture.panel->newFromTape();
        QTRY_VERIFY2_WITH_TIMEOUT(!fixture.testsText().isEmpty(), qPrintable(fixture.words()), 30'000);
        const Result<PipelineTestFile> made = loadTests(fixture.testsText().toStdString());
        QVERIFY(made.ok());
        const PipelineTest& test = made->tests.front();
        QCOMPARE(test.name, std::string("newest rows at Sums"));
        QCOMPARE(test.steps.front().at, fixture.orders);
        QCOMPARE(test.steps.front().rows->size(), std::size_t{3});
        QCOMPARE(test.steps.back().rows->size(), std::size_t{2});
        QTRY_VERIFY(fixture.stateOf("newest rows at Sums") == TestState::Passed);
        // A source that was edited since has other columns than its tape.
        fixture.document.setParam(fixture.orders, "columns",
                                  Json{"ts TIMESTAMP(3)", "shop STRING", "amount DECIMAL(9, 2)"});
        QVERIFY(fixture.validated());
        fixture.panel->newFromTape();
        QTRY_VERIFY_WITH_TIMEOUT(fixture.trouble() != nullptr, 30'000);
        QCOMPARE(loadTests(fixture.testsText().toStdString())->tests.size(), std::size_t{1});
    }

    void whatHasNoSampleSaysWhy() {
        TestsFixture fixture;
        const NodeId live = fixture.document.addNode(
            nodeOf("this_computer", QStringLiteral("Cores"), Json{{"table", "cpu"}}), {0, 300});
        fixture.document.selection().set({live});
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY2(fixture.says("No tests yet"), qPrintable(fixture.words()));
        fixture.press("New test from sample");
        QTRY_VERIFY2(fixture.says("No test was made") && fixture.says("is live"),
                     qPrintable(fixture.words()));
        fixture.press("New test by hand");
        QTRY_VERIFY(fixture.testsText().contains("new test"));
        QTRY_VERIFY(fixture.stateOf("new test") == TestState::Passed);
    }

    void cellsRowsAndStepsAreEdited() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        QTableView& steps = fixture.table("Steps of the test");
        const int ten = fixture.lineOf(QStringLiteral("10"));
        QVERIFY(steps.model()->setData(steps.model()->index(ten, 3), QStringLiteral("16")));
        QTRY_VERIFY(fixture.testsText().contains("\"graz\", 16]"));
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Failed);
        QTRY_VERIFY(fixture.lineOf(QStringLiteral("Other rows came")) >= 0);
        steps.setCurrentIndex(steps.model()->index(fixture.lineOf(QStringLiteral("16")), 1));
        fixture.press("+ Row");
        QCOMPARE(fixture.panel->steps().test()->steps[0].rows->size(), std::size_t{3});
        fixture.press("Remove row");
        QCOMPARE(fixture.panel->steps().test()->steps[0].rows->size(), std::size_t{2});
        // The same text is no change.
        const auto before = fixture.panel->store().undoes();
        QVERIFY(!steps.model()->setData(steps.model()->index(fixture.lineOf(QStringLiteral("16")), 3),
                                        QStringLiteral("16")));
        QCOMPARE(fixture.panel->store().undoes(), before);
    }

    /// While it is typed, and with the delay that the source has by then.
    void rowsHaveTheWatermarkAfterThem() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QAbstractItemModel& model = *fixture.table("Steps of the test").model();
        const int ten = fixture.lineOf(QStringLiteral("10"));
        const auto after = [&](int line) { return model.index(line, 4).data().toString(); };
        QCOMPARE(after(ten - 1), QStringLiteral("watermark after"));
        QCOMPARE(after(ten), QStringLiteral("2024-01-01 00:00:01.000"));
        QVERIFY(model.setData(model.index(ten, 1), QStringLiteral("2024-01-01 00:00:09")));
        QTRY_COMPARE(after(ten), QStringLiteral("2024-01-01 00:00:09.000"));
        QCOMPARE(after(ten + 1), QStringLiteral("2024-01-01 00:00:09.000"));
        fixture.document.setParam(fixture.orders, "watermark_delay", "4s");
        QTRY_COMPARE(after(ten), QStringLiteral("2024-01-01 00:00:05.000"));
        QVERIFY(!model.flags(model.index(ten, 4)).testFlag(Qt::ItemIsEditable));
        QVERIFY(after(fixture.lineOf(QStringLiteral("20")) + 2).isEmpty());  // of what is expected
        fixture.document.setParam(fixture.orders, "event_time", Json());
        QTRY_VERIFY(model.columnCount() == 4);
    }

    void aTestThatExpectsNothingIsNotWritten() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        QTableView& steps = fixture.table("Steps of the test");
        steps.setCurrentIndex(steps.model()->index(fixture.lineOf(QStringLiteral("Expected of")), 0));
        const QByteArray before = fixture.testsText();
        fixture.press("Remove step");
        QTRY_VERIFY(fixture.trouble() != nullptr);
        QCOMPARE(fixture.testsText(), before);
        QCOMPARE(fixture.panel->steps().test()->steps.size(), std::size_t{2});
        QVERIFY(!fixture.panel->store().canUndo());
    }

    void testsAreDeletedAndTakenBack() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        fixture.panel->removeTest();
        QTRY_VERIFY2(fixture.says("No tests yet"), qPrintable(fixture.words()));
        QCOMPARE(fixture.told.size(), 1);
        QTRY_VERIFY(!fixture.testsText().contains("right"));
        toolIn(*fixture.panel->tools(), "Undo: Delete").click();
        QTRY_VERIFY(fixture.testsText().contains("right"));
        QTRY_COMPARE(fixture.panel->list().rowCount(), 1);
    }

    void nothingRunsWhileItIsOff() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(!fixture.panel->store().isBusy());
        QCOMPARE(fixture.panel->list().rowCount(), 0);
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        fixture.panel->hide();
        fixture.document.setParam(fixture.large, "condition", "amount > 5");
        QVERIFY(!fixture.panel->runner().isRunning());
        fixture.panel->show();
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Failed);
    }
};

QTEST_MAIN(TestTestsPanel)
#include "test_tests_panel.moc"

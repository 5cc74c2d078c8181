// Files of tests that are broken, hostile, gone, unwritable or changed by others, and pipelines that go while
// their tests run.
#include "tests/unit/pipeline_tests_panel/tests_fixture.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;

class TestBadSituations : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void hostileFilesAreNamed_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("words");
        QTest::newRow("broken") << QByteArray("{\n  \"rilltest\": 1,\n  oops\n}") << QStringLiteral("ine 3");
        QTest::newRow("unknown key") << TestsFixture::fileOf(R"({"name": "a", "stepz": []})")
                                     << QStringLiteral("stepz");
        QTest::newRow("deep") << "{\"rilltest\": 1, \"pipeline\": \"orders.rill\", \"tests\": " +
                                     QByteArray(500'000, '[') + "}"
                              << QString();
        QByteArray rows = R"({"name": "a", "steps": [{"rows": "rows", "values": [[1])";
        for (int row = 0; row < 1'000'000; ++row) rows += ",[1]";
        QTest::newRow("a million rows")
            << TestsFixture::fileOf(rows + R"(]}, {"expect": "rows", "rows": []}]})")
            << QStringLiteral("100000");
        QTest::newRow("of another pipeline")
            << QByteArray(R"({"rilltest": 1, "pipeline": "other.rill", "tests": []})")
            << QStringLiteral("other.rill");
        QTest::newRow("empty") << QByteArray(" ") << QString();
    }

    void hostileFilesAreNamed() {
        QFETCH(QByteArray, text);
        QFETCH(QString, words);
        TestsFixture fixture;
        fixture.writeTests(text);
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY2_WITH_TIMEOUT(fixture.says("can't be used"), qPrintable(fixture.words()), 30'000);
        QVERIFY2(fixture.words().contains(words), qPrintable(fixture.words()));
        // It can't be changed, and is not touched.
        fixture.panel->newByHand();
        fixture.panel->newFromSample();
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.testsText(), text);
        // Once it is mended, it is read.
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QTRY_VERIFY_WITH_TIMEOUT((fixture.panel->store().look(), fixture.panel->list().rowCount() == 1),
                                 30'000);
    }

    void whatAnotherProgramWroteIsTaken() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        fixture.writeTests(fixture.fileOf(fixture.testOf("other", fixture.kRight)));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.panel->list().rowOf("other") == 0, 30'000);
        QVERIFY(QFile::remove(fixture.testsFile()));
        QTRY_VERIFY2_WITH_TIMEOUT(fixture.says("No tests yet"), qPrintable(fixture.words()), 30'000);
    }

    void nothingIsOverwrittenWithoutAQuestion_data() {
        QTest::addColumn<bool>("gone");
        QTest::newRow("changed") << false;
        QTest::newRow("gone") << true;
    }

    void nothingIsOverwrittenWithoutAQuestion() {
        QFETCH(bool, gone);
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        const QByteArray theirs = fixture.fileOf(fixture.testOf("theirs", fixture.kRight));
        if (gone) {
            QVERIFY(QFile::remove(fixture.testsFile()));
        } else {
            fixture.writeTests(theirs);
        }
        fixture.panel->newByHand();
        QTRY_VERIFY(fixture.panel->store().trouble() == TestStore::Trouble::ChangedOutside);
        QTRY_VERIFY(fixture.trouble() != nullptr);
        QCOMPARE(fixture.testsText(), gone ? QByteArray() : theirs);
        // A change meanwhile waits, too.
        fixture.panel->newByHand();
        QVERIFY(fixture.settled());
        QCOMPARE(fixture.testsText(), gone ? QByteArray() : theirs);
        if (gone) {
            fixture.press("Overwrite it");
            QTRY_VERIFY(fixture.testsText().contains("new test 2"));
            QTRY_COMPARE(fixture.trouble(), nullptr);
        } else {
            fixture.press("Take what the file has");
            QTRY_VERIFY(fixture.panel->list().rowOf("theirs") == 0);
            QCOMPARE(fixture.panel->list().rowCount(), 1);
            QCOMPARE(fixture.testsText(), theirs);
        }
    }

    void twoWindowsOfOneFile() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        TestStore first, second;
        first.open(fixture.pipelineFile());
        second.open(fixture.pipelineFile());
        QTRY_VERIFY(first.isRead() && second.isRead());
        const auto rename = [](TestStore& store, const char* name) {
            PipelineTestFile tests = store.tests();
            tests.tests.front().name = name;
            store.change(std::move(tests), QStringLiteral("Rename"));
        };
        // At once: one of them is written, the other one is told.
        rename(first, "first");
        rename(second, "second");
        QTRY_VERIFY(!first.isBusy() && !second.isBusy());
        const bool firstWon = fixture.testsText().contains("\"first\"");
        QVERIFY(firstWon != fixture.testsText().contains("\"second\""));
        QVERIFY((first.trouble() == TestStore::Trouble::None) == firstWon);
        QVERIFY((second.trouble() == TestStore::Trouble::None) != firstWon);
        // The winner goes on.
        rename(firstWon ? first : second, "third");
        QTRY_VERIFY(fixture.testsText().contains("\"third\""));
    }

    void aFolderThatTakesNoFileSaysSo() {
        TestsFixture fixture;
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY2(fixture.says("No tests yet"), qPrintable(fixture.words()));
        const QString away = fixture.folder.path() + QStringLiteral("_away");
        QVERIFY(QDir().rename(fixture.folder.path(), away));
        fixture.panel->newByHand();
        QTRY_VERIFY(fixture.panel->store().trouble() == TestStore::Trouble::NotWritten);
        // What was made is there still, and what is wrong stands above it.
        QTRY_VERIFY(fixture.trouble() != nullptr);
        QCOMPARE(fixture.panel->list().rowCount(), 1);
        QVERIFY(QDir().rename(away, fixture.folder.path()));
        fixture.press("Try again");
        QTRY_VERIFY(fixture.testsText().contains("new test"));
        QTRY_COMPARE(fixture.trouble(), nullptr);
    }

    void longTestsAreCancelled() {
        TestsFixture fixture;
        QByteArray steps;
        for (int step = 0; step < 9'000; ++step) steps += R"({"advance": "3000d"},)";
        fixture.writeTests(fixture.fileOf(R"({"name": "long", "steps": [)" + steps + R"({"expect": ")" +
                                          fixture.large.c_str() + R"(", "rows": []}]})"));
        QVERIFY(fixture.save());
        fixture.panel->findChild<QCheckBox*>()->setChecked(false);
        QVERIFY(fixture.show());
        QTRY_COMPARE(fixture.panel->list().rowCount(), 1);
        fixture.press("Run 1 test");
        QTRY_VERIFY(fixture.stateOf("long") == TestState::Running ||
                    fixture.stateOf("long") == TestState::Passed);
        fixture.panel->runner().cancel();
        QVERIFY(!fixture.panel->runner().isRunning());
        QTRY_COMPARE(buttonIn(*fixture.panel, "Run 1 test").isEnabled(), true);
    }

    void thePipelineIsClosedWhileTestsRun() {
        TestsFixture fixture;
        QByteArray tests = fixture.testOf("right", fixture.kWrong);
        for (int test = 0; test < 200; ++test)
            tests += "," + fixture.testOf(("t" + std::to_string(test)).c_str(), fixture.kWrong);
        fixture.writeTests(fixture.fileOf(tests));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        fixture.panel->runAll();
        fixture.document.startEmpty();
        QTRY_VERIFY2(fixture.says("Save the pipeline first"), qPrintable(fixture.words()));
        QCOMPARE(fixture.panel->count(), 0);
        // The panel goes while they run.
        QVERIFY(fixture.document.open(fixture.pipelineFile()).ok());
        QTRY_VERIFY(fixture.panel->store().isRead());
        fixture.panel->runAll();
        fixture.panel.reset();
        QVERIFY(QTest::qWaitFor([] { return true; }, 30'000));
    }

    void aTestThatIsTakenAwayMeanwhileIsNotChanged() {
        TestsFixture fixture;
        fixture.writeTests(fixture.fileOf(fixture.testOf("right", fixture.kRight)));
        QVERIFY(fixture.save());
        QVERIFY(fixture.show());
        QTRY_VERIFY(fixture.stateOf("right") == TestState::Passed);
        fixture.writeTests(fixture.fileOf(fixture.testOf("other", fixture.kWrong)));
        QTRY_VERIFY_WITH_TIMEOUT(fixture.panel->list().rowOf("other") == 0, 30'000);
        fixture.panel->choose("right");
        fixture.panel->accept();
        fixture.panel->addRow();
        fixture.panel->removeLine();
        QVERIFY(fixture.settled());
        QVERIFY(fixture.testsText().contains("21"));
    }
};

QTEST_MAIN(TestBadSituations)
#include "test_bad_situations.moc"

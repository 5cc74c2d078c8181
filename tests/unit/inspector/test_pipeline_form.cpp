// The settings of the pipeline stand in the inspector while no node is selected: they are edited there in
// steps that can be undone, and their errors stand under the fields.
#include <QAbstractItemView>
#include <QCompleter>
#include <QTranslator>

#include "core/base/byte_size.h"
#include "core/pipeline/checks/settings_check.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/restart_strategy.h"
#include "tests/unit/inspector/pipeline_form_fixture.h"
#include "widgets/inspector/inspector.h"
#include "widgets/pane/search_items.h"
#include "widgets/session/run_session.h"

using namespace rw;
using namespace rw::ui;

class TestPipelineForm : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, ThemeSettings{ThemeMode::Dark}); }

    void whatIsTypedIsSetAndUndone() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QCOMPARE(fixture.limit().text(), QString());
        QCOMPARE(fixture.limit().placeholderText(), QStringLiteral("none"));
        Settings settings;
        settings.timeZone = "Europe/Berlin";
        fixture.document.setSettings(settings);
        fixture.document.addNode({.type = "filter"}, {0, 0});  // steps before and behind it are no series
        fixture.type(QStringLiteral("2GB"));
        QCOMPARE(fixture.set(), std::string("2GB"));
        QCOMPARE(fixture.document.pipeline().settings.timeZone, std::string("Europe/Berlin"));
        QCOMPARE(fixture.document.undoStack().undoText(), QStringLiteral("Change settings"));
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.limit().text(), QString());
        fixture.document.undoStack().redo();
        QCOMPARE(fixture.limit().text(), QStringLiteral("2GB"));
        fixture.type({});
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.document.pipeline().settings.timeZone, std::string("Europe/Berlin"));
    }

    /// Also after the document has the text and the form was refreshed.
    void ctrlZTakesBackWhatWasTyped_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("memory_limit") << QStringLiteral("5MB");
        QTest::newRow("state_memory") << QStringLiteral("5MB");
        QTest::newRow("checkpoint_every") << QStringLiteral("3");
        QTest::newRow("checkpoints_kept") << QStringLiteral("7");
        QTest::newRow("restart_tries") << QStringLiteral("5");
    }
    void ctrlZTakesBackWhatWasTyped() {
        QFETCH(QString, text);
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        fixture.setRestart("fixed");
        const std::string before = savePipeline(fixture.document.pipeline());
        QLineEdit& field = fixture.input(QTest::currentDataTag());
        typeIntoField(field, text);
        QVERIFY(savePipeline(fixture.document.pipeline()) != before);
        QTest::keyClick(&field, Qt::Key_Z, Qt::ControlModifier);
        QCOMPARE(field.text(), QString());
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(savePipeline(fixture.document.pipeline()), before);
    }

    void whatIsWrongStandsUnderTheField() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QVERIFY(fixture.hint().isHidden());
        fixture.type(QStringLiteral("lots"));
        QTRY_VERIFY(!fixture.hint().isHidden());
        QCOMPARE(fixture.limit().property("state").toString(), QStringLiteral("error"));
        QCOMPARE(fixture.document.issuesOf(NodeId()).size(), std::size_t{1});
        fixture.type(QStringLiteral("64 kb"));
        QTRY_VERIFY(fixture.hint().isHidden());
        QCOMPARE(fixture.limit().property("state").toString(), QString());
    }

    void blanksAreNoLimit() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        fixture.type(QStringLiteral("2GB"));
        fixture.type(QStringLiteral("  "));
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.limit().text(), QString());
    }

    /// Where it is empty it says what holds, in words that nobody has to look up.
    void asMuchStateStaysInMemoryAsItSays() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QLineEdit& field = fixture.input("state_memory");
        QCOMPARE(field.text(), QString());
        QCOMPARE(field.placeholderText(), QString::fromStdString(byteSizeText(usualStateMemory())) +
                                              QStringLiteral(", a quarter of RAM"));
        QVERIFY(field.mapTo(&fixture.form, QPoint()).y() >
                fixture.limit().mapTo(&fixture.form, QPoint()).y());
        QVERIFY(field.mapTo(&fixture.form, QPoint()).y() <
                fixture.input("checkpoint_every").mapTo(&fixture.form, QPoint()).y());
        const auto said = [&fixture] { return fixture.document.pipeline().settings.stateMemory; };
        typeIntoField(field, QStringLiteral("512MB"));
        QCOMPARE(said(), std::string("512MB"));
        QCOMPARE(fixture.set(), std::string());  // the limit is another one
        for (const char* wrong : {"0", "half"}) {
            typeIntoField(field, QLatin1String(wrong));
            QTRY_COMPARE(field.property("state").toString(), QStringLiteral("error"));
        }
        typeIntoField(field, QStringLiteral("2GB"));
        QTRY_COMPARE(field.property("state").toString(), QString());
        fixture.type(QStringLiteral("1GB"));
        QTRY_VERIFY(fixture.hints().join(u' ').contains(QStringLiteral("before any state goes to files")));
        typeIntoField(field, {});
        QCOMPARE(said(), std::string());
        QTRY_COMPARE(fixture.hints(), QStringList());
        QCOMPARE(fixture.set(), std::string("1GB"));
    }

    void checkpointsAreTakenAsOftenAsItSays() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        auto* field = fixture.form.findChild<QLineEdit*>(QStringLiteral("input_checkpoint_every"));
        QVERIFY(field != nullptr);
        QCOMPARE(field->text(), QString());
        QCOMPARE(field->placeholderText(), QStringLiteral("10"));
        const auto type = [field](const QString& text) {
            field->setFocus();
            field->selectAll();
            if (text.isEmpty()) QTest::keyClick(field, Qt::Key_Delete);
            QTest::keyClicks(field, text);
            QTest::keyClick(field, Qt::Key_Return);
        };
        const auto every = [&fixture] { return checkpointEveryOf(fixture.document.pipeline().settings); };
        type(QStringLiteral("3"));
        QCOMPARE(every(), Millis{3'000});
        fixture.document.addNode({.type = "filter"}, {0, 0});  // steps before and behind it are no series
        type(QStringLiteral("500ms"));
        QCOMPARE(every(), Millis{500});
        type(QStringLiteral("0s"));
        QCOMPARE(every(), Millis{0});
        type(QStringLiteral("soon"));
        QTRY_COMPARE(field->property("state").toString(), QStringLiteral("error"));
        type({});
        QCOMPARE(every(), kCheckpointEvery);
        QVERIFY(!fixture.document.pipeline().settings.unknown.contains("checkpoint_every"));
        fixture.document.undoStack().undo();
        fixture.document.undoStack().undo();
        QCOMPARE(every(), Millis{3'000});
        QTRY_COMPARE(field->property("state").toString(), QString());
    }

    void asManyCheckpointsAreKeptAsItSays() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QLineEdit& field = fixture.input("checkpoints_kept");
        QCOMPARE(field.placeholderText(), QStringLiteral("3"));
        const auto kept = [&fixture] { return checkpointsKeptOf(fixture.document.pipeline().settings); };
        typeIntoField(field, QStringLiteral("7"));
        QCOMPARE(kept(), 7);
        typeIntoField(field, QStringLiteral("101"));
        QTRY_COMPARE(field.property("state").toString(), QStringLiteral("error"));
        QTRY_VERIFY(fixture.hints().join(u' ').contains(QStringLiteral("a whole number from 1 to 100")));
        QCOMPARE(kept(), 3);
        typeIntoField(field, QStringLiteral("some"));
        QTRY_COMPARE(field.property("state").toString(), QStringLiteral("error"));
        typeIntoField(field, {});
        QVERIFY(!fixture.document.pipeline().settings.unknown.contains("checkpoints_kept"));
        QTRY_COMPARE(field.property("state").toString(), QString());
    }

    /// On unless it is turned off; then no run keeps its input.
    void theInputIsKeptUnlessItIsTurnedOff() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        const auto kept = [&fixture] { return keepsInput(fixture.document.pipeline().settings); };
        QAbstractButton* toggle = nullptr;
        for (QAbstractButton* each : fixture.form.findChildren<QAbstractButton*>())
            if (each->isCheckable() && each->accessibleName() == QStringLiteral("Keep newest input"))
                toggle = each;
        QVERIFY(toggle != nullptr && toggle->isChecked());
        toggle->click();
        QVERIFY(!kept());
        fixture.document.undoStack().undo();
        QVERIFY(kept() && toggle->isChecked());
    }

    void timesAreShownInItsZone() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QLineEdit& field = fixture.input("time_zone");
        QCOMPARE(field.placeholderText(), QStringLiteral("UTC"));
        const auto zone = [&fixture] {
            return QString::fromStdString(fixture.document.pipeline().settings.timeZone);
        };
        typeIntoField(field, QStringLiteral("Asia/Shanghai"));
        QCOMPARE(zone(), QStringLiteral("Asia/Shanghai"));
        typeIntoField(field, QStringLiteral("Asia/Shangai"));
        QTRY_COMPARE(field.property("state").toString(), QStringLiteral("error"));
        QTRY_VERIFY(fixture.hints().join(u' ').contains(QStringLiteral("Is “Asia/Shanghai” meant?")));
        typeIntoField(field, {});
        QCOMPARE(zone(), QStringLiteral("UTC"));
        QTRY_COMPARE(field.property("state").toString(), QString());
        // A part of a name finds it; what is chosen from the list is set.
        field.setFocus();
        field.selectAll();
        QTest::keyClicks(&field, QStringLiteral("berlin"));
        QCompleter& found = *field.completer();
        QCOMPARE(found.completionCount(), 1);
        QTest::qWait(700);  // the pause after which what was typed is told
        QCOMPARE(zone(), QStringLiteral("UTC"));
        QCOMPARE(field.property("state").toString(), QString());
        QTest::keyClick(found.popup(), Qt::Key_Down);
        QTest::keyClick(found.popup(), Qt::Key_Return);
        QTRY_COMPARE(zone(), QStringLiteral("Europe/Berlin"));
        QCOMPARE(field.text(), QStringLiteral("Europe/Berlin"));
    }

    /// The file has room for no other: what is wrong stays in the field.
    void asManyTasksRunAsItSays() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QLineEdit& field = fixture.input("parallelism");
        QCOMPARE(field.text(), QString());
        QCOMPARE(field.placeholderText(), QStringLiteral("one per core"));
        const auto tasks = [&fixture] { return fixture.document.pipeline().settings.parallelism; };
        typeIntoField(field, QStringLiteral("4"));
        QCOMPARE(tasks(), 4);
        for (const char* wrong : {"257", "-1", "1.5", "many", "99999999999999999999"}) {
            typeIntoField(field, QLatin1String(wrong));
            QCOMPARE(tasks(), 4);
            QCOMPARE(field.property("state").toString(), QStringLiteral("error"));
            QVERIFY2(fixture.hints().join(u' ').contains(QStringLiteral("0 (one task per core) to 256")),
                     wrong);
        }
        typeIntoField(field, QStringLiteral("256"));
        QCOMPARE(tasks(), 256);
        QCOMPARE(field.property("state").toString(), QString());
        typeIntoField(field, {});
        QCOMPARE(tasks(), 0);
        QVERIFY(loadPipeline(savePipeline(fixture.document.pipeline())).ok());
    }

    void theKindOfRestartHasItsParts() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        QCOMPARE(fixture.restartParts(), QStringList());
        QCOMPARE(fixture.restartKind().currentText(), QStringLiteral("Default"));
        fixture.chooseRestart(QStringLiteral("Fixed delay"));
        QCOMPARE(fixture.restart(), Json("fixed"));
        QCOMPARE(fixture.restartParts(), (QStringList{"restart_first", "restart_tries"}));
        typeIntoField(fixture.input("restart_tries"), QStringLiteral("5"));
        QCOMPARE(fixture.restart(), Json("fixed:1s:5"));  // values left away in between are written
        QCOMPARE(fixture.input("restart_first").text(), QString());
        fixture.chooseRestart(QStringLiteral("Exponential delay"));
        QCOMPARE(fixture.restart(), Json("exponential:1s:1min:5"));
        QCOMPARE(fixture.restartParts(),
                 (QStringList{"restart_first", "restart_longest", "restart_tries", "restart_calm"}));
        typeIntoField(fixture.input("restart_first"), QStringLiteral("5min"));
        QCOMPARE(fixture.restart(),
                 Json("exponential:5min:5min:5"));  // its default gives way, as in the engine
        QVERIFY(checkRestart(fixture.document.pipeline().settings).ok());
        typeIntoField(fixture.input("restart_tries"), QStringLiteral("unlimited"));
        typeIntoField(fixture.input("restart_calm"), QStringLiteral("2h"));
        QCOMPARE(fixture.restart(), Json("exponential:5min:5min:unlimited:2h"));
        fixture.chooseRestart(QStringLiteral("None"));
        QCOMPARE(fixture.restart(), Json("none"));
        QCOMPARE(fixture.restartParts(), QStringList());
        fixture.chooseRestart(QStringLiteral("Default"));
        QVERIFY(fixture.restart().is_null());
    }

    void whatIsEmptiedStaysEmpty() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        fixture.setRestart("exponential:2s:3min:4");
        QLineEdit& longest = fixture.input("restart_longest");
        QCOMPARE(longest.text(), QStringLiteral("3"));
        typeIntoField(longest, {});
        QCOMPARE(fixture.restart(), Json("exponential:2s:1min:4"));
        QCOMPARE(longest.text(), QString());
        typeIntoField(fixture.input("restart_tries"), {});
        QCOMPARE(fixture.restart(), Json("exponential:2s"));
    }

    /// The words are the engine's own, under the part that they are about.
    void whatIsWrongWithARestartStandsAtItsPart_data() {
        QTest::addColumn<QString>("part");
        QTest::newRow("fixed:soon:3") << QStringLiteral("restart_first");
        QTest::newRow("fixed:8d") << QStringLiteral("restart_first");
        QTest::newRow("fixed:1s:0") << QStringLiteral("restart_tries");
        QTest::newRow("exponential:1min:1s:4") << QStringLiteral("restart_longest");
        QTest::newRow("exponential:1s:1min:4:never") << QStringLiteral("restart_calm");
        QTest::newRow("whenever") << QStringLiteral("restart");
        QTest::newRow("fixed:1s:2:3:4") << QStringLiteral("restart");
        QTest::newRow("") << QStringLiteral("restart");
    }
    void whatIsWrongWithARestartStandsAtItsPart() {
        QFETCH(QString, part);
        PipelineFormFixture fixture;
        fixture.setRestart(QTest::currentDataTag());
        const Result<RestartStrategy> read = parseRestart(QTest::currentDataTag());
        QVERIFY(!read.ok());
        QTRY_COMPARE(fixture.wrongRestarts(), QStringList{part});
        const QString said = fixture.hints().join(u' ');
        QVERIFY2(said.contains(QString::fromStdString(english(read.error().message))) &&
                     said.contains(QString::fromStdString(english(read.error().fix))),
                 qPrintable(said));
        fixture.setRestart("fixed:5s:3");
        QTRY_COMPARE(fixture.wrongRestarts(), QStringList());
        QTRY_COMPARE(fixture.hints(), QStringList());
    }

    void whatIsNoTextIsShownAsWrong() {
        PipelineFormFixture fixture;
        for (const Json& value : {Json(3), Json(true), Json::object()}) {
            fixture.setRestart(value);
            QTRY_COMPARE(fixture.wrongRestarts(), QStringList{"restart"});
            QCOMPARE(fixture.restartKind().currentIndex(), -1);
        }
        fixture.chooseRestart(QStringLiteral("Fixed delay"));
        QCOMPARE(fixture.restart(), Json("fixed"));
        QTRY_COMPARE(fixture.wrongRestarts(), QStringList());
    }

    void aRestartIsUndone() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        fixture.chooseRestart(QStringLiteral("Exponential delay"));
        fixture.document.addNode({.type = "filter"}, {0, 0});  // steps before and behind it are no series
        typeIntoField(fixture.input("restart_first"), QStringLiteral("3"));
        QCOMPARE(fixture.restart(), Json("exponential:3s"));
        fixture.document.undoStack().undo();
        QCOMPARE(fixture.restart(), Json("exponential"));
        fixture.document.undoStack().undo();
        fixture.document.undoStack().undo();
        QVERIFY(fixture.restart().is_null());
        QCOMPARE(fixture.restartParts(), QStringList());
        QCOMPARE(fixture.restartKind().currentText(), QStringLiteral("Default"));
    }

    void whatIsTypedGoesWithItsDocument() {
        PipelineFormFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(&fixture.form, 30'000));
        fixture.limit().setFocus();
        QTest::keyClicks(&fixture.limit(), QStringLiteral("2GB"));
        fixture.document.startEmpty();
        QCoreApplication::processEvents();
        QCOMPARE(fixture.set(), std::string());
        QCOMPARE(fixture.limit().text(), QString());
        QVERIFY(!fixture.document.undoStack().canUndo());
    }

    void itSpeaksTheNewLanguage() {
        struct Shouting : QTranslator {
            bool isEmpty() const override { return false; }
            QString translate(const char*, const char* text, const char*, int) const override {
                return QString::fromUtf8(text).toUpper();
            }
        } shouting;
        PipelineFormFixture fixture;
        QCOMPARE(fixture.limit().accessibleName(), QStringLiteral("Memory limit"));
        qApp->installTranslator(&shouting);
        QTRY_COMPARE(fixture.limit().accessibleName(), QStringLiteral("MEMORY LIMIT"));
        QCOMPARE(fixture.limit().placeholderText(), QStringLiteral("NONE"));
        qApp->removeTranslator(&shouting);
        QTRY_COMPARE(fixture.limit().placeholderText(), QStringLiteral("none"));
    }

    void itFitsTheNarrowestInspector() {
        constexpr int kNarrowest = 288;
        for (const int zoom : {100, 150, 200}) {
            Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = zoom});
            PipelineFormFixture fixture;
            fixture.setRestart("exponential");  // has most parts
            fixture.form.resize(Theme::of().scaled(kNarrowest), 400);
            QCoreApplication::processEvents();
            const int needed = fixture.form.minimumSizeHint().width();
            QVERIFY2(needed <= Theme::of().scaled(kNarrowest), qPrintable(QString::number(needed)));
        }
        Theme::of().apply({.mode = ThemeMode::Dark});
    }

    void theInspectorIsNoHigherForIt() {
        Theme::of().apply({.mode = ThemeMode::Dark, .textZoomPercent = 200});
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        Inspector inspector(document, session);
        inspector.show();
        QCoreApplication::processEvents();
        const int before = inspector.minimumSizeHint().height();
        Settings settings;
        settings.unknown["restart"] = "exponential";
        document.setSettings(settings);
        QCoreApplication::processEvents();
        QVERIFY(inspector.findChild<QLineEdit*>(QStringLiteral("input_restart_calm"))->isVisible());
        QCOMPARE(inspector.minimumSizeHint().height(), before);
        Theme::of().apply({.mode = ThemeMode::Dark});
    }

    void theInspectorShowsItWhileNoNodeIsSelected() {
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        Inspector inspector(document, session);
        inspector.show();
        const auto* form = inspector.findChild<PipelineForm*>();
        QVERIFY(form->isVisible());
        const NodeId first = document.addNode({.type = "filter"}, {0, 0});
        QVERIFY(!form->isVisible());
        const NodeId second = document.addNode({.type = "union"}, {300, 0});
        document.selection().set({first, second});
        QVERIFY(!form->isVisible());
        document.selection().clear();
        QVERIFY(form->isVisible());
    }

    /// Choosing a setting in the search of everything leads to its field, whatever is selected.
    void theSearchFindsSettings() {
        const Catalogue kinds = builtin();
        PipelineDocument document(kinds);
        RunSession session(document);
        Inspector inspector(document, session);
        document.selection().set({document.addNode({.type = "filter"}, {0, 0})});
        SearchItems items;
        inspector.addSearchItems(items);
        inspector.show();
        inspector.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&inspector, 30'000));
        QSignalSpy opened(&inspector, &Inspector::openRequested);
        QStringList names;
        for (const SearchItem& item : items.all()) {
            QVERIFY(item.kind == SearchItem::Kind::Setting);
            names << item.title;
            item.act();
            QVERIFY(document.selection().single() == nullptr);
            QVERIFY2(inspector.focusWidget() != nullptr && inspector.focusWidget()->isVisible(),
                     qPrintable(item.title));
        }
        QCOMPARE(opened.size(), names.size());
        for (const char* name : {"Time zone", "Parallelism", "Checkpoint every", "Restart"})
            QVERIFY2(names.contains(QLatin1String(name)), name);
        items.all().front().act();
        QVERIFY(qobject_cast<QLineEdit*>(inspector.focusWidget()) ==
                inspector.findChild<QLineEdit*>(QStringLiteral("input_time_zone")));
    }
};

QTEST_MAIN(TestPipelineForm)
#include "test_pipeline_form.moc"

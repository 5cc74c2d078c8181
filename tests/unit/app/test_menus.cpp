// The menus by keyboard: a letter for every entry, none that does nothing, and all keys on one sheet.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/menus.h"
#include "tests/unit/app/window_fixture.h"
#include "widgets/alerts/alerts_panel.h"
#include "widgets/checkpoints/resume_action.h"
#include "widgets/files/file_actions.h"
#include "widgets/pane/pane.h"
#include "widgets/session/run_session.h"
#include "widgets/shortcuts/shortcut_sheet.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

class TestMenus : public QObject {
    Q_OBJECT

    static QList<QMenu*> topMenus(const WindowFixture& fixture) {
        QList<QMenu*> menus;
        for (const QAction* action : fixture.window->menuBar()->actions()) menus << action->menu();
        return menus;
    }

    /// The errors in the letters of these entries, and of the menus in them.
    static QStringList wrongLetters(const QList<QAction*>& entries, const QString& where) {
        QStringList wrong;
        QMap<QString, QString> owner;
        for (const QAction* entry : entries) {
            if (entry->isSeparator()) continue;
            const QString letter = QKeySequence::mnemonic(entry->text()).toString();
            if (letter.isEmpty()) wrong << where + QStringLiteral(": no letter in ") + entry->text();
            if (!letter.isEmpty() && owner.contains(letter))
                wrong << where + u' ' + letter + QStringLiteral(": ") + owner[letter] + QStringLiteral(", ") +
                             entry->text();
            owner[letter] = entry->text();
            // The letter stands behind Chinese words, in brackets.
            static const QRegularExpression han(QStringLiteral("^\\p{Han}"));
            if (han.match(entry->text()).hasMatch() && !entry->text().contains(QLatin1String("(&")) &&
                !entry->text().contains(QLatin1String("English")))
                wrong << where + QStringLiteral(": not behind the words: ") + entry->text();
            if (entry->menu() != nullptr) {
                Q_EMIT entry->menu()->aboutToShow();
                wrong += wrongLetters(entry->menu()->actions(), plainText(*entry));
                Q_EMIT entry->menu()->aboutToHide();
            }
        }
        return wrong;
    }

    static void look(const QMenu& menu, QSet<const QAction*>& on, QSet<const QAction*>& off,
                     QMap<const QAction*, QString>& names) {
        Q_EMIT const_cast<QMenu&>(menu).aboutToShow();
        for (const QAction* entry : menu.actions()) {
            if (entry->isSeparator() || !entry->isVisible()) continue;
            names[entry] = plainText(*entry);
            if (entry->menu() != nullptr) continue;  // lists of files, looked at on their own
            (entry->isEnabled() ? on : off).insert(entry);
        }
        Q_EMIT const_cast<QMenu&>(menu).aboutToHide();
    }

    static bool enabled(const WindowFixture& fixture, const char* words) {
        const QAction* action = fixture.action(QString::fromUtf8(words));
        return action != nullptr && action->isEnabled();
    }

    static void pick(const WindowFixture& fixture, std::vector<ItemRef> items) {
        fixture.document().selection().set(std::move(items));
    }

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() { emptyHome(); }

    void everyEntryHasALetterOfItsOwn_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << "en";
        QTest::newRow("Chinese") << "zh_CN";
    }

    void everyEntryHasALetterOfItsOwn() {
        QFETCH(QString, language);
        WindowFixture fixture;
        fixture.preferences.setLanguage(language);
        const auto back = qScopeGuard([&] { fixture.preferences.setLanguage(QStringLiteral("en")); });
        QCoreApplication::sendPostedEvents();
        fixture.window->findChild<FileActions*>()->startEmpty();
        const NodeId node = fixture.document().addNode({"rows"}, {});
        QStringList wrong = wrongLetters(fixture.window->menuBar()->actions(), QStringLiteral("menu bar"));
        const NoteId note = fixture.document().addNote({"A comment", {}});
        for (const ItemRef& item : {ItemRef(), ItemRef(node), ItemRef(Wire{}), ItemRef(note)}) {
            QMenu menu;
            fixture.canvas().actions().fillMenu(menu, {.item = item});
            wrong += wrongLetters(menu.actions(), QStringLiteral("menu of the canvas"));
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        for (const QAction* menu : fixture.window->menuBar()->actions())
            QVERIFY2(QKeySequence::mnemonic(menu->text()) != QKeySequence(Qt::ALT | Qt::Key_T),
                     "a chart's table has these keys");
    }

    // Entries that can always be chosen are named here; all others must be off at times.
    void noEntryIsOnWithNothingToDo() {
        WindowFixture fixture;
        QSet<const QAction*> on, off;
        QMap<const QAction*, QString> names;
        const auto lookAround = [&] {
            for (const QMenu* menu : topMenus(fixture)) look(*menu, on, off, names);
        };
        QGuiApplication::clipboard()->clear();
        lookAround();  // the welcome page
        QVERIFY(!enabled(fixture, "Save") && !enabled(fixture, "Welcome page") && !enabled(fixture, "Run"));
        fixture.window->findChild<FileActions*>()->startEmpty();
        PipelineDocument& document = fixture.document();
        const Json columns{{"rate", 10},
                           {"event_time", "at"},
                           {"columns",
                            {"load BIGINT = i",
                             "at TIMESTAMP(3) = TIMESTAMPADD(SECOND, i, TIMESTAMP '2024-03-01 12:00:00')"}}};
        const NodeId source = document.addNode({"generator", columns}, {0, 0});
        const NodeId sink = document.addNode({"table_view"}, {400, 0});
        document.connectPorts({source, "out"}, {sink, "in"});
        QTRY_VERIFY(document.isValidated());
        pick(fixture, {});
        lookAround();
        QVERIFY(enabled(fixture, "Save") && enabled(fixture, "Run") && !enabled(fixture, "Delete"));
        QVERIFY(!enabled(fixture, "Next problem") && !enabled(fixture, "Pause"));
        document.addNode({"tcp_source", Json{{"address", "127.0.0.1:9"}, {"columns", {"k STRING"}}}}, {0, 600});
        QTRY_VERIFY(document.isValidated() && enabled(fixture, "Listen to live sources"));
        lookAround();
        document.undoStack().undo();
        QTRY_VERIFY(document.isValidated());
        pick(fixture, {source});
        fixture.canvas().actions().copy->trigger();
        fixture.canvas().actions().frame->trigger();
        pick(fixture, {source});
        lookAround();
        QVERIFY(enabled(fixture, "Delete") && enabled(fixture, "Remove the frame"));
        const CanvasActions& canvas = fixture.canvas().actions();
        QVERIFY(!canvas.align->isEnabled() && !canvas.alignLeft->isEnabled());
        pick(fixture, {source, sink});
        QVERIFY(canvas.align->isEnabled() && canvas.alignBottom->isEnabled());
        QVERIFY(!canvas.distributeAcross->isEnabled());
        pick(fixture, {source, sink, document.addNode({"filter"}, {0, 400})});
        QTRY_VERIFY(document.isValidated());
        fixture.action(QStringLiteral("Next problem"))->trigger();
        pick(fixture, {source, sink, document.pipeline().nodes.back().id});
        lookAround();
        QVERIFY(canvas.distributeAcross->isEnabled());
        for (const double zoom : {CanvasView::kMinZoom, CanvasView::kMaxZoom, 1.0}) {
            fixture.canvas().view().zoomTo(zoom, {});
            lookAround();
        }
        document.undoStack().undo();
        lookAround();
        document.addNodeBehind({"alert", Json{{"condition", "load > 3"}, {"message", "high"}}}, {400, 200}, {source, "out"});
        QTRY_VERIFY(document.isValidated());
        fixture.action(QStringLiteral("Run"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(enabled(fixture, "Pause"), 20'000);
        lookAround();
        // What was never saved takes no checkpoints.
        QVERIFY(enabled(fixture, "Stop") && !enabled(fixture, "Run") &&
                !enabled(fixture, "Apply changes and restart"));
        auto* alerts = fixture.window->findChild<AlertsPanel*>();
        const AlertFeed& feed = fixture.canvas().view().canvas().session().alerts();
        QTRY_VERIFY_WITH_TIMEOUT(!feed.look().entries.empty(), 20'000);
        alerts->showEntry(feed.look().entries.front().number);
        lookAround();
        document.setParam(source, "rate", 20);
        QTRY_VERIFY(enabled(fixture, "Apply changes and restart"));
        lookAround();
        QVERIFY(enabled(fixture, "Revert changes"));
        fixture.action(QStringLiteral("Stop"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!enabled(fixture, "Stop"), 20'000);
        const NodeId filter =
            document.addNode({"filter", Json::parse(R"({"condition": "lod > 1"})")}, {200, 400});
        document.connectPorts({source, "out"}, {filter, "in"});
        QTRY_VERIFY(document.isValidated() && enabled(fixture, "Next problem"));
        const auto fixable = [&] { return enabled(fixture, "Apply the quick fix"); };
        for (std::size_t i = 0; i < document.issues().size() && !fixable(); ++i)
            fixture.action(QStringLiteral("Next problem"))->trigger();
        QVERIFY(fixable());
        lookAround();
        const QTemporaryDir folder;  // versions are of files
        QVERIFY(document.saveAs(folder.filePath(QStringLiteral("saved.rill"))).ok());
        lookAround();
        document.setParam(source, "rate", 30);
        fixture.action(QStringLiteral("Compare versions"))->trigger();
        QTRY_VERIFY(enabled(fixture, "Next change") && enabled(fixture, "Previous change"));
        lookAround();
        document.remove({ItemRef(filter)});
        QTRY_VERIFY(document.isValidated());
        fixture.action(QStringLiteral("Run"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(enabled(fixture, "Pause"), 20'000);
        document.setParam(source, "rate", 40);
        QTRY_VERIFY(enabled(fixture, "Apply changes"));
        fixture.action(QStringLiteral("Apply changes"))->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(enabled(fixture, "Go back before the last edit"), 20'000);
        lookAround();
        fixture.action(QStringLiteral("Stop"))->trigger();
        const auto* resume = fixture.window->findChild<ResumeAction*>();
        QTRY_VERIFY_WITH_TIMEOUT(resume->isEnabled(), 20'000);
        lookAround();

        const QStringList always{"New pipeline",
                                 "Open…",
                                 "Import a file with rows…",
                                 "Save as…",
                                 "Quit",
                                 "Search everything",
                                 "Search nodes to add",
                                 "Outline",
                                 "Remove kept rows…",
                                 "Forget typed secrets",
                                 "Side panels",
                                 "Bottom panels",
                                 "Full screen",
                                 "Next region",
                                 "Previous region",
                                 "Light theme",
                                 "中文 / English",
                                 "Preferences…",
                                 "Help on the selection",
                                 "Keyboard shortcuts",
                                 "Tour of the window",
                                 "About Rillwright"};
        QStringList wrong;
        for (auto each = names.begin(); each != names.end(); ++each) {
            if (each.key()->menu() != nullptr) continue;
            const bool known = always.contains(each.value());
            if (!off.contains(each.key()) && !known) wrong << QStringLiteral("never off: ") + each.value();
            if (!on.contains(each.key())) wrong << QStringLiteral("never on: ") + each.value();
            if (off.contains(each.key()) && known) wrong << QStringLiteral("off at times: ") + each.value();
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    // Commands on the canvas can't be seen from elsewhere, and are not to be done there by mistake.
    void anEntryThatIsOffSaysWhy() {
        const WindowFixture fixture;
        const auto tipOf = [&fixture](const char* words) {
            QAction* const entry = fixture.action(QString::fromUtf8(words));
            for (QMenu* menu : topMenus(fixture)) {
                if (entry == nullptr || !menu->actions().contains(entry)) continue;
                QToolTip::hideText();
                if (!QTest::qWaitFor([] { return !QToolTip::isVisible(); })) return QStringLiteral("another");
                menu->popup({});
                const QPoint at = menu->actionGeometry(entry).center();
                QHelpEvent hover(QEvent::ToolTip, at, menu->mapToGlobal(at));
                QApplication::sendEvent(menu, &hover);
                const QString tip = QToolTip::text();
                menu->hide();
                return tip;
            }
            return QStringLiteral("no such entry");
        };
        QCOMPARE(tipOf("Go back before the last edit"), QStringLiteral("The pipeline does not run"));
        QCOMPARE(tipOf("Stop"), QString());
        QCOMPARE(tipOf("Forget typed secrets"), QString());
    }

    void whatActsOnTheCanvasIsOffWhereItIsNotSeen() {
        WindowFixture fixture;
        const CanvasActions& actions = fixture.canvas().actions();
        std::vector<QAction*> all = actions.all();
        all.push_back(actions.align);
        const auto anyOn = [&] {
            return std::any_of(all.begin(), all.end(), [](const QAction* each) { return each->isEnabled(); });
        };
        auto* zoom = fixture.window->statusBar()->findChild<QToolButton*>(QStringLiteral("zoomIn"));
        QVERIFY(!anyOn() && !zoom->isEnabled());  // the welcome page
        fixture.window->findChild<FileActions*>()->startEmpty();
        const NodeId node = fixture.document().addNode({"rows"}, {});
        pick(fixture, {node});
        QVERIFY(actions.remove->isEnabled() && actions.quickAdd->isEnabled() && actions.snap->isEnabled());
        for (const char* page : {"dashboard", "results"}) {
            fixture.window->findChild<Pane*>(QLatin1String(page))->opens()->trigger();
            QVERIFY2(!anyOn(), page);
            QVERIFY2(!zoom->isEnabled(), page);
            pick(fixture, {});
            pick(fixture, {node});
            QVERIFY2(!anyOn(), page);
            fixture.window->findChild<Pane*>(QStringLiteral("pipeline"))->opens()->trigger();
            QVERIFY2(actions.remove->isEnabled() && zoom->isEnabled(), page);
        }
        pick(fixture, {});
        QVERIFY(!actions.remove->isEnabled() && actions.quickAdd->isEnabled());
    }

    void anEmptyCanvasHasLittleToDo() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        const CanvasActions& actions = fixture.canvas().actions();
        const std::vector<const QAction*> always{actions.quickAdd, actions.addComment, actions.paste,
                                                 actions.zoomIn,   actions.zoomOut,    actions.snap,
                                                 actions.minimap};
        for (const QAction* each : actions.all()) {
            const bool known = std::find(always.begin(), always.end(), each) != always.end();
            QVERIFY2(each->isEnabled() == known, qPrintable(plainText(*each)));
        }
    }

    // A and C alone are keys of the canvas, which has the keyboard behind the menu.
    void aLetterChoosesFromTheOpenMenu() {
        WindowFixture fixture;
        QVERIFY(QTest::qWaitForWindowActive(fixture.window.get(), 30'000));
        fixture.window->findChild<FileActions*>()->startEmpty();
        pick(fixture, {fixture.document().addNode({"rows"}, {})});
        fixture.canvas().view().setFocus();
        const CanvasActions& actions = fixture.canvas().actions();
        QSignalSpy copied(actions.copy, &QAction::triggered),
            joined(actions.connectPort, &QAction::triggered);
        QMenu* edit = topMenus(fixture).at(1);
        edit->popup(fixture.window->mapToGlobal(QPoint(100, 100)));
        QTest::keyClick(edit, Qt::Key_C);
        QCOMPARE(joined.count(), 0);
        QCOMPARE(copied.count(), 1);
        QVERIFY(!edit->isVisible());
        QTest::keyClick(&fixture.canvas().view(), Qt::Key_C);
        QCOMPARE(joined.count(), 1);
    }

    void aCleanFileNeedsNoSaving() {
        WindowFixture fixture;
        QTemporaryDir folder;
        fixture.document().addNode({"rows"}, {});
        QVERIFY(enabled(fixture, "Save"));
        QVERIFY(fixture.document().saveAs(folder.filePath(QStringLiteral("a.rill"))).ok());
        QVERIFY(!enabled(fixture, "Save"));
        fixture.document().addNode({"filter"}, {});
        QVERIFY(enabled(fixture, "Save"));
    }

    void namesOfFilesUnderlineNothing() {
        WindowFixture fixture;
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("R&D.rill"));
        fixture.document().addNode({"rows"}, {});
        QVERIFY(fixture.document().saveAs(file).ok());
        for (const QAction* entry : topMenus(fixture).front()->actions()) {
            if (entry->menu() == nullptr) continue;
            Q_EMIT entry->menu()->aboutToShow();
            for (const QAction* recent : entry->menu()->actions()) {
                if (!plainText(*recent).contains(QLatin1String("R&D"))) continue;
                QCOMPARE(QKeySequence::mnemonic(recent->text()), QKeySequence(QStringLiteral("Alt+1")));
                return;
            }
        }
        QFAIL("the file is not among the recent ones");
    }

    void theSheetHasAllKeys() {
        WindowFixture fixture;
        fixture.window->findChild<FileActions*>()->startEmpty();
        const QSet<QString> keys = keysOfSheet(fixture);
        for (const char* expected :
             {"A", "C", "F", "Alt+1", "Alt+2", "Alt+3", "Alt+4", "Ctrl+Enter", "Alt+Enter", "Ctrl+Shift+E",
              "Alt+T", "Ctrl+G", "Ctrl+Shift+G", "F2", "Ctrl+Space"})
            QVERIFY2(keys.contains(QLatin1String(expected)), expected);
        const auto native = [](const QKeySequence& sequence) {
            return sequence.toString(QKeySequence::NativeText)
                .replace(QLatin1String("Return"), QLatin1String("Enter"));
        };
        for (const QAction* action : fixture.window->findChildren<QAction*>()) {
            const bool listed = !action->isVisible() || action->shortcut().isEmpty() ||
                                keys.contains(native(action->shortcut()));
            QVERIFY2(listed, qPrintable(action->text() + u' ' + native(action->shortcut())));
        }
        for (const QShortcut* shortcut : fixture.window->findChildren<QShortcut*>())
            QVERIFY2(keys.contains(native(shortcut->key())), qPrintable(native(shortcut->key())));
        for (const QAbstractButton* button : fixture.window->findChildren<QAbstractButton*>())
            QVERIFY2(button->shortcut().isEmpty() || keys.contains(native(button->shortcut())),
                     qPrintable(button->text()));
    }

    // Keys without an action: those that widgets handle themselves, read from their sources.
    void keysOfWidgetsAreOnTheSheet() {
        WindowFixture fixture;
        QSet<QString> last;
        const QRegularExpression between(QStringLiteral("[+, ]"));
        for (const QString& keys : keysOfSheet(fixture)) last << keys.section(between, -1);
        const QRegularExpression key(QStringLiteral("Qt::Key_(\\w+)"));
        // Every list and field has these, or they are another place of keys that are listed; the last are an end
        // of a range, and keys that are nothing alone.
        const QRegularExpression usual(QStringLiteral(
            "^(Up|Down|Left|Right|PageUp|PageDown|Home|End|Tab|Backtab|Backspace|Escape|"
            "Return|Enter|Comma|BracketLeft|Plus|Exclam|At|QuoteDbl|Equal|F35|Control|Alt|Meta|Shift)$"));
        int seen = 0;
        for (const char* half : {"app", "widgets"}) {
            QDirIterator walk(QStringLiteral(RILLWRIGHT_SOURCE "/%1").arg(QLatin1String(half)),
                              {QStringLiteral("*.cpp")}, QDir::Files, QDirIterator::Subdirectories);
            while (walk.hasNext()) {
                QFile file(walk.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QString source = QString::fromUtf8(file.readAll());
                for (auto found = key.globalMatch(source); found.hasNext();) {
                    QString name = found.next().captured(1);
                    if (usual.match(name).hasMatch()) continue;
                    if (name == QLatin1String("Period")) name = QStringLiteral(".");
                    if (name == QLatin1String("BracketRight")) name = QStringLiteral("]");
                    if (name == QLatin1String("Minus")) name = QStringLiteral("−");
                    if (name == QLatin1String("Delete")) name = QStringLiteral("Del");
                    QVERIFY2(last.contains(name),
                             qPrintable(name + QStringLiteral(" of ") + file.fileName()));
                    ++seen;
                }
            }
        }
        QVERIFY(seen > 10);
    }

 private:
    static QSet<QString> keysOfSheet(const WindowFixture& fixture) {
        QSet<QString> keys;
        const Menus& menus = *fixture.window->findChild<Menus*>();
        for (const ShortcutGroup& group : shortcutsOf(menus.registry(), *fixture.window)) {
            for (const ShortcutGroup::Line& line : group.lines) {
                keys << line.keys;
                Q_ASSERT(!line.text.isEmpty());
            }
        }
        return keys;
    }
};

QTEST_MAIN(TestMenus)
#include "test_menus.moc"

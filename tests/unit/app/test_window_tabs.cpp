// Several documents in one window: each tab has its document and its run, and only the one in front answers
// the keyboard and draws.
#include <csignal>

#include "app/end_signals.h"
#include "app/pipeline_page.h"
#include "tests/unit/app/tabs/tabs_fixture.h"
#include "widgets/document/translated.h"
#include "widgets/pane/front.h"
#include "widgets/session/consent_dialog.h"
#include "widgets/welcome/recovery_bar.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestWindowTabs : public QObject, private TabsFixture {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init() {
        emptyHome();
        restart();
    }
    void cleanup() { program.reset(); }

    void oneDocumentHasNoTabs() {
        QCOMPARE(window().count(), 1);
        QVERIFY(!bar().isVisible());
        QCOMPARE(window().front().size(), window().size());
        QVERIFY(window().windowTitle().endsWith(QStringLiteral("[*] – Rillwright")));
    }

    void aFileOpensInATabOfItsOwn() {
        open(write(QStringLiteral("one.rill")));
        QCOMPARE(window().count(), 1);  // the untouched tab takes it
        open(write(QStringLiteral("two.rill")));
        QCOMPARE(window().count(), 2);
        QVERIFY(bar().isVisible());
        QVERIFY(window().windowTitle().startsWith(QLatin1String("two")));
        QCOMPARE(bar().tabText(0), document(0).displayName());
        QCOMPARE(bar().tabToolTip(0), path(QStringLiteral("one.rill")));
        // A file that is open comes to front, by any of its names.
        const QString link = path(QStringLiteral("link.rill"));
        QFile::remove(link);
        QVERIFY(QFile::link(path(QStringLiteral("one.rill")), link));
        open(link);
        QCOMPARE(window().count(), 2);
        QCOMPARE(window().frontTab(), 0);
        QVERIFY(window().windowTitle().startsWith(QLatin1String("one")));
        leavePicture(window(), QStringLiteral("document_tabs"));
    }

    void whatDoesNotOpenLeavesNoTab() {
        open(write(QStringLiteral("one.rill")));
        QFile broken(path(QStringLiteral("broken.rill")));
        QVERIFY(broken.open(QIODevice::WriteOnly) && broken.write("{") == 1);
        broken.close();
        DialogAnswers answers;
        open(broken.fileName());
        QCOMPARE(answers.said.size(), 1);
        QCOMPARE(window().count(), 1);
        QVERIFY(!bar().isVisible());
    }

    void newAndExamplesAndTheWelcomePage() {
        edit(0);
        window().front().files().startEmpty();
        QCOMPARE(window().count(), 2);
        QVERIFY(!window().front().findChild<PipelinePage*>()->isWelcome());
        window().newTab();
        QCOMPARE(window().count(), 3);
        QVERIFY(window().front().findChild<PipelinePage*>()->isWelcome());
        window().front().files().openExample(QStringLiteral(":/examples/watermark.rill"), false);
        QCOMPARE(window().count(), 3);
        window().front().files().startWithWelcome();
        QCOMPARE(window().count(), 4);
        QVERIFY(window().front().findChild<PipelinePage*>()->isWelcome());
        QCOMPARE(document(0).pipeline().nodes.size(), std::size_t(1));
    }

    void changesAndRunsAreMarked() {
        openTwo();
        run(0);
        edit(0);
        QVERIFY(bar().tabText(0).endsWith(QLatin1Char('*')));
        QVERIFY(!window().isWindowModified());  // of the one in front
        QTRY_VERIFY(bar().accessibleTabName(0).endsWith(QLatin1String("changed, running")));
        QVERIFY(!bar().tabIcon(0).isNull());
        QVERIFY(bar().tabIcon(1).isNull());
        session(0).pause();
        QTRY_VERIFY(bar().accessibleTabName(0).endsWith(QLatin1String("paused")));
        QVERIFY(bar().tabToolTip(0).endsWith(QLatin1String("paused")));
        window().setFrontTab(0);
        QVERIFY(window().isWindowModified());
        session(0).stop();
        QTRY_VERIFY(bar().tabIcon(0).isNull());
        document(0).undoStack().setIndex(0);
    }

    void twoRunsGoOnIndependently() {
        openTwo();
        run(0);
        run(1);
        const auto rows = [this](int index) { return session(index).snapshot().metrics.sourceRows; };
        const std::uint64_t first = rows(0), second = rows(1);
        QTRY_VERIFY(rows(0) > first && rows(1) > second);
        session(1).stop();
        QTRY_COMPARE(session(1).state(), State::Stopped);
        const std::uint64_t then = rows(0);
        QTRY_VERIFY(rows(0) > then);
        QCOMPARE(session(0).state(), State::Running);
        session(0).stop();
        QTRY_COMPARE(session(0).state(), State::Stopped);
    }

    void aHiddenTabDrawsNothing() {
        openTwo();
        run(0);
        // Of a stretch of more than half a second, which may be longer on a busy machine.
        QElapsedTimer stretch;
        stretch.start();
        QSignalSpy updates(&session(0), &RunSession::updated);
        QTest::qWait(600);
        const qsizetype hidden = updates.size();
        QVERIFY2(hidden <= 2 + stretch.elapsed() / RunSession::kSlowMillis,
                 QByteArray::number(hidden).constData());
        struct Paints : QObject {
            int count = 0;
            bool eventFilter(QObject*, QEvent* event) override {
                count += event->type() == QEvent::Paint ? 1 : 0;
                return false;
            }
        } paints;
        for (QWidget* part : tab(0).findChildren<QWidget*>()) part->installEventFilter(&paints);
        QTest::qWait(300);
        QCOMPARE(paints.count, 0);
        window().setFrontTab(0);
        QTRY_VERIFY(paints.count > 0);
        stretch.restart();
        updates.clear();
        QTRY_VERIFY(updates.size() > 4);
        QVERIFY(stretch.elapsed() < 4 * RunSession::kSlowMillis);
        session(0).stop();
        QTRY_COMPARE(session(0).state(), State::Stopped);
    }

    void keysGoToTheTabInFront() {
        openTwo();
        const auto key = [this](Qt::Key each, Qt::KeyboardModifiers with) {
            QWidget* const at = QApplication::focusWidget();
            QTest::keyClick(at != nullptr ? at : &window(), each, with);
        };
        key(Qt::Key_PageUp, Qt::ControlModifier);
        QCOMPARE(window().frontTab(), 0);
        key(Qt::Key_Tab, Qt::ControlModifier);
        QCOMPARE(window().frontTab(), 1);
        key(Qt::Key_Backtab, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(window().frontTab(), 0);
        key(Qt::Key_PageDown, Qt::ControlModifier);
        QCOMPARE(window().frontTab(), 1);
        // Both tabs have an action with these keys: neither is taken for ambiguous, and only one answers.
        key(Qt::Key_F9, {});
        const auto palette = [this](int index) {
            return tab(index).findChild<QDockWidget*>(QStringLiteral("paletteDock"))->isHidden();
        };
        QVERIFY(palette(1));
        QVERIFY(!palette(0));
        key(Qt::Key_F9, {});
        QVERIFY(!palette(1));
        key(Qt::Key_T, Qt::ControlModifier);
        QCOMPARE(window().count(), 3);
        QCOMPARE(window().frontTab(), 2);
        key(Qt::Key_W, Qt::ControlModifier);
        QCOMPARE(window().count(), 2);
    }

    void noTwoActionsOfATabShareKeysOrLetters() {
        for (const MainMenu menu : kMainMenus) {
            QStringList letters;
            for (const RegisteredAction& each : tab(0).actions().in(menu)) {
                const QString letter = QKeySequence::mnemonic(each.action->text()).toString();
                if (letter.isEmpty()) continue;
                QVERIFY2(!letters.contains(letter), qPrintable(each.id + QLatin1Char(' ') + letter));
                letters << letter;
            }
        }
        QList<QKeySequence> keys;
        for (const RegisteredAction& each : tab(0).actions().all()) {
            if (each.context() != KeyContext::Window) continue;
            for (const QKeySequence& has : each.action->shortcuts()) {
                QVERIFY2(!keys.contains(has), qPrintable(each.id + QLatin1Char(' ') + has.toString()));
                keys << has;
            }
        }
    }

    void chosenKeysHoldInAllTabs() {
        openTwo();
        tab(0).actions().choose(QStringLiteral("tabs.new"), QKeySequence(QStringLiteral("Ctrl+Y")));
        QCOMPARE(tab(1).actions().find(QStringLiteral("tabs.new"))->shortcut(),
                 QKeySequence(QStringLiteral("Ctrl+Y")));
        window().newTab();
        QCOMPARE(tab(2).actions().find(QStringLiteral("tabs.new"))->shortcut(),
                 QKeySequence(QStringLiteral("Ctrl+Y")));
        tab(2).actions().choose(QStringLiteral("tabs.new"), std::nullopt);
        QCOMPARE(tab(0).actions().find(QStringLiteral("tabs.new"))->shortcut(),
                 QKeySequence(QStringLiteral("Ctrl+T")));
    }

    void mouseAndMenuOfATab() {
        openTwo();
        window().newTab();
        const QPoint second = bar().tabRect(1).center();
        QTest::mouseClick(&bar(), Qt::LeftButton, {}, second);
        QCOMPARE(window().frontTab(), 1);
        QContextMenuEvent asks(QContextMenuEvent::Mouse, second, bar().mapToGlobal(second));
        QCoreApplication::sendEvent(&bar(), &asks);
        auto* menu = bar().findChild<QMenu*>();
        QVERIFY(menu != nullptr);
        menu->actions().last()->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), path(QStringLiteral("two.rill")));
        menu->close();
        bar().moveTab(1, 0);
        QCOMPARE(window().frontTab(), 0);
        QCOMPARE(document(0).path(), path(QStringLiteral("two.rill")));
        QCOMPARE(bar().facts(0).path, path(QStringLiteral("two.rill")));
        QCOMPARE(bar().facts(1).path, path(QStringLiteral("one.rill")));
        QTest::mouseClick(&bar(), Qt::MiddleButton, {}, bar().tabRect(1).center());
        QCOMPARE(window().count(), 2);
        QCOMPARE(document(0).path(), path(QStringLiteral("two.rill")));
        QCOMPARE(window().frontTab(), 0);
        window().closeOthers(0);
        QCOMPARE(window().count(), 1);
        QCOMPARE(bar().count(), 1);
    }

    /// A window of a chart goes with its document, and not before.
    void windowsOfATabGoWithIt() {
        openTwo();
        QWidget* const canvas = tab(1).findChild<CanvasWidget*>();
        QCOMPARE(mainWindowOf(*canvas), static_cast<QWidget*>(&tab(1)));
        const QPointer<QWidget> large = new QWidget(mainWindowOf(*canvas), Qt::Window);
        large->show();
        window().setFrontTab(0);
        QVERIFY(large->isVisible());
        bringToFront(*canvas);
        QCOMPARE(window().frontTab(), 1);
        QCOMPARE(bar().currentIndex(), 1);
        QVERIFY(window().closeTab(1));
        QTRY_VERIFY(large.isNull());
    }

    void aHiddenTabDoesNotTakeTheKeyboard() {
        openTwo();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
        tab(0).findChild<CanvasWidget*>()->setFocus();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr &&
                    tab(1).isAncestorOf(QApplication::focusWidget()));
    }

    void fullScreenIsOfTheWholeWindow() {
        openTwo();
        window().front().actions().find(QStringLiteral("view.full_screen"))->trigger();
        QTRY_VERIFY(window().isFullScreen());
        for (const int index : {0, 1})
            QTRY_VERIFY(tab(index).actions().find(QStringLiteral("view.full_screen"))->isChecked());
        window().setFrontTab(0);
        window().front().actions().find(QStringLiteral("view.full_screen"))->trigger();
        QTRY_VERIFY(!window().isFullScreen());
        QTRY_VERIFY(!tab(1).actions().find(QStringLiteral("view.full_screen"))->isChecked());
    }

    void closingATabAsks() {
        openTwo();
        edit(0);
        {
            DialogAnswers answers({QStringLiteral("Keep editing")});
            QVERIFY(!window().closeTab(0));
            QCOMPARE(answers.said.size(), 1);
            QCOMPARE(window().frontTab(), 0);  // the question was about what is seen
            QCOMPARE(window().count(), 2);
        }
        run(1);
        {
            DialogAnswers answers({QStringLiteral("Keep the run")});
            QVERIFY(!window().closeTab(1));
            QVERIFY2(answers.said.first().contains(QLatin1String("Closing it stops the run")),
                     qPrintable(answers.said.first()));
            QCOMPARE(session(1).state(), State::Running);
        }
        const QPointer<MainWindow> gone = &tab(1);
        DialogAnswers answers(
            {QStringLiteral("Stop the run and close"), QStringLiteral("Discard the changes")});
        QVERIFY(window().closeTab(1));
        QCOMPARE(window().count(), 1);
        QVERIFY(!bar().isVisible());
        QTRY_VERIFY(gone.isNull());
        QVERIFY(window().isVisible());
        QCOMPARE(answers.said.size(), 1);
        QVERIFY(window().closeTab(0));  // the last one closes the window
        QVERIFY(!window().isVisible());
    }

    void oneCancelKeepsAllTabs() {
        openTwo();
        edit(0);
        run(1);
        {
            DialogAnswers answers({QStringLiteral("Discard the changes"), QStringLiteral("Keep the run")});
            QVERIFY(!window().close());
            QCOMPARE(answers.said.size(), 2);
        }
        QCOMPARE(window().count(), 2);
        QVERIFY(window().isVisible());
        QVERIFY(document(0).isModified());
        QCOMPARE(session(1).state(), State::Running);
        DialogAnswers answers(
            {QStringLiteral("Discard the changes"), QStringLiteral("Stop the run and close")});
        QVERIFY(window().close());
        QCOMPARE(answers.said.size(), 2);
        QVERIFY(!window().isVisible());
    }

    void recentFilesAreTheSame() {
        openTwo();
        const QString third = path(QStringLiteral("three.rill"));
        QVERIFY(document(1).saveAs(third).ok());
        QVERIFY(document(0).saveAs(path(QStringLiteral("four.rill"))).ok());
        QTRY_COMPARE(RecentFiles().files().mid(0, 2),
                     QStringList({path(QStringLiteral("four.rill")), third}));
    }

    void aFileOfAnotherTabIsNotWrittenOver() {
        openTwo();
        const auto name = [this] {
            auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
            if (dialog == nullptr) return;
            dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))
                ->setText(path(QStringLiteral("one.rill")));
            QMetaObject::invokeMethod(dialog, "accept");
        };
        QTimer typing;
        connect(&typing, &QTimer::timeout, this, name);
        typing.start(20);
        DialogAnswers answers({QStringLiteral("&Yes")});  // “do you want to replace it” of the dialog
        const QByteArray before = bytesOf(QStringLiteral("one.rill"));
        edit(1);
        QVERIFY(!window().front().files().saveAs());
        QVERIFY2(answers.said.last().contains(QLatin1String("open in another tab")),
                 qPrintable(answers.said.join(QLatin1Char('\n'))));
        QCOMPARE(bytesOf(QStringLiteral("one.rill")), before);
        document(1).undoStack().setIndex(0);
    }

    void aTabKeepsToItsOwnCopy() {
        // What a program that crashed left.
        const Json copy = {{"path", ""}, {"name", "Lost"}, {"pipeline", savePipeline(Pipeline{})}};
        QDir().mkpath(autosaveFolder());
        QFile crashed(autosaveFolder() + QStringLiteral("/crashed.autosave"));
        QVERIFY(crashed.open(QIODevice::WriteOnly));
        crashed.write(QByteArray::fromStdString(copy.dump()));
        crashed.close();
        restart();
        QTRY_VERIFY(tab(0).findChild<RecoveryBar*>()->isVisible());
        edit(0);
        tab(0).saveCopy();
        window().newTab();
        // The copy of the first tab is in the folder, too.
        QCOMPARE(Autosave::recoverable().size(), std::size_t(1));
        QTest::qWait(100);
        QVERIFY(!tab(1).findChild<RecoveryBar*>()->isVisible());
        const Recoverable lost = Autosave::recoverable().front();
        tab(1).files().recover(lost);
        QCOMPARE(window().count(), 2);
        tab(1).saveCopy();  // now it has one of its own, and the old one is gone
        QTRY_VERIFY(Autosave::recoverable().empty());
        // Not even by its file: it is of a tab that lives.
        const QStringList files = copies();
        QVERIFY(!files.empty());
        for (const QString& file : files)
            Autosave::discard({autosaveFolder() + QLatin1Char('/') + file, {}, {}, {}});
        QCOMPARE(copies(), files);
        document(0).undoStack().setIndex(0);
        document(1).startEmpty();
    }

    void aSignalSavesAllTabs() {
        openTwo();
        edit(0);
        edit(1);
        QVERIFY(copies().empty());
        bool came = false;
        const EndSignals ending([&](int) {
            window().saveCopies();
            came = true;
        });
        std::raise(SIGTERM);
        QTRY_VERIFY(came);
        QCOMPARE(copies().size(), 2);
        for (const int index : {0, 1}) document(index).undoStack().setIndex(0);
    }

    /// As two programs are.
    void twoTabsDoNotReplaceOneTable() {
        const Agreeing agreeing;  // the table is another pipeline's
        openTwoSinks("replace");
        run(0);
        session(1).start();
        QTRY_COMPARE(session(1).state(), State::Failed);
        const QString said = translated(session(1).failure().error().message);
        QVERIFY2(
            said.contains(QStringLiteral("shared.sqlite” is being written by another run of this program")),
            qPrintable(said));
        session(0).stop();
        QTRY_COMPARE(session(0).state(), State::Stopped);
        session(1).start();
        QTRY_COMPARE(session(1).state(), State::Running);
        session(1).stop();
        QTRY_COMPARE(session(1).state(), State::Stopped);
    }

    void twoTabsAddRowsToOneTable() {
        const Agreeing agreeing;
        openTwoSinks("append");
        for (const int index : {0, 1}) run(index);
        for (const int index : {0, 1}) QTRY_VERIFY(session(index).snapshot().metrics.sourceRows > 0);
        for (const int index : {0, 1}) session(index).stop();
        for (const int index : {0, 1}) QTRY_COMPARE(session(index).state(), State::Stopped);
    }

 private:
    /// Agrees to every run, for as long as it lives.
    struct Agreeing {
        QTimer timer;
        Agreeing() {
            connect(&timer, &QTimer::timeout, &timer, [] {
                for (QWidget* window : QApplication::topLevelWidgets()) {
                    auto* dialog = qobject_cast<ConsentDialog*>(window);
                    if (dialog == nullptr || !dialog->isVisible()) continue;
                    return dialog->findChild<QPushButton*>(QStringLiteral("agree"))->click();
                }
            });
            timer.start(10);
        }
    };
    void openTwoSinks(const char* mode) const {
        const QString database = path(QStringLiteral("shared.sqlite"));
        QFile::remove(database);
        const NodeTemplate sink{"sqlite_sink",
                                Json{{"database", database.toStdString()}, {"table", "t"}, {"mode", mode}}};
        open(write(QStringLiteral("one.rill"), sink));
        open(write(QStringLiteral("two.rill"), sink));
        QCOMPARE(window().count(), 2);
    }
};

QTEST_MAIN(TestWindowTabs)
#include "test_window_tabs.moc"

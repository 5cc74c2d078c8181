// The entries for tapes: their effect on later runs, and when they can be chosen.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/replay/tape_menu.h"
#include "widgets/session/run_session.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

class TestTapeMenu : public QObject {
    Q_OBJECT

    static QAction* entry(const QMenu& menu, const QString& words) {
        for (QAction* action : menu.actions()) {
            if (plainText(*action).startsWith(words)) return action;
        }
        return nullptr;
    }

 private Q_SLOTS:
    void runsAreRecordedWhileItIsChecked() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        const TapeMenu menu(session, nullptr);
        QVERIFY(!menu.recordAction()->isChecked() && menu.recordAction()->isEnabled());
        menu.recordAction()->trigger();
        QCOMPARE(session.tape().recordInto, tapesFolder());
        QVERIFY(menu.recordAction()->isChecked());
        menu.recordAction()->trigger();
        QVERIFY(session.tape().recordInto.isEmpty());
    }

    void theNewestInputIsKeptUntilItIsTurnedOff() {
        QSettings().remove(QStringLiteral("tapes/keep_newest_input"));
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        const TapeMenu menu(session, nullptr);
        QVERIFY(session.keepsInput());
        QAction* const keep = entry(menu, QStringLiteral("Keep the newest input"));
        QVERIFY(keep && keep->isChecked());
        keep->trigger();
        QVERIFY(!session.keepsInput());
        RunSession next(document);
        const TapeMenu again(next, nullptr);
        QVERIFY(!next.keepsInput());
        entry(again, QStringLiteral("Keep the newest input"))->trigger();
        QVERIFY(next.keepsInput());
    }

    void aReplayIsLeftAgain() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        const TapeMenu menu(session, nullptr);
        QAction* const live = entry(menu, QStringLiteral("Read the sources again"));
        QVERIFY(live && !live->isEnabled());
        QAction* const goTo = entry(menu, QStringLiteral("Go to a moment"));
        QAction* const goOn = entry(menu, QStringLiteral("Go on from there"));
        QVERIFY(goTo && goOn && !goTo->isEnabled() && !goOn->isEnabled());
        session.setTape({.recordInto = tapesFolder(), .replay = QStringLiteral("/x/night.tape"), .speed = 1});
        QVERIFY(live->isEnabled() && live->text().contains(QStringLiteral("night.tape")));
        QVERIFY(!menu.recordAction()->isEnabled() && menu.recordAction()->isChecked());
        QVERIFY(goTo->isEnabled() && !goOn->isEnabled());
        session.setTape({.recordInto = tapesFolder(), .replay = QStringLiteral("/x/night.tape"), .until = 5});
        QVERIFY(goOn->isEnabled());
        live->trigger();
        QCOMPARE(session.tape(), TapeChoice{.recordInto = tapesFolder()});
        QVERIFY(!live->isEnabled() && menu.recordAction()->isEnabled());
    }

    /// A tape is of one try, and the folder of the output goes away for a while.
    void theButtonIsNotLitWhileNothingIsRecorded() {
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
            {"generator", Json{{"columns", {"n BIGINT = i"}}, {"rows", 2000}, {"rate", 1000}}}, {});
        const NodeId sink = document.addNode(
            {"csv_sink", Json{{"path", folder.filePath(QStringLiteral("out/x.csv")).toStdString()}}}, {});
        document.connectPorts({source, "out"}, {sink, "in"});
        session.setTape({.recordInto = folder.filePath(QStringLiteral("tapes"))});
        const TapeMenu menu(session, nullptr);
        const QAction* const record = menu.recordAction();
        QVERIFY(record->isChecked());
        bool ended = false;
        connect(&session, &RunSession::tapeChanged, this, [&] {
            if (session.recordingTrouble().empty()) return;
            ended = true;
            QVERIFY(!record->isChecked() && !record->isEnabled());
        });
        session.start();
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(folder.filePath(QStringLiteral("out/.x.csv.rill-new"))).size() > 0,
                                 20'000);
        QVERIFY(home.rename(QStringLiteral("out"), QStringLiteral("away")));
        QTRY_VERIFY_WITH_TIMEOUT(session.snapshot().metrics.restart.waiting(), 20'000);
        QVERIFY(home.rename(QStringLiteral("away"), QStringLiteral("out")));
        QTRY_COMPARE_WITH_TIMEOUT(session.state(), RunSession::State::Finished, 20'000);
        QVERIFY(ended);
        QVERIFY(record->isChecked() && record->isEnabled());  // the next run is recorded
    }

    void aTapeThatIsNoneIsRefusedInWords() {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.tape"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("garbage") == 7);
        file.close();
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        QWidget window;
        const TapeMenu menu(session, &window);
        session.replayTape(path, 1);
        QTRY_VERIFY(window.findChild<QMessageBox*>());
        auto* const box = window.findChild<QMessageBox*>();
        QVERIFY2(box->informativeText().contains(QStringLiteral("a.tape” is no tape.\n")),
                 qPrintable(box->informativeText()));
        box->accept();
        QCOMPARE(session.tape(), TapeChoice());
        QVERIFY(!entry(menu, QStringLiteral("Read the sources again"))->isEnabled());
    }

    void aSpeedIsThatOfTheReplay() {
        const Catalogue catalogue = builtin();
        PipelineDocument document(catalogue);
        RunSession session(document);
        const TapeMenu menu(session, nullptr);
        const QAction* const speeds = entry(menu, QStringLiteral("Speed of replays"));
        QVERIFY(speeds && speeds->menu());
        const QList<QAction*> all = speeds->menu()->actions();
        QCOMPARE(all.size(), 7);
        all[4]->trigger();
        QCOMPARE(session.tape(), TapeChoice());  // nothing is replayed
        session.setTape({.replay = QStringLiteral("/x.tape"), .speed = 1});
        all[4]->trigger();
        QCOMPARE(session.tape().speed, 10.0);
        all[6]->trigger();
        QCOMPARE(session.tape().speed, 0.0);
        QVERIFY(all[6]->isChecked() && !all[4]->isChecked());
    }
};

QTEST_MAIN(TestTapeMenu)
#include "test_tape_menu.moc"

// The entries for tapes: their effect on later runs, and when they can be chosen.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "core/nodes/catalogue.h"
#include "widgets/document/running/run_session.h"
#include "widgets/replay/tape_menu.h"
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

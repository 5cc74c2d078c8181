// Back from a step: a replay stands as before it, and what can't go back says why.
#include <QLabel>
#include <QtTest/QtTest>

#include "core/nodes/catalogue.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/document/pipeline_document.h"
#include "widgets/session/run_session.h"
#include "widgets/stepping/step_back.h"
#include "widgets/stepping/stepping_bar.h"
#include "widgets/stepping/stepping_menu.h"
#include "widgets/theme/theme.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

/// A row for every second of event time, with windows of ten seconds.
struct Taped {
    Taped() {
        source = document.addNode({"generator", secondsFromNoon()}, {});
        windows =
            document.addNode({"window_aggregate",
                              Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}},
                             {300, 0});
        table = document.addNode({"table_view"}, {600, 0});
        document.connectPorts({source, "out"}, {windows, "in"});
        document.connectPorts({windows, "out"}, {table, "in"});
        QObject::connect(&menu, &SteppingMenu::told, &window,
                         [this](const QString& words) { told << words; });
    }
    ~Taped() {
        session.stop();
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, 20'000);
    }
    bool record() {
        tape = recordedInto(folder.path(), session);
        return !tape.isEmpty();
    }
    bool stands() {
        return QTest::qWaitFor(
            [this] { return session.state() == State::Paused && !menu.stepBack().isGoing(); }, 30'000);
    }
    /// Takes a step to the next window that fires, and waits for it.
    bool step() {
        const std::uint64_t before = session.stepping().halts;
        menu.resultAction()->trigger();
        return QTest::qWaitFor(
            [&] { return session.state() == State::Paused && session.stepping().halts > before; }, 30'000);
    }
    std::uint64_t rows() const { return session.snapshot().metrics.sourceRows; }
    /// The end of the window that the run stands at; 0: at none.
    Instant firedUntil() const {
        const SteppingState now = session.stepping();
        return now.last && now.last->why == Halt::Why::Fired ? now.last->windowEnd : 0;
    }

    QTemporaryDir folder;
    Catalogue catalogue = builtin();
    PipelineDocument document{catalogue};
    RunSession session{document};
    QWidget window;
    SteppingMenu menu{document, session, &window};
    SteppingBar bar{session, menu, &window};
    NodeId source, windows, table;
    QString tape{};
    QStringList told{};
};

constexpr Instant kTenSeconds = 10'000;

}  // namespace

class TestStepBack : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void withoutATapeItSaysWhy() {
        Taped taped;
        QAction& back = *taped.menu.backAction();
        QVERIFY(!back.isEnabled());
        QVERIFY2(back.toolTip().startsWith(QStringLiteral("Record a tape to step back")),
                 qPrintable(back.toolTip()));
        QVERIFY(taped.step());
        QVERIFY(!back.isEnabled());
        QVERIFY(back.toolTip().startsWith(QStringLiteral("Record a tape to step back")));
        QCOMPARE(back.shortcut(), QKeySequence(QStringLiteral("Ctrl+Shift+F10")));
    }

    // From the start of the tape on.
    void eachStepIsTakenBack() {
        Taped taped;
        QVERIFY(taped.record());
        taped.session.setTape({.replay = taped.tape, .speed = 1});
        QAction& back = *taped.menu.backAction();
        QVERIFY(back.toolTip().contains(QStringLiteral("Take a step first")));
        std::vector<Instant> fired;
        for (int i = 0; i < 3; ++i) {
            QVERIFY(taped.step());
            fired.push_back(taped.firedUntil());
            QVERIFY(fired.back() > 0);
        }
        // One window at a step; where the machine is slow, rows come together and their windows fire
        // together.
        QVERIFY(fired[1] > fired[0] && fired[2] > fired[1]);
        QCOMPARE((fired[1] - fired[0]) % kTenSeconds, Instant{0});
        QVERIFY(back.isEnabled());
        back.trigger();
        QVERIFY(!back.isEnabled());
        QVERIFY(taped.stands());
        QCOMPARE(taped.firedUntil(), fired[1]);
        QCOMPARE(taped.session.tape().speed, 1.0);
        QVERIFY(!taped.bar.isHidden());
        back.trigger();
        QVERIFY(taped.stands());
        QCOMPARE(taped.firedUntil(), fired[0]);
        // And on from there, the same way.
        QVERIFY(taped.step());
        QCOMPARE(taped.firedUntil(), fired[1]);
        back.trigger();
        QVERIFY(taped.stands());
        // Before the first step there was no run.
        back.trigger();
        QTRY_VERIFY(!taped.session.isActive());
        QVERIFY(!back.isEnabled());
        QVERIFY(taped.bar.isHidden());
        QVERIFY2(taped.told.isEmpty(), qPrintable(taped.told.join(u'\n')));
    }

    // From a moment to which the replay was led.
    void itGoesBackToAMoment() {
        Taped taped;
        QVERIFY(taped.record());
        taped.session.setTape({.replay = taped.tape});
        const Instant moment = kNoon + 100'000;
        taped.session.seek(moment);
        QTRY_VERIFY_WITH_TIMEOUT(taped.session.replayHeldAt().has_value(), 20'000);
        taped.session.pause();
        QTRY_COMPARE(taped.session.state(), State::Paused);
        const std::uint64_t rows = taped.rows();
        QVERIFY(rows >= 100 && rows < 300);
        QVERIFY(taped.step());
        const Instant first = taped.firedUntil();
        QVERIFY(first > moment);
        QVERIFY(taped.step());
        // Several windows fire together where the machine is slow.
        QVERIFY(taped.firedUntil() > first);
        QCOMPARE((taped.firedUntil() - first) % kTenSeconds, Instant{0});
        taped.menu.backAction()->trigger();
        QVERIFY(taped.stands());
        QCOMPARE(taped.firedUntil(), first);
        taped.menu.backAction()->trigger();
        QVERIFY(taped.stands());
        QTRY_COMPARE(taped.rows(), rows);
        QVERIFY(taped.menu.stepBack().standsBackAt() == moment);
        const QString where = taped.bar.findChild<QLabel*>(QStringLiteral("steppingWhere"))->text();
        QVERIFY2(where.contains(QStringLiteral("Back at 2024-03-01 12:01:40")), qPrintable(where));
        QVERIFY(!taped.menu.backAction()->isEnabled());
        QVERIFY(taped.step());
        QCOMPARE(taped.firedUntil(), first);
        taped.session.resume();
        QTRY_COMPARE_WITH_TIMEOUT(taped.session.state(), State::Finished, 30'000);
        QVERIFY(!taped.menu.backAction()->isEnabled());
    }

    void goingOnForgetsTheSteps() {
        Taped taped;
        QVERIFY(taped.record());
        taped.session.setTape({.replay = taped.tape, .speed = 1});
        QVERIFY(taped.step());
        QVERIFY(taped.menu.backAction()->isEnabled());
        taped.session.resume();
        QVERIFY(!taped.menu.backAction()->isEnabled());
        taped.session.pause();
        QTRY_COMPARE(taped.session.state(), State::Paused);
        QVERIFY(!taped.menu.backAction()->isEnabled());
        QVERIFY(taped.menu.backAction()->toolTip().contains(QStringLiteral("Take a step first")));
    }

    void aTapeThatIsDroppedOnTheWayEndsIt() {
        Taped taped;
        QVERIFY(taped.record());
        taped.session.setTape({.replay = taped.tape});
        taped.session.seek(kNoon + 50'000);
        QTRY_VERIFY_WITH_TIMEOUT(taped.session.replayHeldAt().has_value(), 20'000);
        taped.session.pause();
        QVERIFY(taped.step());
        QVERIFY(taped.step());
        taped.menu.backAction()->trigger();
        QVERIFY(taped.menu.stepBack().isGoing());
        taped.session.setTape({});
        QVERIFY(!taped.menu.stepBack().isGoing());
        QVERIFY(taped.menu.backAction()->toolTip().startsWith(QStringLiteral("Record a tape")));
        QVERIFY(taped.session.tape().replay.isEmpty());
        taped.session.stop();
        QTRY_VERIFY(!taped.session.isActive());
    }

    void stoppingOnTheWayEndsIt() {
        Taped taped;
        QVERIFY(taped.record());
        taped.session.setTape({.replay = taped.tape, .speed = 1});
        QVERIFY(taped.step());
        QVERIFY(taped.step());
        taped.menu.backAction()->trigger();
        QVERIFY(taped.menu.stepBack().isGoing());
        QTRY_VERIFY(taped.session.state() != State::Stopping);
        taped.session.stop();
        QTRY_VERIFY_WITH_TIMEOUT(!taped.session.isActive() && !taped.menu.stepBack().isGoing(), 20'000);
        QCOMPARE(taped.session.tape().replay, taped.tape);
        QCOMPARE(taped.session.tape().speed, 1.0);
    }

    void aTapeWithoutEventTimeGoesBackToItsStartOnly() {
        Taped taped;
        for (const char* name : {"columns", "rate"})
            taped.document.setParam(taped.source, name, secondsFromNoon(false)[name]);
        taped.document.setParam(taped.source, "event_time", Json());
        taped.document.remove({ItemRef(taped.windows)});
        taped.document.connectPorts({taped.source, "out"}, {taped.table, "in"});
        QVERIFY(taped.record());
        taped.session.setTape({.replay = taped.tape, .speed = 1});
        taped.session.start();
        QTRY_COMPARE(taped.session.state(), State::Running);
        taped.session.pause();
        taped.menu.batchAction()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(taped.session.state() == State::Paused && taped.session.stepping().last,
                                 20'000);
        QVERIFY(!taped.menu.backAction()->isEnabled());
        QVERIFY2(taped.menu.backAction()->toolTip().contains(QStringLiteral("event time")),
                 qPrintable(taped.menu.backAction()->toolTip()));
    }
};

QTEST_MAIN(TestStepBack)
#include "test_step_back.moc"

// The text of the tool bar for a replay that was led to a moment: that it is held, and where, until it goes on.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>

#include "app/running/main_tool_bar.h"
#include "tests/unit/app/window_fixture.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/replay/tape_menu.h"
#include "widgets/theme/pill.h"
#include "widgets/theme/shown_text.h"

using namespace rw;
using namespace rw::ui;

class TestHeldReplay : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    NodeId m_table;
    std::unique_ptr<WindowFixture> m_window;

    PipelineDocument& document() const { return m_window->document(); }
    RunSession& session() const { return m_window->canvas().view().canvas().session(); }
    MainToolBar& bar() const { return *m_window->window->findChild<MainToolBar*>(); }

    /// A tape with a row for every second of event time, a millisecond apart, is replayed from now on.
    void replayATape();
    void goOn() const;

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init();
    void cleanup();
    void thePillSaysWhereItIsHeld();
};

void TestHeldReplay::init() {
    emptyHome();
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(m_window->window.get(), 30'000));
}

void TestHeldReplay::cleanup() {
    if (m_window) document().startEmpty();
    m_window.reset();
}

void TestHeldReplay::replayATape() {
    document().startEmpty();
    const NodeId source = document().addNode({"generator", secondsFromNoon()}, {});
    m_table = document().addNode({"table_view"}, {300, 0});
    document().connectPorts({source, "out"}, {m_table, "in"});
    const QString tape = recordedInto(m_folder.path(), session());
    QVERIFY(!tape.isEmpty());
    session().setTape({.replay = tape, .speed = 0.1});
}

/// As a person does.
void TestHeldReplay::goOn() const {
    for (QAction* action : m_window->window->findChild<TapeMenu*>()->actions()) {
        if (plainText(*action) == QLatin1String("Go on from there")) return action->trigger();
    }
    QFAIL("there is no such entry");
}

void TestHeldReplay::thePillSaysWhereItIsHeld() {
    replayATape();
    const auto* pill = bar().findChild<Pill*>();
    session().seek(kNoon + 150'000);
    QTRY_COMPARE(pill->accessibleName(), QStringLiteral("Held at, 12:02:30"));
    QCOMPARE(pill->state(), Pill::State::Paused);
    QVERIFY2(pill->toolTip().contains(QStringLiteral("2024-03-01 12:02:30")), qPrintable(pill->toolTip()));
    leavePicture(*m_window->window, QStringLiteral("held_at_a_moment"));
    document().setParam(m_table, "keep", 500);
    QCOMPARE(pill->accessibleName(), QStringLiteral("Held without the changes at, 12:02:30"));
    QCOMPARE(pill->state(), Pill::State::Warn);
    document().undoStack().undo();
    QCOMPARE(pill->accessibleName(), QStringLiteral("Held at, 12:02:30"));
    goOn();
    QTRY_VERIFY2(pill->accessibleName().startsWith(QStringLiteral("Running, ")),
                 qPrintable(pill->accessibleName()));
    QCOMPARE(pill->state(), Pill::State::Ok);
    QVERIFY(pill->toolTip().isEmpty());
    session().stop();
    QTRY_VERIFY(!session().isActive());
}

QTEST_MAIN(TestHeldReplay)
#include "test_held_replay.moc"

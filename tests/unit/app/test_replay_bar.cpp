// The scrub bar in the window: there while a tape is replayed, and a choice on it leads the replay.
#include <QtTest/QtTest>
#include <QtWidgets/QtWidgets>
#include <memory>

#include "tests/unit/app/window_fixture.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/document/number_text.h"
#include "widgets/replay/replay_bar.h"
#include "widgets/session/scrub/tape_line.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

class TestReplayBar : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<WindowFixture> m_window;

    PipelineDocument& document() const { return m_window->document(); }
    RunSession& session() const { return m_window->canvas().view().canvas().session(); }
    ReplayBar& bar() const { return *m_window->window->findChild<ReplayBar*>(); }
    ReplaySlider& line() const { return bar().line(); }
    template <typename Widget>
    Widget& part(const char* name) const {
        return *bar().findChild<Widget*>(QLatin1String(name));
    }

    /// Leaves the tape of a row for every second of event time, a millisecond apart; its path.
    QString record(bool timed) const;

 private Q_SLOTS:
    void initTestCase() { startProgram(); }
    void init();
    void cleanup();
    void itIsThereWhileATapeIsReplayed();
    void lettingGoLeadsTheReplayThere();
    void withoutEventTimeItSaysSo();
    void itFitsSmallWindows();
};

void TestReplayBar::init() {
    emptyHome();
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(m_window->window.get(), 30'000));
}

void TestReplayBar::cleanup() {
    if (m_window) document().startEmpty();
    m_window.reset();
    m_folder.reset();
}

QString TestReplayBar::record(bool timed) const {
    document().startEmpty();
    const NodeId source = document().addNode({"generator", secondsFromNoon(timed)}, {});
    const NodeId table = document().addNode({"table_view"}, {300, 0});
    document().connectPorts({source, "out"}, {table, "in"});
    return recordedInto(m_folder->path(), session());
}

void TestReplayBar::itIsThereWhileATapeIsReplayed() {
    QVERIFY(bar().isHidden());
    const QString tape = record(true);
    QVERIFY(!tape.isEmpty());
    QVERIFY(bar().isHidden());
    session().setTape({.replay = tape, .speed = 0});
    QVERIFY(bar().isVisible());
    QVERIFY(line().isHidden());  // nothing is known of it yet
    session().start();
    QTRY_COMPARE(session().state(), State::Finished);
    QVERIFY(line().isVisible());
    QVERIFY(line().shown().first >= kNoon - 1'000 && line().shown().first < kNoon + 200'000);
    QVERIFY(line().shown().last >= kNoon + 298'000 && line().shown().last <= kNoon + 299'000);
    QTRY_COMPARE(line().moment(), line().shown().last);
    QCOMPARE(part<QLabel>("scrubMoment").text(), eventTimeText(line().moment()));
    QVERIFY(!line().accessibleName().isEmpty());
    QVERIFY(part<QPushButton>("scrubGoOn").isHidden());
    part<QToolButton>("scrubLive").click();
    QVERIFY(session().tape().replay.isEmpty());
    QVERIFY(bar().isHidden());
}

void TestReplayBar::lettingGoLeadsTheReplayThere() {
    const QString tape = record(true);
    QVERIFY(!tape.isEmpty());
    session().setTape({.replay = tape, .speed = 0.1});
    session().start();
    QTRY_VERIFY(line().isVisible());
    const Instant wanted = line().shown().first + (line().shown().last - line().shown().first) / 2;
    QSignalSpy choices(&session(), &RunSession::tapeChanged);
    const int middle = line().height() / 2;
    QTest::mousePress(&line(), Qt::LeftButton, {}, {line().placeOf(line().shown().first), middle});
    for (int x = line().placeOf(line().shown().first); x <= line().placeOf(wanted); x += 5)
        QTest::mouseMove(&line(), {x, middle});
    QTest::mouseMove(&line(), {line().placeOf(wanted), middle});
    QCOMPARE(choices.count(), 0);
    const Instant there = line().moment();
    QCOMPARE(part<QLabel>("scrubMoment").text(), eventTimeText(there));
    QTest::mouseRelease(&line(), Qt::LeftButton, {}, {line().placeOf(wanted), middle});
    QCOMPARE(choices.count(), 1);
    QVERIFY(session().tape().until == there);
    QTRY_VERIFY(session().replayHeldAt() == there);
    QCOMPARE(line().moment(), there);
    QTRY_VERIFY(!line().shown().quick.empty());  // a checkpoint where it is held
    leavePicture(*m_window->window, QStringLiteral("replay_bar"));
    // By keyboard, and back.
    line().setFocus();
    QTest::keyClick(&line(), Qt::Key_PageDown);
    QTest::keyClick(&line(), Qt::Key_Return);
    QCOMPARE(choices.count(), 2);
    const Instant before = line().moment();
    QVERIFY(before < there);
    QTRY_VERIFY(session().replayHeldAt() == before);
    // On from there.
    auto& goOn = part<QPushButton>("scrubGoOn");
    QVERIFY(goOn.isVisible());
    goOn.setFocus();
    QTest::keyClick(&goOn, Qt::Key_Space);
    QVERIFY(!session().tape().until && goOn.isHidden());
    QCOMPARE(QApplication::focusWidget(), &line());
    QTRY_VERIFY(line().moment() > before);
    session().stop();
    QTRY_VERIFY(!session().isActive());
}

void TestReplayBar::withoutEventTimeItSaysSo() {
    const QString tape = record(false);
    QVERIFY(!tape.isEmpty());
    session().setTape({.replay = tape, .speed = 0});
    session().start();
    QTRY_COMPARE(session().state(), State::Finished);
    QVERIFY(bar().isVisible() && line().isHidden());
    QStringList words;
    for (const QLabel* label : bar().findChildren<QLabel*>())
        if (label->isVisible()) words << label->text();
    QVERIFY2(words.join(u'\n').contains(QStringLiteral("has an event time")), qPrintable(words.join(u'\n')));
}

void TestReplayBar::itFitsSmallWindows() {
    const QString tape = record(true);
    QVERIFY(!tape.isEmpty());
    for (const int percent : {100, 200}) {
        m_window->preferences.setLook({.mode = ThemeMode::Light, .textZoomPercent = percent});
        m_window->window->resize(1'120, 700);
        session().setTape({.replay = tape, .speed = 0, .until = kNoon + 100'000});
        session().seek(kNoon + 150'000);
        QTRY_VERIFY(session().replayHeldAt().has_value());
        QTRY_VERIFY(line().isVisible() && line().width() >= 80);
        QTRY_COMPARE(m_window->window->width(), 1'120);
        for (const char* name : {"scrubMoment", "scrubGoOn", "scrubLive", "replaySlider"}) {
            const QWidget& each = part<QWidget>(name);
            const QRect place(each.mapTo(&bar(), QPoint()), each.size());
            QVERIFY2(each.isVisible() && bar().rect().contains(place), name);
        }
        leavePicture(*m_window->window, QStringLiteral("scrub_bar_%1").arg(percent));
        session().stop();
        QTRY_VERIFY(!session().isActive());
    }
    m_window->preferences.setLook({.mode = ThemeMode::Dark});
}

QTEST_MAIN(TestReplayBar)
#include "test_replay_bar.moc"

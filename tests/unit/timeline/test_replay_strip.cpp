// The tape under the lanes of the Timeline: where its replay is, and how it is led to a moment.
#include <QtWidgets/QtWidgets>

#include "tests/unit/panels/session_fixture.h"
#include "tests/unit/session/taped_seconds.h"
#include "widgets/session/scrub/tape_line.h"
#include "widgets/theme/theme.h"
#include "widgets/timeline/replay_strip.h"
#include "widgets/timeline/timeline_panel.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct StripFixture : SessionFixture {
    QTemporaryDir folder;
    TimelinePanel panel{parts};
    NodeId source, windows, table;
    QString tape{};

    StripFixture() {
        panel.resize(1'000, 448);
        panel.show();
        source = document.addNode(nodeOf("generator", QStringLiteral("Orders"), secondsFromNoon()), {});
        windows = document.addNodeBehind(
            nodeOf("window_aggregate", QStringLiteral("Sums"),
                   Json{{"window", "tumble"}, {"size", "10s"}, {"aggregates", {"COUNT(*) AS n"}}}),
            {300, 0}, {source, "out"});
        table = document.addNodeBehind(nodeOf("table_view", QStringLiteral("Table"), Json::object()),
                                       {600, 0}, {windows, "out"});
    }
    ~StripFixture() {
        session.stop();
        (void)QTest::qWaitFor([this] { return !session.isActive(); }, 20'000);
    }
    bool record() {
        tape = recordedInto(folder.path(), session);
        return !tape.isEmpty();
    }
    ReplayStrip& strip() const { return *panel.findChild<ReplayStrip*>(); }
    TapeLine& line() const { return strip().line(); }
    bool heldAt(Instant moment) {
        return QTest::qWaitFor([&] { return session.replayHeldAt() == moment; }, 20'000);
    }
};

}  // namespace

class TestReplayStrip : public QObject {
    Q_OBJECT

 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void itIsThereWhileATapeIs() {
        StripFixture fixture;
        QVERIFY(fixture.record());
        QVERIFY(fixture.strip().isHidden());
        fixture.session.setTape({.replay = fixture.tape});
        fixture.session.seek(kNoon + 150'000);
        QVERIFY(fixture.heldAt(kNoon + 150'000));
        QTRY_VERIFY(fixture.line().isVisible());
        QCOMPARE(fixture.strip().height(), Theme::of().scaled(ReplayStrip::kStripHigh));
        QCOMPARE(fixture.line().moment(), kNoon + 150'000);
        QTRY_VERIFY(fixture.line().shown().reached && *fixture.line().shown().reached >= kNoon + 150'000);
        QTRY_VERIFY(!fixture.session.checkpointTimes().empty());
        QTRY_COMPARE(fixture.line().shown().quick, fixture.session.checkpointTimes());
        QVERIFY(!fixture.line().accessibleName().isEmpty());
        QCOMPARE(fixture.strip().findChild<QLabel*>(QStringLiteral("replayMoment"))->text(),
                 QStringLiteral("2024-03-01 12:02:30"));
        keepPicture(fixture.panel, QStringLiteral("replay_strip"));
        // The sources themselves have no tape.
        fixture.session.setTape({});
        QVERIFY(fixture.strip().isHidden());
    }

    void aClickAndKeysGoThere() {
        StripFixture fixture;
        QVERIFY(fixture.record());
        fixture.session.setTape({.replay = fixture.tape});
        fixture.session.seek(kNoon + 150'000);
        QVERIFY(fixture.heldAt(kNoon + 150'000));
        QTRY_VERIFY(fixture.line().isVisible());
        const Instant quarter = kNoon + 75'000;
        QTest::mouseClick(&fixture.line(), Qt::LeftButton, Qt::NoModifier,
                          {fixture.line().placeOf(quarter), fixture.line().height() / 2});
        QTRY_VERIFY(fixture.session.tape().until.has_value() &&
                    *fixture.session.tape().until < kNoon + 80'000);
        QVERIFY(fixture.heldAt(*fixture.session.tape().until));
        fixture.line().setFocus();
        QTest::keyClick(&fixture.line(), Qt::Key_End);
        QTest::keyClick(&fixture.line(), Qt::Key_Left);
        const Instant wanted = fixture.line().moment();
        QTest::keyClick(&fixture.line(), Qt::Key_Return);
        QCOMPARE(*fixture.session.tape().until, wanted);
        // Esc in the middle changes nothing.
        QTest::keyClick(&fixture.line(), Qt::Key_Home);
        QTest::keyClick(&fixture.line(), Qt::Key_Escape);
        QTest::qWait(2 * ReplaySlider::kSettleMillis);
        QCOMPARE(*fixture.session.tape().until, wanted);
    }

    void aTapeWithoutEventTimeSaysSo() {
        StripFixture fixture;
        fixture.document.setParam(fixture.source, "event_time", Json());
        fixture.document.remove({ItemRef(fixture.windows)});
        fixture.document.connectPorts({fixture.source, "out"}, {fixture.table, "in"});
        QVERIFY(fixture.record());
        fixture.session.setTape({.replay = fixture.tape});
        QTRY_VERIFY(!fixture.line().whyNone().isEmpty());
        QVERIFY(!fixture.line().isVisible());
    }

    // A panel that is not in sight changes nothing of itself.
    void awayItWaits() {
        StripFixture fixture;
        QVERIFY(fixture.record());
        fixture.panel.hide();
        fixture.session.setTape({.replay = fixture.tape});
        QVERIFY(fixture.strip().isHidden());
        fixture.session.seek(kNoon + 150'000);
        QVERIFY(fixture.heldAt(kNoon + 150'000));
        QVERIFY(fixture.strip().isHidden());
        fixture.panel.show();
        QTRY_VERIFY(fixture.line().isVisible());
    }
};

QTEST_MAIN(TestReplayStrip)
#include "test_replay_strip.moc"

// The card of a node that failed, while the run waits to be tried again.
#include "tests/support/made_remote_run.h"
#include "tests/unit/canvas/fixture.h"

using namespace rw;
using namespace rw::ui;
using State = RunSession::State;

namespace {

struct WaitingRun : CanvasFixture {
    MadeRemoteRun remote;
    NodeId source, table;

    WaitingRun() {
        source = add("generator", "Numbers", {16, 48}, "{\"columns\": [\"n BIGINT = i\"]}");
        table = add("table_view", "Table", {320, 48});
        wire({source, "out"}, {table, "in"});
        document.selection().clear();
        waitForChecks();
        remote.deployed = document.pipeline();
        remote.now = State::Running;
        remote.started = remote.seen = QDateTime::currentDateTime();
        session.show(&remote);
    }
    ~WaitingRun() { session.show(nullptr); }

    /// 0: it waits no more.
    void waits(Millis in) {
        RestartMetrics& restart = remote.picture.metrics.restart;
        restart.nextAt = in > 0 ? 1 : 0;
        restart.in = in;
        restart.attempt = 2;
        restart.attempts = 10;
        restart.node = source;
        restart.cause = RW_TEXT("test", "It broke.");
        ++remote.picture.sequence;
        Q_EMIT remote.updated();
    }
    const CardModel& card(const NodeId& id) const { return canvas.view().canvas().node(id)->card(); }
};

}  // namespace

class TestCardRestart : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void initTestCase() { new Theme(*qApp, {.mode = ThemeMode::Dark}); }

    void theNodeThatFailedSaysWhenAndWhy() {
        WaitingRun f;
        f.show();
        f.waits(3'500);
        QTRY_COMPARE(f.card(f.source).strip,
                     QStringLiteral("Restarting in 4\u2009s, try 2 of 10: It broke."));
        QVERIFY(f.card(f.source).stripKind == StripKind::Warning);
        QVERIFY(f.card(f.source).dot == DotState::Look);
        QVERIFY(f.card(f.table).strip.isEmpty());
        QVERIFY(f.card(f.table).dot == DotState::Idle);
        f.waits(1'900);
        QTRY_VERIFY(f.card(f.source).strip.startsWith(QStringLiteral("Restarting in 2\u2009s")));
        f.waits(0);
        QTRY_VERIFY(f.card(f.source).strip.isEmpty());
    }
};

QTEST_MAIN(TestCardRestart)
#include "test_card_restart.moc"

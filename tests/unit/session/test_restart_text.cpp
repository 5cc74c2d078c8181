// The text for a run that waits to be restarted.
#include <QtTest/QtTest>

#include "widgets/session/words/restart_text.h"

using namespace rw;
using namespace rw::ui;

class TestRestartText : public QObject {
    Q_OBJECT

    static RestartMetrics waiting(Millis in, int attempts) {
        RestartMetrics restart;
        restart.nextAt = 1;
        restart.in = in;
        restart.attempt = 2;
        restart.attempts = attempts;
        restart.cause = RW_TEXT("test", "“out.sqlite” is locked.");
        return restart;
    }

 private Q_SLOTS:
    void saysWhenAndWhy() {
        QCOMPARE(restartText(waiting(3'200, 10), 100),
                 QStringLiteral("Restarting in 4\u2009s, try 2 of 10: “out.sqlite” is locked."));
        QCOMPARE(restartText(waiting(3'200, 10), 0), QStringLiteral("Restarting in 4\u2009s, try 2 of 10"));
        QCOMPARE(restartText(waiting(3'000, 0), 0), QStringLiteral("Restarting in 3\u2009s, try 2"));
    }

    void aLongCauseIsCut() {
        QCOMPARE(restartText(waiting(1'000, 3), 8),
                 QStringLiteral("Restarting in 1\u2009s, try 2 of 3: “out.sql…"));
    }

    void theLastMomentIsASecond() { QCOMPARE(secondsToRestart(waiting(0, 3)), 1); }

    void whoDoesNotWaitSaysNothing() {
        QVERIFY(restartText({}, 100).isEmpty());
        QCOMPARE(secondsToRestart({}), -1);
    }
};

QTEST_GUILESS_MAIN(TestRestartText)
#include "test_restart_text.moc"

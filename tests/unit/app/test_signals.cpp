// The signals that end a command in order.
#include <QtTest/QtTest>
#include <csignal>

#include "app/cli/signals.h"

using rw::cli::catchSignals;
using rw::cli::signalsSoFar;

class TestSignals : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    /// As nohup leaves it to the program.
    void aHangUpThatIsIgnoredStaysSo() {
        std::signal(SIGHUP, SIG_IGN);
        catchSignals();
        std::raise(SIGHUP);
        QCOMPARE(signalsSoFar(), 0);
    }

    /// A terminal that closes sends several, which are not those of somebody who is impatient.
    void hangUpsCountOnce() {
        std::signal(SIGHUP, SIG_DFL);
        catchSignals();
        for (int i = 0; i < 5; ++i) std::raise(SIGHUP);
        QCOMPARE(signalsSoFar(), 1);
        std::raise(SIGINT);
        QCOMPARE(signalsSoFar(), 2);
    }
};

QTEST_APPLESS_MAIN(TestSignals)
#include "test_signals.moc"

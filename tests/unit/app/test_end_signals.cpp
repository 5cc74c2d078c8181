// The signals that end the window.
#include <QtTest/QtTest>
#include <csignal>

#include "app/end_signals.h"

using rw::ui::EndSignals;

class TestEndSignals : public QObject {
    Q_OBJECT
 private Q_SLOTS:
    void theFirstIsHandedOn() {
        int came = 0;
        const EndSignals ending([&](int signal) { came = signal; });
        std::raise(SIGTERM);
        QCOMPARE(came, 0);  // not in the handler, where next to nothing may be done
        QTRY_COMPARE(came, SIGTERM);
        struct sigaction next {};
        QCOMPARE(::sigaction(SIGTERM, nullptr, &next), 0);
        QVERIFY(next.sa_handler == SIG_DFL);  // the second one ends the process
        std::raise(SIGHUP);
        QTRY_COMPARE(came, SIGHUP);
    }

    /// As nohup leaves it to the program.
    void aHangUpThatIsIgnoredStaysSo() {
        std::signal(SIGHUP, SIG_IGN);
        int came = 0;
        const EndSignals ending([&](int signal) { came = signal; });
        std::raise(SIGHUP);
        std::raise(SIGTERM);
        QTRY_COMPARE(came, SIGTERM);  // in their order: the other would have come first
        struct sigaction now {};
        QCOMPARE(::sigaction(SIGHUP, nullptr, &now), 0);
        QVERIFY(now.sa_handler == SIG_IGN);
        std::signal(SIGHUP, SIG_DFL);
    }
};

QTEST_GUILESS_MAIN(TestEndSignals)
#include "test_end_signals.moc"

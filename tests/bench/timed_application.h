// An application that notes how long its event loop is busy at a time.
#pragma once
#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace rw::bench {

/// Processor time of this thread, ms.
inline double ownMillis() {
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

struct Turns {
    std::size_t count = 0;
    double median = 0, p99 = 0, longest = 0;  ///< ms
    double ownP99 = 0;                        ///< ms of processor time, independent of other programs
};

/// Its turns: the time for which it handles events between two waits for more. A click meanwhile waits
/// so long.
class TimedApplication : public QApplication {
 public:
    TimedApplication(int& argc, char** argv) : QApplication(argc, argv) {
        connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
            if (m_turn > 0) m_millis.push_back(m_turn);
            if (m_turn > 0) m_own.push_back(m_ownTurn);
            m_turn = m_ownTurn = 0;
        });
    }
    bool notify(QObject* receiver, QEvent* event) override {
        if (m_depth++ == 0) {
            m_clock.start();
            m_ownBefore = ownMillis();
        }
        const bool taken = QApplication::notify(receiver, event);
        if (--m_depth == 0) {
            m_turn += static_cast<double>(m_clock.nsecsElapsed()) / 1e6;
            m_ownTurn += ownMillis() - m_ownBefore;
        }
        return taken;
    }
    void forget() {
        m_millis.clear();
        m_own.clear();
    }
    /// Of the turns since. Prints “canvas      1234 turns  median  0.30 ms  p99   4.10 ms (3.90 of a processor)
    /// longest  12.00 ms” and leaves the line open.
    Turns print(const char* what) {
        if (m_millis.empty()) qFatal("%s: nothing happened", what);
        std::sort(m_millis.begin(), m_millis.end());
        std::sort(m_own.begin(), m_own.end());
        const std::size_t count = m_millis.size(), nearLast = count * 99 / 100;
        const Turns turns{count, m_millis[count / 2], m_millis[nearLast], m_millis.back(), m_own[nearLast]};
        std::printf("%-10s %5zu turns  median %5.2f ms  p99 %6.2f ms (%.2f of a processor)  longest %6.2f ms",
                    what, turns.count, turns.median, turns.p99, turns.ownP99, turns.longest);
        return turns;
    }

 private:
    QElapsedTimer m_clock;
    int m_depth = 0;  ///< of events that are handled while another is
    double m_turn = 0, m_ownTurn = 0, m_ownBefore = 0;
    std::vector<double> m_millis, m_own;
};

/// Lets the event loop run for so long.
inline void wait(int millis) {
    QEventLoop loop;
    QTimer::singleShot(millis, &loop, &QEventLoop::quit);
    loop.exec();
}

}  // namespace rw::bench

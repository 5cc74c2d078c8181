#include "widgets/background/ticker.h"

#include <QCoreApplication>
#include <QEvent>
#include <QTimer>
#include <QWidget>
#include <map>

namespace rw::ui {

namespace {

constexpr int kCoarse = 2'000;  // milliseconds: who waits for so long does not mind a second

}  // namespace

Sight::Sight(QWidget& of) : QObject(&of), m_of(of), m_seen(of.isVisible() && !of.window()->isMinimized()) {
    of.installEventFilter(this);
}

// A window that is minimised leaves its widgets visible, and sends them the events of a window that is hidden
// from outside. When it comes back they may be sent before its state is another. What is shown in it
// meanwhile is not seen.
bool Sight::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &m_of && (event->type() == QEvent::Show || event->type() == QEvent::Hide)) {
        const bool minimised = !event->spontaneous() && m_of.window()->isMinimized();
        const bool seen = event->type() == QEvent::Show && !minimised;
        if (seen != m_seen) {
            m_seen = seen;
            Q_EMIT changed(seen);
        }
    }
    return false;
}

/// The timer of all that tick at one rate; it runs while any does.
class Ticker::Beat : public QTimer {
 public:
    static Beat& of(int millis) {
        static std::map<int, QPointer<Beat>> beats;
        QPointer<Beat>& beat = beats[millis];
        if (beat.isNull()) beat = new Beat(millis);
        return *beat;
    }
    void join() {
        if (m_ticking++ == 0) start();
    }
    void leave() {
        if (--m_ticking == 0) stop();
    }

 private:
    explicit Beat(int millis) : QTimer(QCoreApplication::instance()) {
        setObjectName(QStringLiteral("every %1 ms").arg(millis));
        setInterval(millis);
        if (millis >= kCoarse) setTimerType(Qt::VeryCoarseTimer);
    }

    int m_ticking = 0;
};

Ticker::Ticker(QWidget& shown, int millis) : QObject(&shown), m_millis(millis) {
    auto* sight = new Sight(shown);
    m_sight = sight;
    connect(sight, &Sight::changed, this, &Ticker::follow);
}

Ticker::Ticker(QObject& owner, int millis) : QObject(&owner), m_millis(millis) {}

Ticker::~Ticker() {
    leave();
}

void Ticker::setNeeded(bool needed) {
    m_needed = needed;
    follow();
}

void Ticker::follow() {
    const bool ticks = m_needed && isSeen();
    if (ticks == isTicking()) return;
    if (!ticks) return leave();
    m_beat = &Beat::of(m_millis);
    connect(m_beat, &QTimer::timeout, this, &Ticker::ticked);
    m_beat->join();
}

void Ticker::leave() {
    if (m_beat.isNull()) return;
    m_beat->disconnect(this);
    m_beat->leave();
    m_beat.clear();
}

}  // namespace rw::ui

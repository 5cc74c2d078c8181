// What is done again and again on the GUI thread: pictures that move, ages in words, files that are looked
// at. It is done only while a person may see what it is for, and while there is anything to do: a window that
// is hidden or idle wakes for nothing. All that have one rate wake together.
#pragma once
#include <QObject>
#include <QPointer>

class QWidget;

namespace rw::ui {

/// Whether a person may see a widget: it is visible, in a window that is not minimised. Owned by the widget.
/// It hears of an event before the widget does: in a showEvent() its answer is right already.
class Sight : public QObject {
    Q_OBJECT
 public:
    explicit Sight(QWidget& of);

    bool isSeen() const { return m_seen; }

 Q_SIGNALS:
    void changed(bool seen);

 protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

 private:
    const QWidget& m_of;
    bool m_seen;
};

/// Ticks at a rate. What is done at a tick must not wait in an event loop of its own: nothing of the same
/// rate would tick meanwhile. The first tick may come sooner than the others.
class Ticker : public QObject {
    Q_OBJECT
 public:
    /// Of what `shown` shows, which owns it: ticks only while that may be seen.
    Ticker(QWidget& shown, int millis);
    /// Of what is no widget: the owner counts in, by setNeeded(), whether anybody sees it.
    Ticker(QObject& owner, int millis);
    ~Ticker() override;

    /// Whether there is anything to do at a tick; at first there is not.
    void setNeeded(bool needed);
    bool isSeen() const { return m_sight == nullptr || m_sight->isSeen(); }
    bool isTicking() const { return !m_beat.isNull(); }

 Q_SIGNALS:
    void ticked();

 private:
    class Beat;
    void follow();
    void leave();

    const int m_millis;
    const Sight* m_sight = nullptr;  ///< null: of what is no widget
    QPointer<Beat> m_beat{};         ///< null: it does not tick
    bool m_needed = false;
};

}  // namespace rw::ui

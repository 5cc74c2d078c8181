// A run that is recorded, and stops by itself after five minutes: then there is a tape to compare on.
#pragma once
#include <QDateTime>
#include <QObject>
#include <QString>
#include <QTimer>

namespace rw::ui {

class RunSession;

class TimedRecording : public QObject {
    Q_OBJECT
 public:
    static constexpr int kMillis = 300'000;  ///< of the clock, from when the run has begun
    enum class End {
        Earlier,  ///< it was refused, ended by itself, failed or was stopped
        InTime,   ///< by itself, after all five minutes
        Untaped   ///< its tape has ended: the disk is full, or the run had to begin again
    };

    /// The session must outlive it.
    explicit TimedRecording(RunSession& session, QObject* parent = nullptr);

    /// Starts the run as Run does, with all that it writes; nothing where it can't be started now. A tape
    /// that was chosen to be replayed is not any more. Runs after this one are recorded if they were before.
    void begin();
    /// Stops the run before its time: what it has read is on the tape.
    void stop();
    bool isUnderWay() const { return m_underWay; }
    QDateTime endsAt() const { return m_endsAt; }  ///< null: the run has not begun yet

 Q_SIGNALS:
    void changed();
    /// The run is over, and this, too.
    void ended(rw::ui::TimedRecording::End how);

 private:
    void follow();
    void followTape();
    void finish();

    RunSession& m_session;
    QTimer m_ends;
    QDateTime m_endsAt{};
    QString m_before{};  ///< TapeChoice::recordInto
    bool m_underWay = false;
    End m_end = End::Earlier;  ///< how it ends, as far as is known
};

}  // namespace rw::ui

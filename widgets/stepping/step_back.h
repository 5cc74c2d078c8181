// The way back from a step: the steps that were taken are known, and where they began. To go back before the
// last one the replay goes to that beginning, by the checkpoints that it keeps in memory, and takes all steps
// but the last again, as fast as it can.
#pragma once
#include <QObject>
#include <optional>
#include <vector>

#include "core/base/status.h"
#include "core/runtime/stepping/until.h"

namespace rw::ui {

class RunSession;

/// GUI thread only.
class StepBack : public QObject {
    Q_OBJECT
 public:
    /// The session must outlive it.
    explicit StepBack(RunSession& session, QObject* parent = nullptr);

    /// RunSession::step(), which is remembered. A replay that is held at a moment goes on for it.
    Status step(const Until& until);
    /// The run stands as before the last step, when it is there. Nothing where whyNot() says why.
    void back();
    /// Why one can't go back now; empty: one can.
    QString whyNot() const;
    bool isGoing() const { return m_phase != Phase::None; }
    /// Before the first step the replay stood there, and stands there again; nothing: elsewhere.
    std::optional<Instant> standsBackAt() const { return m_standsBackAt; }

 Q_SIGNALS:
    void changed();                   ///< whyNot(), isGoing() or standsBackAt() may be another
    void told(const QString& words);  ///< it could not go back as far as that, or at all

 private:
    enum class Phase { None, Stopping, Arriving, Repeating };
    /// Where the first of the steps began.
    struct Origin {
        std::optional<Instant> moment;  ///< of the tape; nothing: its start
    };

    void onState();
    void onUpdate();
    void onHalt();
    void onTape();
    void repeatNext();
    void setSpeed(double speed);
    void end(bool arrived);
    void giveUp(const QString& words);
    void forget();

    RunSession& m_session;
    std::optional<Origin> m_origin{};  ///< nothing: it is not known, or no step was taken
    std::vector<Until> m_taken{};
    Phase m_phase = Phase::None;
    std::vector<Until> m_wanted{};  ///< while it goes: the steps to be taken again
    std::size_t m_next = 0;         ///< of them
    QString m_tape{};               ///< that is replayed
    double m_speed = 0;             ///< at which it went before
    std::optional<Instant> m_standsBackAt{};
};

}  // namespace rw::ui

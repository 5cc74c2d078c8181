// The event time of the tape that a session replays: where it is led to a moment.
#pragma once
#include "widgets/session/scrub/replay_slider.h"

namespace rw::ui {

class RunSession;

/// GUI thread only. The moment that a person chooses is gone to. It follows the session when follow() is
/// called.
class TapeLine : public ReplaySlider {
    Q_OBJECT
 public:
    /// The session must outlive it.
    explicit TapeLine(RunSession& session, QWidget* parent = nullptr);

    /// A tape is chosen, and its run is shown: charts and wires are of that.
    static bool isReplaying(const RunSession& session);
    /// Shows how far the replay has come; false: there is no line to be shown, and whyNone() says why.
    bool follow();
    QString whyNone() const;

 protected:
    void changeEvent(QEvent* event) override;

 private:
    void retranslate();

    RunSession& m_session;
};

}  // namespace rw::ui

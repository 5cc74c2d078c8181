// Announcements of screen readers.
#pragma once
#include <QObject>
#include <QTimer>
#include <QWidget>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "widgets/session/run_session.h"

namespace rw::ui {

/// Tells how the run stands, which alerts were raised and which problems are new: politely, so never more
/// often than every five seconds, and never a rate.
class Announcer : public QObject {
    Q_OBJECT
 public:
    static constexpr int kPauseMillis = 5000;

    /// Document and session must outlive it.
    Announcer(PipelineDocument& document, RunSession& session, QObject* parent = nullptr,
              int pauseMillis = kPauseMillis);

 Q_SIGNALS:
    void announced(const QString& words);

 private:
    void onState();
    void onUpdate();
    void onRefused();
    void onRaised(const std::vector<AlertBoard::Entry>& entries);
    QString newAlerts();
    void speakSoon();
    void speak();
    QString newProblems();

    PipelineDocument& m_document;
    RunSession& m_session;
    const RemoteRun* m_shown = nullptr;  ///< only compared
    QString m_state;                     ///< of the run, not told yet; empty: none
    std::optional<Instant> m_heldAt{};   ///< RunSession::replayHeldAt() when it was last looked at
    std::size_t m_raised = 0;            ///< alerts that were not told of yet
    QString m_alert;                     ///< the last of them
    std::set<std::string> m_problems;    ///< those of the document when it was last looked at
    QTimer m_pause;                      ///< runs from one announcement to when the next may be made
};

/// The source of announcements. Qt 6.4 has none yet; the best substitute is a point of the window that is a
/// notification to the accessibility bus, has the words as its name, and appears again with each.
class LiveRegion : public QWidget {
    Q_OBJECT
 public:
    explicit LiveRegion(QWidget* parent);

    void announce(const QString& words);
};

}  // namespace rw::ui

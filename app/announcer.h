// Tells screen readers, unasked, how the run stands and which problems are new: politely, so never more often
// than every five seconds, and never a rate.
#pragma once
#include <QObject>
#include <QTimer>
#include <set>
#include <string>

#include "widgets/document/run_session.h"

namespace rw::ui {

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
    void speakSoon();
    void speak();
    QString newProblems();

    PipelineDocument& m_document;
    RunSession& m_session;
    QString m_state;                   ///< of the run, not told yet; empty: none
    std::set<std::string> m_problems;  ///< those of the document when it was last looked at
    QTimer m_pause;                    ///< runs from one announcement to when the next may be made
};

}  // namespace rw::ui

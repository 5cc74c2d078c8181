// Turns the events of a run into lines of the log: that it started and ended, notes of its nodes, why it
// could not start or failed. The same lines go to a file, in English, when there is one. GUI thread only.
#pragma once
#include <spdlog/logger.h>

#include <QObject>
#include <memory>

#include "widgets/log/log_sink.h"
#include "widgets/session/run_session.h"

namespace rw::ui {

class LogRecorder : public QObject {
    Q_OBJECT
 public:
    /// Session and sink must outlive it; `file` may be null.
    LogRecorder(RunSession& session, LogSink& sink, std::shared_ptr<spdlog::logger> file, QObject* parent);
    void setFile(std::shared_ptr<spdlog::logger> file) { m_file = std::move(file); }

    /// Something outside of runs: a file that could not be opened or saved. The code goes to the log file.
    void recordError(const Error& error);
    /// Something to know, outside of runs.
    void recordNote(const Text& text);

 private:
    void recordSwitch();
    void recordState();
    void recordRefusal();
    void add(LogLevel level, const NodeId& node, const Text& text, const Text& fix = {},
             std::string_view code = {});

    RunSession& m_session;
    LogSink& m_sink;
    std::shared_ptr<spdlog::logger> m_file;
    RunSession::State m_last;               ///< of the run that is shown
    RunSession::State m_lastHere = m_last;  ///< of the own run
    bool m_elsewhere = false;               ///< a run on a cluster is shown
};

}  // namespace rw::ui

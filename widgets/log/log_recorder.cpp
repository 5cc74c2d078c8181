#include "widgets/log/log_recorder.h"

#include <fmt/format.h>

#include "widgets/document/editing/node_appearance.h"
#include "widgets/session/shown/shown_run.h"

namespace rw::ui {
namespace {

spdlog::level::level_enum spdlogLevel(LogLevel level) {
    switch (level) {
        case LogLevel::Error:
            return spdlog::level::err;
        case LogLevel::Warning:
            return spdlog::level::warn;
        case LogLevel::Info:
            return spdlog::level::info;
        case LogLevel::Debug:
            break;
    }
    return spdlog::level::debug;
}

std::string_view nameOf(ErrorCode code) {
    switch (code) {
        case ErrorCode::Invalid:
            return "invalid";
        case ErrorCode::NotFound:
            return "not_found";
        case ErrorCode::Io:
            return "io";
        case ErrorCode::Row:
            return "row";
        case ErrorCode::Cancelled:
            return "cancelled";
        case ErrorCode::Denied:
            return "denied";
        case ErrorCode::Refused:
            return "refused";
        case ErrorCode::Locked:
            return "locked";
        case ErrorCode::Internal:
            break;
    }
    return "internal";
}

}  // namespace

LogRecorder::LogRecorder(RunSession& session, LogSink& sink, std::shared_ptr<spdlog::logger> file,
                         QObject* parent)
    : QObject(parent), m_session(session), m_sink(sink), m_file(std::move(file)), m_last(session.state()) {
    connect(&session, &RunSession::stateChanged, this, &LogRecorder::recordState);
    connect(&session, &RunSession::startRefused, this, &LogRecorder::recordRefusal);
    connect(&session, &RunSession::declined, this, [this] {
        const Text& secret = m_session.untypedSecret();
        add(LogLevel::Info, {},
            secret.empty()
                ? RW_TEXT("log", "Not run: you declined what the run would touch. Nothing was started.")
                : RW_TEXT("log", "Not run: you did not type %1. Nothing was started.").with(secret));
    });
    connect(&session, &RunSession::tapeRefused, this,
            [this](const Status& why) { recordError(why.error()); });
    connect(&session, &RunSession::noted, this, [this](const RunNote& note) {
        add(note.warning ? LogLevel::Warning : LogLevel::Info, note.node, note.text);
    });
}

// A run that is shown from now on has not changed its state because of that.
void LogRecorder::recordSwitch() {
    const bool elsewhere = m_session.shownRun().isElsewhere();
    if (elsewhere == m_elsewhere) return;
    m_elsewhere = elsewhere;
    m_last = elsewhere ? m_session.state() : m_lastHere;
}

void LogRecorder::recordState() {
    recordSwitch();
    const RunSession::State state = m_session.state();
    if (!m_elsewhere) m_lastHere = state;
    if (state == m_last) return;
    const bool resumed = state == RunSession::State::Running && m_last == RunSession::State::Paused;
    m_last = state;
    if (m_session.isAsBefore()) return;
    switch (state) {
        case RunSession::State::Starting:
            break;
        case RunSession::State::Running:
            add(LogLevel::Info, {},
                m_elsewhere ? RW_TEXT("log", "The job runs on the cluster")
                : resumed   ? RW_TEXT("log", "Resumed")
                            : RW_TEXT("log", "Run started"));
            break;
        case RunSession::State::Paused:
            add(LogLevel::Info, {}, RW_TEXT("log", "Paused"));
            break;
        case RunSession::State::Stopping:
            add(LogLevel::Info, {}, RW_TEXT("log", "Stopping"));
            break;
        case RunSession::State::Stopped:
            if (m_elsewhere && !m_session.startIssues().empty()) return recordRefusal();
            if (!m_session.wasDeclined()) add(LogLevel::Info, {}, RW_TEXT("log", "Run stopped"));
            break;
        case RunSession::State::Finished:
            add(LogLevel::Info, {}, RW_TEXT("log", "Run finished: every source has ended"));
            break;
        case RunSession::State::Failed: {
            if (m_session.failure().ok()) break;
            recordError(m_session.failure().error());
            break;
        }
    }
}

void LogRecorder::recordError(const Error& error) {
    add(LogLevel::Error, error.node, error.message, error.fix, nameOf(error.code));
}

void LogRecorder::recordNote(const Text& text) {
    add(LogLevel::Info, {}, text);
}

void LogRecorder::recordRefusal() {
    for (const Issue& issue : m_session.startIssues()) {
        const LogLevel level = issue.severity == Severity::Error ? LogLevel::Error : LogLevel::Warning;
        add(level, issue.node, issue.message, issue.fix);
    }
}

void LogRecorder::add(LogLevel level, const NodeId& node, const Text& text, const Text& fix,
                      std::string_view code) {
    LogEntry entry;
    entry.time = QDateTime::currentDateTime();
    entry.level = level;
    entry.node = QString::fromStdString(node);
    entry.title = node.empty() ? QString() : titleOf(m_session.runningPipeline(), node);
    entry.text = text;
    entry.fix = fix;
    m_sink.put(std::move(entry));
    if (!m_file) return;
    std::string line = node.empty() ? std::string() : node + ": ";
    line += english(text);
    if (!fix.empty()) line += ' ' + english(fix);
    if (!code.empty()) line += fmt::format(" [{}]", code);
    m_file->log(spdlogLevel(level), line);
}

}  // namespace rw::ui

#include "widgets/panels/log_recorder.h"

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

QString titleOf(const Pipeline& pipeline, const NodeId& id) {
    for (const Node& node : pipeline.nodes)
        if (node.id == id) return QString::fromStdString(node.shownTitle());
    return QString::fromStdString(id);
}

}  // namespace

LogRecorder::LogRecorder(RunSession& session, LogModel& model, std::shared_ptr<spdlog::logger> file,
                         QObject* parent)
    : QObject(parent), m_session(session), m_model(model), m_file(std::move(file)), m_last(session.state()) {
    connect(&session, &RunSession::stateChanged, this, &LogRecorder::recordState);
    connect(&session, &RunSession::startRefused, this, &LogRecorder::recordRefusal);
    connect(&session, &RunSession::noted, this,
            [this](const RunNote& note) { add(LogLevel::Info, note.node, note.text); });
}

void LogRecorder::recordState() {
    const RunSession::State state = m_session.state();
    if (state == m_last) return;
    const bool resumed = state == RunSession::State::Running && m_last == RunSession::State::Paused;
    m_last = state;
    switch (state) {
        case RunSession::State::Starting:
            break;
        case RunSession::State::Running:
            add(LogLevel::Info, {}, resumed ? RW_TEXT("log", "Resumed") : RW_TEXT("log", "Run started"));
            break;
        case RunSession::State::Paused:
            add(LogLevel::Info, {}, RW_TEXT("log", "Paused"));
            break;
        case RunSession::State::Stopping:
            add(LogLevel::Info, {}, RW_TEXT("log", "Stopping"));
            break;
        case RunSession::State::Stopped:
            add(LogLevel::Info, {}, RW_TEXT("log", "Run stopped"));
            break;
        case RunSession::State::Finished:
            add(LogLevel::Info, {}, RW_TEXT("log", "Run finished: every source has ended"));
            break;
        case RunSession::State::Failed: {
            if (m_session.failure().ok()) break;
            const Error& error = m_session.failure().error();
            add(LogLevel::Error, error.node, error.message, error.mend);
            break;
        }
    }
}

void LogRecorder::recordRefusal() {
    for (const Issue& issue : m_session.startIssues()) {
        const LogLevel level = issue.severity == Severity::Error ? LogLevel::Error : LogLevel::Warning;
        add(level, issue.node, issue.message, issue.mend);
    }
}

void LogRecorder::add(LogLevel level, const NodeId& node, const Text& text, const Text& mend) {
    LogEntry entry;
    entry.time = QDateTime::currentDateTime();
    entry.level = level;
    entry.node = QString::fromStdString(node);
    entry.title = node.empty() ? QString() : titleOf(m_session.runningPipeline(), node);
    entry.text = text;
    entry.mend = mend;
    m_model.add({std::move(entry)});
    if (!m_file) return;
    const std::string where = node.empty() ? std::string() : node + ": ";
    m_file->log(spdlogLevel(level), "{}{}{}{}", where, english(text), mend.empty() ? "" : " ", english(mend));
}

}  // namespace rw::ui

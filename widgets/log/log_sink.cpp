#include "widgets/log/log_sink.h"

#include <chrono>
#include <utility>

namespace rw::ui {
namespace {

LogLevel levelOf(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err) return LogLevel::Error;
    if (level == spdlog::level::warn) return LogLevel::Warning;
    return level == spdlog::level::info ? LogLevel::Info : LogLevel::Debug;
}

}  // namespace

void LogSink::put(LogEntry entry) {
    const std::scoped_lock lock(mutex_);
    keep(std::move(entry));
}

LogSink::Drained LogSink::drain() {
    const std::scoped_lock lock(mutex_);
    Drained taken{{m_waiting.begin(), m_waiting.end()}, m_dropped, m_lastDropped};
    m_waiting.clear();
    m_dropped = 0;
    return taken;
}

void LogSink::whenFilled(std::function<void()> call) {
    const std::scoped_lock lock(mutex_);
    m_filled = std::move(call);
}

void LogSink::keep(LogEntry entry) {
    if (m_waiting.size() == kCapacity) {
        m_lastDropped = m_waiting.front().time;
        m_waiting.pop_front();
        ++m_dropped;
    }
    m_waiting.push_back(std::move(entry));
    if (m_waiting.size() == 1 && m_filled) m_filled();
}

void LogSink::sink_it_(const spdlog::details::log_msg& message) {
    using std::chrono::milliseconds;
    const auto since = std::chrono::duration_cast<milliseconds>(message.time.time_since_epoch());
    LogEntry entry;
    entry.time = QDateTime::fromMSecsSinceEpoch(since.count());
    entry.level = levelOf(message.level);
    entry.plain = QString::fromUtf8(message.payload.data(), static_cast<qsizetype>(message.payload.size()));
    keep(std::move(entry));
}

}  // namespace rw::ui

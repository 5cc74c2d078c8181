// Where spdlog and our own code leave the lines for the Log panel: a bounded mailbox that any thread may
// write to. The panel empties it at its own pace, and only while it is on; when there are too many the oldest
// lines go, and are counted.
#pragma once
#include <spdlog/sinks/base_sink.h>

#include <deque>
#include <functional>
#include <mutex>
#include <vector>

#include "widgets/log/log_model.h"

namespace rw::ui {

class LogSink : public spdlog::sinks::base_sink<std::mutex> {
 public:
    /// As many as the panel keeps, whether it is on or not, with room for the line that marks a gap.
    static constexpr std::size_t kCapacity = LogModel::kCapacity - 1;

    struct Drained {
        std::vector<LogEntry> entries;  ///< oldest first
        std::size_t dropped = 0;        ///< lines before them that found no room
        QDateTime lastDropped{};        ///< when the newest of those was written
    };
    /// Any thread.
    void put(LogEntry entry);
    /// Empties the mailbox. Any thread.
    Drained drain();
    /// Called by the writing thread whenever a line is put into an empty mailbox; null: none.
    void whenFilled(std::function<void()> call);

 protected:
    void sink_it_(const spdlog::details::log_msg& message) override;
    void flush_() override {}

 private:
    void keep(LogEntry entry);

    std::deque<LogEntry> m_waiting;
    std::size_t m_dropped = 0;
    QDateTime m_lastDropped;
    std::function<void()> m_filled;
};

}  // namespace rw::ui

// Reads entries of the log of systemd, on the thread of a source.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/schema.h"
#include "core/stream/waiting/source_reader.h"

namespace rw {

struct LogReading {
    /// A file of a journal, or a folder of them, as copied from another computer: it is read to its end.
    /// Empty: the log of this computer, which goes on.
    std::string path{};
    std::string unit{};   ///< “nginx.service”: what it says, and what is said of it; empty: of all
    int priority = 7;     ///< entries of this one and more urgent ones; 7: of all
    bool fromNow = true;  ///< of the log of this computer: a run that does not resume begins with new ones
};

struct LogEntry {
    Instant time = 0;
    std::optional<std::string> unit{}, identifier{}, host{}, message{};
    std::optional<std::int32_t> priority{};
    std::optional<std::int64_t> pid{};
};

struct LogChunk final : Chunk {
    std::vector<LogEntry> entries{};
    std::string behind{};  ///< the cursor of the last
};

/// ts, unit, priority, identifier, pid, host, message.
Schema logSchema();

class LogReader final : public SourceReader {
 public:
    /// `cursor`: of the last entry that was read; empty: it begins anew.
    LogReader(LogReading reading, std::string cursor, std::shared_ptr<Clock> clock);
    ~LogReader() override;

    Result<Read> read(Millis within, ReadOutput& out) override;

 private:
    class Journal;
    Status open(ReadOutput& out);

    const LogReading m_reading;
    const std::string m_cursor;
    const std::shared_ptr<Clock> m_clock;
    std::unique_ptr<Journal> m_journal;  ///< null: not opened yet
};

}  // namespace rw

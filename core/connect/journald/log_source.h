// Rows of the entries of the log of systemd.
#pragma once
#include <memory>
#include <string>

#include "core/connect/journald/log_reader.h"
#include "core/stream/waiting/blocking_source.h"

namespace rw {

struct LogSourceOptions {
    LogReading reading{};
    SchemaRef schema{};  ///< logSchema(), perhaps followed by the column of the time of arrival
    int arrival = -1;    ///< that column, or -1
};

/// Its position is the cursor of the last entry that was given.
class LogSource final : public BlockingSource {
 public:
    /// The context is that of the call that makes the source.
    LogSource(const MakeContext& context, LogSourceOptions options);

    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() override;
    void given(const Chunk& chunk, int partition) override;

    const LogSourceOptions m_options;
    const std::shared_ptr<Clock> m_clock;
    const std::size_t m_batchRows;
    std::string m_cursor{};
};

}  // namespace rw

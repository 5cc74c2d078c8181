// Rows of a table of a database, those that are added to it, or the changes of it.
#pragma once
#include <atomic>
#include <memory>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/tables/sql_position.h"
#include "core/connect/tables/sql_reading.h"
#include "core/connect/tables/sql_row_decoder.h"
#include "core/stream/waiting/blocking_source.h"

namespace rw {

class ChangesReader;

/// Changes are acknowledged: the slot moves on when a checkpoint is durable.
class SqlSource final : public BlockingSource {
 public:
    /// The context is that of the call that makes the source.
    SqlSource(const MakeContext& context, NodeConnection connection, SqlReading reading,
              DecoderOptions decoder);
    /// What its thread still asks of the server is cancelled.
    ~SqlSource() override { m_over->store(true); }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() override;
    void given(const Chunk& chunk, int partition) override;
    Result<std::function<Status()>> acknowledgement(const StateReader& position) override;

    const NodeConnection m_connection;
    const SqlReading m_reading;
    const SqlRowDecoder m_decoder;
    const std::shared_ptr<Clock> m_clock;
    const std::shared_ptr<std::atomic<bool>> m_over = std::make_shared<std::atomic<bool>>(false);
    SqlPosition m_at{};
    std::shared_ptr<ChangesReader> m_changes{};  ///< the reader, where it is one
};

}  // namespace rw

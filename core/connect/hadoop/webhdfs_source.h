// Rows of files of WebHDFS.
#pragma once
#include <memory>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/formats/message_decoder.h"
#include "core/connect/hadoop/webhdfs_reader.h"
#include "core/stream/waiting/blocking_source.h"

namespace rw {

struct WebhdfsSourceOptions {
    WebhdfsReading reading{};
    std::shared_ptr<const Framing> framing{};  ///< where rows end in a file
    std::unique_ptr<const MessageDecoder> decoder{};
};

/// Its position is a place in a file, and the files that were read to their ends.
class WebhdfsSource final : public BlockingSource {
 public:
    /// The context is that of the call that makes the source.
    WebhdfsSource(const MakeContext& context, NodeConnection connection, WebhdfsSourceOptions options);

    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    SourceProgress progress() const override;
    std::vector<PartitionProgress> partitionProgress() const override { return m_board->all(); }
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() override;
    void given(const Chunk& chunk, int partition) override;

    const WebhdfsSourceOptions m_options;
    const NodeConnection m_connection;
    const std::shared_ptr<Clock> m_clock;
    WebhdfsPosition m_position{};
    const std::shared_ptr<ProgressBoard> m_board =
        std::make_shared<ProgressBoard>(PartitionProgress::Unit::Bytes);
    const std::shared_ptr<WebhdfsAmount> m_amount = std::make_shared<WebhdfsAmount>();
};

}  // namespace rw

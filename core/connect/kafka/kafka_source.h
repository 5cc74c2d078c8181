// Rows of the messages of topics.
#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <vector>

#include "core/connect/formats/message_decoder.h"
#include "core/connect/kafka/kafka_reader.h"
#include "core/stream/recording/tells_offsets.h"
#include "core/stream/waiting/blocking_source.h"

namespace rw {

struct KafkaSourceOptions {
    KafkaReading reading{};
    std::unique_ptr<const MessageDecoder> decoder{};
    /// Of messages whose schemas are in a registry; else nothing, and null.
    std::optional<NodeConnection> registry{};
    std::shared_ptr<WriterSchemas> schemas{};
};

/// Its position is an offset for each partition; those of a group are committed when a checkpoint is durable.
class KafkaSource final : public BlockingSource, public TellsOffsets {
 public:
    /// The context is that of the call that makes the source.
    KafkaSource(const MakeContext& context, NodeConnection connection, KafkaSourceOptions options);

    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;
    RowOffsets offsets(const Chunk& chunk) const override;
    std::vector<PartitionProgress> partitionProgress() const override { return m_board->all(); }

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() override;
    void given(const Chunk& chunk, int partition) override;
    Result<std::function<Status()>> acknowledgement(const StateReader& position) override;
    std::vector<std::string> knownPartitions() const override;

    const KafkaSourceOptions m_options;
    const NodeConnection m_connection;
    const std::shared_ptr<Clock> m_clock;
    std::vector<KafkaPartition> m_partitions{};  ///< by their numbers, each behind the rows that were given
    bool m_looked = false;  ///< at the start of the reading: what is found later came later
    /// By its reader, which looked and found nothing.
    const std::shared_ptr<std::atomic<bool>> m_foundNothing = std::make_shared<std::atomic<bool>>(false);
    std::shared_ptr<KafkaReader> m_reader{};
    const std::shared_ptr<ProgressBoard> m_board = std::make_shared<ProgressBoard>();
};

}  // namespace rw

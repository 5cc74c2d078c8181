// Rows of a service that is polled over HTTP.
#pragma once
#include <memory>
#include <optional>

#include "core/connect/web/http_reader.h"
#include "core/stream/waiting/blocking_source.h"

namespace rw {

struct HttpSourceOptions {
    HttpPolling polling{};
    std::unique_ptr<const MessageDecoder> decoder{};
    /// With all columns that are the key, whatever else is read; null: there is none.
    std::shared_ptr<const MessageDecoder> keys{};
};

/// Its position is what it knows of the rows that were given: a service can't be asked for older ones.
class HttpSource final : public BlockingSource {
 public:
    /// The context is that of the call that makes the source. Without a connection the address is asked.
    HttpSource(const MakeContext& context, std::optional<NodeConnection> connection,
               HttpSourceOptions options);

    Status parse(const Chunk& chunk, ParsedChunk& out) const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state) override;

 private:
    Result<std::shared_ptr<SourceReader>> makeReader() override;
    void given(const Chunk& chunk, int partition) override;

    const HttpSourceOptions m_options;
    const std::optional<NodeConnection> m_connection;
    const std::shared_ptr<Clock> m_clock;
    HttpPosition m_position{};
};

}  // namespace rw

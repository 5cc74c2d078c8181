#include "core/connect/web/http_source.h"

#include <string_view>
#include <utility>

namespace rw {

HttpSource::HttpSource(const MakeContext& context, std::optional<NodeConnection> connection,
                       HttpSourceOptions options)
    : BlockingSource(context),
      m_options(std::move(options)),
      m_connection(std::move(connection)),
      m_clock(context.clock) {}

Status HttpSource::parse(const Chunk& chunk, ParsedChunk& out) const {
    out = m_options.decoder->decode(static_cast<const HttpChunk&>(chunk).messages, chunk.arrived);
    return {};
}

Status HttpSource::snapshot(StateWriter& out) const {
    out.bytes("etag", m_position.etag);
    if (m_position.seen) out.bytes("seen", *m_position.seen);
    return {};
}

Status HttpSource::restore(const StateReader& state) {
    RW_TRY_ASSIGN(m_position.etag, state.bytes("etag"));
    if (!state.has("seen")) return {};
    RW_TRY_ASSIGN(const std::string_view seen, state.bytes("seen"));
    m_position.seen = std::make_shared<const std::string>(seen);
    return SeenRows(0).load(seen);
}

Result<std::shared_ptr<SourceReader>> HttpSource::makeReader() {
    HttpReader::About about;
    about.polling = m_options.polling;
    about.from = m_position;
    about.wanted = wantedParts(m_options.decoder->format());
    about.clock = m_clock;
    about.decoder = m_options.keys;
    return std::shared_ptr<SourceReader>(std::make_shared<HttpReader>(m_connection, std::move(about)));
}

void HttpSource::given(const Chunk& chunk, int) {
    m_position = static_cast<const HttpChunk&>(chunk).behind;
}

}  // namespace rw

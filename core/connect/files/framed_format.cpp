#include "core/connect/files/framed_format.h"

#include "core/connect/messages/lines.h"

namespace rw {

std::optional<Instant> FramedFormat::eventTimeOf(std::string_view row) const {
    return m_decoder->eventTimeOf(m_framing->messageOf(row));
}

RowStart FramedFormat::rowStart(std::string_view bytes, bool atEnd) const {
    if (dynamic_cast<const LineFraming*>(m_framing.get()) == nullptr) return {};
    const std::size_t end = bytes.find('\n');
    if (end == std::string_view::npos) return {atEnd ? RowStart::Kind::Unknown : RowStart::Kind::More, 0};
    return {RowStart::Kind::Found, end + 1};
}

ParsedChunk FramedFormat::parse(const RowsChunk& chunk) const {
    MessageBlock block;
    block.owner = BytesRef(chunk.piece.buffer, chunk.piece.buffer->capacity());
    block.arrived = chunk.arrived;
    for (std::string_view rest = chunk.piece.view(); !rest.empty();) {
        const std::size_t end = m_framing->firstRow(rest, true);
        const std::string_view message = m_framing->messageOf(rest.substr(0, end));
        if (!m_decoder->isNoMessage(message)) block.messages.push_back(message);
        rest.remove_prefix(end);
    }
    return m_decoder->decode(block);
}

std::unique_ptr<RowFormat> linesOf(std::unique_ptr<const Decoder> decoder, std::size_t longest) {
    return std::make_unique<FramedFormat>(std::make_unique<LineFraming>(longest), std::move(decoder));
}

}  // namespace rw

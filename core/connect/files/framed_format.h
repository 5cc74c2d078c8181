// The format of files whose rows are messages: a framing and a decoder, any of either.
#pragma once
#include <memory>
#include <optional>

#include "core/connect/files/row_format.h"

namespace rw {

class FramedFormat final : public RowFormat {
 public:
    FramedFormat(std::unique_ptr<const Framing> framing, std::unique_ptr<const Decoder> decoder)
        : m_framing(std::move(framing)), m_decoder(std::move(decoder)) {}

    const Framing& framing() const override { return *m_framing; }
    RowStart rowStart(std::string_view bytes, bool atEnd) const override;
    std::optional<Instant> eventTimeOf(std::string_view row) const override;
    ParsedChunk parse(const RowsChunk& chunk) const override;

 private:
    const std::unique_ptr<const Framing> m_framing;
    const std::unique_ptr<const Decoder> m_decoder;
};

/// Each line is a message; one longer than `longest` bytes is set aside.
std::unique_ptr<RowFormat> linesOf(std::unique_ptr<const Decoder> decoder, std::size_t longest = kLongestRow);

}  // namespace rw

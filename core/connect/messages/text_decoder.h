// Messages of any text, as their only column.
#pragma once
#include <optional>
#include <string_view>

#include "core/connect/messages/decoder.h"

namespace rw {

/// The column is a STRING. A message that is not UTF-8, or holds a NUL byte, is set aside; one without a
/// value is NULL.
class TextDecoder final : public Decoder {
 public:
    explicit TextDecoder(DecoderOptions options);

    /// A text has no time.
    std::optional<Instant> eventTimeOf(std::string_view) const override { return std::nullopt; }
    bool isNoMessage(std::string_view) const override { return false; }

 protected:
    void read(const MessageBlock& block, ParsedChunk& out) const override;

 private:
    const std::size_t m_column;
};

}  // namespace rw

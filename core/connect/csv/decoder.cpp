#include "core/connect/csv/decoder.h"

#include <algorithm>

#include "core/connect/csv/values.h"
#include "core/connect/files/byte_buffer.h"

namespace rw {

namespace {

CsvLayout layoutOfMessages(const DecoderOptions& options) {
    CsvLayout layout;
    for (std::size_t column = 0; column < options.schema->size(); ++column) {
        if (options.inMessage(column)) layout.places.push_back(layout.fields++);
    }
    return layout;
}

}  // namespace

CsvDecoder::CsvDecoder(CsvParserOptions options)
    : Decoder(options),
      m_rows(options.format, options.limits),
      m_layout(layoutOfMessages(options)),
      m_parser(options) {}

/// Why the bytes, which end with LF, are not one row that ends there; empty: they are. Errors of quotes are
/// left to the parser where they can't reach beyond the row.
Text CsvDecoder::reasonNotARow(std::string_view row) const {
    if (withoutLineEnd(row).empty() && m_layout.fields > 1)
        return RW_TEXT("csv", "Fields: %1 instead of %2.").with(std::size_t{0}, m_layout.fields);
    const std::size_t end = m_rows.firstRow(row, false);
    if (end == row.size()) return {};
    if (end == 0) return RW_TEXT("csv", "A quote is opened in the message and not closed.");
    return RW_TEXT("csv", "The message holds more than one row.");
}

void CsvDecoder::read(const MessageBlock& block, ParsedChunk& out) const {
    // The parser wants rows one behind another; a message that is no row by itself would run into the next.
    std::size_t bytes = 0;
    for (const std::string_view message : block.messages) bytes += message.size() + 1;
    const auto buffer = std::make_shared<ByteBuffer>(bytes);
    std::vector<std::uint32_t> numbers;
    numbers.reserve(block.messages.size());
    std::size_t end = 0;
    for (std::uint32_t number = 0; number < block.messages.size(); ++number) {
        const std::string_view message = withoutLineEnd(block.messages[number]);
        char* const begin = buffer->data() + end;
        *std::copy(message.begin(), message.end(), begin) = '\n';
        if (Text reason = reasonNotARow({begin, message.size() + 1}); !reason.empty()) {
            out.reject(number, std::move(reason), message);
            continue;
        }
        end += message.size() + 1;
        numbers.push_back(number);
    }
    ParsedChunk rows = m_parser.parse(buffer->view(0, end), m_layout, BytesRef(buffer, buffer->capacity()));
    if (numbers.size() < block.messages.size()) renumber(rows, numbers);
    out.batches = std::move(rows.batches);
    std::move(rows.bad.begin(), rows.bad.end(), std::back_inserter(out.bad));
}

std::optional<Instant> CsvDecoder::eventTimeOf(std::string_view message) const {
    const auto fields = splitRow(message, m_rows.format());
    std::size_t place = 0;
    for (int column = 0; column < options().eventTime; ++column)
        place += options().inMessage(static_cast<std::size_t>(column)) ? 1 : 0;
    if (!fields || place >= fields->size()) return std::nullopt;
    return csvTimestamp((*fields)[place].text, m_rows.format());
}

}  // namespace rw

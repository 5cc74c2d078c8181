#include "core/connect/formats/message_decoder.h"

#include <algorithm>
#include <iterator>

#include "core/base/byte_size.h"
#include "core/connect/avro/avro_decoder.h"
#include "core/connect/csv/decoder.h"
#include "core/connect/formats/debezium_decoder.h"
#include "core/connect/formats/message_parts.h"
#include "core/connect/messages/lines.h"
#include "core/connect/messages/text_decoder.h"
#include "core/connect/ndjson/decoder.h"
#include "core/data/base64.h"
#include "core/data/utf8.h"

namespace rw {

namespace {

Text tooLong() {
    return RW_TEXT("formats", "The message is longer than %1.").with(byteSizeText(kLongestRow));
}

Text withoutValue() {
    return RW_TEXT("formats",
                   "The message has no value: it is a tombstone, which deletes the rows of its key.");
}

/// The reason, with the place of the message where that is known.
Text placed(Text reason, const ReceivedMessages& messages, std::size_t i) {
    const auto partition = messages.partition(i);
    const auto offset = messages.offset(i);
    if (!offset) return reason;
    if (!partition) return RW_TEXT("formats", "Offset %1: %2").with(*offset, reason);
    return RW_TEXT("formats", "Partition %1, offset %2: %3").with(*partition, *offset, reason);
}

/// The columns whose values are beside the messages' values.
DecoderOptions withParts(const MessageFormat& format, DecoderOptions options) {
    options.byTransport.assign(options.schema->size(), false);
    for (std::size_t column = 0; column < format.parts.size(); ++column)
        options.byTransport[column] = format.parts[column].kind != MessagePart::Kind::InValue;
    return options;
}

std::unique_ptr<const Decoder> decoderOf(const MessageFormat& format, DecoderOptions options,
                                         std::shared_ptr<const WriterSchemas> schemas) {
    switch (format.kind) {
        case FormatKind::JsonObjects:
            return std::make_unique<JsonDecoder>(JsonDecoderOptions{std::move(options), format.paths});
        case FormatKind::Csv:
            return std::make_unique<CsvDecoder>(CsvParserOptions{std::move(options), format.csv});
        case FormatKind::Avro: {
            AvroDecoderOptions avro{std::move(options), format.paths};
            avro.given = format.avro;
            avro.registered = !format.registry.empty();
            avro.schemas = std::move(schemas);
            return std::make_unique<AvroDecoder>(std::move(avro));
        }
        case FormatKind::Debezium:
            return std::make_unique<DebeziumDecoder>(JsonDecoderOptions{std::move(options), format.paths});
        case FormatKind::Text:
            break;
    }
    return std::make_unique<TextDecoder>(std::move(options));
}

}  // namespace

std::string rejectedText(std::string_view message) {
    if (unsoundReason(message).empty()) return std::string(message);
    std::string out = "base64:";
    appendBase64(out, message);
    return out;
}

MessageDecoder::MessageDecoder(MessageFormat format, std::unique_ptr<const Decoder> decoder)
    : m_format(std::move(format)), m_decoder(std::move(decoder)) {}

ParsedChunk MessageDecoder::decode(const ReceivedMessages& messages, Instant arrived) const {
    PartColumns parts = readParts(m_format, m_decoder->options(), messages);
    MessageBlock block;
    block.owner = messages.owner();
    block.arrived = arrived;
    block.messages.reserve(messages.size());
    std::vector<std::uint32_t> numbers;  // of the messages in the block
    numbers.reserve(messages.size());
    std::vector<BadRow> aside;
    auto fault = parts.faults.begin();
    for (std::uint32_t i = 0; i < messages.size(); ++i) {
        const auto value = messages.value(i);
        const bool wrongPart = fault != parts.faults.end() && fault->row == i;
        Text reason = wrongPart ? std::move((fault++)->reason) : Text{};
        if (!value && m_format.kind == FormatKind::Debezium) continue;
        if (reason.empty() && !value && m_format.kind != FormatKind::Text) reason = withoutValue();
        if (reason.empty() && value && value->size() > kLongestRow) reason = tooLong();
        if (!reason.empty()) {
            aside.push_back({i, std::move(reason), {}});
            continue;
        }
        block.messages.push_back(value.value_or(std::string_view()));
        numbers.push_back(i);
    }
    const bool whole = numbers.size() == messages.size();
    for (TransportColumn& part : parts.columns)
        block.transport.push_back({part.column, whole ? part.values : part.values->select(numbers)});
    ParsedChunk rows = m_decoder->decode(block);
    if (!whole) renumber(rows, numbers);
    std::move(aside.begin(), aside.end(), std::back_inserter(rows.bad));
    rows.rowsRead = static_cast<std::uint32_t>(messages.size());
    for (BadRow& bad : rows.bad) {
        bad.reason = placed(std::move(bad.reason), messages, bad.index);
        const std::string_view value = messages.value(bad.index).value_or(std::string_view());
        bad.text = value.size() <= kLongestRow ? rejectedText(value) : excerpt(value, BadRow::kLongestText);
    }
    return rows;
}

std::unique_ptr<const MessageDecoder> makeMessageDecoder(const MessageFormat& format, DecoderOptions options,
                                                         std::shared_ptr<const WriterSchemas> schemas) {
    auto decoder = decoderOf(format, withParts(format, std::move(options)), std::move(schemas));
    return std::make_unique<MessageDecoder>(format, std::move(decoder));
}

}  // namespace rw

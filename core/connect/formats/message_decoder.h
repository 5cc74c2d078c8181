// Messages to rows, with the parts beside their values: what a source of messages calls in parse().
#pragma once
#include <memory>
#include <string>

#include "core/connect/formats/message_format.h"
#include "core/connect/messages/decoder.h"

namespace rw {

class WriterSchemas;

/// Any number of threads may be in its calls.
///
/// Defined for every message: one without a value (a tombstone) is NULL as text, is passed over where the
/// format is Debezium, and is set aside else; so is one that is longer than kLongestRow. A row that is set
/// aside has the message itself as its text (rejectedText()), whole up to that size, and its reason names
/// partition and offset where these are known.
class MessageDecoder {
 public:
    MessageDecoder(MessageFormat format, std::unique_ptr<const Decoder> decoder);

    /// Rows in the order of the messages, whose numbers are their positions, from 0; Debezium: up to two
    /// rows of one position, and none where nothing changed.
    ParsedChunk decode(const ReceivedMessages& messages, Instant arrived) const;
    const MessageFormat& format() const { return m_format; }

 private:
    const MessageFormat m_format;
    const std::unique_ptr<const Decoder> m_decoder;
};

/// `options` as core/nodes/sources/file_source.h makes them of a bound source; the schema's columns are those
/// of the format, perhaps followed by that of the time of arrival. `schemas`: of an Avro with a registry, as
/// filled by a SchemaRegistry; else null.
std::unique_ptr<const MessageDecoder> makeMessageDecoder(const MessageFormat& format, DecoderOptions options,
                                                         std::shared_ptr<const WriterSchemas> schemas = {});

/// A message as the text of a rejected row: itself where it is UTF-8 without NUL bytes, else “base64:” and
/// its bytes in base64 (RFC 4648).
std::string rejectedText(std::string_view message);

}  // namespace rw

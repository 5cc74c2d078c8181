// The parameters of nodes whose messages have a format, declared and bound once for all of them.
//
//     source:  formatParams() among its own; bind: bindFormat(), bindTiming() with its columns, then
//              applyFormat() to output 0, and sourceRejectedStream() as usual; make: decoderOptions(),
//              makeMessageDecoder(); parse(): MessageDecoder::decode().
//     sink:    sinkFormatParams() among its own; bind: bindSinkFormat(); make: makeMessageEncoder().
#pragma once
#include <optional>
#include <vector>

#include "core/connect/formats/message_encoder.h"
#include "core/connect/formats/message_format.h"
#include "core/pipeline/node_kind.h"

namespace rw {

/// `format`, `columns`, and for some formats `delimiter`, `quote`, `decimal`, `epoch` (CSV), `schema`,
/// `registry` (Avro), `key` (Debezium).
std::vector<ParamSpec> formatParams();
/// Binds them; nothing where one is wrong (reported).
std::optional<MessageFormat> bindFormat(BindContext& context);
/// What the format says of the stream of its rows: updating, its key, positions.
void applyFormat(const MessageFormat& format, StreamType& stream);

/// `format`, and for some formats `delimiter` (CSV), `registry`, `subject` (Avro). The columns of
/// the key are the node's own parameter.
std::vector<ParamSpec> sinkFormatParams();
/// Binds them for rows of an input; nothing where one is wrong (reported). `key`: the columns of the key,
/// which an updating stream needs unless the format is Debezium.
std::optional<EncoderOptions> bindSinkFormat(BindContext& context, const StreamType& input,
                                             const std::vector<int>& key);

}  // namespace rw

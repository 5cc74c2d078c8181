// What is in the messages of a source or a sink: a format with its settings, as core/nodes/format_params.h
// binds it from a node's parameters. Plain data; decoders and encoders are made of it.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/connect/avro/avro_schema.h"
#include "core/connect/csv/format.h"
#include "core/connect/formats/message_part.h"
#include "core/connect/formats/received_messages.h"
#include "core/data/schema.h"

namespace rw {

enum class FormatKind : std::uint8_t {
    JsonObjects,  ///< an object a message
    Csv,          ///< a row a message, without a header: columns by position
    Text,         ///< one STRING, or BYTES
    Avro,         ///< a record of the binary encoding, with or without the head of Confluent's registry
    Debezium      ///< JSON change events: an updating stream
};

struct MessageFormat {
    FormatKind kind = FormatKind::JsonObjects;
    CsvFormat csv{};                           ///< Csv
    std::shared_ptr<const AvroSchema> avro{};  ///< Avro: given in the node; null: by the registry
    std::string registry{};                    ///< Avro: the connection to the registry; empty: none
    Schema columns{};                          ///< declared; without that of the time of arrival
    std::vector<MessagePart> parts{};          ///< one per column
    /// JsonObjects, Avro, Debezium: where the columns that are in the value are, in their order.
    std::vector<sql::JsonPath> paths{};
    std::vector<int> key{};  ///< Debezium: the columns that name a row; none: a row is all of its columns

    bool updating() const { return kind == FormatKind::Debezium; }
};

/// The parts that its columns read.
WantedParts wantedParts(const MessageFormat& format);

}  // namespace rw

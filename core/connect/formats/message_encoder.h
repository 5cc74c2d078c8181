// Rows to messages: what a sink of messages calls for each batch.
#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/formats/message_format.h"
#include "core/data/batch.h"
#include "core/sql/eval/evaluate.h"

namespace rw {

/// Where a key or a value lies in some text.
struct EncodedPlace {
    std::size_t begin = 0, end = 0;
    bool null = true;
};

/// Messages one behind another. clear() keeps the memory.
class EncodedMessages {
 public:
    std::size_t size() const { return m_messages.size(); }
    bool empty() const { return m_messages.empty(); }
    /// The row of the batch that message i is of.
    std::uint32_t row(std::size_t i) const { return m_messages[i].row; }
    std::optional<std::string_view> key(std::size_t i) const { return at(m_messages[i].key); }
    /// Nothing: a tombstone.
    std::optional<std::string_view> value(std::size_t i) const { return at(m_messages[i].value); }
    std::size_t bytes() const { return m_bytes.size(); }
    void clear();

 private:
    friend class MessageEncoder;
    struct Message {
        std::uint32_t row = 0;
        EncodedPlace key{}, value{};
    };
    std::optional<std::string_view> at(const EncodedPlace& place) const;

    std::string m_bytes{};
    std::vector<Message> m_messages{};
};

struct EncoderOptions {
    SchemaRef schema{};
    FormatKind format = FormatKind::JsonObjects;
    CsvFormat csv{};         ///< Csv; it has a quote
    int text = 0;            ///< Text: its column
    std::vector<int> key{};  ///< columns of the message's key; none: it is null
    bool updating = false;   ///< rows of the stream may be changed and withdrawn
    std::string registry{};  ///< Avro: the connection to the registry; empty: none
    std::string avroSchema{};  ///< Avro: avroSchemaOf(), to be shown and registered
    /// Avro: the id under which the registry knows the schema (SchemaRegistry::idOf); nothing: messages have
    /// no head.
    std::optional<std::uint32_t> schemaId{};
};

/// The content of messages' values. Immutable; any thread.
class ValueEncoder {
 public:
    virtual ~ValueEncoder() = default;
    /// Appends the values of a batch's rows to `out`, in their order, and the place of each to `places`. Rows
    /// that can't be written are left out of both, and told in their order.
    virtual sql::RowErrors append(std::string& out, std::vector<EncodedPlace>& places,
                                  const Batch& batch) const = 0;
};

/// Any number of threads may be in its calls.
///
/// The key is the text of its column, BYTES as they are; of several columns an object of JSON. Of an updating
/// stream, Debezium makes an event of each row (a change is a delete and a create, as Flink writes it), and
/// the others write an upsert: the message of a new row, nothing for one that gives way to it, a tombstone
/// for one that is gone.
class MessageEncoder {
 public:
    MessageEncoder(EncoderOptions options, std::unique_ptr<const ValueEncoder> values);

    /// Appends the messages of a batch, in the order of its rows. Gives the rows that have none because they
    /// can't be written, in their order, with the reason.
    sql::RowErrors encode(const Batch& batch, EncodedMessages& out) const;
    const EncoderOptions& options() const { return m_options; }

 private:
    sql::RowErrors appendKeys(std::string& out, std::vector<EncodedPlace>& keys, const Batch& batch) const;

    const EncoderOptions m_options;
    const std::unique_ptr<const ValueEncoder> m_values;
};

std::unique_ptr<const MessageEncoder> makeMessageEncoder(EncoderOptions options);

}  // namespace rw

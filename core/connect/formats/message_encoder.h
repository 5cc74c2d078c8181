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

/// Messages one behind another. clear() keeps the memory.
class EncodedMessages {
 public:
    std::size_t size() const { return m_messages.size(); }
    /// The row of the batch that message i is of.
    std::uint32_t row(std::size_t i) const { return m_messages[i].row; }
    std::optional<std::string_view> key(std::size_t i) const { return at(m_messages[i].key); }
    /// Nothing: a tombstone.
    std::optional<std::string_view> value(std::size_t i) const { return at(m_messages[i].value); }
    std::size_t bytes() const { return m_bytes.size(); }
    void clear();

 private:
    friend class MessageEncoder;
    struct Place {
        std::size_t begin = 0, end = 0;
        bool null = true;
    };
    struct Message {
        std::uint32_t row = 0;
        Place key{}, value{};
    };
    std::optional<std::string_view> at(const Place& place) const;

    std::string m_bytes{};
    std::vector<Message> m_messages{};
};

struct EncoderOptions {
    SchemaRef schema{};
    FormatKind format = FormatKind::Json;
    CsvFormat csv{};         ///< Csv
    std::vector<int> key{};  ///< columns of the message's key; none: it is null
    bool updating = false;   ///< rows of the stream may be changed and withdrawn
    /// Avro: the id under which the registry knows avroSchemaOf(); nothing: messages have no head.
    std::optional<std::uint32_t> schemaId{};
};

/// Any number of threads may be in its calls.
///
/// The key is the text of its column; of several columns an object of JSON. Of an updating stream, Debezium
/// makes an event of each row (a change is a delete and a create, as Flink writes it), and the others write
/// an upsert: the message of a new row, nothing for one that gives way to it, a tombstone for one that is
/// gone.
class MessageEncoder {
 public:
    /// The content of the value.
    class Values {
     public:
        virtual ~Values() = default;
        /// Appends the values of all rows of a batch, with the end of each in `ends`; the rows that can't be
        /// written are left in as any bytes and told.
        virtual sql::RowErrors append(std::string& out, std::vector<std::size_t>& ends,
                                      const Batch& batch) const = 0;
    };
    MessageEncoder(EncoderOptions options, std::unique_ptr<const Values> values);

    /// Appends the messages of a batch, in the order of its rows. Gives the rows that have none because they
    /// can't be written, in their order, with the reason.
    sql::RowErrors encode(const Batch& batch, EncodedMessages& out) const;

 private:
    const EncoderOptions m_options;
    const std::unique_ptr<const Values> m_values;
};

std::unique_ptr<const MessageEncoder> makeMessageEncoder(EncoderOptions options);

}  // namespace rw

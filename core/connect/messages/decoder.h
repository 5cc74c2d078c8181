// From messages to rows. A decoder knows the content of a message. It knows neither where messages come from
// nor how they are separated: a transport does, by a Framing or by borders of its own. So every source takes
// every decoder.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/connect/messages/message_block.h"
#include "core/stream/source.h"

namespace rw {

/// The options of the wanted rows that every decoder needs.
struct DecoderOptions {
    SchemaRef schema{};
    int arrival = -1;    ///< column that takes the time of arrival instead of a value of the message, or -1
    int eventTime = -1;  ///< column by whose times rows are replayed, or -1
    ColumnSet wanted{};  ///< columns to build; the others are checked all the same. Empty: all
    bool nullOnError = false;  ///< a value that is not of its type is NULL instead of rejecting its row
    std::size_t batchRows = 4096;
    ColumnSet byTransport{};  ///< columns whose values the transport gives. Empty: none

    bool wants(std::size_t column) const { return wanted.empty() || wanted[column]; }
    /// Whether the value of a column is in the message.
    bool inMessage(std::size_t column) const {
        return static_cast<int>(column) != arrival && (byTransport.empty() || !byTransport[column]);
    }
    /// Fills the columns of `rows` whose values are not in messages. `rows` have the numbers of their
    /// messages as positions, and none of these columns; `block` needs no messages.
    void addOutsideColumns(ParsedChunk& rows, const MessageBlock& block) const;
};

/// The reason for rejecting a value that is not of its column's type.
Text wrongValue(const Field& column, std::string_view value);
/// The column whose value is the reason for which a source rejected a row; empty: it is the row as a whole.
std::string unreadColumn(const Text& reason);

/// Of `rows` that were made of a part of the messages: row numbers become those among all, `numbers` being
/// the numbers of the messages that were read.
void renumber(ParsedChunk& rows, const std::vector<std::uint32_t>& numbers);

/// Any number of threads may be in its calls.
class Decoder {
 public:
    explicit Decoder(DecoderOptions options) : m_options(std::move(options)) {}
    virtual ~Decoder() = default;
    Decoder(const Decoder&) = delete;
    Decoder& operator=(const Decoder&) = delete;

    /// A row for each message, in their order; those of which none can be made are set aside. Any bytes may
    /// be in a message. Rows count by messages: the first is number 0. Changes of rows are two rows of one
    /// message, or none.
    ParsedChunk decode(const MessageBlock& block) const;
    /// When the row of a message happened, as far as that can be read.
    virtual std::optional<Instant> eventTimeOf(std::string_view message) const = 0;
    /// Where messages are lines: one that stands for none, such as an empty line between two.
    virtual bool isNoMessage(std::string_view line) const = 0;

    const DecoderOptions& options() const { return m_options; }

 protected:
    /// Batches of at most `batchRows` rows with the columns that are in messages; the others stay null.
    virtual void read(const MessageBlock& block, ParsedChunk& out) const = 0;

 private:
    const DecoderOptions m_options;
};

}  // namespace rw

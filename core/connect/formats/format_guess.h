// What messages seem to be, for forms, which show the guess: a person decides.
#pragma once
#include <optional>

#include "core/connect/formats/message_format.h"

namespace rw {

struct FormatGuess {
    FormatKind kind = FormatKind::Text;
    char delimiter = ',';     ///< Csv
    bool registered = false;  ///< Avro: with the head of a registry, which knows the columns
    Schema columns{};         ///< in the value, in their order; none of Avro
};

/// Looks at the first thousand messages that have a value of some bytes. JSON and Debezium are what nine of
/// ten are; CSV, Avro and text what all are. Text of one kind of fields is CSV where it has several of them;
/// what is no text is BYTES. Nothing where no message has a value.
std::optional<FormatGuess> guessFormat(const ReceivedMessages& messages);

}  // namespace rw

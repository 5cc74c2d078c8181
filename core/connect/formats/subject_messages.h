// The messages that a look at a topic has found, as decoders and guesses take them, and the schemas of those
// that begin with the number of one.
#pragma once
#include <atomic>
#include <optional>

#include "core/connect/avro/writer_schemas.h"
#include "core/connect/connections/connection_browser.h"
#include "core/connect/formats/received_messages.h"

namespace rw {

/// Their values, in their order.
ReceivedMessages receivedOf(const SubjectContent& content);

/// The number of the schema of the newest message that has one.
std::optional<std::uint32_t> newestSchemaOf(const SubjectContent& content);

/// Asks the registry of that connection for the schemas of the messages, into `content`. Waits; `cancelled`
/// ends it soon.
Status learnSchemas(const NodeConnection& registry, const std::atomic<bool>* cancelled,
                    SubjectContent& content);

}  // namespace rw

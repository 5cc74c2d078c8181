// A source of messages that are in memory, in any of the formats: what a source of a real system is beside
// its client.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/pipeline/node_kind.h"

namespace rw::test {

/// A message of the source; nothing: null.
struct MemoryMessage {
    std::optional<std::string> value{}, key{};
    std::string trace{};  ///< its header “trace”
};

/// “reads_json”, “reads_csv”, “reads_text”, “reads_avro”, “reads_debezium”: messages of the format, with `a
/// INT` and `ts TIMESTAMP(3)` in them (text: `line STRING`); some are wrong, some null, and of Debezium some
/// change rows. They are of partition 3 of a topic “memory”, at offsets from 100 on. Parameters are those of
/// formatParams() and of sources.
NodeKind messagesKind(const std::string& format);
std::vector<MemoryMessage> messagesOf(const std::string& format);

}  // namespace rw::test

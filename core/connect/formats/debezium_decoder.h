// Change events of Debezium in JSON as an updating stream:
// https://debezium.io/documentation/reference/stable/connectors/postgresql.html#postgresql-events
//
//     {"before": {…}, "after": {…}, "op": "u", …}
//
// alone, or as "payload" beside its "schema". c (created) and r (read, of a snapshot) are +I, u is −U and +U,
// d is −D; a message without a value follows a delete and is none of its own.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/connect/ndjson/decoder.h"

namespace rw {

/// Paths lead from a row: "city STRING FROM '$.address.city'" is in `before` and in `after`. Of one event
/// both rows are given, or it is set aside.
class DebeziumDecoder final : public Decoder {
 public:
    explicit DebeziumDecoder(JsonDecoderOptions options);

    /// Messages are no lines of a file.
    std::optional<Instant> eventTimeOf(std::string_view) const override { return std::nullopt; }
    bool isNoMessage(std::string_view) const override { return false; }

 protected:
    void read(const MessageBlock& block, ParsedChunk& out) const override;

 private:
    class Rows;
    struct Event;

    static std::vector<sql::JsonPath> pathsOf(const std::vector<sql::JsonPath>& columns);
    Text readEvent(const std::vector<NdjsonValue>& values, Event& event) const;

    std::vector<std::size_t> m_columns{};  ///< of the schema, for each path of the options
    const NdjsonFields m_fields;
    mutable WorkspacePool<NdjsonRowReader> m_readers{};
};

}  // namespace rw

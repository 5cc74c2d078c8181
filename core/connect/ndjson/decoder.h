// Messages of JSON, an object each, as rows.
#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/connect/files/workspace_pool.h"
#include "core/connect/messages/decoder.h"
#include "core/connect/ndjson/fields.h"
#include "core/connect/ndjson/row_reader.h"

namespace rw {

struct JsonDecoderOptions : DecoderOptions {
    std::vector<sql::JsonPath> paths{};  ///< of all columns that are in messages
};

class JsonDecoder final : public Decoder {
 public:
    explicit JsonDecoder(JsonDecoderOptions options);

    std::optional<Instant> eventTimeOf(std::string_view message) const override;
    bool isNoMessage(std::string_view line) const override {
        return line.find_first_not_of(" \t\r") == std::string_view::npos;
    }

 protected:
    void read(const MessageBlock& block, ParsedChunk& out) const override;

 private:
    struct Messages;
    void readBatch(const Messages& messages, NdjsonRowReader& reader, ParsedChunk& out) const;

    std::vector<std::size_t> m_columns;  ///< of the schema, for each path
    const NdjsonFields m_fields;
    mutable WorkspacePool<NdjsonRowReader> m_readers;
};

}  // namespace rw

// Messages of Avro, a record each, as rows.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/connect/avro/avro_reader.h"
#include "core/connect/avro/writer_schemas.h"
#include "core/connect/files/workspace_pool.h"
#include "core/connect/messages/decoder.h"

namespace rw {

struct AvroDecoderOptions : DecoderOptions {
    std::vector<sql::JsonPath> paths{};              ///< of all columns that are in messages
    std::shared_ptr<const AvroSchema> given{};       ///< the schema of messages without a head
    bool registered = false;                         ///< messages have the head of a registry
    std::shared_ptr<const WriterSchemas> schemas{};  ///< of those; filled before they are decoded
};

/// Fields are found by their names, as in the specification's schema resolution: those that no column wants
/// are read over, and a column whose field the writer's schema does not have is NULL. A message that is not a
/// record of its schema to its last byte is set aside.
class AvroDecoder final : public Decoder {
 public:
    explicit AvroDecoder(AvroDecoderOptions options);

    /// Messages are no lines of a file.
    std::optional<Instant> eventTimeOf(std::string_view) const override { return std::nullopt; }
    bool isNoMessage(std::string_view) const override { return false; }

 protected:
    void read(const MessageBlock& block, ParsedChunk& out) const override;

 private:
    /// What is known of one schema.
    struct Writer {
        std::unique_ptr<const AvroReader> reader{};  ///< null: none of its messages can be read
        Text reason{};                               ///< why
    };
    using WriterRef = std::shared_ptr<const Writer>;
    struct Messages;

    void readBatch(const Messages& messages, std::vector<AvroValue>& values, ParsedChunk& out) const;
    WriterRef makeWriter(std::shared_ptr<const AvroSchema> schema) const;
    WriterRef writerOf(std::uint32_t id) const;

    std::vector<std::size_t> m_columns{};  ///< of the schema, for each path
    const std::vector<sql::JsonPath> m_paths;
    const NdjsonFields m_fields;
    const bool m_registered;
    const std::shared_ptr<const WriterSchemas> m_schemas;
    WriterRef m_given{};
    mutable std::mutex m_mutex{};
    mutable std::map<std::uint32_t, WriterRef> m_writers{};
    mutable WorkspacePool<std::vector<AvroValue>> m_values{};
};

}  // namespace rw

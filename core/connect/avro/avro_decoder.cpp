#include "core/connect/avro/avro_decoder.h"

#include "core/connect/avro/avro_column.h"

namespace rw {

/// Some of the messages of a block.
struct AvroDecoder::Messages {
    std::span<const std::string_view> texts;
    std::uint32_t first;  ///< number of the first
    const BytesRef& owner;
};

AvroDecoder::AvroDecoder(AvroDecoderOptions options)
    : Decoder(options),
      m_paths(options.paths),
      m_fields(options.paths),
      m_registered(options.registered),
      m_schemas(options.schemas) {
    for (std::size_t column = 0; column < options.schema->size(); ++column) {
        if (this->options().inMessage(column)) m_columns.push_back(column);
    }
    if (options.given) m_given = makeWriter(options.given);
}

AvroDecoder::WriterRef AvroDecoder::makeWriter(std::shared_ptr<const AvroSchema> schema) const {
    auto writer = std::make_shared<Writer>();
    const AvroKind root = schema->types[schema->withoutNull(0)].kind;
    if (root != AvroKind::Record && root != AvroKind::Union)
        writer->reason = RW_TEXT("avro", "The schema is no record, but of type %1.").with(schema->nameOf(0));
    for (std::size_t path = 0; path < m_columns.size() && writer->reason.empty(); ++path) {
        bool missing = false;
        const Field& column = options().schema->fields[m_columns[path]];
        writer->reason = avroMisfit(*schema, m_paths[path], column, missing);
    }
    if (writer->reason.empty())
        writer->reader = std::make_unique<const AvroReader>(std::move(schema), m_fields);
    return writer;
}

/// The schema of an id that was told; made once.
AvroDecoder::WriterRef AvroDecoder::writerOf(std::uint32_t id) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_writers.find(id);
    if (found != m_writers.end()) return found->second;
    const auto known = m_schemas ? m_schemas->find(id) : std::nullopt;
    if (known && known->schema) return m_writers.emplace(id, makeWriter(known->schema)).first->second;
    auto none = std::make_shared<Writer>();
    none->reason =
        known ? known->reason : RW_TEXT("avro", "The schema %1 was not asked for at the registry.").with(id);
    return none;
}

void AvroDecoder::read(const MessageBlock& block, ParsedChunk& out) const {
    const std::span<const std::string_view> all(block.messages);
    const auto values = m_values.take();
    const std::size_t batches = (all.size() + options().batchRows - 1) / options().batchRows;
    for (std::size_t batch = 0, from = 0; batch < batches; ++batch) {
        const std::size_t to = all.size() * (batch + 1) / batches;  // of one size, but for a row
        readBatch({all.subspan(from, to - from), static_cast<std::uint32_t>(from), block.owner}, *values,
                  out);
        from = to;
    }
}

void AvroDecoder::readBatch(const Messages& messages, std::vector<AvroValue>& values,
                            ParsedChunk& out) const {
    const auto field = [this](std::size_t path) -> const Field& {
        return options().schema->fields[m_columns[path]];
    };
    std::vector<AvroColumn> columns;
    columns.reserve(m_columns.size());
    for (std::size_t path = 0; path < m_columns.size(); ++path)
        columns.emplace_back(field(path).type, messages.texts.size(), messages.owner);
    std::vector<std::uint32_t> good;  // numbers of the rows in the batch
    sql::RowErrors bad;
    std::optional<std::uint32_t> id;  // of the schema of the message before
    WriterRef writer = m_registered ? nullptr : m_given;
    for (std::uint32_t i = 0; i < messages.texts.size(); ++i) {
        std::string_view message = messages.texts[i];
        Text reason;
        if (m_registered) {
            const auto own = schemaIdOf(message);
            if (!own) {
                reason =
                    RW_TEXT("avro", "The message does not begin with a schema's number in the registry.");
            } else {
                if (own != id) writer = writerOf(*own);
                id = own;
                message.remove_prefix(kRegistryHead);
            }
        }
        if (reason.empty()) reason = writer->reader ? writer->reader->read(message, values) : writer->reason;
        if (!reason.empty()) {
            out.reject(messages.first + i, std::move(reason), messages.texts[i]);
            continue;
        }
        for (std::size_t path = 0; path < columns.size(); ++path) {
            if (columns[path].append(values[path], writer->reader->schema())) continue;
            bad.push_back(
                {static_cast<std::uint32_t>(good.size()), wrongAvroValue(field(path), values[path])});
        }
        good.push_back(messages.first + i);
    }
    Batch batch;
    batch.schema = options().schema;
    batch.rows = good.size();
    batch.columns.resize(options().schema->size());
    for (std::size_t path = 0; path < columns.size(); ++path) {
        if (options().wants(m_columns[path])) batch.columns[m_columns[path]] = columns[path].finish();
    }
    batch.positions.first = messages.first;
    if (good.size() < messages.texts.size()) {
        batch.positions.first = 0;
        batch.positions.offsets = std::make_shared<const std::vector<std::uint32_t>>(good);
    }
    if (options().nullOnError) bad.clear();
    out.add(std::move(batch), bad,
            [&](std::uint32_t row) { return std::string(messages.texts[good[row] - messages.first]); });
}

}  // namespace rw

#include "core/connect/ndjson/decoder.h"

#include <algorithm>

#include "core/connect/ndjson/column.h"
#include "core/data/text.h"

namespace rw {

/// Some of the messages of a block.
struct JsonDecoder::Messages {
    std::span<const std::string_view> texts;
    std::uint32_t first;  ///< number of the first
    const BytesRef& owner;
};

JsonDecoder::JsonDecoder(JsonDecoderOptions options) : Decoder(options), m_fields(options.paths) {
    for (std::size_t column = 0; column < options.schema->size(); ++column) {
        if (options.inMessage(column)) m_columns.push_back(column);
    }
}

void JsonDecoder::read(const MessageBlock& block, ParsedChunk& out) const {
    const std::span<const std::string_view> all(block.messages);
    const auto reader = m_readers.take();
    const std::size_t batches = (all.size() + options().batchRows - 1) / options().batchRows;
    for (std::size_t batch = 0, from = 0; batch < batches; ++batch) {
        const std::size_t to = all.size() * (batch + 1) / batches;  // of one size, but for a row
        readBatch({all.subspan(from, to - from), static_cast<std::uint32_t>(from), block.owner}, *reader,
                  out);
        from = to;
    }
}

void JsonDecoder::readBatch(const Messages& messages, NdjsonRowReader& reader, ParsedChunk& out) const {
    const auto field = [this](std::size_t path) -> const Field& {
        return options().schema->fields[m_columns[path]];
    };
    struct Reading {
        std::size_t path;
        NdjsonColumn column;
    };
    std::vector<Reading> readings;
    for (std::size_t path = 0; path < m_columns.size(); ++path) {
        const Type type = field(path).type;
        if (!options().wants(m_columns[path]) && type.is(TypeId::String)) continue;  // anything is a string
        readings.push_back({path, NdjsonColumn(type, messages.texts.size())});
    }
    std::vector<std::uint32_t> good;  // numbers of the rows in the batch
    sql::RowErrors bad;
    for (std::uint32_t i = 0; i < messages.texts.size(); ++i) {
        if (Text reason = reader.read(messages.texts[i], m_fields); !reason.empty()) {
            out.reject(messages.first + i, std::move(reason), messages.texts[i]);
            continue;
        }
        for (Reading& reading : readings) {
            const NdjsonValue& value = reader.values()[reading.path];
            if (reading.column.append(value)) continue;
            bad.push_back(
                {static_cast<std::uint32_t>(good.size()), wrongValue(field(reading.path), value.text)});
        }
        good.push_back(messages.first + i);
    }
    Batch batch;
    batch.schema = options().schema;
    batch.rows = good.size();
    batch.columns.resize(options().schema->size());
    for (Reading& reading : readings) {
        const std::size_t column = m_columns[reading.path];
        if (options().wants(column)) batch.columns[column] = reading.column.finish(messages.owner);
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

std::optional<Instant> JsonDecoder::eventTimeOf(std::string_view message) const {
    const auto reader = m_readers.take();
    if (!reader->read(message, m_fields).empty()) return std::nullopt;
    const auto column =
        std::find(m_columns.begin(), m_columns.end(), static_cast<std::size_t>(options().eventTime));
    if (column == m_columns.end()) return std::nullopt;
    const NdjsonValue& value = reader->values()[static_cast<std::size_t>(column - m_columns.begin())];
    return value.kind == NdjsonValue::Kind::String ? parseTimestamp(value.text) : std::nullopt;
}

}  // namespace rw

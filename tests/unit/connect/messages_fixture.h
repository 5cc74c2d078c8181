// Messages through their decoder, as text that tests compare.
#pragma once
#include <map>
#include <span>

#include "core/connect/formats/message_decoder.h"
#include "core/pipeline/column_def.h"
#include "tests/unit/connect/rows_fixture.h"

namespace rw::test {

/// The columns as definitions, “k STRING FROM KEY”.
inline MessageFormat formatWith(FormatKind kind, const std::vector<std::string>& columns) {
    MessageFormat format;
    format.kind = kind;
    for (const std::string& text : columns) {
        const auto def = splitColumnDef(text);
        format.columns.fields.push_back({def->name, *parseType(def->type)});
        MessagePart part;
        using Kind = MessagePart::Kind;
        const std::vector<std::pair<std::string, Kind>> kinds{{"KEY", Kind::Key},
                                                              {"HEADER", Kind::Header},
                                                              {"TIMESTAMP", Kind::Timestamp},
                                                              {"PARTITION", Kind::Partition},
                                                              {"OFFSET", Kind::Offset},
                                                              {"TOPIC", Kind::Topic}};
        for (const auto& [name, each] : kinds) {
            if (def->part == name) part.kind = each;
        }
        if (part.kind == Kind::Header) part.header = *def->path;
        if (part.kind == Kind::Key && def->path) part.path = sql::JsonPath::parse(*def->path);
        if (part.kind == Kind::InValue)
            format.paths.push_back(def->path ? *sql::JsonPath::parse(*def->path)
                                             : sql::JsonPath::toField(def->name));
        format.parts.push_back(std::move(part));
    }
    return format;
}

inline DecoderOptions optionsOf(const MessageFormat& format) {
    DecoderOptions options;
    options.schema = std::make_shared<const Schema>(format.columns);
    options.batchRows = 4;
    return options;
}

inline ReceivedMessages received(const MessageFormat& format, std::span<const ReceivedMessage> messages) {
    ReceivedMessages all(wantedParts(format));
    for (const ReceivedMessage& message : messages) all.add(message);
    return all;
}

/// Rows in the order of messages: “+I a|NULL|"text"” (without the sign where nothing changes), bad ones as
/// “!reason # text”.
inline std::vector<std::string> linesIn(const ParsedChunk& rows) {
    std::multimap<std::int64_t, std::string> lines;
    for (const Batch& batch : rows.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const std::string kind = batch.kinds ? std::string(toString(batch.kind(row))) + ' ' : "";
            lines.emplace(batch.positions.at(row), kind + rowLine(batch, row));
        }
    }
    for (const BadRow& bad : rows.bad) lines.emplace(bad.index, "!" + english(bad.reason) + " # " + bad.text);
    std::vector<std::string> out;
    for (auto& [position, line] : lines) out.push_back(std::move(line));
    return out;
}

/// Values alone.
inline std::vector<ReceivedMessage> valuesOf(const std::vector<std::string>& values) {
    std::vector<ReceivedMessage> messages(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) messages[i].value = values[i];
    return messages;
}

inline std::vector<std::string> decoded(const MessageFormat& format,
                                        std::span<const ReceivedMessage> messages,
                                        std::shared_ptr<const WriterSchemas> schemas = {}) {
    const auto decoder = makeMessageDecoder(format, optionsOf(format), std::move(schemas));
    return linesIn(decoder->decode(received(format, messages), 0));
}

inline std::vector<std::string> decoded(const MessageFormat& format, const std::vector<std::string>& values,
                                        std::shared_ptr<const WriterSchemas> schemas = {}) {
    return decoded(format, std::span<const ReceivedMessage>(valuesOf(values)), std::move(schemas));
}

/// Text with NUL bytes.
template <std::size_t Size>
std::string bytesOf(const char (&literal)[Size]) {
    return std::string(literal, Size - 1);
}

}  // namespace rw::test

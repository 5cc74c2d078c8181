#include "tests/fuzz/fuzzing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>

#include "core/data/text.h"
#include "core/data/utf8.h"
#include "core/pipeline/column_def.h"

namespace rw::fuzz {

namespace {

std::vector<std::string_view> messagesIn(std::string_view input) {
    std::vector<std::string_view> messages;
    for (std::size_t end = input.find(kEnd); end != std::string_view::npos; end = input.find(kEnd)) {
        messages.push_back(input.substr(0, end));
        input.remove_prefix(end + 1);
    }
    messages.push_back(input);
    return messages;
}

struct Decoding {
    ParsedChunk rows;
    std::map<std::uint32_t, std::string> lines;  ///< of each message: its rows, or why there is none
};

void checkTexts(const Batch& batch) {
    for (const ColumnRef& column : batch.columns) {
        if (!column || !column->type().is(TypeId::String)) continue;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const std::string_view text = column->string(row);
            require(validUtf8Prefix(text) == text.size(), "a text is UTF-8");
        }
    }
}

Decoding decode(const MessageFormat& format, const std::vector<std::string_view>& messages,
                DecoderOptions options, const std::shared_ptr<const WriterSchemas>& schemas) {
    const std::size_t batchRows = options.batchRows;
    options.schema = std::make_shared<const Schema>(format.columns);
    ReceivedMessages received(wantedParts(format));
    for (const std::string_view text : messages) {
        ReceivedMessage message;
        message.value = text;
        message.key = text.substr(0, 8);
        received.add(message);
    }
    Decoding out;
    out.rows = makeMessageDecoder(format, std::move(options), schemas)->decode(received, 0);
    require(out.rows.rowsRead == messages.size(), "each message is counted");
    for (const Batch& batch : out.rows.batches) {
        require(batch.rows > 0 && batch.rows <= batchRows, "batches are of their size");
        require(batch.columns.size() == format.columns.size(), "batches have all columns");
        checkTexts(batch);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const std::int64_t at = batch.positions.at(row);
            require(at >= 0 && at < out.rows.rowsRead, "a row is that of a message");
            out.lines[static_cast<std::uint32_t>(at)] +=
                fmt::format("{} {}; ", toString(batch.kind(row)), rowText(batch, row));
        }
    }
    for (const BadRow& bad : out.rows.bad) {
        require(bad.index < out.rows.rowsRead, "a bad row is that of a message");
        require(validUtf8Prefix(bad.text) == bad.text.size(), "the text of a bad row is UTF-8");
        require(!bad.reason.empty(), "a bad row has its reason");
        require(out.lines.emplace(bad.index, "!" + english(bad.reason)).second, "a message is a row or none");
    }
    return out;
}

}  // namespace

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "It does not hold that %s.\n", what);
    std::abort();
}

MessageFormat formatWith(FormatKind kind, const std::vector<std::string>& columns) {
    MessageFormat format;
    format.kind = kind;
    for (const std::string& text : columns) {
        const auto def = splitColumnDef(text);
        format.columns.fields.push_back({def->name, *parseType(def->type)});
        MessagePart part;
        if (def->part == "KEY") part.kind = MessagePart::Kind::Key;
        if (part.kind == MessagePart::Kind::InValue)
            format.paths.push_back(def->path ? *sql::JsonPath::parse(*def->path)
                                             : sql::JsonPath::toField(def->name));
        format.parts.push_back(std::move(part));
    }
    return format;
}

void decodeAll(const MessageFormat& format, std::string_view input,
               const std::shared_ptr<const WriterSchemas>& schemas) {
    const std::vector<std::string_view> messages = messagesIn(input);
    DecoderOptions options;
    const Decoding whole = decode(format, messages, options, schemas);
    options.batchRows = 1 + input.size() % 5;
    require(decode(format, messages, options, schemas).lines == whole.lines,
            "batches of any size have the same rows");
    options.wanted.assign(format.columns.size(), false);
    const Decoding none = decode(format, messages, options, schemas);
    require(none.rows.bad.size() == whole.rows.bad.size(), "what nobody reads is checked");
    options = {};
    options.nullOnError = true;
    require(decode(format, messages, options, schemas).rows.bad.size() <= whole.rows.bad.size(),
            "no more is set aside where wrong values are NULL");
    if (messages.size() < 2) return;
    for (std::uint32_t i = 0; i < std::min<std::size_t>(messages.size(), 20); ++i) {
        Decoding alone = decode(format, {messages[i]}, {}, schemas);
        const auto together = whole.lines.find(i);
        require(alone.lines.empty() == (together == whole.lines.end()), "a message knows nothing of others");
        require(alone.lines.empty() || alone.lines.begin()->second == together->second,
                "a message knows nothing of others");
    }
}

}  // namespace rw::fuzz

#include "core/nodes/sources/subject_params.h"

#include <algorithm>
#include <utility>

#include "core/base/figures.h"
#include "core/connect/avro/avro_schema.h"
#include "core/connect/connections/connection_browser.h"
#include "core/connect/formats/message_decoder.h"
#include "core/connect/formats/subject_messages.h"
#include "core/data/text.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/file_source.h"

namespace rw {

namespace {

Text labelOfFormat(FormatKind kind) {
    switch (kind) {
        case FormatKind::JsonObjects:
            return RW_TEXT("formats", "JSON");
        case FormatKind::Csv:
            return RW_TEXT("formats", "CSV");
        case FormatKind::Avro:
            return RW_TEXT("formats", "Avro");
        case FormatKind::Debezium:
            return RW_TEXT("formats", "Debezium (JSON)");
        case FormatKind::Text:
            break;
    }
    return RW_TEXT("formats", "Text");
}

Text inMessages(const Text& format, std::size_t count, bool isFile) {
    if (isFile)
        return figures::counted(count, RW_TEXT("formats", "%1, in 1 row of the newest file"),
                                RW_TEXT("formats", "%2, in %1 rows of the newest file"))
            .with(format);
    return figures::counted(count, RW_TEXT("formats", "%1, in 1 message"),
                            RW_TEXT("formats", "%2, in the newest %1 messages"))
        .with(format);
}

std::optional<std::string> cellText(const Column& column, std::size_t row) {
    if (column.isNull(row)) return std::nullopt;
    std::string text;
    appendCell(text, column, row);
    return text;
}

/// Reads the messages with the proposed parameters, as a run would.
void readRows(const ReceivedMessages& messages, const SubjectContent& content, SubjectProposal& proposal) {
    Node node;
    node.id = "look";
    node.params = proposal.params;
    const std::vector<ParamSpec> specs = formatParams();
    const Settings settings;
    std::vector<Issue> issues;
    BindContext context(node, specs, settings, {}, {}, issues);
    const std::optional<MessageFormat> format = bindFormat(context);
    if (!format) return;
    proposal.columns = format->columns;
    DecoderOptions options;
    options.schema = std::make_shared<const Schema>(format->columns);
    const auto decoder = makeMessageDecoder(*format, std::move(options), content.schemas);
    const ParsedChunk read = decoder->decode(messages, 0);
    for (const Batch& batch : read.batches) {
        for (std::size_t row = 0; row < batch.rows; ++row) {
            auto& cells = proposal.rows.emplace_back();
            for (const ColumnRef& column : batch.columns)
                cells.push_back(column ? cellText(*column, row) : std::nullopt);
        }
    }
    if (proposal.rows.size() > kShownRows)
        proposal.rows.erase(proposal.rows.begin(),
                            proposal.rows.end() - static_cast<std::ptrdiff_t>(kShownRows));
    if (read.bad.empty()) return;
    proposal.notes.push_back(figures::counted(
        read.bad.size(), RW_TEXT("formats", "1 of these messages can't be read so, and would be rejected."),
        RW_TEXT("formats", "%1 of these messages can't be read so, and would be rejected.")));
}

/// The columns of the newest message's schema; nothing: it can't be told, which is noted.
std::optional<Schema> registeredColumns(const SubjectContent& content, SubjectProposal& proposal) {
    const std::optional<std::uint32_t> id = newestSchemaOf(content);
    const auto known = id ? content.schemas->find(*id) : std::nullopt;
    if (!known) return std::nullopt;
    if (known->schema) return columnsOfAvro(*known->schema);
    proposal.notes.push_back(known->reason);
    return std::nullopt;
}

SubjectProposal proposeFormat(const SubjectContent& content, const Json& params) {
    SubjectProposal proposal;
    const ReceivedMessages messages = receivedOf(content);
    std::optional<FormatGuess> guess = guessFormat(messages);
    // Records of Avro say nothing of themselves: what a person has given counts.
    const auto given = params.find("schema");
    if (guess && !guess->registered && params.value("format", Json()) == "avro" && given != params.end() &&
        given->is_string()) {
        Result<AvroSchema> schema = AvroSchema::parse(given->get<std::string>());
        if (schema.ok()) {
            guess->kind = FormatKind::Avro;
            guess->columns = columnsOfAvro(*schema);
            proposal.params["schema"] = *given;
        }
    }
    if (!guess) {
        proposal.notes.push_back(
            messages.empty()
                ? RW_TEXT("formats", "There is no message yet: nothing tells the format and the columns.")
                : RW_TEXT("formats",
                          "The newest messages have no value: nothing tells the format and the columns."));
        return proposal;
    }
    proposal.found = inMessages(labelOfFormat(guess->kind), messages.size(), content.isFile);
    if (guess->registered && content.schemas) {
        if (std::optional<Schema> columns = registeredColumns(content, proposal)) guess->columns = *columns;
        if (params.contains("registry")) proposal.params["registry"] = params["registry"];
    }
    if (guess->registered && !content.schemas) proposal.needs = "registry";
    proposal.params.update(formatParamsOf(*guess));
    if (!guess->columns.fields.empty()) readRows(messages, content, proposal);
    return proposal;
}

SubjectProposal proposeColumns(const SubjectContent& content) {
    SubjectProposal proposal;
    proposal.params["columns"] = writeColumnDefs(content.columns);
    proposal.columns = content.columns;
    proposal.rows = content.rows;
    proposal.found = figures::counted(content.columns.size(), RW_TEXT("formats", "A table with 1 column"),
                                      RW_TEXT("formats", "A table with %1 columns"));
    std::string names;
    for (const std::string& name : content.foreign) names += (names.empty() ? "" : ", ") + name;
    if (!names.empty())
        proposal.notes.push_back(
            RW_TEXT("formats", "Left out, for no column here can have their types: %1").with(names));
    return proposal;
}

}  // namespace

SubjectProposal proposeSubject(const SubjectContent& content, const Json& params) {
    return content.isTable ? proposeColumns(content) : proposeFormat(content, params);
}

}  // namespace rw

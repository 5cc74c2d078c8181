#include "core/nodes/format_params.h"

#include <algorithm>
#include <utility>

#include "core/connect/avro/avro_column.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "core/pipeline/bind_checks.h"

namespace rw {

namespace {

constexpr const char *kJsonFormat = "json", *kCsvFormat = "csv", *kTextFormat = "text", *kAvroFormat = "avro",
                     *kDebeziumFormat = "debezium";

FormatKind formatNamed(const std::string& name) {
    if (name == kCsvFormat) return FormatKind::Csv;
    if (name == kTextFormat) return FormatKind::Text;
    if (name == kAvroFormat) return FormatKind::Avro;
    return name == kDebeziumFormat ? FormatKind::Debezium : FormatKind::JsonObjects;
}

const char* formatName(FormatKind kind) {
    switch (kind) {
        case FormatKind::JsonObjects:
            return kJsonFormat;
        case FormatKind::Csv:
            return kCsvFormat;
        case FormatKind::Avro:
            return kAvroFormat;
        case FormatKind::Debezium:
            return kDebeziumFormat;
        case FormatKind::Text:
            break;
    }
    return kTextFormat;
}

ParamSpec formatParam(Text help) {
    ParamSpec format =
        makeParam("format", ParamKind::Choice, RW_TEXT("formats", "Format"), std::move(help), kJsonFormat);
    format.choices = {{kJsonFormat, RW_TEXT("formats", "JSON")},
                      {kCsvFormat, RW_TEXT("formats", "CSV")},
                      {kTextFormat, RW_TEXT("formats", "Text")},
                      {kAvroFormat, RW_TEXT("formats", "Avro")},
                      {kDebeziumFormat, RW_TEXT("formats", "Debezium (JSON)")}};
    return format;
}

ParamSpec registryParam(Text help) {
    ParamSpec registry =
        makeParam("registry", ParamKind::Connection, RW_TEXT("formats", "Schema registry"), std::move(help));
    registry.choices = {{"http", RW_TEXT("formats", "HTTP")}};
    registry.appliesWhen = AppliesWhen{"format", {kAvroFormat}};
    return registry;
}

bool isTextOrBytes(Type type) {
    return type.is(TypeId::String) || type.is(TypeId::Bytes);
}

bool isPart(const MessagePart& part, MessagePart::Kind kind) {
    return part.kind == kind;
}

/// How many columns are in the messages' values.
std::size_t columnsInValue(const MessageFormat& format) {
    return static_cast<std::size_t>(
        std::count_if(format.parts.begin(), format.parts.end(),
                      [](const MessagePart& part) { return isPart(part, MessagePart::Kind::InValue); }));
}

void checkText(BindContext& context, const MessageFormat& format) {
    bool strings = true;
    for (std::size_t i = 0; i < format.parts.size(); ++i) {
        const bool inValue = isPart(format.parts[i], MessagePart::Kind::InValue);
        strings = strings && (!inValue || isTextOrBytes(format.columns.fields[i].type));
    }
    if (strings && columnsInValue(format) == 1) return;
    context.error("columns", RW_TEXT("formats", "Text has one column, of type STRING or BYTES."),
                  RW_TEXT("formats", "Write “line STRING”, or choose another format."));
}

/// The schema in the node, which may be none where there is a registry.
void bindAvro(BindContext& context, MessageFormat& format) {
    format.registry = context.text("registry");
    const std::string text = context.text("schema");
    if (text.empty() && format.registry.empty()) {
        context.error("schema",
                      RW_TEXT("formats", "Messages of Avro don't say what is in them: a schema is needed."),
                      RW_TEXT("formats", "Give it here, or choose the registry that knows it."));
    }
    if (text.empty()) return;
    Result<AvroSchema> schema = AvroSchema::parse(text);
    if (!schema.ok()) {
        context.error("schema", schema.error().message, schema.error().fix);
        return;
    }
    format.avro = std::make_shared<const AvroSchema>(*std::move(schema));
    const AvroType& root = format.avro->types[format.avro->withoutNull(0)];
    if (root.kind != AvroKind::Record) {
        context.error(
            "schema",
            RW_TEXT("formats", "The schema is no record, but of type %1.").with(format.avro->nameOf(0)),
            RW_TEXT("formats", "Give the schema of the whole message."));
    }
}

/// Whether the columns are in the schema of the node, as types that they can be read as.
void checkAvroColumns(BindContext& context, const MessageFormat& format) {
    if (!format.avro || context.failed()) return;
    auto path = format.paths.begin();
    for (std::size_t i = 0; i < format.parts.size(); ++i) {
        if (!isPart(format.parts[i], MessagePart::Kind::InValue)) continue;
        bool missing = false;
        const Field& column = format.columns.fields[i];
        Text misfit = avroMisfit(*format.avro, *path++, column, missing);
        const auto report = [&](Text message, Text fix) {
            Issue& issue = context.error("columns", std::move(message), std::move(fix));
            issue.item = static_cast<int>(i);
        };
        if (missing) {
            report(RW_TEXT("formats", "The schema has no field for column “%1”.").with(column.name),
                   RW_TEXT("formats", "Its fields are: %1.").with(columnNames(columnsOfAvro(*format.avro))));
        } else if (!misfit.empty()) {
            report(std::move(misfit), {});
        }
    }
}

/// Rows that change are withdrawn with the values that they had: parts of the message that brings the change
/// are not among those.
void bindChanges(BindContext& context, MessageFormat& format) {
    for (std::size_t i = 0; i < format.parts.size(); ++i) {
        const MessagePart& part = format.parts[i];
        if (isPart(part, MessagePart::Kind::InValue) || isPart(part, MessagePart::Kind::Topic)) continue;
        if (isPart(part, MessagePart::Kind::Key)) continue;
        Issue& issue = context.error(
            "columns",
            RW_TEXT("formats",
                    "Column “%1” is of the message that brings a change: a row that is withdrawn would have "
                    "another value than it had before.")
                .with(format.columns.fields[i].name),
            RW_TEXT("formats", "Leave the column out, or read the field that Debezium has in the row."));
        issue.item = static_cast<int>(i);
    }
    if (!context.text("arrival_time").empty()) {
        context.error("arrival_time",
                      RW_TEXT("formats",
                              "Rows that change have no time of arrival: a row that is withdrawn would have "
                              "another one than it had before."),
                      RW_TEXT("formats", "Leave it empty."));
    }
    const std::vector<std::string> names = context.list("key");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column = requireColumn(context, "key", format.columns, names[i], static_cast<int>(i));
        if (column >= 0) format.key.push_back(column);
    }
    if (!names.empty()) return;
    for (std::size_t i = 0; i < format.parts.size(); ++i) {
        if (isPart(format.parts[i], MessagePart::Kind::Key)) format.key.push_back(static_cast<int>(i));
    }
}

/// The column that is written as text; -1: there is no telling.
int textColumn(const Schema& schema, const std::vector<int>& key) {
    int found = -1;
    for (int i = 0; i < static_cast<int>(schema.size()); ++i) {
        if (schema.size() > 1 && std::find(key.begin(), key.end(), i) != key.end()) continue;
        if (found >= 0 || !isTextOrBytes(schema.fields[static_cast<std::size_t>(i)].type)) return -1;
        found = i;
    }
    return found;
}

CsvFormat bindSinkCsv(BindContext& context) {
    CsvFormat csv = bindCsvFormat(context);
    csv.quote = CsvFormat{}.quote;
    if (csv.delimiter == csv.quote)
        context.error("delimiter", RW_TEXT("formats", "Texts are written in these quotes."),
                      RW_TEXT("formats", "Choose another delimiter."));
    return csv;
}

}  // namespace

std::vector<ParamSpec> formatParams() {
    std::vector<ParamSpec> params{
        formatParam(
            RW_TEXT("formats",
                    "What a message contains: a JSON object, a row of CSV, text, a record of Avro, or a "
                    "change of a row as Debezium sends it.")),
        messageColumnsParam()};
    for (ParamSpec& spec : csvParams()) {
        if (spec.name == "header") continue;
        spec.appliesWhen = AppliesWhen{"format", {kCsvFormat}};
        params.push_back(std::move(spec));
    }
    ParamSpec schema =
        makeParam("schema", ParamKind::String, RW_TEXT("formats", "Schema"),
                  RW_TEXT("formats",
                          "The schema that the messages were written with, in JSON. Not needed "
                          "where a registry knows it."));
    schema.appliesWhen = AppliesWhen{"format", {kAvroFormat}};
    params.push_back(std::move(schema));
    params.push_back(registryParam(
        RW_TEXT("formats",
                "A connection to a registry that speaks Confluent's HTTP. Each message then begins with the "
                "number of its schema. Empty: messages are the record alone.")));
    ParamSpec key =
        makeParam("key", ParamKind::ColumnNames, RW_TEXT("formats", "Key"),
                  RW_TEXT("formats",
                          "The columns that name a row of the table whose changes these are. Empty: "
                          "those that are read from the message's key; without any, a row is told "
                          "by all of its columns."));
    key.appliesWhen = AppliesWhen{"format", {kDebeziumFormat}};
    params.push_back(std::move(key));
    return params;
}

std::optional<MessageFormat> bindFormat(BindContext& context) {
    MessageFormat format;
    format.kind = formatNamed(context.text("format"));
    const bool byPosition = format.kind == FormatKind::Csv || format.kind == FormatKind::Text;
    auto columns = bindMessageColumns(context, !byPosition);
    if (format.kind == FormatKind::Csv) format.csv = bindCsvFormat(context);
    if (format.kind == FormatKind::Avro) bindAvro(context, format);
    if (!columns) return std::nullopt;
    format.columns = std::move(columns->schema);
    format.parts = std::move(columns->parts);
    format.paths = std::move(columns->paths);
    if (format.kind == FormatKind::Text) checkText(context, format);
    if (format.kind == FormatKind::Csv && columnsInValue(format) == 0) {
        context.error("columns", RW_TEXT("formats", "No column is of the messages themselves."),
                      RW_TEXT("formats", "Declare the columns of a row of CSV, in their order."));
    }
    if (format.kind == FormatKind::Avro) checkAvroColumns(context, format);
    if (format.kind == FormatKind::Debezium) bindChanges(context, format);
    if (context.failed()) return std::nullopt;
    return format;
}

Json formatParamsOf(const FormatGuess& guess) {
    CsvFormat csv;
    csv.delimiter = guess.delimiter;
    Json params = guess.kind == FormatKind::Csv ? csvParamsOf(csv) : Json::object();
    params["format"] = formatName(guess.kind);
    if (guess.columns.fields.empty()) return params;
    Json columns = Json::array();
    for (const Field& field : guess.columns.fields) columns.push_back(writeColumnDef(field));
    params["columns"] = std::move(columns);
    return params;
}

void applyFormat(const MessageFormat& format, StreamType& stream) {
    if (!format.updating()) return;
    stream.updating = true;
    stream.key = format.key;
    stream.multiset = format.key.empty();
    stream.sharedPositions = true;
}

std::vector<ParamSpec> sinkFormatParams() {
    std::vector<ParamSpec> params{formatParam(
        RW_TEXT("formats",
                "How a row is written: as a JSON object, a row of CSV, text, a record of Avro, or a "
                "change as Debezium sends it."))};
    for (ParamSpec& spec : csvParams()) {
        if (spec.name != "delimiter") continue;
        spec.appliesWhen = AppliesWhen{"format", {kCsvFormat}};
        params.push_back(std::move(spec));
    }
    params.push_back(registryParam(RW_TEXT(
        "formats",
        "A connection to a registry that speaks Confluent's HTTP. The schema of the rows is registered "
        "there, and each message begins with its number. Empty: messages are the record alone.")));
    ParamSpec subject =
        makeParam("subject", ParamKind::String, RW_TEXT("formats", "Subject"),
                  RW_TEXT("formats",
                          "The name under which the registry keeps the schema. Empty: the topic's "
                          "name and `-value`."));
    subject.appliesWhen = AppliesWhen{"format", {kAvroFormat}};
    params.push_back(std::move(subject));
    return params;
}

std::optional<EncoderOptions> bindSinkFormat(BindContext& context, const StreamType& input,
                                             const std::vector<int>& key) {
    EncoderOptions options;
    options.schema = input.schema;
    options.format = formatNamed(context.text("format"));
    options.key = key;
    options.updating = input.updating;
    if (input.updating && key.empty() && options.format != FormatKind::Debezium) {
        context.error(
            "key",
            RW_TEXT("formats",
                    "The rows of the input change: without a key nobody can tell which row a message "
                    "replaces."),
            RW_TEXT("formats", "Name the columns that name a row, or choose the format Debezium."));
    }
    if (options.format == FormatKind::Csv) options.csv = bindSinkCsv(context);
    if (options.format == FormatKind::Text) {
        options.text = textColumn(*input.schema, key);
        if (options.text < 0)
            context.error("format", RW_TEXT("formats", "Text is one column, of type STRING or BYTES."),
                          RW_TEXT("formats",
                                  "Leave one with a select node, besides those of the key, or choose another "
                                  "format."));
    }
    if (options.format == FormatKind::Avro) {
        options.registry = context.text("registry");
        Result<std::string> schema = avroSchemaOf(*input.schema);
        if (schema.ok()) {
            options.avroSchema = *std::move(schema);
        } else {
            context.error("format", schema.error().message, schema.error().fix);
        }
    }
    if (context.failed()) return std::nullopt;
    return options;
}

}  // namespace rw

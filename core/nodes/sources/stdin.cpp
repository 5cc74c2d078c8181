// stdin: rows that the program is given on its standard input.
#include "core/connect/csv/row_format.h"
#include "core/connect/files/framed_format.h"
#include "core/connect/files/stream_source.h"
#include "core/connect/files/system_files.h"
#include "core/connect/messages/text_decoder.h"
#include "core/connect/ndjson/decoder.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundStdin final : public BoundSource {
 public:
    enum class Format { Csv, Json, Text } format = Format::Csv;
    CsvFormat csv{};                     ///< Csv
    std::vector<sql::JsonPath> paths{};  ///< Json
};

/// The one column of lines that are not looked into.
std::optional<Schema> bindTextColumn(BindContext& context) {
    std::optional<Schema> columns = bindColumns(context);
    if (!columns || (columns->size() == 1 && columns->fields.front().type.is(TypeId::String))) return columns;
    context.error("columns", RW_TEXT("stdin", "Text has one column, of type STRING."),
                  RW_TEXT("stdin", "Write “line STRING”, or choose another format."));
    return std::nullopt;
}

/// The columns; how they are written goes into `bound`.
std::optional<Schema> bindStdinFormat(BindContext& context, BoundStdin& bound) {
    const std::string format = context.text("format");
    if (format == "text") {
        bound.format = BoundStdin::Format::Text;
        return bindTextColumn(context);
    }
    if (format == "csv") {
        bound.csv = bindCsvFormat(context);
        return bindColumns(context);
    }
    bound.format = BoundStdin::Format::Json;
    auto columns = bindJsonColumns(context);
    if (!columns) return std::nullopt;
    bound.paths = std::move(columns->paths);
    return std::move(columns->schema);
}

BoundNodeRef bindStdin(BindContext& context) {
    auto bound = std::make_shared<BoundStdin>();
    const std::optional<Schema> columns = bindStdinFormat(context, *bound);
    if (!columns) return nullptr;
    bound->summary = RW_TEXT("stdin", "%1 · %2").with(context.choice("format"), columnCount(columns->size()));
    bound->live = true;
    bound->readOnce = true;
    bound->guarantee.promise = bound->guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    bindTiming(context, *columns, *bound);
    bound->outputs.push_back(sourceRejectedStream());
    Access input;
    input.target = "stdin:";
    input.description = RW_TEXT("stdin", "Standard input");
    input.alone = true;
    bound->accesses.push_back(std::move(input));
    return context.failed() ? nullptr : bound;
}

void checkStandardInput(const BoundNode&, BindContext& context) {
    switch (standardInputKind()) {
        case StandardInputKind::Bytes:
            break;
        case StandardInputKind::Terminal:
            context.issue(Severity::Warning, {},
                          RW_TEXT("stdin", "Standard input is a terminal: the rows are what is typed there."),
                          RW_TEXT("stdin", "To read a file instead: rillwright run FILE < rows.csv"));
            break;
        case StandardInputKind::Nothing:
            context.issue(Severity::Warning, {},
                          RW_TEXT("stdin", "The program has no standard input: no row will come."),
                          RW_TEXT("stdin", "Give it one: rillwright run FILE < rows.csv"));
            break;
    }
}

std::unique_ptr<RowFormat> stdinFormat(const BoundStdin& bound, const DecoderOptions& rows) {
    switch (bound.format) {
        case BoundStdin::Format::Csv:
            return std::make_unique<CsvRowFormat>(CsvParserOptions{rows, bound.csv});
        case BoundStdin::Format::Json:
            return linesOf(std::make_unique<JsonDecoder>(JsonDecoderOptions{rows, bound.paths}));
        case BoundStdin::Format::Text:
            break;
    }
    return linesOf(std::make_unique<TextDecoder>(rows));
}

Result<Made> makeStdin(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundStdin&>(node);
    StreamSourceOptions options;
    options.files = context.files;
    options.clock = context.clock;
    auto source = std::make_unique<StreamSource>(std::move(options),
                                                 stdinFormat(bound, decoderOptions(bound, context)));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> stdinParams() {
    ParamSpec format = makeParam("format", ParamKind::Choice, RW_TEXT("stdin", "Format"),
                                 RW_TEXT("stdin",
                                         "What the input contains: CSV, one JSON object per line, or lines "
                                         "of text, each of which is a value."),
                                 "csv");
    format.choices = {{"csv", RW_TEXT("stdin", "CSV")},
                      {"ndjson", RW_TEXT("stdin", "JSON")},
                      {"text", RW_TEXT("stdin", "Text")}};
    ParamSpec columns = columnsParam();
    columns.help = RW_TEXT(
        "stdin",
        "Name and type of each column that you need: `price DOUBLE`. CSV columns are found by the names in "
        "the header, without a header by position. JSON columns are found by the names of fields, or by the "
        "path after `FROM`: `city STRING FROM '$.address.city'`. Text is one column of type STRING: `line "
        "STRING`. The types are BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3) and "
        "BYTES.");
    std::vector<ParamSpec> params{std::move(format), std::move(columns)};
    for (ParamSpec& spec : csvParams()) {
        spec.section = {};
        spec.appliesWhen = AppliesWhen{"format", {"csv"}};
        params.push_back(std::move(spec));
    }
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind stdinKind() {
    NodeKind kind;
    kind.type = "stdin";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("stdin", "Standard input");
    kind.palette = {{kind.name, RW_TEXT("stdin", "Rows that another program sends"), "stdin"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = stdinParams();
    kind.bind = bindStdin;
    kind.checkFiles = checkStandardInput;
    kind.make = makeStdin;
    return kind;
}

}  // namespace rw

// stdin: rows that the program is given on its standard input.
#include "core/connect/csv/row_format.h"
#include "core/connect/files/stream_source.h"
#include "core/connect/files/system_files.h"
#include "core/connect/ndjson/row_format.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/csv_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundStdin final : public BoundSource {
 public:
    bool json = false;
    CsvFormat csv{};                     ///< not json
    std::vector<sql::JsonPath> paths{};  ///< json
};

/// The columns; how they are written goes into `bound`.
std::optional<Schema> bindStdinFormat(BindContext& context, BoundStdin& bound) {
    bound.json = context.text("format") == "ndjson";
    if (!bound.json) {
        bound.csv = bindCsvFormat(context);
        return bindColumns(context);
    }
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

Result<Made> makeStdin(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundStdin&>(node);
    const RowFormatOptions rows = rowFormatOptions(bound, context);
    std::unique_ptr<RowFormat> format;
    if (bound.json) {
        format = std::make_unique<NdjsonRowFormat>(NdjsonParserOptions{rows, bound.paths});
    } else {
        format = std::make_unique<CsvRowFormat>(CsvParserOptions{rows, bound.csv});
    }
    StreamSourceOptions options;
    options.files = context.files;
    options.clock = context.clock;
    auto source = std::make_unique<StreamSource>(std::move(options), std::move(format));
    setTiming(*source, bound.timing);
    return Made(std::move(source));
}

std::vector<ParamSpec> stdinParams() {
    ParamSpec format = makeParam("format", ParamKind::Choice, RW_TEXT("stdin", "Format"),
                                 RW_TEXT("stdin", "What stands there: CSV, or a JSON object a line."), "csv");
    format.choices = {{"csv", RW_TEXT("stdin", "CSV")}, {"ndjson", RW_TEXT("stdin", "JSON")}};
    ParamSpec columns = columnsParam();
    columns.help = RW_TEXT(
        "stdin",
        "Name and type of each column: “price DOUBLE”. JSON may say where it stands: “city STRING FROM "
        "'$.address.city'”. Types: BOOLEAN, INT, BIGINT, DOUBLE, DECIMAL(p,s), STRING, DATE, TIMESTAMP(3).");
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

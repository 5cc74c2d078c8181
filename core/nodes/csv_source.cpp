// csv_source: rows of CSV files.
#include "core/connect/csv/source.h"

#include <algorithm>
#include <filesystem>

#include "core/connect/csv/infer.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/source_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundCsv final : public BoundSource {
 public:
    CsvSourceOptions options{};
};

/// The one byte that parameter `param` gives; nothing given is 0.
char bindCharacter(BindContext& context, std::string_view param) {
    const std::string text = context.text(param);
    if (text == "\\t") return '\t';
    if (text.empty()) return 0;
    if (text.size() == 1 && text[0] != '\n' && text[0] != '\r' && text[0] > 0) return text[0];
    context.error(
        param, RW_TEXT("csv_source", "“%1” can't be used here.").with(text),
        RW_TEXT("csv_source", "Use one ASCII character other than a line break: , ; | or \\t for a tab."));
    return 0;
}

CsvFormat bindFormat(BindContext& context) {
    CsvFormat format{bindCharacter(context, "delimiter"), bindCharacter(context, "quote"),
                     context.flag("header")};
    if (context.failed()) return format;
    if (format.delimiter == 0) {
        context.error("delimiter", RW_TEXT("csv_source", "Fields need a delimiter between them."),
                      RW_TEXT("csv_source",
                              "Use one ASCII character other than a line break: , ; | or \\t for a tab."));
    } else if (format.delimiter == format.quote) {
        context.error("quote", RW_TEXT("csv_source", "Delimiter and quote are the same character."),
                      RW_TEXT("csv_source", "Choose another quote, or none."));
    }
    return format;
}

void bindPace(BindContext& context, BoundCsv& bound) {
    CsvSourceOptions& options = bound.options;
    options.rate = context.number("rate");
    options.replaySpeed = context.number("replay_speed");
    options.eventTime = bound.timing.eventTime;
    if (options.replaySpeed > 0 && (options.eventTime < 0 || options.eventTime == bound.timing.arrival)) {
        context.error(
            "replay_speed", RW_TEXT("csv_source", "Replay goes by the event times, and there are none."),
            RW_TEXT("csv_source", "Choose a column of the file as event time, or set the speed to 0."));
    }
    // Read as fast as possible a file is never idle, whatever the disk does.
    const bool slow = options.files.follow || options.rate > 0 || options.replaySpeed > 0;
    if (!slow) bound.timing.idleTimeout.reset();
}

BoundNodeRef bindCsv(BindContext& context) {
    auto bound = std::make_shared<BoundCsv>();
    const std::optional<Schema> columns = bindColumns(context);
    bound->options.parser.format = bindFormat(context);
    bound->options.files.path = context.path("path");
    bound->options.files.follow = context.flag("follow");
    if (bound->options.files.path == "-") {
        context.error("path", RW_TEXT("csv_source", "Standard input can't be read by this node."),
                      RW_TEXT("csv_source", "Give a file, a folder, or a pattern such as data/*.csv."));
    }
    if (!columns) return nullptr;
    bindTiming(context, *columns, *bound);
    bound->outputs.push_back(sourceRejectedStream());
    bindPace(context, *bound);
    bound->live = bound->options.files.follow;
    const std::filesystem::path path(context.text("path"));
    bound->summary =
        RW_TEXT("csv_source", "%1 · %2 columns")
            .with(path.has_filename() ? path.filename().native() : path.native(), columns->size());
    return context.failed() ? nullptr : bound;
}

/// As many rows as come to a few MiB of columns, at most `most`: of thousands of columns fewer than else.
std::size_t rowsOfBatch(const Schema& schema, std::size_t most) {
    constexpr std::size_t kBytes = std::size_t{8} << 20;
    std::size_t width = 1;
    for (const Field& field : schema.fields) width += widthOf(field.type.id);
    return std::clamp<std::size_t>(kBytes / width, 1, most);
}

Result<Made> makeCsv(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundCsv&>(node);
    CsvSourceOptions options = bound.options;
    options.clock = context.clock;
    options.files.files = context.files;
    options.parser.schema = bound.outputs.front().schema;
    options.parser.arrival = bound.timing.arrival;
    options.parser.wanted = context.wanted;
    if (bound.timing.eventTime >= 0 && !options.parser.wanted.empty()) {
        options.parser.wanted[static_cast<std::size_t>(bound.timing.eventTime)] = true;
    }
    options.parser.nullOnError = context.nullOnError;
    options.parser.batchRows = rowsOfBatch(*options.parser.schema, context.batchRows);
    auto source = std::make_unique<CsvSource>(std::move(options));
    setTiming(*source, bound.timing);
    return Made(std::move(source));
}

Result<std::vector<std::string>> inferCsv(const Json& params, const std::string& folder) {
    const auto text = [&params](const char* name, const char* otherwise) {
        return params.contains(name) && params[name].is_string() ? params[name].get<std::string>()
                                                                 : otherwise;
    };
    const auto character = [](const std::string& given) {
        return given == "\\t" ? '\t' : given.empty() ? '\0' : given.front();
    };
    const CsvFormat format{character(text("delimiter", ",")), character(text("quote", "\"")),
                           params.value("header", Json(true)) != Json(false)};
    const std::filesystem::path path = std::filesystem::path(folder) / text("path", "");
    RW_TRY_ASSIGN(const Schema schema, inferCsvSchema(path.lexically_normal().native(), format));
    std::vector<std::string> columns;
    for (const Field& field : schema.fields) columns.push_back(writeColumnDef(field));
    return columns;
}

std::vector<ParamSpec> csvParams() {
    std::vector<ParamSpec> params;
    params.push_back(makeParam("path", ParamKind::InputPath, RW_TEXT("csv_source", "Path"),
                               RW_TEXT("csv_source",
                                       "A file, a folder (all files in it, in the order of their names), or "
                                       "a pattern such as data/*.csv.")));
    params.back().required = true;
    params.push_back(columnsParam());
    params.push_back(makeParam("header", ParamKind::Boolean, RW_TEXT("csv_source", "Header"),
                               RW_TEXT("csv_source",
                                       "The first row names the columns. They are found by name then, in "
                                       "any order; without a header by their place."),
                               true));
    params.back().section = RW_TEXT("csv_source", "Format");
    params.push_back(makeParam("delimiter", ParamKind::Character, RW_TEXT("csv_source", "Delimiter"),
                               RW_TEXT("csv_source", "The character between fields; \\t is a tab."), ","));
    params.push_back(makeParam("quote", ParamKind::Character, RW_TEXT("csv_source", "Quote"),
                               RW_TEXT("csv_source",
                                       "The character around fields that hold delimiters or line breaks. "
                                       "Empty: no quoting."),
                               "\""));
    for (ParamSpec& shared : timingParams()) params.push_back(std::move(shared));
    params.push_back(makeParam("follow", ParamKind::Boolean, RW_TEXT("csv_source", "Follow"),
                               RW_TEXT("csv_source",
                                       "At the end of the file, wait for more. A truncated, rewritten or "
                                       "replaced file is read from its new start."),
                               false));
    params.back().section = RW_TEXT("csv_source", "Pace");
    params.push_back(makeParam("rate", ParamKind::Number, RW_TEXT("csv_source", "Rate"),
                               RW_TEXT("csv_source", "Rows a second; 0 is as fast as possible."), 0));
    params.back().min = 0;
    params.back().unit = RW_TEXT("csv_source", "rows/s");
    params.push_back(makeParam("replay_speed", ParamKind::Number, RW_TEXT("csv_source", "Replay speed"),
                               RW_TEXT("csv_source",
                                       "1 gives the rows at the pace of their event times, 60 makes a minute "
                                       "of them a second, 0 pays no heed to them."),
                               0));
    params.back().min = 0;
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind csv_sourceKind() {
    NodeKind kind;
    kind.type = "csv_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("csv_source", "CSV file");
    kind.palette = {{kind.name, RW_TEXT("csv_source", "Files, folders and growing files"), "csv"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = csvParams();
    kind.bind = bindCsv;
    kind.make = makeCsv;
    kind.infer = inferCsv;
    kind.files = {FileSort{".csv"}, FileSort{".tsv", Json{{"delimiter", "\\t"}}}};
    return kind;
}

}  // namespace rw

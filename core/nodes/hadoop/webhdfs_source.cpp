// webhdfs_source: rows of files of HDFS.
#include "core/connect/hadoop/webhdfs_source.h"

#include "core/connect/csv/rows.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/hadoop/webhdfs_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/nodes/sources/subject_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundWebhdfsSource final : public BoundSource {
 public:
    std::string connection{};
    WebhdfsReading reading{};
    MessageFormat format{};
};

BoundNodeRef bindWebhdfsSource(BindContext& context) {
    auto bound = std::make_shared<BoundWebhdfsSource>();
    WebhdfsReading& reading = bound->reading;
    bound->connection = context.text("connection");
    const std::optional<std::string> path = bindWebhdfsPath(context);
    reading.path = path.value_or("/");
    reading.follow = context.flag("follow");
    if (reading.follow) reading.every = context.duration("every");
    if (context.has("give_up_after")) reading.giveUpAfter = context.duration("give_up_after");
    std::optional<MessageFormat> format = bindFormat(context);
    if (!format) return nullptr;
    reading.header = format->kind == FormatKind::Csv && context.flag("header");
    reading.blank = format->kind == FormatKind::Text;
    format->csv.header = false;  // columns are by position
    bindTiming(context, format->columns, *bound);
    applyFormat(*format, bound->outputs.front());
    bound->outputs.push_back(sourceRejectedStream());
    bound->live = reading.follow;
    bound->guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::Position};
    bound->summary = RW_TEXT("webhdfs_source", "%1 · %2 · %3")
                         .with(reading.path, context.choice("format"), columnCount(format->columns.size()));
    bound->format = *std::move(format);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeWebhdfsSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundWebhdfsSource&>(node);
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, bound.connection));
    WebhdfsSourceOptions options;
    options.reading = bound.reading;
    if (bound.format.kind == FormatKind::Csv) {
        options.framing = std::make_shared<CsvFraming>(bound.format.csv);
    } else {
        options.framing = std::make_shared<LineFraming>();
    }
    options.decoder = makeMessageDecoder(bound.format, decoderOptions(bound, context));
    auto source = std::make_unique<WebhdfsSource>(context, std::move(connection), std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> folderParams() {
    ParamSpec header =
        makeParam("header", ParamKind::Boolean, RW_TEXT("webhdfs_source", "Header"),
                  RW_TEXT("webhdfs_source",
                          "The first line of each file has the names of its columns, and is no row. Columns "
                          "are read in the order in which they stand here."),
                  false);
    header.appliesWhen = AppliesWhen{"format", {"csv"}};
    ParamSpec follow = makeParam(
        "follow", ParamKind::Boolean, RW_TEXT("webhdfs_source", "Follow"),
        RW_TEXT("webhdfs_source",
                "Files that come later are read, too, and what is appended to those that were read. "
                "Without it the run ends behind the files that are there when it begins."),
        false);
    ParamSpec every = makeParam(
        "every", ParamKind::Duration, RW_TEXT("webhdfs_source", "Look every"),
        RW_TEXT("webhdfs_source",
                "The time between two looks for new files. A file is read when two looks have found "
                "it the same, for others may still be writing it."),
        "10s");
    every.min = 100;
    every.max = 86'400'000;
    every.appliesWhen = AppliesWhen{"follow", {"true"}};
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("webhdfs_source", "Give up after"),
                  RW_TEXT("webhdfs_source",
                          "The run ends when the file system could not be reached for so long. "
                          "Empty: it is asked for ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    return {std::move(header), std::move(follow), std::move(every), std::move(giveUp)};
}

std::vector<ParamSpec> webhdfsSourceParams() {
    std::vector<ParamSpec> params{
        webhdfsConnectionParam(),
        webhdfsPathParam(RW_TEXT("webhdfs_source",
                                 "A file, a folder, whose files are read, or a pattern: `*` is any part of a "
                                 "name, `?` one character, as in `/data/day=*/orders-*.json`."))};
    for (ParamSpec& spec : lineFormatParams(formatParams())) params.push_back(std::move(spec));
    for (ParamSpec& spec : folderParams()) params.push_back(std::move(spec));
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind webhdfs_sourceKind() {
    NodeKind kind;
    kind.type = "webhdfs_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("webhdfs_source", "HDFS files");
    kind.palette = {{kind.name, RW_TEXT("webhdfs_source", "Rows of files of HDFS"), "webhdfs_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = webhdfsSourceParams();
    kind.bind = bindWebhdfsSource;
    kind.make = makeWebhdfsSource;
    kind.propose = proposeSubject;
    return kind;
}

}  // namespace rw

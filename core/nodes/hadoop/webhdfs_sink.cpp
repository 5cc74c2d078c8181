// webhdfs_sink: rows as files of HDFS.
#include "core/connect/hadoop/webhdfs_sink.h"

#include <algorithm>

#include "core/base/readable.h"
#include "core/connect/csv/writer.h"
#include "core/connect/hadoop/webhdfs_place.h"
#include "core/nodes/hadoop/webhdfs_params.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr std::int64_t kMebibyte = 1 << 20;

class BoundWebhdfsSink final : public BoundNode {
 public:
    WebhdfsTarget target{};
};

const char* endingOf(FormatKind format) {
    if (format == FormatKind::Csv) return ".csv";
    return format == FormatKind::Text ? ".txt" : ".json";
}

void bindFolder(BindContext& context, WebhdfsTarget& target) {
    target.folder = bindWebhdfsPath(context).value_or("/");
    if (!isHdfsPattern(target.folder)) return;
    context.error("path", RW_TEXT("webhdfs_sink", "Rows are written into one folder, and no pattern."),
                  RW_TEXT("webhdfs_sink", "Write the path without * and ?."));
}

BoundNodeRef bindWebhdfsSink(BindContext& context) {
    auto bound = std::make_shared<BoundWebhdfsSink>();
    WebhdfsTarget& target = bound->target;
    target.connection = context.text("connection");
    bindFolder(context, target);
    target.rollBytes =
        static_cast<std::size_t>(std::max<std::int64_t>(context.integer("roll_size"), 1) * kMebibyte);
    target.rollAfter = context.duration("roll_after");
    target.giveUpAfter = context.duration("give_up_after");
    if (context.input().updating && context.text("format") != "debezium") {
        context.error(
            "format",
            RW_TEXT("webhdfs_sink",
                    "The rows of the input change: in this format nobody is told which row of the "
                    "files another one replaces."),
            RW_TEXT("webhdfs_sink", "Choose the format Debezium, which has the row before and after."));
        return nullptr;
    }
    std::optional<EncoderOptions> encoder = bindSinkFormat(context, context.input(), {});
    if (!encoder) return nullptr;
    target.encoder = *std::move(encoder);
    target.ending = endingOf(target.encoder.format);
    if (target.encoder.format == FormatKind::Csv && context.flag("header"))
        CsvWriter(target.encoder.csv, false).appendHeader(target.head, *context.input().schema);
    bound->distribution.kind = Distribution::Kind::Single;
    bound->guarantee = {Guarantee::Promise::ExactlyOnce, Guarantee::Means::Rename};
    bound->guarantee.more = RW_TEXT(
        "webhdfs_sink", "Until a file gets its name its rows are in the checkpoints, or in a hidden file.");
    bound->summary = RW_TEXT("webhdfs_sink", "%1 · %2 · a file every %3")
                         .with(target.folder, context.choice("format"), durationText(target.rollAfter));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeWebhdfsSink(const BoundNode& node, const MakeContext& context) {
    const WebhdfsTarget& target = static_cast<const BoundWebhdfsSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    return Made(std::make_unique<WebhdfsSink>(target, context, std::move(connection)));
}

std::vector<ParamSpec> rollParams() {
    ParamSpec header = makeParam(
        "header", ParamKind::Boolean, RW_TEXT("webhdfs_sink", "Header"),
        RW_TEXT("webhdfs_sink", "Whether the first line of each file has the names of the columns."), false);
    header.appliesWhen = AppliesWhen{"format", {"csv"}};
    ParamSpec size = makeParam("roll_size", ParamKind::Integer, RW_TEXT("webhdfs_sink", "Size of a file"),
                               RW_TEXT("webhdfs_sink",
                                       "A file is finished when it is so large. Until then its rows are in "
                                       "memory."),
                               128);
    size.min = 1;
    size.max = 1'024;
    size.unit = RW_TEXT("webhdfs_sink", "MiB");
    ParamSpec after = makeParam(
        "roll_after", ParamKind::Duration, RW_TEXT("webhdfs_sink", "Age of a file"),
        RW_TEXT("webhdfs_sink",
                "A file is finished when its first row is so old, at the next checkpoint. A shorter "
                "time shows rows sooner, and makes more and smaller files."),
        "10min");
    after.min = 0;
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("webhdfs_sink", "Give up after"),
                  RW_TEXT("webhdfs_sink",
                          "The run fails when the file system has not taken a file for so long. Its restart "
                          "settings say whether it is started again; no row is lost with checkpoints."),
                  "1min");
    giveUp.min = 1'000;
    giveUp.advanced = true;
    return {std::move(header), std::move(size), std::move(after), std::move(giveUp)};
}

std::vector<ParamSpec> webhdfsSinkParams() {
    std::vector<ParamSpec> params{
        webhdfsConnectionParam(),
        webhdfsPathParam(
            RW_TEXT("webhdfs_sink",
                    "The folder for the files, which is made if it is not there: `/data/orders`. "
                    "Files that are in it stay."))};
    for (ParamSpec& spec : lineFormatParams(sinkFormatParams())) params.push_back(std::move(spec));
    for (ParamSpec& spec : rollParams()) params.push_back(std::move(spec));
    return params;
}

}  // namespace

NodeKind webhdfs_sinkKind() {
    NodeKind kind;
    kind.type = "webhdfs_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("webhdfs_sink", "HDFS files");
    kind.palette = {{kind.name, RW_TEXT("webhdfs_sink", "Rows into files of HDFS"), "webhdfs_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = webhdfsSinkParams();
    kind.bind = bindWebhdfsSink;
    kind.make = makeWebhdfsSink;
    return kind;
}

}  // namespace rw

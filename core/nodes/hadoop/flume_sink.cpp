// flume_sink: rows as events of Flume, through its HTTP source.
#include <algorithm>

#include "core/connect/web/http_place.h"
#include "core/connect/web/http_sink.h"
#include "core/nodes/hadoop/webhdfs_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundFlumeSink final : public BoundNode {
 public:
    HttpTarget target{};
};

void bindEventHeaders(BindContext& context, HttpTarget& target) {
    const Schema& schema = *context.input().schema;
    const Json& headers = context.json("headers");
    if (headers.is_object()) {
        for (const auto& [name, value] : headers.items()) {
            if (name.empty() || !value.is_string()) {
                context.error("headers", RW_TEXT("flume_sink", "A header needs a name and a text."));
                continue;
            }
            target.event.fixed.emplace_back(name, value.get<std::string>());
        }
    }
    const std::vector<std::string> names = context.list("header_columns");
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column = requireColumn(context, "header_columns", schema, names[i], static_cast<int>(i));
        if (column >= 0) target.event.columns.push_back(column);
    }
    const std::string time = context.text("timestamp");
    if (!time.empty()) target.event.timestamp = requireColumn(context, "timestamp", schema, time);
}

BoundNodeRef bindFlumeSink(BindContext& context) {
    auto bound = std::make_shared<BoundFlumeSink>();
    HttpTarget& target = bound->target;
    target.body = HttpTarget::Body::Events;
    target.connection = context.text("connection");
    target.path = context.text("path");
    target.batch = static_cast<std::size_t>(std::max<std::int64_t>(context.integer("batch"), 1));
    target.giveUpAfter = context.duration("give_up_after");
    bindEventHeaders(context, target);
    if (context.input().updating && context.text("format") != "debezium") {
        context.error(
            "format",
            RW_TEXT("flume_sink",
                    "The rows of the input change: in this format nobody is told which event "
                    "another one replaces."),
            RW_TEXT("flume_sink", "Choose the format Debezium, which has the row before and after."));
        return nullptr;
    }
    std::optional<EncoderOptions> encoder = bindSinkFormat(context, context.input(), {});
    if (!encoder) return nullptr;
    target.encoder = *std::move(encoder);
    const Schema& schema = *context.input().schema;
    const auto text = static_cast<std::size_t>(std::max(target.encoder.text, 0));
    if (target.encoder.format == FormatKind::Text && schema.fields[text].type.is(TypeId::Bytes)) {
        context.error("format",
                      RW_TEXT("flume_sink", "The events of Flume's HTTP source are text, not BYTES."),
                      RW_TEXT("flume_sink", "Choose JSON, which has BYTES in Base64."));
    }
    bound->distribution.kind = Distribution::Kind::Single;
    bound->guarantee.promise = Guarantee::Promise::AtLeastOnce;
    bound->guarantee.more = RW_TEXT(
        "flume_sink", "Flume keeps events for good only where its channel does: a file channel, not memory.");
    bound->summary = RW_TEXT("flume_sink", "%1 · %2")
                         .with(target.path.empty() ? "/" : httpPath(target.path), context.choice("format"));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeFlumeSink(const BoundNode& node, const MakeContext& context) {
    const HttpTarget& target = static_cast<const BoundFlumeSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    return Made(std::make_unique<HttpSink>(target, context, std::move(connection)));
}

std::vector<ParamSpec> eventParams() {
    ParamSpec headers = makeParam("headers", ParamKind::StringMap, RW_TEXT("flume_sink", "Headers"),
                                  RW_TEXT("flume_sink",
                                          "Headers that every event has, by which Flume chooses channels and "
                                          "folders."));
    ParamSpec columns = makeParam(
        "header_columns", ParamKind::ColumnNames, RW_TEXT("flume_sink", "Headers from columns"),
        RW_TEXT("flume_sink",
                "Columns whose text is a header of the event, by their names. NULL: the event has no "
                "such header."));
    ParamSpec timestamp =
        makeParam("timestamp", ParamKind::ColumnName, RW_TEXT("flume_sink", "Time"),
                  RW_TEXT("flume_sink",
                          "The column of the header `timestamp`, in milliseconds, by which Flume's HDFS sink "
                          "chooses the folder of a day. Empty: events have none."));
    timestamp.columnTypes = "timestamp";
    ParamSpec batch = makeParam("batch", ParamKind::Integer, RW_TEXT("flume_sink", "Batch"),
                                RW_TEXT("flume_sink",
                                        "Events of a request, at most; not more than the channel takes in a "
                                        "transaction (`transactionCapacity`)."),
                                100);
    batch.min = 1;
    batch.max = 100'000;
    batch.unit = RW_TEXT("flume_sink", "events");
    ParamSpec giveUp = makeParam(
        "give_up_after", ParamKind::Duration, RW_TEXT("flume_sink", "Give up after"),
        RW_TEXT("flume_sink",
                "The run fails when Flume has not taken events for so long. Its restart settings say "
                "whether it is started again; no row is lost with checkpoints."),
        "1min");
    giveUp.min = 1'000;
    giveUp.advanced = true;
    return {std::move(headers), std::move(columns), std::move(timestamp), std::move(batch),
            std::move(giveUp)};
}

std::vector<ParamSpec> flumeSinkParams() {
    ParamSpec connection = makeParam(
        "connection", ParamKind::Connection, RW_TEXT("flume_sink", "Connection"),
        RW_TEXT("flume_sink", "The HTTP source of Flume, by the name that it has on this computer."));
    connection.choices = {{"http", RW_TEXT("flume_sink", "HTTP")}};
    connection.required = true;
    ParamSpec path =
        makeParam("path", ParamKind::String, RW_TEXT("flume_sink", "Path"),
                  RW_TEXT("flume_sink", "Below the address of the connection; the HTTP source takes any."));
    path.advanced = true;
    path.subject = true;
    std::vector<ParamSpec> params{std::move(connection), std::move(path)};
    for (ParamSpec& spec : lineFormatParams(sinkFormatParams())) params.push_back(std::move(spec));
    for (ParamSpec& spec : eventParams()) params.push_back(std::move(spec));
    return params;
}

}  // namespace

NodeKind flume_sinkKind() {
    NodeKind kind;
    kind.type = "flume_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("flume_sink", "Flume");
    kind.palette = {{kind.name, RW_TEXT("flume_sink", "Rows as events of a Flume agent"), "flume_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = flumeSinkParams();
    kind.bind = bindFlumeSink;
    kind.make = makeFlumeSink;
    return kind;
}

}  // namespace rw

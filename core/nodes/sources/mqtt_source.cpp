// mqtt_source: rows of the messages of a broker.
#include "core/connect/mqtt/mqtt_source.h"

#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/journal_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundMqttSource final : public BoundJournalledSource {
 public:
    std::string connection{};
    MqttReading reading{};
};

BoundNodeRef bindMqttSource(BindContext& context) {
    auto bound = std::make_shared<BoundMqttSource>();
    bound->connection = context.text("connection");
    bound->reading.filter = context.text("topic");
    bound->reading.qos = context.text("qos") == "0" ? 0 : 1;
    if (context.has("give_up_after")) bound->reading.giveUpAfter = context.duration("give_up_after");
    const Status filter = usableFilter(bound->reading.filter);
    if (!filter.ok()) context.error("topic", filter.error().message, filter.error().fix);
    if (!bindJournalled(context, *bound)) return nullptr;
    if (bound->reading.qos > 0) bound->guarantee = acknowledgedGuarantee(bound->journal);
    bound->summary =
        RW_TEXT("mqtt_source", "%1 · %2 · %3")
            .with(bound->reading.filter, context.choice("format"), columnCount(bound->format.columns.size()));
    return bound;
}

Result<Made> makeMqttSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundMqttSource&>(node);
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, bound.connection));
    RW_TRY_ASSIGN(JournalledOptions options, journalledOptions(bound, context));
    auto source =
        std::make_unique<MqttSource>(context, std::move(connection), bound.reading, std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

std::vector<ParamSpec> mqttSourceParams() {
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("mqtt_source", "Connection"),
                  RW_TEXT("mqtt_source", "The broker, by the name that it has on this computer."));
    connection.choices = {{"mqtt", RW_TEXT("mqtt_source", "MQTT")}};
    connection.required = true;
    ParamSpec topic = makeParam(
        "topic", ParamKind::String, RW_TEXT("mqtt_source", "Topic"),
        RW_TEXT("mqtt_source",
                "A topic, or a filter: `+` stands for one level, `#` at the end for all that follow: "
                "`plant/+/temperature`. With `$share/group/` before it, the broker divides the "
                "messages among the readers of the group."));
    topic.required = topic.subject = true;
    ParamSpec qos = makeParam(
        "qos", ParamKind::Choice, RW_TEXT("mqtt_source", "Quality of service"),
        RW_TEXT("mqtt_source",
                "With `1` the broker sends a message again until it is acknowledged, which is when "
                "the journal has it; it keeps messages while this run is away. With `0` they are sent "
                "once, and those that come while the run is away are lost."),
        "1");
    qos.choices = {{"1", RW_TEXT("mqtt_source", "1, at least once")},
                   {"0", RW_TEXT("mqtt_source", "0, at most once")}};
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("mqtt_source", "Give up after"),
                  RW_TEXT("mqtt_source",
                          "The run ends when the broker could not be reached for so long. Empty: it is tried "
                          "for ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    return journalledParams({std::move(connection), std::move(topic), std::move(qos), std::move(giveUp)},
                            true);
}

}  // namespace

NodeKind mqtt_sourceKind() {
    NodeKind kind;
    kind.type = "mqtt_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("mqtt_source", "MQTT topic");
    kind.palette = {{kind.name, RW_TEXT("mqtt_source", "Messages of a broker as rows"), "mqtt_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = mqttSourceParams();
    kind.bind = bindMqttSource;
    kind.make = makeMqttSource;
    return kind;
}

}  // namespace rw

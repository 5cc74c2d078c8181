// mqtt_sink: rows as messages to a broker.
#include "core/connect/mqtt/mqtt_sink.h"

#include "core/nodes/format_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/stream/source.h"

namespace rw {

namespace {

constexpr char kOneTopic[] = "one";
constexpr char kTopicByColumn[] = "column";

class BoundMqttSink final : public BoundNode {
 public:
    MqttTarget target{};
};

void bindOneTopic(BindContext& context, MqttTarget& target) {
    target.topic = context.text("topic");
    const Status topic = usableTopic(target.topic);
    if (!topic.ok()) context.error("topic", topic.error().message, topic.error().fix);
    if (!context.input().updating || context.text("format") == "debezium") return;
    context.error("topics",
                  RW_TEXT("mqtt_sink",
                          "The rows of the input change: on one topic nobody can tell which row a message "
                          "replaces."),
                  RW_TEXT("mqtt_sink",
                          "Take the topics of a column that has one for each key, or choose the format "
                          "Debezium."));
}

void bindTopicColumn(BindContext& context, MqttTarget& target) {
    const StreamType& input = context.input();
    const std::string column = context.text("topic_from");
    target.topicColumn = requireColumn(context, "topic_from", *input.schema, column, -1);
    if (target.topicColumn < 0) return;
    if (!input.schema->fields[static_cast<std::size_t>(target.topicColumn)].type.is(TypeId::String)) {
        context.error(
            "topic_from", RW_TEXT("mqtt_sink", "“%1” is no STRING.").with(column),
            RW_TEXT("mqtt_sink", "Make the topic in a select node: `'plant/' || sensor AS topic`."));
    }
}

Guarantee mqttSinkGuarantee(int qos) {
    Guarantee guarantee;
    guarantee.promise = Guarantee::Promise::AtLeastOnce;
    if (qos > 0) return guarantee;
    guarantee.promise = guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    guarantee.lost = RW_TEXT("mqtt_sink",
                             "Messages that are on their way when the connection breaks are lost. After a "
                             "failure those since the last checkpoint are sent again.");
    return guarantee;
}

BoundNodeRef bindMqttSink(BindContext& context) {
    auto bound = std::make_shared<BoundMqttSink>();
    MqttTarget& target = bound->target;
    target.connection = context.text("connection");
    target.qos = context.text("qos") == "0" ? 0 : 1;
    target.retained = context.flag("retain");
    (context.text("topics") == kTopicByColumn ? bindTopicColumn : bindOneTopic)(context, target);
    if (context.failed()) return nullptr;
    target.subject = context.text("subject");
    if (target.subject.empty()) target.subject = "mqtt-value";
    std::vector<int> key;
    if (target.topicColumn >= 0) key.push_back(target.topicColumn);
    std::optional<EncoderOptions> encoder = bindSinkFormat(context, context.input(), key);
    if (!encoder || context.failed()) return nullptr;
    target.encoder = *std::move(encoder);
    bound->guarantee = mqttSinkGuarantee(target.qos);
    bound->distribution.kind = Distribution::Kind::Single;
    const std::string where = target.topicColumn < 0 ? target.topic : context.text("topic_from");
    bound->summary =
        RW_TEXT("mqtt_sink", "%1 · %2 · %3").with(where, context.choice("format"), context.choice("qos"));
    return bound;
}

Result<Made> makeMqttSink(const BoundNode& node, const MakeContext& context) {
    const MqttTarget& target = static_cast<const BoundMqttSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    std::optional<NodeConnection> registry;
    if (!target.encoder.registry.empty()) {
        RW_TRY_ASSIGN(registry, connectionOf(context, target.encoder.registry));
    }
    return Made(std::make_unique<MqttSink>(target, context, std::move(connection), std::move(registry)));
}

std::vector<ParamSpec> mqttSinkParams() {
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("mqtt_sink", "Connection"),
                  RW_TEXT("mqtt_sink", "The broker, by the name that it has on this computer."));
    connection.choices = {{"mqtt", RW_TEXT("mqtt_sink", "MQTT")}};
    connection.required = true;
    ParamSpec topics = makeParam(
        "topics", ParamKind::Choice, RW_TEXT("mqtt_sink", "Topics"),
        RW_TEXT("mqtt_sink", "Whether all rows go to one topic, or each to the one that a column has."),
        kOneTopic);
    topics.choices = {{kOneTopic, RW_TEXT("mqtt_sink", "One topic")},
                      {kTopicByColumn, RW_TEXT("mqtt_sink", "By a column")}};
    ParamSpec topic = makeParam("topic", ParamKind::String, RW_TEXT("mqtt_sink", "Topic"),
                                RW_TEXT("mqtt_sink", "The topic to write to."));
    topic.required = topic.subject = true;
    topic.appliesWhen = AppliesWhen{"topics", {kOneTopic}};
    ParamSpec from = makeParam(
        "topic_from", ParamKind::ColumnName, RW_TEXT("mqtt_sink", "Topic by column"),
        RW_TEXT("mqtt_sink",
                "A STRING column with the topic of each row. Of rows that change it is their key: a "
                "row that is gone becomes an empty message, which ends a retained one."));
    from.required = true;
    from.appliesWhen = AppliesWhen{"topics", {kTopicByColumn}};
    ParamSpec qos = makeParam(
        "qos", ParamKind::Choice, RW_TEXT("mqtt_sink", "Quality of service"),
        RW_TEXT("mqtt_sink",
                "With `1` a checkpoint waits until the broker has taken each message, and messages are "
                "sent again after a failure: readers can get some twice. With `0` they are sent once, "
                "and can be lost."),
        "1");
    qos.choices = {{"1", RW_TEXT("mqtt_sink", "1, at least once")},
                   {"0", RW_TEXT("mqtt_sink", "0, at most once")}};
    ParamSpec retain = makeParam(
        "retain", ParamKind::Boolean, RW_TEXT("mqtt_sink", "Retain"),
        RW_TEXT("mqtt_sink",
                "The broker keeps the last message of each topic, and gives it to readers that come "
                "later."),
        false);
    std::vector<ParamSpec> params{std::move(connection), std::move(topics), std::move(topic),
                                  std::move(from)};
    for (ParamSpec& spec : sinkFormatParams()) params.push_back(std::move(spec));
    params.push_back(std::move(qos));
    params.push_back(std::move(retain));
    return params;
}

}  // namespace

NodeKind mqtt_sinkKind() {
    NodeKind kind;
    kind.type = "mqtt_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("mqtt_sink", "MQTT topic");
    kind.palette = {{kind.name, RW_TEXT("mqtt_sink", "Rows as messages to a broker"), "mqtt_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = mqttSinkParams();
    kind.bind = bindMqttSink;
    kind.make = makeMqttSink;
    return kind;
}

}  // namespace rw

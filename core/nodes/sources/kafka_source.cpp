// kafka_source: rows of the messages of topics.
#include "core/connect/kafka/kafka_source.h"

#include "core/data/text.h"
#include "core/nodes/column_defs.h"
#include "core/nodes/format_params.h"
#include "core/nodes/sources/file_source.h"
#include "core/nodes/sources/subject_params.h"
#include "core/stream/rejected.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

class BoundKafkaSource final : public BoundSource, public TellsPartitions {
 public:
    std::optional<TopicPartition> partitionOf(std::string_view name) const override {
        return topicPartitionOf(name);
    }

    std::string connection{};
    KafkaReading reading{};
    MessageFormat format{};
};

KafkaReading::Start startOf(const std::string& name) {
    if (name == "latest") return KafkaReading::Start::Latest;
    if (name == "time") return KafkaReading::Start::Time;
    return name == "group" ? KafkaReading::Start::Group : KafkaReading::Start::Earliest;
}

KafkaReading::Lost lostOf(const std::string& name) {
    if (name == "earliest") return KafkaReading::Lost::Earliest;
    return name == "latest" ? KafkaReading::Lost::Latest : KafkaReading::Lost::Fail;
}

void bindStart(BindContext& context, KafkaReading& reading) {
    reading.start = startOf(context.text("start"));
    reading.group = context.text("group");
    if (reading.start == KafkaReading::Start::Group && reading.group.empty()) {
        context.error("group", RW_TEXT("kafka_source", "Which group's position is to be gone on from?"),
                      RW_TEXT("kafka_source", "Name the group, or start elsewhere."));
    }
    if (reading.start != KafkaReading::Start::Time) return;
    const std::string text = context.text("start_time");
    if (const std::optional<Instant> from = parseTimestamp(text); from) {
        reading.from = *from;
        return;
    }
    context.error("start_time", RW_TEXT("kafka_source", "“%1” is no time.").with(text),
                  RW_TEXT("kafka_source", "Write it as 2024-03-01 12:00:00, in UTC."));
}

void bindReading(BindContext& context, KafkaReading& reading) {
    const Status topic = readTopic(context.text("topic"), reading);
    if (!topic.ok()) context.error("topic", topic.error().message, topic.error().fix);
    bindStart(context, reading);
    reading.bounded = context.text("end") == "latest";
    reading.lost = lostOf(context.text("lost_position"));
    if (context.has("give_up_after")) reading.giveUpAfter = context.duration("give_up_after");
}

/// Without checkpoints a run begins again as its parameters say.
Guarantee kafkaSourceGuarantee(KafkaReading::Start start) {
    Guarantee guarantee{Guarantee::Promise::ExactlyOnce, Guarantee::Means::Position};
    if (start == KafkaReading::Start::Latest) guarantee.withoutCheckpoints = Guarantee::Promise::AtMostOnce;
    return guarantee;
}

BoundNodeRef bindKafkaSource(BindContext& context) {
    auto bound = std::make_shared<BoundKafkaSource>();
    bound->connection = context.text("connection");
    bindReading(context, bound->reading);
    std::optional<MessageFormat> format = bindFormat(context);
    if (!format) return nullptr;
    bindTiming(context, format->columns, *bound);
    applyFormat(*format, bound->outputs.front());
    bound->outputs.push_back(sourceRejectedStream());
    // Partitions have an order each.
    for (StreamType& stream : bound->outputs) stream.sourceOrder = false;
    bound->live = !bound->reading.bounded;
    bound->guarantee = kafkaSourceGuarantee(bound->reading.start);
    const std::string topic = context.text("topic");
    bound->summary = RW_TEXT("kafka_source", "%1 · %2 · %3")
                         .with(topic, context.choice("format"), columnCount(format->columns.size()));
    bound->format = *std::move(format);
    return context.failed() ? nullptr : bound;
}

Result<Made> makeKafkaSource(const BoundNode& node, const MakeContext& context) {
    const auto& bound = static_cast<const BoundKafkaSource&>(node);
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, bound.connection));
    KafkaSourceOptions options;
    options.reading = bound.reading;
    if (!bound.format.registry.empty()) {
        RW_TRY_ASSIGN(options.registry, connectionOf(context, bound.format.registry));
        options.schemas = std::make_shared<WriterSchemas>();
    }
    options.decoder = makeMessageDecoder(bound.format, decoderOptions(bound, context), options.schemas);
    auto source = std::make_unique<KafkaSource>(context, std::move(connection), std::move(options));
    setTiming(*source, bound);
    return Made(std::move(source));
}

ParamSpec startParam() {
    ParamSpec start =
        makeParam("start", ParamKind::Choice, RW_TEXT("kafka_source", "Start"),
                  RW_TEXT("kafka_source",
                          "Where a run that does not resume begins. A resumed run always goes on "
                          "behind the rows of its checkpoint."),
                  "earliest");
    start.choices = {{"earliest", RW_TEXT("kafka_source", "Earliest")},
                     {"latest", RW_TEXT("kafka_source", "Latest")},
                     {"time", RW_TEXT("kafka_source", "Time")},
                     {"group", RW_TEXT("kafka_source", "Group")}};
    start.section = RW_TEXT("kafka_source", "Position");
    return start;
}

ParamSpec lostParam() {
    ParamSpec lost =
        makeParam("lost_position", ParamKind::Choice, RW_TEXT("kafka_source", "Position that is gone"),
                  RW_TEXT("kafka_source",
                          "What happens when the next message is not in the topic any more: its "
                          "retention has passed it, or the topic was made anew."),
                  "fail");
    lost.choices = {{"fail", RW_TEXT("kafka_source", "Stop the run")},
                    {"earliest", RW_TEXT("kafka_source", "Go on with the earliest message")},
                    {"latest", RW_TEXT("kafka_source", "Go on with messages from now on")}};
    lost.advanced = true;
    return lost;
}

std::vector<ParamSpec> readingParams() {
    ParamSpec time = makeParam("start_time", ParamKind::String, RW_TEXT("kafka_source", "From"),
                               RW_TEXT("kafka_source",
                                       "A time in UTC: `2024-03-01 12:00:00`. Reading begins with the first "
                                       "message whose own time is not earlier."));
    time.required = true;
    time.appliesWhen = AppliesWhen{"start", {"time"}};
    ParamSpec end = makeParam("end", ParamKind::Choice, RW_TEXT("kafka_source", "End"),
                              RW_TEXT("kafka_source",
                                      "With `latest`, the run ends behind the messages that are in the topic "
                                      "when it begins."),
                              "never");
    end.choices = {{"never", RW_TEXT("kafka_source", "Never")},
                   {"latest", RW_TEXT("kafka_source", "Latest")}};
    ParamSpec group =
        makeParam("group", ParamKind::String, RW_TEXT("kafka_source", "Group"),
                  RW_TEXT("kafka_source",
                          "The consumer group in which offsets are committed once a checkpoint is "
                          "durable, for others to see. Resuming does not need it. Empty: nowhere."));
    ParamSpec giveUp =
        makeParam("give_up_after", ParamKind::Duration, RW_TEXT("kafka_source", "Give up after"),
                  RW_TEXT("kafka_source",
                          "The run ends when no broker could be reached for so long. Empty: it "
                          "is tried for ever."));
    giveUp.min = 1;
    giveUp.advanced = true;
    return {startParam(), std::move(time), std::move(end), std::move(group), lostParam(), std::move(giveUp)};
}

std::vector<ParamSpec> kafkaSourceParams() {
    ParamSpec connection =
        makeParam("connection", ParamKind::Connection, RW_TEXT("kafka_source", "Connection"),
                  RW_TEXT("kafka_source",
                          "The brokers, by the name that they have on this "
                          "computer."));
    connection.choices = {{"kafka", RW_TEXT("kafka_source", "Kafka")}};
    connection.required = true;
    ParamSpec topic =
        makeParam("topic", ParamKind::String, RW_TEXT("kafka_source", "Topic"),
                  RW_TEXT("kafka_source",
                          "The name of a topic, or a regular expression between slashes that whole "
                          "names match: `/orders-.*/`. New partitions and topics are found within "
                          "half a minute."));
    topic.required = topic.subject = true;
    std::vector<ParamSpec> params{std::move(connection), std::move(topic)};
    for (auto* const more : {&formatParams, &readingParams}) {
        for (ParamSpec& spec : more()) params.push_back(std::move(spec));
    }
    for (ParamSpec& spec : timingParams()) params.push_back(std::move(spec));
    params.push_back(onErrorParam());
    return params;
}

}  // namespace

NodeKind kafka_sourceKind() {
    NodeKind kind;
    kind.type = "kafka_source";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("kafka_source", "Kafka topic");
    kind.palette = {{kind.name, RW_TEXT("kafka_source", "Messages of a topic as rows"), "kafka_source"}};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}, rejectedPort()};
    kind.params = kafkaSourceParams();
    kind.bind = bindKafkaSource;
    kind.make = makeKafkaSource;
    kind.propose = proposeSubject;
    return kind;
}

}  // namespace rw

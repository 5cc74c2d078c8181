// kafka_sink: rows as messages of a topic.
#include "core/connect/kafka/kafka_sink.h"

#include <algorithm>

#include "core/connect/kafka/kafka_reading.h"
#include "core/nodes/format_params.h"
#include "core/pipeline/bind_checks.h"
#include "core/pipeline/json/json_layout.h"
#include "core/stream/source.h"

namespace rw {

namespace {

class BoundKafkaSink final : public BoundNode {
 public:
    KafkaTarget target{};
};

/// The columns that a list names; those that are missing are reported.
std::vector<int> columnsOf(BindContext& context, const char* param) {
    const auto names = context.list(param);
    std::vector<int> columns;
    for (std::size_t i = 0; i < names.size(); ++i) {
        const int column =
            requireColumn(context, param, *context.input().schema, names[i], static_cast<int>(i));
        if (column >= 0) columns.push_back(column);
    }
    return columns;
}

/// A message replaces the one of its key. With another key than that by which rows change, the message of an
/// old row would stay, or a tombstone would remove the message of another row. Debezium writes both rows.
void checkKeyOfChanges(BindContext& context, const std::vector<int>& key) {
    const StreamType& input = context.input();
    if (!input.updating || key.empty() || context.failed()) return;
    if (context.text("format") == "debezium") return;
    std::vector<int> given = key, own = input.key;
    std::sort(given.begin(), given.end());
    std::sort(own.begin(), own.end());
    if (given == own) return;
    if (own.empty()) {
        context.error(
            "key",
            RW_TEXT("kafka_sink",
                    "The changing rows of “%1” have no key: a message for one row would replace, or "
                    "remove, that of another.")
                .with(context.producer().title),
            RW_TEXT("kafka_sink", "Choose the format Debezium, which writes every change."));
        return;
    }
    Json columns = Json::array();
    for (const int column : input.key)
        columns.push_back(input.schema->fields[static_cast<std::size_t>(column)].name);
    Issue& issue =
        context.error("key",
                      RW_TEXT("kafka_sink", "The rows of “%1” change by another key: %2.")
                          .with(context.producer().title, onOneLine(columns)),
                      RW_TEXT("kafka_sink", "Use that key, leave it empty, or choose the format Debezium."));
    QuickFix& fix = issue.quickFixes.emplace_back();
    fix.label = RW_TEXT("kafka_sink", "Use the key of the rows");
    fix.node = context.node().id;
    fix.param = "key";
    fix.value = std::move(columns);
}

/// Changes of a row keep their order in one partition alone.
void checkPartitionsOfChanges(BindContext& context, const std::vector<int>& by) {
    const StreamType& input = context.input();
    if (!input.updating || input.multiset || context.failed()) return;
    for (std::size_t i = 0; i < by.size(); ++i) {
        if (std::find(input.key.begin(), input.key.end(), by[i]) != input.key.end()) continue;
        const std::string& name = input.schema->fields[static_cast<std::size_t>(by[i])].name;
        Issue& issue = context.error(
            "partition_by",
            RW_TEXT("kafka_sink",
                    "Changes of a row would go to several partitions, where their order is lost: “%1” is not "
                    "in the key of the rows.")
                .with(name),
            RW_TEXT("kafka_sink", "Choose columns of the key, or leave it empty."));
        issue.item = static_cast<int>(i);
    }
}

Guarantee kafkaSinkGuarantee(bool exactlyOnce) {
    Guarantee guarantee;
    guarantee.promise = exactlyOnce ? Guarantee::Promise::ExactlyOnce : Guarantee::Promise::AtLeastOnce;
    if (exactlyOnce) {
        guarantee.means = Guarantee::Means::Transaction;
        guarantee.more =
            RW_TEXT("kafka_sink", "Readers need read_committed, else they see rows that are taken back.");
    } else {
        guarantee.more = RW_TEXT(
            "kafka_sink", "“Exactly once” under “Delivery” would write a transaction for each checkpoint.");
    }
    return guarantee;
}

BoundNodeRef bindKafkaSink(BindContext& context) {
    auto bound = std::make_shared<BoundKafkaSink>();
    KafkaTarget& target = bound->target;
    const StreamType& input = context.input();
    target.connection = context.text("connection");
    target.topic = context.text("topic");
    target.create = context.flag("create");
    target.exactlyOnce = context.text("delivery") == "exactly_once";
    target.longest = context.duration("transaction_timeout");
    target.subject = context.text("subject");
    if (target.subject.empty()) target.subject = target.topic + "-value";
    target.partitionBy = columnsOf(context, "partition_by");
    checkPartitionsOfChanges(context, target.partitionBy);
    std::vector<int> key = columnsOf(context, "key");
    checkKeyOfChanges(context, key);
    if (key.empty() && input.updating) key = input.key;
    if (!isTopicName(target.topic)) {
        context.error("topic", RW_TEXT("kafka", "“%1” can't be the name of a topic.").with(target.topic),
                      RW_TEXT("kafka", "Names have letters, digits, dots, hyphens and underscores."));
    }
    std::optional<EncoderOptions> encoder = bindSinkFormat(context, input, key);
    if (!encoder || context.failed()) return nullptr;
    target.encoder = *std::move(encoder);
    bound->guarantee = kafkaSinkGuarantee(target.exactlyOnce);
    if (target.exactlyOnce) {
        bound->decidesWith = target.connection;
        bound->waiver = {"delivery", "at_least_once"};
        bound->commitsWithin = {"transaction_timeout", target.longest};
    }
    bound->distribution.kind = Distribution::Kind::Single;
    bound->summary = RW_TEXT("kafka_sink", "%1 · %2 · %3")
                         .with(target.topic, context.choice("format"), context.choice("delivery"));
    return bound;
}

Result<Made> makeKafkaSink(const BoundNode& node, const MakeContext& context) {
    const KafkaTarget& target = static_cast<const BoundKafkaSink&>(node).target;
    RW_TRY_ASSIGN(NodeConnection connection, connectionOf(context, target.connection));
    std::optional<NodeConnection> registry;
    if (!target.encoder.registry.empty()) {
        RW_TRY_ASSIGN(registry, connectionOf(context, target.encoder.registry));
    }
    return Made(std::make_unique<KafkaSink>(target, context, std::move(connection), std::move(registry)));
}

std::vector<ParamSpec> kafkaSinkParams() {
    ParamSpec connection = makeParam("connection", ParamKind::Connection, RW_TEXT("kafka_sink", "Connection"),
                                     RW_TEXT("kafka_sink",
                                             "The brokers, by the name that they have on this "
                                             "computer."));
    connection.choices = {{"kafka", RW_TEXT("kafka_sink", "Kafka")}};
    connection.required = true;
    ParamSpec topic = makeParam("topic", ParamKind::String, RW_TEXT("kafka_sink", "Topic"),
                                RW_TEXT("kafka_sink", "The topic to write to."));
    topic.required = topic.subject = true;
    ParamSpec create =
        makeParam("create", ParamKind::Boolean, RW_TEXT("kafka_sink", "Create the topic"),
                  RW_TEXT("kafka_sink",
                          "A topic that is missing is created, with as many partitions and copies as the "
                          "brokers give one. Otherwise it must be there before the run begins."));
    create.defaultValue = false;
    ParamSpec key =
        makeParam("key", ParamKind::ColumnNames, RW_TEXT("kafka_sink", "Key"),
                  RW_TEXT("kafka_sink",
                          "The columns of the message's key. Messages of a key keep their order. Of "
                          "rows that change, empty means their own key."));
    ParamSpec by =
        makeParam("partition_by", ParamKind::ColumnNames, RW_TEXT("kafka_sink", "Partition by"),
                  RW_TEXT("kafka_sink",
                          "The columns whose values choose the partition. Empty: the key does, and "
                          "without a key any partition."));
    by.advanced = true;
    ParamSpec delivery =
        makeParam("delivery", ParamKind::Choice, RW_TEXT("kafka_sink", "Delivery"),
                  RW_TEXT("kafka_sink",
                          "`exactly_once` writes a transaction for each checkpoint; readers with "
                          "`read_committed` see its rows when it is committed. `at_least_once` "
                          "shows rows at once, and some twice after a failure. A run without "
                          "checkpoints always does the latter."),
                  "exactly_once");
    delivery.choices = {{"exactly_once", RW_TEXT("kafka_sink", "Exactly once")},
                        {"at_least_once", RW_TEXT("kafka_sink", "At least once")}};
    ParamSpec longest =
        makeParam("transaction_timeout", ParamKind::Duration, RW_TEXT("kafka_sink", "Longest transaction"),
                  RW_TEXT("kafka_sink",
                          "The brokers abort a transaction that is open for longer, and the run "
                          "fails. It must be more than the time between checkpoints and any "
                          "pause together, and not more than the brokers allow."),
                  "15min");
    longest.min = 1'000;
    longest.advanced = true;
    longest.appliesWhen = AppliesWhen{"delivery", {"exactly_once"}};
    std::vector<ParamSpec> params{std::move(connection), std::move(topic), std::move(create)};
    for (ParamSpec& spec : sinkFormatParams()) params.push_back(std::move(spec));
    for (ParamSpec* const spec : {&key, &by, &delivery, &longest}) params.push_back(std::move(*spec));
    return params;
}

}  // namespace

NodeKind kafka_sinkKind() {
    NodeKind kind;
    kind.type = "kafka_sink";
    kind.group = NodeGroup::Sink;
    kind.name = RW_TEXT("kafka_sink", "Kafka topic");
    kind.palette = {{kind.name, RW_TEXT("kafka_sink", "Rows as messages of a topic"), "kafka_sink"}};
    kind.inputs = {{"in", RW_TEXT("node", "rows")}};
    kind.params = kafkaSinkParams();
    kind.bind = bindKafkaSink;
    kind.make = makeKafkaSink;
    return kind;
}

}  // namespace rw

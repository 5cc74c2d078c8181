// bench_kafka [ROWS] : kafka_source beside a bare consume_batch loop with the same decoder, on the same topic
// of the Kafka at $RILLWRIGHT_KAFKA, by the time of the processors. Without that variable it does nothing:
// `tests/run
// --bench-servers` starts a Kafka.
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/connect/connections/connections.h"
#include "core/connect/kafka/kafka_reader.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/bench/cpu_beside.h"
#include "tests/servers/real_kafka.h"
#include "tests/support/child.h"
#include "tests/support/run_of.h"

using namespace rw;

namespace {

constexpr int kPartitions = 4;
constexpr int kPortion = 50'000;       // rows that are put at once
constexpr std::size_t kBatch = 4'096;  // messages of a call, as the source takes them
constexpr int kWait = 1'000;           // ms
constexpr int kMostWaits = 30;

std::string rowOf(std::uint64_t n) {
    return fmt::format(
        "{{\"id\":{},\"city\":\"Rome\",\"price\":{}.25,\"ts\":\"2024-01-01 00:{:02}:{:02}.000\",\"note\":\"a "
        "text of some "
        "length\"}}",
        n, n % 1'000, n / 60'000 % 60, n / 1'000 % 60);
}

Node sourceOf(const std::string& topic) {
    return test::node(
        "in", "kafka_source",
        {{"connection", "k"},
         {"topic", topic},
         {"end", "latest"},
         {"columns", {"id BIGINT", "city STRING", "price DOUBLE", "ts TIMESTAMP(3)", "note STRING"}}});
}

std::shared_ptr<const Connections> connectionsTo(const std::string& address) {
    Connection made{"k", "kafka", {{"address", address}, {"security", "plaintext"}}, {}};
    return std::make_shared<const Connections>(std::vector<Connection>{std::move(made)}, environmentSecret);
}

/// A filter lets none of the rows through, and reads all columns' chunks as any node behind it would have
/// them.
int ours(const std::string& address, const std::string& topic, std::uint64_t rows) {
    const testing::ScratchFolder scratch("bench_kafka");
    Pipeline pipeline;
    pipeline.nodes = {sourceOf(topic), test::node("none", "filter", {{"condition", "id < 0"}}),
                      test::node("out", "csv_sink", {{"path", (scratch.path() / "out.csv").string()}})};
    pipeline.wires = {test::wire("in", "none"), test::wire("none", "out")};
    RunOptions options;
    options.connections = connectionsTo(address);
    const auto run = test::runToEnd(test::planOf(pipeline, 1), options);
    if (!run || !run->status().ok()) return 1;
    return run->metrics().nodes.at("in").rowsOut == rows ? 0 : 1;
}

/// The source, of which nothing but its decoder is used.
std::unique_ptr<Source> decoderOf(const std::string& address, const std::string& topic) {
    const NodeKind* const kind = test::kinds().find("kafka_source");
    const Node node = sourceOf(topic);
    const Settings settings;
    std::vector<Issue> issues;
    BindContext binding(node, kind->params, settings, "/nowhere", {}, issues);
    const BoundNodeRef bound = kind->bind(binding);
    MakeContext context;
    context.node = "in";
    context.clock = systemClock();
    context.connections = connectionsTo(address);
    context.wanted.assign(bound->outputs.front().schema->size(), true);
    Result<Made> made = kind->make(*bound, context);
    if (!made.ok()) throw std::runtime_error(english(made.error()));
    return std::get<std::unique_ptr<Source>>(std::move(*made));
}

int bare(const std::string& address, const std::string& topic, std::uint64_t rows) {
    const std::unique_ptr<Source> decoder = decoderOf(address, topic);
    std::array<char, 512> said{};
    rd_kafka_conf_t* const conf = rd_kafka_conf_new();
    for (const auto& [name, value] :
         {std::pair("bootstrap.servers", address.c_str()), std::pair("group.id", "bench"),
          std::pair("enable.auto.commit", "false")})
        rd_kafka_conf_set(conf, name, value, said.data(), said.size());
    rd_kafka_t* const client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, said.data(), said.size());
    if (client == nullptr) return 1;
    rd_kafka_poll_set_consumer(client);
    rd_kafka_topic_partition_list_t* const all = rd_kafka_topic_partition_list_new(kPartitions);
    for (int partition = 0; partition < kPartitions; ++partition)
        rd_kafka_topic_partition_list_add(all, topic.c_str(), partition)->offset = 0;
    rd_kafka_assign(client, all);
    rd_kafka_topic_partition_list_destroy(all);
    rd_kafka_queue_t* const queue = rd_kafka_queue_get_consumer(client);
    std::vector<rd_kafka_message_t*> batch(kBatch);
    std::uint64_t seen = 0;
    for (int waits = 0; seen < rows && waits < kMostWaits;) {
        const ssize_t count = rd_kafka_consume_batch_queue(queue, kWait, batch.data(), batch.size());
        if (count <= 0) {
            ++waits;
            continue;
        }
        KafkaChunk chunk;
        for (ssize_t i = 0; i < count; ++i) {
            rd_kafka_message_t* const message = batch[static_cast<std::size_t>(i)];
            if (message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
                ReceivedMessage received;
                received.value = std::string_view(static_cast<const char*>(message->payload), message->len);
                received.partition = message->partition;
                received.offset = message->offset;
                chunk.messages.add(received);
            }
            rd_kafka_message_destroy(message);
        }
        if (chunk.messages.empty()) continue;
        ParsedChunk parsed;
        if (!decoder->parse(chunk, parsed).ok()) return 1;
        seen += parsed.rowsRead;
    }
    rd_kafka_queue_destroy(queue);
    rd_kafka_destroy_flags(client, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    return seen == rows ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    const char* const address = std::getenv("RILLWRIGHT_KAFKA");
    if (address == nullptr) {
        fmt::print("no Kafka in $RILLWRIGHT_KAFKA: tests/run --bench-servers\n");
        return 0;
    }
    if (argc == 4) {
        const std::uint64_t rows = std::strtoull(argv[3], nullptr, 10);
        return std::strcmp(argv[1], "--bare") == 0 ? bare(address, argv[2], rows)
                                                   : ours(address, argv[2], rows);
    }
    const std::uint64_t rows = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000;
    const testing::ScratchFolder scratch("bench_kafka");
    const servers::RealKafka kafka(address);
    const std::string topic = fmt::format("bench-{}", ::getpid());
    kafka.createTopic(topic, kPartitions);
    for (std::uint64_t n = 0; n < rows;) {
        std::vector<servers::KafkaRow> portion;
        for (int i = 0; i < kPortion && n < rows; ++i, ++n) {
            servers::KafkaRow& row = portion.emplace_back();
            row.value = rowOf(n);
            row.partition = static_cast<std::int32_t>(n % kPartitions);
        }
        kafka.put(topic, portion);
    }
    const std::string self = bench::thisProgram(), all = std::to_string(rows);
    bench::printBeside(
        fmt::format("{} rows of {} bytes in {} partitions", rows, rowOf(0).size(), kPartitions),
        {"consume_batch loop, same decoder", {self, "--bare", topic, all}},
        {"kafka_source", {self, "--ours", topic, all}}, rows, scratch.path());
    kafka.deleteTopic(topic);
    return 0;
}

// Where rows of a topic are from: the offsets of a chunk, the names of partitions, and both on the tape of a
// run against brokers in memory.
#include <QtTest/QtTest>

#include "core/connect/kafka/kafka_source.h"
#include "core/lineage/lineage.h"
#include "core/nodes/catalogue.h"
#include "core/runtime/run.h"
#include "tests/support/pipeline_of.h"
#include "tests/support/tape_in_memory.h"
#include "tests/unit/brokers/kafka_reading_kept.h"

using namespace rw;
using namespace rw::test;

namespace {

/// Messages at these offsets; −1: at one that is not known.
KafkaChunk chunkAt(const std::vector<std::int64_t>& offsets) {
    KafkaChunk chunk;
    for (const std::int64_t offset : offsets) {
        ReceivedMessage message;
        message.value = "1";
        if (offset >= 0) message.offset = offset;
        chunk.messages.add(message);
    }
    return chunk;
}

}  // namespace

class TestKafkaOffsets : public QObject, private KafkaTopics {
    Q_OBJECT

    std::unique_ptr<KafkaSource> sourceOf() const {
        MessageFormat format;
        format.kind = FormatKind::Text;
        const auto columns = std::make_shared<Schema>(Schema{{{"line", Type::of(TypeId::String)}}});
        format.columns = *columns;
        format.parts.resize(1);
        DecoderOptions decoding;
        decoding.schema = columns;
        KafkaSourceOptions options;
        options.decoder = makeMessageDecoder(format, decoding);
        MakeContext context;
        context.clock = systemClock();
        return std::make_unique<KafkaSource>(context, m_world.connection(), std::move(options));
    }

 private Q_SLOTS:
    void namesOfPartitions() {
        for (const KafkaPartition& partition :
             {KafkaPartition{"orders", 3}, KafkaPartition{"a.b-c_d", 1'200}}) {
            const auto named = topicPartitionOf(partition.name());
            QVERIFY(named && *named == (TopicPartition{partition.topic, partition.number}));
        }
        for (const char* name : {"", "a", "/3", "orders", "orders/", "orders/-1", "orders/+1", "orders/3x",
                                 "orders/ 3", "orders/99999999999"})
            QVERIFY2(!topicPartitionOf(name), name);
    }

    void aChunkTellsTheOffsetsOfItsMessages() {
        const std::unique_ptr<KafkaSource> source = sourceOf();
        const RowOffsets all = source->offsets(chunkAt({41, 42, 43}));
        QCOMPARE(all.rows(), std::uint64_t{3});
        QCOMPARE(all.runs().size(), std::size_t{1});
        QVERIFY(all.at(0) == 41 && all.at(2) == 43);
        // Rows that were compacted away, and the marks of transactions.
        const RowOffsets gaps = source->offsets(chunkAt({0, 2, 3, 9}));
        QCOMPARE(gaps.rows(), std::uint64_t{4});
        QVERIFY(gaps.at(0) == 0 && gaps.at(1) == 2 && gaps.at(2) == 3 && gaps.at(3) == 9);
        QVERIFY(source->offsets(chunkAt({5})).at(0) == 5);
        QCOMPARE(source->offsets(chunkAt({})).rows(), std::uint64_t{0});
        for (const std::vector<std::int64_t>& some : {std::vector<std::int64_t>{-1}, {-1, 3}, {3, -1}})
            QCOMPARE(source->offsets(chunkAt(some)).rows(), std::uint64_t{0});
    }

    void aRowOfARecordedRunNamesItsPlace() {
        const std::string name = topic(2);
        std::vector<std::string> first, second;
        for (int i = 0; i < 5; ++i) first.push_back("{\"n\": " + std::to_string(10 + i) + "}");
        for (int i = 0; i < 30; ++i) second.push_back("{\"n\": " + std::to_string(100 + i) + "}");
        first[2] = "no JSON";  // it is set aside, and counts
        putInto(name, 0, first);
        putInto(name, 1, second);
        const std::shared_ptr<const Connections> connections = m_world.connections("world");
        Pipeline pipeline;
        pipeline.nodes = {node("in", "kafka_source",
                               {{"connection", "world"},
                                {"topic", name},
                                {"format", "json"},
                                {"columns", {"n BIGINT"}},
                                {"end", "latest"}}),
                          node("some", "filter", {{"condition", "n > 0"}}), node("seen", "table_view")};
        pipeline.wires = {wire("in", "some"), wire("some", "seen")};
        const Catalogue kinds = builtin();
        PlanOptions planning;
        planning.validate.connections = connections->known();
        const Planned planned = makePlan(pipeline, kinds, planning);
        QVERIFY2(planned.plan, planned.issues.empty() ? "" : english(planned.issues.front()).c_str());
        const TapeInMemory tape;
        RunOptions options;
        options.connections = connections;
        options.record = tape.recorder;
        options.outputs = tape.disk;
        const auto run = Run::start(planned.plan, options);
        QVERIFY2(run.ok(), run.ok() ? "" : english(run.error()).c_str());
        QVERIFY((*run)->waitFor(kReadingPatience));
        const Status ended = (*run)->status();
        QVERIFY2(ended.ok(), ended.ok() ? "" : english(ended.error()).c_str());
        const Result<TapeFileRef> read = readTape(tape.bytes());
        QVERIFY2(read.ok(), read.ok() ? "" : english(read.error()).c_str());
        struct Place {
            int value, partition, offset;
        };
        for (const Place& place :
             {Place{10, 0, 0}, Place{13, 0, 3}, Place{14, 0, 4}, Place{100, 1, 0}, Place{129, 1, 29}}) {
            LineageQuestion question;
            question.plan = planned.plan;
            question.catalogue = &kinds;
            question.node = "some";
            question.where = "n = " + std::to_string(place.value);
            question.tape = *read;
            const Result<Lineage> lineage = whyRow(question);
            QVERIFY2(lineage.ok(), lineage.ok() ? "" : english(lineage.error()).c_str());
            QCOMPARE(lineage->steps.size(), std::size_t{1});
            QCOMPARE(lineage->steps[0].rows.size(), std::size_t{1});
            const std::optional<RowOrigin>& origin = lineage->steps[0].rows[0].origin;
            QVERIFY2(origin && origin->topic && origin->offset, question.where.c_str());
            QCOMPARE(origin->topic->topic, name);
            QCOMPARE(origin->topic->number, place.partition);
            QCOMPARE(*origin->offset, std::int64_t{place.offset});
        }
    }
};

QTEST_APPLESS_MAIN(TestKafkaOffsets)
#include "test_kafka_offsets.moc"

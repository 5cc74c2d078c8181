#include "tests/bench/keyed_bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>

#include "core/nodes/catalogue.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/stamper.h"
#include "tests/bench/memory_bound.h"
#include "tests/bench/operators.h"
#include "tests/bench/peer_figures.h"

namespace rw::bench {

namespace {

constexpr std::size_t kRows = 4'096, kBatches = 500;
constexpr Millis kDelay = 5'000;
constexpr int kEventTime = 5;

/// Makes operators of a node for such rows.
class Maker {
 public:
    Maker(const char* name, const char* type, const Json& params, const StreamType& input)
        : m_kind(kindOf(type)) {
        Node node;
        node.params = params;
        const Settings settings;
        std::vector<Issue> issues;
        BindContext context(node, m_kind.params, settings, "/", {{input}}, issues);
        m_bound = m_kind.bind(context);
        if (!m_bound) fail(name, english(issues.front()));
        InputInfo info{input};
        info.severalProducers = !input.sourceOrder;
        info.order = input.made ? InputOrder::Columns : InputOrder::Source;
        m_context.inputs = {info};
        m_context.clock = systemClock();
    }
    std::unique_ptr<Operator> make(const char* name) const {
        auto made = m_kind.make(*m_bound, m_context);
        if (!made.ok()) fail(name, english(made.error()));
        auto op = std::get<std::unique_ptr<Operator>>(std::move(made).value());
        op->outputPorts = static_cast<int>(m_kind.outputs.size());
        return op;
    }
    const BoundNode& bound() const { return *m_bound; }

 private:
    static const NodeKind& kindOf(const char* type) {
        static const Catalogue kCatalogue = builtin();
        return *kCatalogue.find(type);
    }

    const NodeKind& m_kind;
    BoundNodeRef m_bound;
    MakeContext m_context;
};

/// All of the input, to its end. Gives the keys that were held in the middle of it.
std::size_t run(const char* name, Operator& op, const BenchStream& input, Counting& out) {
    std::size_t keys = 0;
    const auto& batches = input.batches;
    for (const Batch& batch : batches) {
        finish(name, op, out, op.onBatch(0, batch, out));
        finish(name, op, out, op.onWatermark(batch.watermark, out));
        if (&batch == &batches[batches.size() / 2]) keys = op.stateSize().keys;
    }
    finish(name, op, out, op.onWatermark(kMaxTimestamp, out));
    return keys;
}

/// The columns that the node reads when all that it sends by its first port is wanted.
ColumnSet readBy(const BoundNode& bound, const StreamType& input) {
    std::vector<ColumnSet> wanted;
    for (const StreamType& output : bound.outputs) wanted.emplace_back(output.schema->size(), wanted.empty());
    ColumnSet read = bound.reads(wanted, {input}).front();
    if (input.eventTime >= 0) read[static_cast<std::size_t>(input.eventTime)] = true;
    return read;
}

}  // namespace

BenchStream bidStream(Millis disorder) {
    auto schema = std::make_shared<Schema>();
    schema->fields = {{"auction", Type::of(TypeId::Bigint)}, {"bidder", Type::of(TypeId::Bigint)},
                      {"price", Type::of(TypeId::Bigint)},   {"channel", Type::of(TypeId::String)},
                      {"load", Type::of(TypeId::Double)},    {"ts", Type::of(TypeId::Timestamp)}};
    std::mt19937_64 random(1);
    BenchStream stream;
    stream.type.schema = schema;
    stream.type.eventTime = kEventTime;
    stream.type.sourceOrder = true;
    StampState state;
    std::int64_t number = 0;
    for (std::size_t i = 0; i < kBatches; ++i) {
        std::vector<ColumnBuilder> columns;
        for (const Field& field : schema->fields) columns.emplace_back(field.type);
        for (std::size_t row = 0; row < kRows; ++row, ++number) {
            const auto hot = random() % 2 == 0;
            columns[0].append<std::int64_t>(hot ? number / 10'000 * 100
                                                : number / 100 + static_cast<std::int64_t>(random() % 1'000));
            columns[1].append(static_cast<std::int64_t>(random() % 100'000));
            columns[2].append(static_cast<std::int64_t>(random() % 10'000'000));
            static const char* const kChannels[] = {"Google", "Facebook", "Baidu", "Apple", "other"};
            columns[3].appendString(kChannels[random() % 5]);
            columns[4].append(static_cast<double>(random() % 1'000) / 7);
            const Millis back = disorder > 0 && random() % 20 == 0
                                    ? static_cast<Millis>(random() % static_cast<std::uint64_t>(disorder))
                                    : 0;
            columns[5].append<Instant>(1'700'000'000'000 + number / 10 - back);
        }
        Batch batch;
        batch.schema = schema;
        batch.rows = kRows;
        batch.positions.first = number - static_cast<std::int64_t>(kRows);
        for (ColumnBuilder& column : columns) batch.columns.push_back(column.finish());
        stamp(batch, kEventTime, kDelay, state);
        stream.batches.push_back(std::move(batch));
    }
    return stream;
}

BenchStream behind(const char* type, const Json& params, const BenchStream& input) {
    const Maker maker(type, type, params, input.type);
    BenchStream made;
    made.type = maker.bound().outputs.front();
    Counting out;
    out.kept = &made.batches;
    const auto op = maker.make(type);
    run(type, *op, input, out);
    return made;
}

double KeyedBench::measure(const char* name, const BenchStream& input, const Json& params,
                           const char* type) const {
    if (!wants(name)) return 0;
    const Maker maker(name, type, params, input.type);
    double best = 0, bestOfCpu = 0;
    std::size_t results = 0, keys = 0, rows = 0;
    for (const Batch& batch : input.batches) rows += batch.rows;
    for (int round = 0; round < 3; ++round) {
        const auto op = maker.make(name);
        Counting out;
        const double cpu = cpuSeconds();
        const auto start = std::chrono::steady_clock::now();
        keys = run(name, *op, input, out);
        const double seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        best = std::max(best, static_cast<double>(rows) / seconds);
        bestOfCpu = std::max(bestOfCpu, static_cast<double>(rows) / (cpuSeconds() - cpu));
        results = out.rows;
    }
    if (results == 0) fail(name, "no results");
    fmt::print("{:<46} {:>7.1f} M rows/s {:>7.1f} ns/row {:>5.1f} ns to read {:>9} results {:>8} keys held\n",
               name, best / 1e6, 1e9 / best, memoryBound(input.batches, readBy(maker.bound(), input.type)),
               results, keys);
    return bestOfCpu;
}

}  // namespace rw::bench

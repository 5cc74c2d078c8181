#include "tests/unit/nodes/driver.h"

#include <algorithm>
#include <map>
#include <random>

#include "core/data/text.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "core/stream/stamper.h"

namespace rw::test {

namespace {

constexpr Millis kDelay = 3'000;

class Log final : public Output {
 public:
    Log(const BoundNode& bound, Driven& driven) : m_bound(bound), m_driven(driven) {
        driven.ports.resize(bound.outputs.size());
    }

    void emit(int port, Batch batch) override {
        PortLog& log = m_driven.ports[static_cast<std::size_t>(port)];
        const StreamType& stream = m_bound.outputs[static_cast<std::size_t>(port)];
        ++log.batches;
        m_emitted += batch.rows;
        check(log, stream, batch);
        for (std::size_t row = 0; row < batch.rows; ++row) {
            log.rows.push_back(std::string(toString(batch.kind(row))) + " " + rowText(batch, row));
            std::string key;
            for (const int column : stream.key) appendCell(key += '|', batch.column(column), row);
            log.keys.push_back(key);
        }
    }

    void watermark(int port, Instant watermark) override {
        PortLog& log = m_driven.ports[static_cast<std::size_t>(port)];
        log.watermark = std::max(log.watermark, watermark);
    }

    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        m_driven.rejected.push_back(rowText(batch, row) + ": " + english(reason));
        return {};
    }

    void countLate(std::size_t, Millis) override {}

    /// Makes a call of the operator and what follows from it, as the runtime does. Every call emits no more
    /// than a few times the rows that come in or that a batch holds.
    template <class Call>
    Status run(Operator& op, std::size_t bound, Call&& first) {
        constexpr std::size_t kFew = 8;
        for (bool more = false; !more || op.hasMore(); more = true) {
            m_emitted = 0;
            RW_TRY(more ? op.resume(*this) : first());
            if (m_emitted <= kFew * bound) continue;
            m_driven.ports.front().problems.push_back("a call that emitted " + std::to_string(m_emitted) +
                                                      " rows");
        }
        return {};
    }

 private:
    static void check(PortLog& log, const StreamType& stream, const Batch& batch) {
        if (*batch.schema != *stream.schema) log.problems.push_back("another schema than was bound");
        if (batch.columns.size() != batch.schema->size()) log.problems.push_back("columns are missing");
        for (const ColumnRef& column : batch.columns) {
            if (column && column->size() != batch.rows)
                log.problems.push_back("columns of different lengths");
        }
        if (batch.stamps && batch.stamps->size() != batch.rows)
            log.problems.push_back("stamps of another length");
        if (!stream.made || stream.eventTime < 0) return;
        for (std::size_t row = 0; row < batch.rows; ++row) {
            const Column& times = batch.column(stream.eventTime);
            if (times.isNull(row) || times.at<Instant>(row) < saturatingAdd(log.watermark, 2)) {
                log.problems.push_back("a made row behind the watermark that was sent");
            }
        }
    }

    const BoundNode& m_bound;
    Driven& m_driven;
    std::size_t m_emitted = 0;  ///< rows of the call that is being made
};

}  // namespace

StreamType sampleStream() {
    StreamType stream;
    stream.schema = std::make_shared<const Schema>(Schema{{{"k", Type::of(TypeId::String)},
                                                           {"v", Type::of(TypeId::Int)},
                                                           {"d", Type::of(TypeId::Double)},
                                                           {"b", Type::of(TypeId::Boolean)},
                                                           {"ts", Type::of(TypeId::Timestamp)}}});
    stream.eventTime = 4;
    return stream;
}

std::vector<Row> sampleRows(std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&](unsigned n) { return static_cast<int>(random() % n); };
    const auto orNull = [&](Value value) { return below(8) == 0 ? Value{} : value; };
    std::vector<Row> rows;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string key = below(4) == 0 ? "" : "a rather long key " + std::to_string(below(3));
        const Instant time = 1'700'000'000'000 + static_cast<Instant>(i) * 500 - below(12'000);
        rows.push_back(
            {orNull(key), orNull(below(10)), orNull(below(100) / 8.0), orNull(below(2) == 0), time});
    }
    return rows;
}

std::vector<Batch> batches(const StreamType& stream, const std::vector<Row>& rows, std::size_t size) {
    std::vector<Batch> out;
    StampState state;
    const auto finish = [&](std::size_t from, std::size_t count) {
        Batch batch;
        batch.schema = stream.schema;
        batch.rows = count;
        batch.positions.first = static_cast<std::int64_t>(from);
        for (std::size_t column = 0; column < stream.schema->size(); ++column) {
            ColumnBuilder builder(stream.schema->fields[column].type);
            for (std::size_t row = from; row < from + count; ++row) appendValue(builder, rows[row][column]);
            batch.columns.push_back(builder.finish());
        }
        if (stream.eventTime >= 0) stamp(batch, stream.eventTime, kDelay, state);
        out.push_back(std::move(batch));
    };
    for (std::size_t from = 0; from < rows.size(); from += size) {
        if (out.size() % 3 == 1) finish(from, 0);
        finish(from, std::min(size, rows.size() - from));
    }
    return out;
}

std::string BoundForTest::said() const {
    std::string out;
    for (const Issue& issue : issues) out += english(issue) + "\n";
    return out;
}

BoundForTest bindNode(const NodeKind& kind, const Json& params, std::vector<std::vector<StreamType>> inputs) {
    BoundForTest out;
    Node node;
    node.id = "n";
    node.type = kind.type;
    node.params = params;
    const Settings settings;
    std::vector<std::vector<Producer>> producers;
    for (std::size_t port = 0; port < inputs.size(); ++port) {
        auto& wires = producers.emplace_back();
        for (std::size_t wire = 0; wire < inputs[port].size(); ++wire) {
            wires.push_back(
                {"s" + std::to_string(wire), kind.inputs[port].name, "S" + std::to_string(wire), true});
        }
    }
    BindContext context(node, kind.params, settings, "/nowhere", std::move(inputs), out.issues, producers);
    BoundNodeRef bound = kind.bind(context);
    if (!context.failed()) out.node = std::move(bound);
    return out;
}

std::vector<std::string> PortLog::result(const StreamType& stream) const {
    std::vector<std::string> out;
    if (!stream.updating) {
        out = rows;
    } else {
        std::map<std::string, std::string> table;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (rows[i].starts_with("-")) {
                table.erase(keys[i]);
            } else {
                table[keys[i]] = rows[i].substr(3);
            }
        }
        for (const auto& [key, row] : table) out.push_back(row);
    }
    std::sort(out.begin(), out.end());
    return out;
}

Driven drive(const NodeKind& kind, const BoundNodeRef& bound, const std::vector<StreamType>& inputs,
             const std::vector<Batch>& input, bool nullOnError) {
    Driven driven;
    Log log(*bound, driven);
    MakeContext context;
    context.node = "n";
    context.clock = systemClock();
    context.nullOnError = nullOnError;
    for (const StreamType& stream : inputs) context.inputs.push_back({stream});
    Result<Made> made = kind.make(*bound, context);
    if (!made.ok()) {
        driven.status = made.status();
        return driven;
    }
    Operator& op = *std::get<std::unique_ptr<Operator>>(*made);
    op.outputPorts = static_cast<int>(kind.outputs.size());
    const auto run = [&]() -> Status {
        const int ports = static_cast<int>(inputs.size());
        Instant watermark = kMinTimestamp;
        const auto advance = [&](Instant to) -> Status {
            if (to <= watermark) return {};
            watermark = to;
            for (int port = 0; port < ports; ++port) {
                RW_TRY(log.run(op, context.batchRows, [&] { return op.onPortWatermark(port, to, log); }));
            }
            return log.run(op, context.batchRows, [&] { return op.onWatermark(to, log); });
        };
        for (const Batch& batch : input) {
            for (int port = 0; port < ports; ++port) {
                const std::size_t atMost = std::max(batch.rows, context.batchRows);
                RW_TRY(log.run(op, atMost, [&] { return op.onBatch(port, batch, log); }));
            }
            RW_TRY(advance(batch.watermark));
        }
        RW_TRY(advance(kMaxTimestamp));
        return log.run(op, context.batchRows, [&] { return op.onEnd(log); });
    };
    driven.status = run();
    std::sort(driven.rejected.begin(), driven.rejected.end());
    return driven;
}

}  // namespace rw::test

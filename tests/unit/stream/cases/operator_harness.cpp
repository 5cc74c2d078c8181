#include "tests/unit/stream/cases/operator_harness.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "core/data/text.h"
#include "core/data/value.h"
#include "core/store/spill_folder.h"
#include "core/stream/sink.h"
#include "core/stream/source.h"
#include "tests/support/memory_files.h"
#include "tests/support/memory_outputs.h"

namespace rw::test {

namespace {

std::unique_ptr<Operator> made(const NodeKind& kind, const BoundNode& bound, const MakeContext& context) {
    auto result = kind.make(bound, context);
    return std::get<std::unique_ptr<Operator>>(std::move(result).value());
}

}  // namespace

BoundForTest bindNode(const NodeKind& kind, Json params, const std::vector<StreamType>& inputs) {
    Node node;
    node.id = "tested";
    node.type = kind.type;
    node.params = std::move(params);
    const Settings settings;
    std::vector<std::vector<StreamType>> wires;
    for (const StreamType& input : inputs) wires.push_back({input});
    BoundForTest out;
    BindContext context(node, kind.params, settings, "/", wires, out.issues);
    out.bound = kind.bind(context);
    return out;
}

MakeContext contextFor(const StreamType& input, int wires, std::size_t batchRows) {
    MakeContext context;
    context.node = "tested";
    InputInfo info;
    info.type = input;
    info.wires = wires;
    info.type.sourceOrder = wires == 1 && !input.made;
    info.severalProducers = !info.type.sourceOrder;
    info.order = input.made              ? InputOrder::Columns
                 : info.type.sourceOrder ? InputOrder::Source
                                         : InputOrder::EventTime;
    context.inputs = {info};
    context.batchRows = batchRows;
    context.clock = systemClock();
    return context;
}

MakeContext spilling(MakeContext context, std::uint64_t bytes, std::shared_ptr<OutputFiles> outputs) {
    if (!outputs) outputs = std::make_shared<MemoryOutputs>();
    context.stateMemory = bytes;
    context.spill = *SpillFolder::open(std::move(outputs), MemoryFiles(), "/spilled");
    return context;
}

Batch textBatch(const SchemaRef& schema, const std::vector<std::vector<std::string>>& rows) {
    Batch batch;
    batch.schema = schema;
    batch.rows = rows.size();
    batch.positions.first = 0;
    for (std::size_t i = 0; i < schema->size(); ++i) {
        const Type type = schema->fields[i].type;
        ColumnBuilder builder(type);
        for (const auto& row : rows) {
            if (row[i].empty()) {
                builder.appendNull();
                continue;
            }
            const auto value = parseValue(row[i], type);
            if (!value) {
                std::fprintf(stderr, "not a %s: %s\n", toString(type).c_str(), row[i].c_str());
                std::abort();
            }
            appendValue(builder, *value);
        }
        batch.columns.push_back(builder.finish());
    }
    return batch;
}

std::string lineOf(const Batch& batch, std::size_t row) {
    std::string line;
    for (std::size_t i = 0; i < batch.columns.size(); ++i) {
        if (i > 0) line += '|';
        if (batch.columns[i]->isNull(row)) {
            line += "∅";
        } else {
            appendCell(line, *batch.columns[i], row);
        }
    }
    return line;
}

OperatorHarness::OperatorHarness(std::unique_ptr<Operator> tested, std::vector<StreamType> outputs)
    : m_tested(std::move(tested)), m_outputs(std::move(outputs)) {
    m_tested->outputPorts = static_cast<int>(m_outputs.size());
}

OperatorHarness::OperatorHarness(const NodeKind& kind, const BoundNode& bound, const MakeContext& context)
    : OperatorHarness(made(kind, bound, context), bound.outputs) {
    largestBatch = context.batchRows;
}

template <class Call>
void OperatorHarness::run(std::size_t rows, Call first) {
    constexpr std::size_t kFewBatches = 8;
    bool more = false;
    for (; (!more || m_tested->hasMore()) && m_callsLeft > 0; more = true) {
        m_emitted = m_characters = 0;
        m_watermarkSent = false;
        check(more ? m_tested->resume(*this) : first());
        ++m_calls;
        if (!more) ++m_sent;
        --m_callsLeft;
        m_mostOfCall = std::max(m_mostOfCall, m_characters);
        if (m_emitted > kFewBatches * std::max(largestBatch, rows)) {
            m_breaches.push_back("a call that emitted " + std::to_string(m_emitted) + " rows");
        }
        if (m_watermarkSent && m_tested->hasMore()) {
            m_breaches.push_back("a watermark before all was done");
        }
    }
}

void OperatorHarness::send(const Batch& batch, int port) {
    run(batch.rows, [&] { return m_tested->onBatch(port, batch, *this); });
}

void OperatorHarness::advance(Instant watermark) {
    if (watermark <= m_inputWatermark) return;
    m_inputWatermark = watermark;
    run(0, [&] { return m_tested->onWatermark(watermark, *this); });
}

void OperatorHarness::wake() {
    run(0, [&] { return m_tested->resume(*this); });
}

Instant OperatorHarness::watermarkOf(int port) const {
    const auto sent = m_watermarks.find(port);
    return sent == m_watermarks.end() ? kMinTimestamp : sent->second;
}

void OperatorHarness::end() {
    advance(kMaxTimestamp);
    run(0, [&] { return m_tested->onEnd(*this); });
}

std::vector<std::string> OperatorHarness::table(int port) {
    std::vector<std::string> rows;
    for (const auto& [line, count] : m_tables[port])
        rows.insert(rows.end(), static_cast<std::size_t>(count), line);
    return rows;
}

void OperatorHarness::emit(int port, Batch batch) {
    const StreamType& type = m_outputs[static_cast<std::size_t>(port)];
    m_emitted += batch.rows;
    if (batch.columns.size() != type.schema->size()) m_breaches.push_back("wrong number of columns");
    if (type.made && batch.rows > largestBatch) m_breaches.push_back("a batch with too many rows");
    if (batch.kinds && !type.updating) m_breaches.push_back("updates in a stream of inserts");
    if (type.made && largestBatch > 1 && batch.rows > 0 &&
        batch.kind(batch.rows - 1) == RowKind::UpdateBefore)
        m_breaches.push_back("an update whose two rows leave in two batches");
    const auto sent = m_watermarks.find(port);
    const std::size_t before = m_characters;
    for (std::size_t row = 0; row < batch.rows; ++row) {
        const std::string line = lineOf(batch, row);
        m_characters += line.size();
        if (type.made && type.eventTime >= 0 && sent != m_watermarks.end() &&
            batch.column(type.eventTime).at<Instant>(row) < saturatingAdd(sent->second, 2)) {
            m_breaches.push_back("a made row that is not clean: " + line);
        }
        change(port, batch.kind(row), line);
    }
    m_mostOfBatch = std::max(m_mostOfBatch, m_characters - before);
}

void OperatorHarness::change(int port, RowKind kind, const std::string& line) {
    const bool updating = m_outputs[static_cast<std::size_t>(port)].updating;
    m_lines[port].push_back(updating ? std::string(toString(kind)) + " " + line : line);
    int& count = m_tables[port][line];
    if (kind == RowKind::Insert || kind == RowKind::UpdateAfter) {
        ++count;
    } else if (--count < 0) {
        m_breaches.push_back("a row was withdrawn that is not there: " + line);
    }
}

void OperatorHarness::watermark(int port, Instant watermark) {
    m_watermarkSent = true;
    const auto [at, first] = m_watermarks.try_emplace(port, watermark);
    if (first) return;
    if (watermark < at->second) m_breaches.push_back("a watermark went back");
    at->second = std::max(at->second, watermark);
}

Status OperatorHarness::reject(const Batch& batch, std::size_t row, const Text& reason) {
    m_rejected.push_back(rowText(batch, row) + ": " + english(reason));
    return {};
}

void OperatorHarness::countLate(std::size_t rows, Millis largest) {
    m_lateCount += rows;
    m_largestLateBy = std::max(m_largestLateBy, largest);
}

void OperatorHarness::check(const Status& status) {
    if (!status.ok()) m_breaches.push_back(english(status.error()));
}

}  // namespace rw::test

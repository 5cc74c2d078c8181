// this_computer: readings of the local machine, one table of it per node, as often as wanted.
#include "core/base/readable.h"
#include "core/connect/machine/machine.h"
#include "core/nodes/source_params.h"
#include "core/stream/rows/row_pacer.h"
#include "core/stream/sink.h"

namespace rw {

namespace {

struct TableName {
    const char* name;
    MachineTable table;
};
constexpr TableName kTables[] = {
    {"cpu", MachineTable::Cpu},   {"memory", MachineTable::Memory},   {"processes", MachineTable::Processes},
    {"disk", MachineTable::Disk}, {"network", MachineTable::Network}, {"load", MachineTable::Load}};

class BoundMachine final : public BoundSource {
 public:
    MachineTable table = MachineTable::Cpu;
    Millis every = 1000;
};

struct Reading final : Chunk {
    std::vector<std::vector<Value>> rows;
};

class MachineSource final : public Source {
 public:
    MachineSource(const BoundMachine& bound, const MakeContext& context)
        : m_bound(bound),
          m_context(context),
          m_reader(bound.table, {}, context.files),
          m_pacer(Pace{.every = bound.every, .madeUp = 0}) {
        setTiming(*this, bound);
    }

    Status open() override {
        const std::int64_t now = m_context.clock->steadyMillis();
        m_pacer.start(now);
        return m_reader.open(now);
    }

    Result<Poll> poll(std::unique_ptr<Chunk>& chunk) override {
        const std::int64_t now = m_context.clock->steadyMillis();
        if (const std::int64_t due = m_pacer.due(now); due > now) return Poll{Poll::Kind::Wait, due};
        m_pacer.sent();
        auto reading = std::make_unique<Reading>();
        reading->arrived = m_context.clock->now();
        RW_TRY_ASSIGN(reading->rows, m_reader.read(reading->arrived, now));
        if (reading->rows.empty()) return Poll{Poll::Kind::Wait, m_pacer.due(now)};
        chunk = std::move(reading);
        return Poll{};
    }

    Status parse(const Chunk& chunk, ParsedChunk& out) const override {
        const auto& rows = static_cast<const Reading&>(chunk).rows;
        const SchemaRef& schema = m_bound.outputs.front().schema;
        for (std::size_t first = 0; first < rows.size(); first += m_context.batchRows) {
            Batch batch;
            batch.schema = schema;
            batch.rows = std::min(m_context.batchRows, rows.size() - first);
            batch.positions.first = static_cast<std::int64_t>(first);
            for (std::size_t column = 0; column < schema->size(); ++column) {
                ColumnBuilder builder(schema->fields[column].type);
                builder.reserve(batch.rows);
                for (std::size_t row = first; row < first + batch.rows; ++row) {
                    const bool arrival = static_cast<int>(column) == m_bound.timing.arrival;
                    appendValue(builder, arrival ? Value{chunk.arrived} : rows[row][column]);
                }
                batch.columns.push_back(builder.finish());
            }
            out.batches.push_back(std::move(batch));
        }
        out.rowsRead = static_cast<std::uint32_t>(rows.size());
        return {};
    }

    // Readings are of their moment. The counters that rates are measured from are not kept: they would make
    // the first rate one of the time in which nothing ran, and the machine may have been restarted.
    Status snapshot(StateWriter&) const override { return {}; }
    Status restore(const StateReader&) override { return {}; }

 private:
    const BoundMachine& m_bound;
    const MakeContext m_context;
    MachineReader m_reader;
    RowPacer m_pacer;  ///< makes nothing up (a pause, a busy machine): a reading is of its moment
};

/// The table is said by the palette entry that the card names.
Text summaryOf(Millis every) {
    constexpr Millis kSecond = 1000;
    if (every > 0 && every < kSecond && kSecond % every == 0)
        return RW_TEXT("this_computer", "%1 times a second").with(kSecond / every);
    return RW_TEXT("this_computer", "Every %1").with(durationText(every));
}

BoundNodeRef bindMachine(BindContext& context) {
    auto bound = std::make_shared<BoundMachine>();
    for (const TableName& table : kTables) {
        if (context.text("table") == table.name) bound->table = table.table;
    }
    bound->every = context.duration("every");
    bound->live = true;
    bound->summary = summaryOf(bound->every);
    bindTiming(context, *machineSchema(bound->table), *bound);
    Access readings;
    readings.target = "machine:" + context.text("table");
    readings.description =
        RW_TEXT("this_computer", "Readings of this computer: %1").with(context.choice("table"));
    bound->accesses.push_back(std::move(readings));
    return context.failed() ? nullptr : bound;
}

Result<Made> makeMachine(const BoundNode& bound, const MakeContext& context) {
    return Made(std::make_unique<MachineSource>(static_cast<const BoundMachine&>(bound), context));
}

PaletteEntry entry(Text name, Text hint, const char* icon, const char* table) {
    return {std::move(name), std::move(hint), icon, Json{{"table", table}}};
}

std::vector<ParamSpec> machineParams() {
    ParamSpec table;
    table.name = "table";
    table.kind = ParamKind::Choice;
    table.label = RW_TEXT("this_computer", "Reads");
    table.help =
        RW_TEXT("this_computer", "Which metrics of this machine become rows. The columns follow from it.");
    table.required = true;
    table.choices = {{"cpu", RW_TEXT("this_computer", "CPU, a row per core")},
                     {"memory", RW_TEXT("this_computer", "Memory")},
                     {"processes", RW_TEXT("this_computer", "Processes, a row each")},
                     {"disk", RW_TEXT("this_computer", "Disks, a row each")},
                     {"network", RW_TEXT("this_computer", "Network, a row per interface")},
                     {"load", RW_TEXT("this_computer", "Load average")}};
    ParamSpec every;
    every.name = "every";
    every.kind = ParamKind::Duration;
    every.label = RW_TEXT("this_computer", "Every");
    every.help =
        RW_TEXT("this_computer",
                "The time from one reading to the next, at least `10ms`. Rates and loads are measured over "
                "at least 100 ms, because the kernel counts in hundredths of a second.");
    every.defaultValue = "1s";
    every.min = 10;
    every.max = 3'600'000;
    std::vector<ParamSpec> params{table, every};
    for (ParamSpec& shared : timingParams("ts")) params.push_back(std::move(shared));
    return params;
}

}  // namespace

NodeKind this_computerKind() {
    NodeKind kind;
    kind.type = "this_computer";
    kind.group = NodeGroup::Source;
    kind.name = RW_TEXT("this_computer", "This computer");
    kind.palette = {entry(RW_TEXT("this_computer", "CPU"),
                          RW_TEXT("this_computer", "Load of each core, to 100 Hz"), "this_computer", "cpu"),
                    entry(RW_TEXT("this_computer", "Memory"),
                          RW_TEXT("this_computer", "Used, available and swap"), "memory", "memory"),
                    entry(RW_TEXT("this_computer", "Processes"),
                          RW_TEXT("this_computer", "CPU and memory of each"), "processes", "processes"),
                    entry(RW_TEXT("this_computer", "Disk"),
                          RW_TEXT("this_computer", "Bytes read and written"), "disk", "disk"),
                    entry(RW_TEXT("this_computer", "Network"),
                          RW_TEXT("this_computer", "Bytes received and sent"), "network", "network"),
                    entry(RW_TEXT("this_computer", "Load average"),
                          RW_TEXT("this_computer", "Over 1, 5 and 15 minutes"), "load", "load")};
    kind.outputs = {{"out", RW_TEXT("node", "rows")}};
    kind.params = machineParams();
    kind.bind = bindMachine;
    kind.make = makeMachine;
    return kind;
}

}  // namespace rw

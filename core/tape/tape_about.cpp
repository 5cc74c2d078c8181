#include "core/tape/tape_about.h"

#include <algorithm>
#include <memory>

#include "core/data/state_reader.h"
#include "core/tape/tape_text.h"

namespace rw {

namespace {

/// The running part of a pipeline, with the ids of nodes inside subflows, which no file may have.
void saveRunning(StateWriter& out, const Pipeline& pipeline) {
    out.bytes("name", pipeline.name);
    out.bytes("time_zone", pipeline.settings.timeZone);
    for (const Node& node : pipeline.nodes) {
        out.record("node", 1, [&node](StateWriter& record) {
            record.bytes("id", node.id);
            record.bytes("type", node.type);
            record.bytes("params", node.params.dump(-1, ' ', false, Json::error_handler_t::replace));
            record.u64("disabled", node.disabled ? 1 : 0);
        });
    }
    for (const Wire& wire : pipeline.wires) {
        out.record("wire", 1, [&wire](StateWriter& record) {
            record.bytes("from", wire.from.node);
            record.bytes("from_port", wire.from.port);
            record.bytes("to", wire.to.node);
            record.bytes("to_port", wire.to.port);
        });
    }
}

Status loadBytes(const StateReader& in, std::string_view name, std::string& into) {
    RW_TRY_ASSIGN(const std::string_view bytes, in.bytes(name, {}));
    into = bytes;
    return {};
}

Result<Pipeline> loadRunning(const StateReader& in) {
    Pipeline pipeline;
    RW_TRY(loadBytes(in, "name", pipeline.name));
    RW_TRY(loadBytes(in, "time_zone", pipeline.settings.timeZone));
    RW_TRY_ASSIGN(const std::vector<StateReader> nodes, in.records("node"));
    for (const StateReader& record : nodes) {
        Node node;
        RW_TRY(loadBytes(record, "id", node.id));
        RW_TRY(loadBytes(record, "type", node.type));
        RW_TRY_ASSIGN(const std::string_view params, record.bytes("params"));
        node.params = Json::parse(params, nullptr, false);
        if (!node.params.is_object()) return brokenState("the parameters of a node");
        RW_TRY_ASSIGN(const std::uint64_t disabled, record.u64("disabled", 0));
        node.disabled = disabled != 0;
        pipeline.nodes.push_back(std::move(node));
    }
    RW_TRY_ASSIGN(const std::vector<StateReader> wires, in.records("wire"));
    for (const StateReader& record : wires) {
        Wire wire;
        RW_TRY(loadBytes(record, "from", wire.from.node));
        RW_TRY(loadBytes(record, "from_port", wire.from.port));
        RW_TRY(loadBytes(record, "to", wire.to.node));
        RW_TRY(loadBytes(record, "to_port", wire.to.port));
        pipeline.wires.push_back(std::move(wire));
    }
    return pipeline;
}

void saveColumns(StateWriter& out, const Schema& schema) {
    for (const Field& field : schema.fields) {
        out.record("column", 1, [&field](StateWriter& column) {
            column.bytes("name", field.name);
            column.bytes("type", toString(field.type));
        });
    }
}

Result<SchemaRef> loadColumns(const StateReader& in) {
    Schema schema;
    RW_TRY_ASSIGN(const std::vector<StateReader> columns, in.records("column"));
    for (const StateReader& column : columns) {
        std::string name, typeName;
        RW_TRY(loadBytes(column, "name", name));
        RW_TRY(loadBytes(column, "type", typeName));
        RW_TRY_ASSIGN(const Type type, parseType(typeName));
        schema.fields.push_back({std::move(name), type});
    }
    return SchemaRef(std::make_shared<const Schema>(std::move(schema)));
}

void saveSource(StateWriter& out, const TapeSource& source) {
    out.record("source", 1, [&source](StateWriter& record) {
        record.bytes("node", source.node);
        record.bytes("type", source.type);
        record.u64("several", source.several ? 1 : 0);
        saveColumns(record, *source.schema);
    });
}

void saveLookup(StateWriter& out, const TapeLookup& lookup) {
    out.record("lookup", 1, [&lookup](StateWriter& record) {
        record.bytes("node", lookup.node);
        record.u64("by", static_cast<std::uint64_t>(lookup.by));
        saveColumns(record, *lookup.schema);
    });
}

Result<TapeLookup> loadLookup(const StateReader& in) {
    TapeLookup lookup;
    RW_TRY(loadBytes(in, "node", lookup.node));
    RW_TRY_ASSIGN(const std::uint64_t by, in.u64("by"));
    if (by > static_cast<std::uint64_t>(LookupBy::EventTime)) return brokenState("a lookup");
    lookup.by = static_cast<LookupBy>(by);
    RW_TRY_ASSIGN(lookup.schema, loadColumns(in));
    return lookup;
}

Result<TapeSource> loadSource(const StateReader& in) {
    TapeSource source;
    RW_TRY(loadBytes(in, "node", source.node));
    RW_TRY(loadBytes(in, "type", source.type));
    RW_TRY_ASSIGN(const std::uint64_t several, in.u64("several", 0));
    source.several = several != 0;
    RW_TRY_ASSIGN(source.schema, loadColumns(in));
    return source;
}

Status loadStart(const StateReader& in, TapeStart& start) {
    RW_TRY_ASSIGN(start.began, in.i64("began"));
    RW_TRY_ASSIGN(start.seed, in.u64("seed"));
    RW_TRY_ASSIGN(const std::uint64_t parallelism, in.u64("parallelism"));
    start.parallelism = static_cast<int>(std::min<std::uint64_t>(parallelism, kMaxParallelism));
    RW_TRY_ASSIGN(const std::uint64_t batchRows, in.u64("batch_rows"));
    start.batchRows = batchRows;
    RW_TRY_ASSIGN(const StateReader running, in.record("running"));
    RW_TRY_ASSIGN(start.pipeline, loadRunning(running));
    RW_TRY_ASSIGN(const std::vector<StateReader> sources, in.records("source"));
    for (const StateReader& record : sources) {
        RW_TRY_ASSIGN(TapeSource source, loadSource(record));
        start.sources.push_back(std::move(source));
    }
    RW_TRY_ASSIGN(const std::vector<StateReader> lookups, in.records("lookup"));
    for (const StateReader& record : lookups) {
        RW_TRY_ASSIGN(TapeLookup lookup, loadLookup(record));
        start.lookups.push_back(std::move(lookup));
    }
    RW_TRY_ASSIGN(const std::vector<StateReader> asking, in.records("asking"));
    for (const StateReader& record : asking) RW_TRY(loadBytes(record, "node", start.asking.emplace_back()));
    return {};
}

}  // namespace

std::string saveHead(const TapeHead& head) {
    StateWriter out;
    out.bytes("program", head.program);
    out.bytes("text", head.document.text);
    out.bytes("file", head.document.file);
    if (!head.document.run.empty()) out.bytes("run", head.document.run);
    for (const auto& [name, value] : head.document.variables) {
        out.record("variable", 1, [&key = name, &text = value](StateWriter& record) {
            record.bytes("name", key);
            record.bytes("value", text);
        });
    }
    out.i64("began", head.start.began);
    out.u64("seed", head.start.seed);
    out.u64("parallelism", static_cast<std::uint64_t>(head.start.parallelism));
    out.u64("batch_rows", head.start.batchRows);
    out.record("running", 1, [&head](StateWriter& record) { saveRunning(record, head.start.pipeline); });
    for (const TapeSource& source : head.start.sources) saveSource(out, source);
    for (const TapeLookup& lookup : head.start.lookups) saveLookup(out, lookup);
    for (const NodeId& node : head.start.asking)
        out.record("asking", 1, [&node](StateWriter& record) { record.bytes("node", node); });
    return out.finish();
}

Result<TapeHead> loadHead(std::string_view bytes) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    TapeHead head;
    RW_TRY(loadBytes(in, "program", head.program));
    RW_TRY(loadBytes(in, "text", head.document.text));
    RW_TRY(loadBytes(in, "file", head.document.file));
    RW_TRY(loadBytes(in, "run", head.document.run));
    RW_TRY_ASSIGN(const std::vector<StateReader> variables, in.records("variable"));
    for (const StateReader& record : variables) {
        std::string name;
        RW_TRY(loadBytes(record, "name", name));
        RW_TRY(loadBytes(record, "value", head.document.variables[name]));
    }
    RW_TRY(loadStart(in, head.start));
    return head;
}

std::string saveEnd(const TapeEnd& end) {
    StateWriter out;
    out.u64("stopped", end.stopped ? 1 : 0);
    saveStatus(out, "failed", end.failed);
    return out.finish();
}

Result<TapeEnd> loadEnd(std::string_view bytes) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    TapeEnd end;
    RW_TRY_ASSIGN(const std::uint64_t stopped, in.u64("stopped", 0));
    end.stopped = stopped != 0;
    RW_TRY(loadStatus(in, "failed", end.failed));
    return end;
}

}  // namespace rw

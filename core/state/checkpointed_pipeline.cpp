#include "core/state/checkpointed_pipeline.h"

#include <fmt/format.h>

#include <set>
#include <vector>

#include "core/data/state_reader.h"
#include "core/pipeline/json/json.h"
#include "core/pipeline/subflow.h"

namespace rw {

namespace {

/// The nodes whose names `names` has get the others.
void rename(Pipeline& pipeline, const std::map<NodeId, NodeId>& names) {
    const auto renamed = [&names](NodeId& id) {
        if (const auto found = names.find(id); found != names.end()) id = found->second;
    };
    for (Node& node : pipeline.nodes) renamed(node.id);
    for (Wire& each : pipeline.wires) {
        renamed(each.from.node);
        renamed(each.to.node);
    }
}

/// Names for nodes with paths that no other node has: their paths by them.
std::map<NodeId, NodeId> namesForPaths(const Pipeline& pipeline) {
    std::set<NodeId> taken;
    for (const Node& node : pipeline.nodes) taken.insert(node.id);
    std::map<NodeId, NodeId> names;
    int number = 0;
    for (const Node& node : pipeline.nodes) {
        if (!isInside(node.id)) continue;
        NodeId name;
        do {
            name = fmt::format("inside_{}", ++number);
        } while (taken.contains(name));
        names.emplace(std::move(name), node.id);
    }
    return names;
}

}  // namespace

CheckpointedPipeline checkpointedPipeline(const Pipeline& pipeline, const ValidateOptions& options,
                                          const Catalogue& catalogue) {
    CheckpointedPipeline out;
    out.variables = options.variables;
    out.folder = options.folder;
    out.file = options.file;
    std::vector<Issue> unheard;  // the caller that makes a run of it reports them
    const auto expanded = expand(pipeline, catalogue, options, unheard);
    if (!expanded) {
        out.text = savePipeline(pipeline);
        return out;
    }
    Pipeline flat = expanded->pipeline;
    out.inside = namesForPaths(flat);
    std::map<NodeId, NodeId> names;
    for (const auto& [name, path] : out.inside) names.emplace(path, name);
    rename(flat, names);
    out.text = savePipeline(flat);
    return out;
}

Result<Pipeline> asPipeline(const CheckpointedPipeline& pipeline) {
    RW_TRY_ASSIGN(Loaded loaded, loadPipeline(pipeline.text));
    rename(loaded.pipeline, pipeline.inside);
    return std::move(loaded.pipeline);
}

std::string savePipelineOf(const CheckpointedPipeline& pipeline) {
    StateWriter out;
    out.bytes("text", pipeline.text);
    out.bytes("folder", pipeline.folder);
    out.bytes("file", pipeline.file);
    out.u64("every_column", pipeline.everyColumn ? 1 : 0);
    for (const auto& [name, value] : pipeline.variables) {
        out.record("variable", 1, [&nameOf = name, &valueOf = value](StateWriter& record) {
            record.bytes("name", nameOf);
            record.bytes("value", valueOf);
        });
    }
    for (const auto& [name, path] : pipeline.inside) {
        out.record("inside", 1, [&nameOf = name, &pathOf = path](StateWriter& record) {
            record.bytes("name", nameOf);
            record.bytes("path", pathOf);
        });
    }
    return out.finish();
}

Result<CheckpointedPipeline> loadPipelineOf(std::string_view bytes) {
    RW_TRY_ASSIGN(const StateReader in, StateReader::open(bytes));
    CheckpointedPipeline pipeline;
    RW_TRY_ASSIGN(pipeline.text, in.bytes("text"));
    RW_TRY_ASSIGN(pipeline.folder, in.bytes("folder"));
    RW_TRY_ASSIGN(pipeline.file, in.bytes("file"));
    RW_TRY_ASSIGN(const std::uint64_t everyColumn, in.u64("every_column", 0));
    pipeline.everyColumn = everyColumn != 0;
    RW_TRY_ASSIGN(const auto variables, in.records("variable"));
    for (const StateReader& variable : variables) {
        RW_TRY_ASSIGN(const std::string_view name, variable.bytes("name"));
        RW_TRY_ASSIGN(const std::string_view value, variable.bytes("value"));
        pipeline.variables.emplace(name, value);
    }
    RW_TRY_ASSIGN(const auto inside, in.records("inside"));
    for (const StateReader& node : inside) {
        RW_TRY_ASSIGN(const std::string_view name, node.bytes("name"));
        RW_TRY_ASSIGN(const std::string_view path, node.bytes("path"));
        pipeline.inside.emplace(name, path);
    }
    return pipeline;
}

}  // namespace rw

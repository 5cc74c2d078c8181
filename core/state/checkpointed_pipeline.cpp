#include "core/state/checkpointed_pipeline.h"

#include "core/data/state_reader.h"

namespace rw {

std::string savePipelineOf(const CheckpointedPipeline& pipeline) {
    StateWriter out;
    out.bytes("text", pipeline.text);
    out.bytes("folder", pipeline.folder);
    out.bytes("file", pipeline.file);
    for (const auto& [name, value] : pipeline.variables) {
        out.record("variable", 1, [&nameOf = name, &valueOf = value](StateWriter& record) {
            record.bytes("name", nameOf);
            record.bytes("value", valueOf);
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
    RW_TRY_ASSIGN(const auto variables, in.records("variable"));
    for (const StateReader& variable : variables) {
        RW_TRY_ASSIGN(const std::string_view name, variable.bytes("name"));
        RW_TRY_ASSIGN(const std::string_view value, variable.bytes("value"));
        pipeline.variables.emplace(name, value);
    }
    return pipeline;
}

}  // namespace rw

// What a checkpoint says of the pipeline that ran.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "core/base/status.h"

namespace rw {

/// The pipeline of a checkpoint, as far as it takes to compare it with an edited one.
struct CheckpointedPipeline {
    std::string text{};                              ///< as savePipeline() gives it
    std::map<std::string, std::string> variables{};  ///< ValidateOptions::variables
    std::string folder{}, file{};                    ///< as ValidateOptions has them
    bool operator==(const CheckpointedPipeline&) const = default;
};

/// As bytes, and back.
std::string savePipelineOf(const CheckpointedPipeline& pipeline);
Result<CheckpointedPipeline> loadPipelineOf(std::string_view bytes);

}  // namespace rw

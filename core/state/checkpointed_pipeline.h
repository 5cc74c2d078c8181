// The pipeline that ran, as a checkpoint records it.
#pragma once
#include <map>
#include <string>
#include <string_view>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"
#include "core/pipeline/validate.h"

namespace rw {

/// The pipeline of a checkpoint, as far as it takes to compare it with an edited one: with the nodes of its
/// subflows, whose files may have been edited since.
struct CheckpointedPipeline {
    std::string text{};                              ///< as savePipeline() gives it
    std::map<std::string, std::string> variables{};  ///< ValidateOptions::variables
    std::string folder{}, file{};                    ///< as ValidateOptions has them
    /// The names of nodes of subflows in the text, where ids hold no path: their paths by name.
    std::map<NodeId, NodeId> inside{};
    /// Its nodes keep every column of their rows, and not only those that are read: in the window, where people
    /// look at wires. False of checkpoints of earlier programs, which do not say.
    bool everyColumn = false;
    bool operator==(const CheckpointedPipeline&) const = default;
};

/// Of a pipeline as it is now. Reads the files of subflows where ValidateOptions::files says so, else takes
/// them as they were read last.
CheckpointedPipeline checkpointedPipeline(const Pipeline& pipeline, const ValidateOptions& options,
                                          const Catalogue& catalogue);
/// With the nodes of its subflows, under their paths.
Result<Pipeline> asPipeline(const CheckpointedPipeline& pipeline);

/// As bytes, and back.
std::string savePipelineOf(const CheckpointedPipeline& pipeline);
Result<CheckpointedPipeline> loadPipelineOf(std::string_view bytes);

}  // namespace rw

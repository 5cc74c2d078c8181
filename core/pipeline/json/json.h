// The canonical text of a pipeline, both ways. load(save(x)) = x, and saving an unchanged file gives the same
// bytes.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"

namespace rw {

inline constexpr int kFormatVersion = 1;

struct Loaded {
    Pipeline pipeline;
    std::vector<Issue> warnings;  ///< unknown keys and such; nothing is lost
};

/// Reads any JSON layout. Errors name line and column (broken JSON), the path of the key (wrong type) or the
/// version.
Result<Loaded> loadPipeline(std::string_view text);
/// The same for a text of any size, which this program kept itself.
Result<Loaded> loadOwnPipeline(std::string_view text);
/// Two-space indent, keys in the contract's order, arrays of scalars and each wire on one line, a final
/// newline.
std::string savePipeline(const Pipeline& pipeline);

Result<Loaded> loadPipelineFile(const std::string& path);
/// Writes beside the file and renames, so that a full disk or a crash leaves the old file whole.
/// Refuses a pipeline that could not be loaded again.
Status savePipelineFile(const Pipeline& pipeline, const std::string& path);

/// The parts of these, for callers that need the bytes. Reading never blocks on a pipe and takes no more
/// than a pipeline may be long.
Result<std::string> readPipelineText(const std::string& path);
/// Why a saved text could not be loaded again: to be asked before a file is replaced by it.
Status checkLoadable(std::string_view text);
Status writePipelineText(std::string_view text, const std::string& path);

}  // namespace rw

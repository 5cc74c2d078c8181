// `rillwright model export`: what a learning node has learnt, from a checkpoint.
#pragma once
#include <string>

#include "app/cli/commands.h"

namespace rw::cli {

struct ModelExportCommand {
    PipelineOptions pipeline;
    std::string node;
    std::string out;        ///< empty or “-”: standard output
    std::string savepoint;  ///< empty: the newest checkpoint
    std::string folder;     ///< --checkpoint-dir
};
int modelExport(const ModelExportCommand& command);

}  // namespace rw::cli

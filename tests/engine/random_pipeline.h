// Random pipelines over all node types whose results are promised: sources with disorder and NULLs, and
// behind them any nodes that the validator accepts. Each open output ends in a table.
#pragma once
#include "core/pipeline/pipeline.h"

namespace rw::test {

/// How large a random pipeline may become.
struct PipelineSize {
    int rows = 80;  ///< of a source
    int sources = 2;
    int nodes = 6;  ///< between sources and tables
};

/// The same for the same number and size.
Pipeline randomPipeline(unsigned number, const PipelineSize& size);

}  // namespace rw::test

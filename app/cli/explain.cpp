#include <cstdio>

#include "app/cli/commands.h"
#include "app/cli/load.h"

namespace rw::cli {

int explain(const PipelineOptions& options) {
    const auto planned = plan(options, 0);
    if (!planned) return 2;
    std::printf("%s", rw::explain(*planned).c_str());
    return 0;
}

}  // namespace rw::cli

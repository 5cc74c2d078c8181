// Pictures of chart nodes without a window.
#pragma once
#include <string>

#include "core/runtime/run.h"

namespace rw::cli {

/// Writes NODE.png for every chart of the run into `folder`, and says where on standard error.
Status writeCharts(Run& run, const std::string& folder);

}  // namespace rw::cli

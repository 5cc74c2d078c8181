// The whole PySpark program: what stands around the nodes' lines.
#pragma once
#include <string>

#include "core/deploy/translation.h"

namespace rw {

/// For spark-submit. No node is refused.
std::string sparkProgram(const Pipeline& pipeline, const Translation& translation,
                         const TranslateOptions& options);

}  // namespace rw

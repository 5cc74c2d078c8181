// Another engine's verdicts on a pipeline's nodes, in words and as JSON.
#pragma once
#include "core/deploy/translation.h"

namespace rw::cli {

/// A line for each node on standard error; of a refused one each reason with its way out.
void printVerdicts(const Pipeline& pipeline, const Translation& translation);

/// {"verdict": …, "nodes": […]}.
Json verdictsJson(const Pipeline& pipeline, const Translation& translation);

}  // namespace rw::cli

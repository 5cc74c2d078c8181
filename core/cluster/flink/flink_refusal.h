// Why a pipeline is no program for Flink, as issues at its nodes.
#pragma once
#include <vector>

#include "core/deploy/translation.h"
#include "core/pipeline/issue.h"
#include "core/pipeline/validate.h"

namespace rw {

/// The reasons why flinkProgram() failed: the refusals of `verdicts`; without any, the errors of the pipeline
/// itself, or `why`. Never empty.
std::vector<Issue> flinkRefusals(const Pipeline& pipeline, const Catalogue& catalogue,
                                 const ValidateOptions& options, const Translation& verdicts,
                                 const Status& why);
/// There is nothing to submit. `charts`: the pipeline has some, but they are switched off.
Issue nothingForFlink(bool charts);

}  // namespace rw

// The connections that a run on the command line may use, and the code that it may run.
#pragma once
#include <map>
#include <string>

#include "app/cli/commands.h"
#include "core/pipeline/validate.h"
#include "core/runtime/planning/plan.h"

namespace rw::cli {

/// A pipeline that this user's program saved, with its subflows, may use all; any other one those alone that
/// are named by --allow-connections or RILLWRIGHT_ALLOW_CONNECTIONS. Prints which are not allowed, and what
/// to do. Python code likewise, by its fingerprint: --allow-python, RILLWRIGHT_ALLOW_PYTHON. `text`: of the
/// file. `replays`: a tape, in place of the sources.
bool connectionsAllowed(const Plan& plan, const std::string& text, const PipelineOptions& options,
                        bool replays);
/// The same of a pipeline that is given to a cluster, where the secrets go.
bool connectionsAllowed(const Pipeline& pipeline, const ValidateOptions& validating,
                        const Validated& validated, const std::string& text, const PipelineOptions& options);
/// Whether all of these are named there, each with a node that names it: for a pipeline that this user's
/// program did not save. Prints which are not, and what to do.
bool namesAllowed(const std::map<std::string, NodeId>& named, const PipelineOptions& options);

}  // namespace rw::cli

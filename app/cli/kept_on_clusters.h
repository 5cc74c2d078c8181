// How to resume from what jobs on clusters left.
#pragma once
#include <vector>

#include "core/cluster/deployment.h"

namespace rw::cli {

/// Of each job that is over and left a savepoint or a checkpoint, the newest: prints what resumes it, unless a
/// later job did already. `jobs`: in any order, with those that resumed others among them.
void tellKept(const std::vector<Deployment>& jobs);

}  // namespace rw::cli

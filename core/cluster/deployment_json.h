// A deployment as its file has it.
#pragma once
#include <string_view>

#include "core/cluster/deployment.h"

namespace rw {

std::string writeDeployment(const Deployment& deployment);
/// A member that is missing, or of another type, counts as empty; but without a job, or with a pipeline that
/// can't be read, it is an error.
Result<Deployment> readDeployment(std::string_view text);

}  // namespace rw

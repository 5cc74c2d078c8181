// A deployment as its file has it.
#pragma once
#include <string_view>

#include "core/cluster/deployment.h"

namespace rw {

std::string writeDeployment(const Deployment& deployment);
/// What is missing, or of another type, is as good as empty; but without a job, or with a pipeline that can't
/// be read, it is none.
Result<Deployment> readDeployment(std::string_view text);

}  // namespace rw

// The settings of a pipeline: what is wrong with them.
#pragma once
#include <vector>

#include "core/pipeline/issue.h"
#include "core/pipeline/pipeline.h"

namespace rw {

void checkSettings(const Settings& settings, std::vector<Issue>& issues);

}  // namespace rw

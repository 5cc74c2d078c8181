// The files that a run of a test may read: models and the like in the folder of its pipeline. Its sources
// read none.
#pragma once
#include <memory>
#include <string>

#include "core/base/files.h"

namespace rw {

/// Files elsewhere are an error. Any thread.
std::shared_ptr<const Files> filesBelow(const std::string& folder);

}  // namespace rw

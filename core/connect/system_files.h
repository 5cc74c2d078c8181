// The machine's files.
#pragma once
#include <memory>

#include "core/base/files.h"

namespace rw {

std::shared_ptr<const Files> systemFiles();

}  // namespace rw

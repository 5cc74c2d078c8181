// The machine's files.
#pragma once
#include <sys/stat.h>

#include <memory>

#include "core/base/files.h"

namespace rw {

std::shared_ptr<const Files> systemFiles();

/// What stat() tells.
FileState fileStateOf(const struct stat& status);

}  // namespace rw

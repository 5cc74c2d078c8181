// The machine's files.
#pragma once
#include <sys/stat.h>

#include <memory>

#include "core/base/files.h"

namespace rw {

std::shared_ptr<const Files> systemFiles();

/// What standard input is for the program.
enum class StandardInputKind {
    Bytes,     ///< a pipe, a file, a socket
    Terminal,  ///< what somebody types
    Nothing    ///< closed, or /dev/null
};
StandardInputKind standardInputKind();

/// What stat() tells.
FileState fileStateOf(const struct stat& status);

}  // namespace rw

// The machine's files.
#pragma once
#include <sys/stat.h>

#include <memory>

#include "core/base/files.h"

namespace rw {

std::shared_ptr<const Files> systemFiles();

/// The kind of the program's standard input.
enum class StandardInputKind {
    Bytes,     ///< a pipe, a file, a socket
    Terminal,  ///< a keyboard
    Nothing    ///< closed, or /dev/null
};
StandardInputKind standardInputKind();

/// The state of a file as stat() tells it.
FileState fileStateOf(const struct stat& status);

}  // namespace rw

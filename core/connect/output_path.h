// Whether an output can be staged, and where, until it is put in place.
#pragma once
#include <string>

namespace rw {

/// Whether `path` can be replaced by a file of the same name: a regular file, or nothing yet. Not a FIFO, a
/// device, or a name under /dev and /proc, such as /dev/stdout.
bool isReplaceable(const std::string& path);

/// Beside the target: `.NAME.rill-new`.
std::string stagingPath(const std::string& target);

}  // namespace rw

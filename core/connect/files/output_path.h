// Whether an output can be staged, and where, until it is put in place.
#pragma once
#include <string>

namespace rw {

/// A name under /dev or /proc, such as /dev/stdout: never replaced, whatever stands there.
bool isSystemName(const std::string& path);

/// Beside the target: `.NAME.rill-new`.
std::string stagingPath(const std::string& target);

}  // namespace rw

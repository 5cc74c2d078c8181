// Whether an output can be staged, and where, until it is put in place.
#pragma once
#include <string>
#include <string_view>

namespace rw {

/// A name under /dev or /proc, such as /dev/stdout: never replaced, whatever its file is.
bool isSystemName(const std::string& path);

/// Beside the target: `.NAME` and the ending, which begins with a dot. Of a name that would be too long a sum
/// stands for it.
std::string besidePath(const std::string& target, std::string_view ending);

/// Beside the target: `.NAME.rill-new`.
std::string stagingPath(const std::string& target);

}  // namespace rw

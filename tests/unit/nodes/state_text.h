// Saved state as lines that can be compared and read.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace rw::test {

/// A line for each field of what StateWriter::finish() gave, in the order in which they were written: “name:
/// value”, those of nested records indented below theirs. Broken bytes give a line that begins with “it
/// fails”.
std::vector<std::string> stateText(std::string_view sealed);

}  // namespace rw::test

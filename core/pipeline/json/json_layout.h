// The canonical way to lay JSON out as text: short things on one line, long objects filled to kLineWidth and
// aligned after their brace, lists of objects one element a line.
#pragma once
#include <string>

#include "core/pipeline/pipeline.h"

namespace rw {

inline constexpr std::size_t kLineWidth = 120;  ///< characters

/// `root` (an object) with one key per line, indented by two, and a final newline. The lists “nodes” and
/// “wires” always have one element a line.
std::string layOut(const Json& root);

/// `value` on one line: { "a": 1, "b": [2, 3] }. Here and below, invalid UTF-8 becomes U+FFFD.
std::string onOneLine(const Json& value);

/// `value` for other programs to read: every member on a line of its own, indented by two; no final newline.
/// A terminal may show it: characters that printable() would replace are written as \uXXXX.
std::string indented(const Json& value);

}  // namespace rw

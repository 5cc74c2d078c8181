// Rows of words for people, as plain text: for terminals and clipboards.
#pragma once
#include <string>
#include <vector>

namespace rw {

/// Texts may hold pieces of files: control characters but line ends and tabs, which could play with a
/// terminal, become U+FFFD.
std::string printable(const std::string& text);

/// A line per row, its cells below each other; printable.
std::string tableText(const std::vector<std::vector<std::string>>& rows);

}  // namespace rw

// Rows of words for people, as plain text: for terminals and clipboards.
#pragma once
#include <string>
#include <vector>

namespace rw {

/// Texts may hold pieces of files: characters that would control a terminal become U+FFFD. These are control
/// characters (C0 but line ends and tabs, DEL, C1), those that turn the direction of words, and invalid UTF-8.
std::string printable(const std::string& text);
/// The same on one line: line ends and tabs become spaces.
std::string printableLine(const std::string& text);

/// A line per row, its cells below each other; printable.
std::string tableText(const std::vector<std::vector<std::string>>& rows);

}  // namespace rw

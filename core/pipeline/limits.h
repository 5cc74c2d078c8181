// Limits on the texts and places of a pipeline. A file beyond them is refused: long texts can't be read on a
// screen, and a window that measures a title of a million characters stands still for seconds.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace rw {

/// Characters of a title, a name and a type; of an id, which is made from a type; and of a note.
inline constexpr std::size_t kMaxTitle = 500, kMaxId = 1'000, kMaxNote = 10'000;

/// How far from the origin an item may lie, either way: beyond this it could not be found on any canvas.
inline constexpr double kFarthest = 1e6;

/// Of UTF-8.
std::size_t charactersOf(std::string_view text);
/// The first `most` characters of UTF-8.
std::string firstCharacters(std::string_view text, std::size_t most);

}  // namespace rw

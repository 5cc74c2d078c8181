// Limits on the texts of a pipeline. A file with longer ones is refused: they can't be read on a screen, and a
// window that measures a title of a million characters stands still for seconds.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace rw {

/// Characters of a title, a name and a type; of an id, which is made from a type; and of a note.
inline constexpr std::size_t kMaxTitle = 500, kMaxId = 1'000, kMaxNote = 10'000;

/// Of UTF-8.
std::size_t charactersOf(std::string_view text);
/// The first `most` characters of UTF-8.
std::string firstCharacters(std::string_view text, std::size_t most);

}  // namespace rw

// UTF-8: whether bytes are valid, and the part of a text that can be shown.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace rw {

/// Length of the valid UTF-8 that `text` begins with; the whole size when it is valid (no surrogates, no
/// overlong forms).
std::size_t validUtf8Prefix(std::string_view text);

/// Appends `bytes`, each sequence in them that is no UTF-8 replaced by one U+FFFD, as Java's decoder does it
/// (and so Flink's casts): a character that breaks off counts as one sequence, and so does a surrogate.
void appendUtf8(std::string& out, std::string_view bytes);

/// The characters that `text` begins with, as many as `size` bytes hold whole; for names of files, which have
/// so many bytes. Invalid UTF-8 may be cut anywhere.
std::string_view wholeCharacters(std::string_view text, std::size_t size);

/// At most `size` bytes of `text`, cut between characters; NUL and invalid UTF-8 become U+FFFD, and `…`
/// says that something was left out.
std::string excerpt(std::string_view text, std::size_t size);

}  // namespace rw

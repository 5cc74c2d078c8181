// JSON text to a tree, with messages for people: line and column, and limits that keep hostile files from
// hurting.
#pragma once
#include <string_view>

#include "core/base/status.h"
#include "core/pipeline/pipeline.h"

namespace rw {

inline constexpr std::size_t kMaxFileBytes = std::size_t{16} << 20;
inline constexpr std::size_t kMaxDepth = 64;

/// A text this large is refused before it is read; for files as well.
Status checkSize(std::uint64_t bytes);

/// Refuses a text that is too large or too deep, has a key twice in one object (one value would be lost) or
/// holds NUL characters, before the parser sees it; then parses.
Result<Json> parseJson(std::string_view text);
/// The same for a text of any size, which this program kept itself.
Result<Json> parseOwnJson(std::string_view text);

}  // namespace rw

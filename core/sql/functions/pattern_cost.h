// Bounds the cost of finding all matches of a regular expression.
#pragma once
#include <cstddef>
#include <string_view>

namespace rw::sql {

/// Whether there may be texts in which finding a match means looking far behind its end: a repetition without
/// a bound that something else must follow, where the expression has another choice when it does not, as in
/// “a.*b|a”. All matches together then take time that grows with the square of the text; else it is linear.
/// Says yes in doubt. The pattern is one that RE2 accepts.
bool looksFar(std::string_view pattern);

/// Bytes that the matches of one text may look at together if each looks to its end, for patterns that
/// looksFar(): no fewer than texts of 32 KiB ever need.
inline constexpr std::size_t kMostLookedAt = std::size_t{1} << 30;

}  // namespace rw::sql

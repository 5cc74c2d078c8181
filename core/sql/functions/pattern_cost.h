// Bounds the cost of matching a regular expression, and of finding all its matches.
#pragma once
#include <cstddef>
#include <string_view>

namespace rw::sql {

/// Whether there may be texts in which finding a match means looking far behind its end: a repetition without
/// a bound that something else must follow, where the expression has another choice when it does not, as in
/// “a.*b|a”. All matches together then take time that grows with the square of the text; else it is linear.
/// Says yes in doubt. The pattern is one that RE2 accepts.
bool looksFar(std::string_view pattern);

/// Whether an expression of `programSize` instructions (RE2::ProgramSize) may be matched with a text of so
/// many bytes. At worst RE2 looks at each instruction for each byte, in some 10 ns. Texts of `longestText`
/// bytes, the longest that are made, can be matched with as many instructions as a plain pattern has. That may
/// take half a minute, which who is told to stop does not wait for (eval/apart.h).
constexpr bool canMatchIn(std::size_t longestText, std::size_t programSize, std::size_t textBytes) {
    constexpr std::size_t kPlain = 32;
    return textBytes <= longestText * kPlain / programSize;
}

/// Bytes that the matches of one text may look at together if each looks to its end, for patterns that
/// looksFar(): no fewer than texts of 32 KiB ever need.
inline constexpr std::size_t kMostLookedAt = std::size_t{1} << 30;

}  // namespace rw::sql

// Regular expressions of RE2, which ours are, in the words of Java, whose syntax is nearly the same but not
// all of its meaning.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace rw {

struct JavaRegex {
    std::string pattern{};
    int groups = 0;               ///< those that capture
    bool looseGroups = false;     ///< a group may have no part in a match: behind | or before ? or *
    bool wordEdges = false;       ///< \b: Java 18 and older count letters of all languages
    bool matchesNothing = false;  ///< it matches an empty text
};

/// The same expression for Java; none where it uses features without a counterpart there. RE2 must take
/// `pattern`.
std::optional<JavaRegex> javaRegex(std::string_view pattern);

/// A text that Java's replaceAll puts in as it is.
std::string javaReplacement(std::string_view text);

}  // namespace rw

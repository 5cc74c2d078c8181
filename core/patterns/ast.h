// The tree of a row pattern, as it was written. Plain data: forms draw it, deployments print it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/sql/parse/ast.h"

namespace rw::patterns {

struct Pattern {
    enum class Kind {
        Variable,  ///< one row, for which the condition of `variable` holds
        Sequence,  ///< parts, one behind the other; none: the empty pattern `()`
        Choice,    ///< one of the parts, the leftmost preferred
        Permute,   ///< all parts, in any order; the order in which they are written is preferred
        Repeat,    ///< part 0, `least` to `most` times
        Exclude,   ///< `{- part 0 -}`: its rows are matched, and not emitted with ALL ROWS PER MATCH
        Start,     ///< `^`: before the first row of the partition
        End        ///< `$`: behind its last row
    };
    Kind kind = Kind::Sequence;
    int variable = -1;  ///< Variable: its index in RowPattern::variables
    std::int64_t least = 0;
    std::optional<std::int64_t> most{};  ///< none: without bound
    bool reluctant = false;              ///< Repeat: as few as possible are preferred
    bool grouped = false;                ///< stands in brackets of its own
    sql::Span span{};                    ///< bytes of the text
    std::vector<Pattern> parts{};
};

struct RowPattern {
    Pattern root{};
    std::vector<std::string> variables{};  ///< in the order in which they first stand in the text

    /// Index of a variable, or -1.
    int find(const std::string& name) const;
};

/// Bounds that keep a pattern small: variables, levels of brackets, and steps when quantifiers are written
/// out.
inline constexpr std::size_t kMostVariables = 64;
inline constexpr int kMostLevels = 50;
inline constexpr std::size_t kMostSteps = 1'000;
inline constexpr std::size_t kMostPermuted = 6;

/// The pattern in its canonical spelling, with as few brackets as it needs: `A B+? (C | D){2,3}`.
std::string patternText(const RowPattern& pattern);
/// A part of it.
std::string patternText(const RowPattern& pattern, const Pattern& part);

}  // namespace rw::patterns

// The steps that an attempt walks: a pattern with its quantifiers written out.
#pragma once
#include <cstddef>
#include <vector>

#include "core/patterns/ast.h"

namespace rw::patterns {

struct Step {
    enum class Kind {
        Row,       ///< takes a row as `variable`
        Split,     ///< goes on at `next`; where that fails, at `other`
        Mark,      ///< notes in `mark` how many rows were taken
        Progress,  ///< fails unless rows were taken since `mark`
        Start,     ///< fails unless no row was taken, and the partition begins here
        End,       ///< fails unless the partition ends here
        Match      ///< all is matched
    };
    Kind kind = Kind::Match;
    int next = -1, other = -1;
    int variable = -1;
    int mark = -1;
    bool excluded = false;  ///< Row: within {- -}
};

struct Program {
    std::vector<Step> steps{};
    int entry = 0;
    int marks = 0;
    std::size_t variables = 0;
    bool looksAtStart = false, looksAtEnd = false;
};

/// How many steps a part becomes, or a number above kMostSteps.
std::size_t stepsOf(const Pattern& part);

/// Repetitions above the least number that take no row are no matches: `(A?)*` ends.
Program compile(const RowPattern& pattern);

}  // namespace rw::patterns

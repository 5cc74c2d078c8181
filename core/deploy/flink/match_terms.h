// Conditions and measures of a row pattern in Flink's words.
#pragma once
#include <string>
#include <vector>

#include "core/deploy/flink/match_pattern.h"
#include "core/patterns/terms.h"

namespace rw {

/// A condition, or a measure, as it was read and as it is written.
struct MatchExpression {
    patterns::RowExpression bound{};
    patterns::TermTrees trees{};
    std::string text{};  ///< empty: no condition, so it holds for every row
};

/// What the expressions of one node are written with.
struct MatchScope {
    const patterns::RowPattern& pattern;
    const std::vector<MatchElement>& elements;
    patterns::Terms& terms;
};

/// By variable. Terms that Flink has not are refused.
std::vector<MatchExpression> flinkMatchConditions(NodeForm& form, const MatchScope& scope);
/// Element `item` of the measures.
MatchExpression flinkMatchMeasure(NodeForm& form, int item, const MatchScope& scope);

/// Says of variables whose conditions may hold for one row (rivalsOf()) that a match there may be another
/// one.
void flinkFindRivals(NodeForm& form, const std::vector<MatchExpression>& conditions, const MatchScope& scope);

}  // namespace rw

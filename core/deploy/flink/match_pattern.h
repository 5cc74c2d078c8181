// A row pattern as MATCH_RECOGNIZE of Flink has it: variables behind each other, each with a quantifier.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/deploy/form.h"
#include "core/patterns/plan.h"

namespace rw {

/// One variable with its quantifier.
struct MatchElement {
    int variable = -1;
    std::int64_t least = 1;
    std::optional<std::int64_t> most{};  ///< none: without bound
    bool reluctant = false;
    sql::Span span{};  ///< in the pattern's text

    bool varies() const { return most != least; }
};

/// The elements of the pattern. What Flink has not, or matches in a way of its own, is refused at its place.
std::vector<MatchElement> flinkMatchElements(NodeForm& form, const patterns::RowPattern& pattern);

/// “`F`{3,} `S`”
std::string flinkMatchText(const NodeForm& form, const patterns::RowPattern& pattern,
                           const std::vector<MatchElement>& elements);

/// “SKIP TO LAST `B`”; refused where Flink would end the job.
std::string flinkSkipText(NodeForm& form, const patterns::RowPattern& pattern,
                          const std::vector<MatchElement>& elements, const patterns::AfterMatch& after);

/// The rows that a match has at least before the first one of a variable.
std::int64_t rowsBefore(const std::vector<MatchElement>& elements, int variable);
/// Nothing: any number.
std::optional<std::int64_t> mostRows(const std::vector<MatchElement>& elements);

/// Variables of which Flink might take another row than the standard, in pairs: it does not go back once a
/// greedy quantifier has taken a row, and follows all ways at once otherwise. The conditions of each pair
/// must exclude each other.
struct MatchRivals {
    int variable = -1;  ///< with a quantifier
    int next = -1;      ///< which may take its row instead
    sql::Span span{};   ///< of the quantified variable
};
std::vector<MatchRivals> rivalsOf(const std::vector<MatchElement>& elements);

}  // namespace rw

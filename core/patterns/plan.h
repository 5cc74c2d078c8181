// A pattern node as it was bound. Immutable.
#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "core/patterns/program.h"
#include "core/patterns/terms.h"
#include "core/pipeline/node_kind.h"

namespace rw::patterns {

/// Where the search goes on behind a match.
struct AfterMatch {
    enum class Kind {
        PastLastRow,
        ToNextRow,  ///< behind the first row of the match
        ToFirst,    ///< at the first row of `variable`
        ToLast      ///< at its last row
    };
    Kind kind = Kind::PastLastRow;
    int variable = -1;
};

struct MatchPlan {
    StreamType input{};
    std::vector<int> keys{};  ///< columns of the input; rows that are equal in them are a partition
    RowPattern pattern{};
    Program program{};
    std::vector<RowExpression> conditions{};  ///< by variable
    std::vector<RowExpression> measures{};
    Terms terms{};
    SchemaRef kept{};  ///< of rows that wait or are kept: terms.kept
    AfterMatch after{};
    bool allRows = false;
    std::optional<Millis> within{};         ///< last event time − first event time is less
    std::optional<std::int64_t> maxRows{};  ///< a match has at most so many rows
    std::uint64_t stepLimit = 0;
    StreamType output{}, late{};

    /// Whether something of a partition counts when none of its rows can match any more.
    bool remembersPartitions() const { return terms.behind > 0 || terms.numbered || program.looksAtStart; }
};
using MatchPlanRef = std::shared_ptr<const MatchPlan>;

enum MatchPort : int { kMatchOut = 0, kMatchLate = 1 };

/// Reads “PAST LAST ROW”, “TO NEXT ROW”, “TO FIRST A”, “TO LAST A”, “TO A” (= TO LAST A), with or without
/// “AFTER MATCH” and “SKIP” before it.
sql::Parsed<AfterMatch> parseAfterMatch(std::string_view text, const RowPattern& pattern);

}  // namespace rw::patterns

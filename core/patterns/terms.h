// The expressions of a pattern: conditions of variables and measures of matches. Each place where one names
// rows of the match (`A.x`, `PREV(x, 2)`, `LAST(A.x)`, `SUM(A.x)`, `CLASSIFIER()`) is a term; the expression
// is bound over a column for each term, so that SQL's kernels compute it.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/patterns/ast.h"
#include "core/sql/aggregates/aggregates.h"
#include "core/sql/aggregates/typed_aggregate.h"
#include "core/sql/bind/bind.h"
#include "core/sql/bind/typed_tree.h"

namespace rw::patterns {

struct Term {
    enum class Kind { Value, Classifier, MatchNumber, Aggregate };
    Kind kind = Kind::Value;
    int variable = -1;          ///< rows of this variable; −1: all rows of the match
    bool first = false;         ///< counted from their first one; else from their last one
    std::int64_t logical = 0;   ///< so many of these rows further
    std::int64_t physical = 0;  ///< then so many rows of the partition further; negative: back
    bool final = false;         ///< all rows of the match count, also those behind the row that is emitted
    int column = -1;            ///< Value: of the kept rows
    int aggregate = -1;         ///< Aggregate: its index
    bool operator==(const Term&) const = default;
};

struct RowExpression {
    std::string name{};  ///< of a measure
    std::vector<Term> terms{};
    SchemaRef schema{};     ///< one column a term
    sql::BoundRef bound{};  ///< over `schema`; null: none, always true
    /// Condition: it looks at the row itself and at rows before it in the partition alone.
    bool local = false;
};

struct TermAggregate {
    int variable = -1;  ///< over its rows; −1: over all
    int column = -1;    ///< of the kept rows; −1: none, COUNT(*)
    sql::BoundAggregate bound{};
};

inline constexpr std::int64_t kMostOffset = 1'000;  ///< of FIRST, LAST, PREV, NEXT

/// What binding the expressions of one pattern gives besides: the columns of the rows that are kept, the
/// input's and behind them computed ones.
struct Terms {
    SchemaRef input{};
    Schema kept{};
    std::vector<sql::BoundRef> computed{};  ///< over the input's columns
    std::vector<TermAggregate> ofConditions{}, ofMeasures{};
    std::int64_t behind = 0;  ///< rows before a match that are looked at, at most
    std::int64_t ahead = 0;   ///< rows behind a row that its condition looks at
    std::int64_t aheadOfMeasures = 0;
    bool numbered = false;  ///< MATCH_NUMBER is used
};

/// An expression of a pattern as it was written, from which deployments translate it.
struct TermTrees {
    sql::TypedTree whole{};  ///< over `RowExpression::schema`, a column for each term
    /// By term: the call of an aggregate. Of a value only its argument, over the input's columns; of other
    /// terms nothing.
    std::vector<sql::TypedAggregate> calls{};
};

/// Binds “status = 'failed'”, “B.price < PREV(price)”: the condition of `variable`. `trees`, where given,
/// gets the trees.
sql::Parsed<RowExpression> bindDefinition(std::string_view text, const RowPattern& pattern, int variable,
                                          Terms& terms, TermTrees* trees = nullptr);
/// Binds “LAST(A.price) AS price”.
sql::Parsed<RowExpression> bindMeasure(std::string_view text, const RowPattern& pattern, Terms& terms,
                                       TermTrees* trees = nullptr);

}  // namespace rw::patterns

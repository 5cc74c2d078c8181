// A row of which some columns are known: what a condition says of a row that is missed.
#pragma once
#include <memory>
#include <vector>

#include "core/data/batch.h"
#include "core/lineage/lineage.h"
#include "core/sql/bound.h"
#include "core/sql/eval/evaluate.h"
#include "core/stream/lineage/row_match.h"

namespace rw {

/// What a conjunction of equations says of a row: `row` has one row, with the columns that are known.
struct KnownColumns {
    Batch row{};
    bool whole = true;  ///< the condition says nothing else
    bool any() const;
};
KnownColumns knownColumns(const sql::BoundExpr& condition, const SchemaRef& schema,
                          const sql::EvalContext& eval);

/// What is known of a row of the input that `match` takes.
Batch knownOf(const RowMatch& match, const SchemaRef& schema);

/// Rows that `match` would take were their texts written as those sought, which they nearly are
/// (nearlySame()).
class NearlyCondition final : public RowPredicate {
 public:
    explicit NearlyCondition(std::shared_ptr<const RowMatch> match) : m_match(std::move(match)) {}
    RowPart of(const Batch& rows, std::size_t row) const override;

 private:
    const std::shared_ptr<const RowMatch> m_match;
};

/// Of rows of a source that are nearly those sought, the texts that differ: “the nearest: region =
/// “islands””, each once and a few of them. `known`: what is sought there, a row each. Empty: none differs in
/// a text.
Text nearValues(const std::vector<LineageRow>& rows, const std::vector<Batch>& known);

}  // namespace rw

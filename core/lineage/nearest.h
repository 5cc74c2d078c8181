// The row of a join's other input that misses being a pair with one by least.
#pragma once
#include <vector>

#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

class Gatherer;

/// Takes a row that is nearer to one of some rows of the other input than all that it was asked about before:
/// the last that it takes is the nearest. For one run.
class NearerCondition final : public RowPredicate {
 public:
    /// `own` are of input `input`, 0 or 1, one row each; `join` outlives this.
    NearerCondition(const TellsContributors& join, int input, std::vector<Batch> own)
        : m_join(join), m_input(input), m_own(std::move(own)) {}
    RowPart of(const Batch& rows, std::size_t row) const override;

    /// What is amiss between the nearest two; empty: none have to do with each other, or it can't be told.
    const Text& why() const { return m_nearest.why; }
    /// Of those that it was made with, the one of the nearest two.
    const Batch& own() const { return m_own[m_of]; }

 private:
    const TellsContributors& m_join;
    const int m_input;
    const std::vector<Batch> m_own;
    // Of the thread that the run is on
    mutable NoPair m_nearest{};
    mutable std::size_t m_of = 0;
    mutable bool m_untold = false;  ///< two are a pair, or it can't tell
};

/// The nearest of `own` with the rows of the other input of `node`, by a run.
struct Nearest {
    Text why{};  ///< what is amiss; empty: nothing is near
    Batch own{}, other{};
    SchemaRef schema{};  ///< of `other`
};
Result<Nearest> nearestOf(const Upstream& upstream, Gatherer& gatherer, const NodeId& node, int input,
                          std::vector<Batch> own);

}  // namespace rw

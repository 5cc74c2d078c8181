// The row of a join's other input that misses being a pair with one by least.
#pragma once
#include <optional>
#include <utility>
#include <vector>

#include "core/lineage/lineage.h"
#include "core/lineage/upstream.h"
#include "core/stream/lineage/contributors.h"

namespace rw {

class Gatherer;

/// Takes a row that is nearer to one of some rows of the other input than all that it was asked about before,
/// and keeps the nearest. For one run.
class NearerCondition final : public RowPredicate {
 public:
    /// `own` are of input `input`, 0 or 1, one row each; `join` outlives this.
    NearerCondition(const TellsContributors& join, int input, std::vector<Batch> own, SideNames names)
        : m_join(join), m_input(input), m_own(std::move(own)), m_names(std::move(names)) {}
    RowPart of(const Batch& rows, std::size_t row) const override;

    /// What is amiss between the nearest two; without words: none have to do with each other, or it can't be
    /// told.
    const NoPair& miss() const { return m_nearest; }
    /// Of those that it was made with, the one of the nearest two.
    const Batch& own() const { return m_own[m_of]; }
    /// The other of them; of no rows: none have to do with each other.
    const Batch& other() const { return m_other; }
    /// Two of them are a pair, or the join can't tell of them.
    bool isUntold() const { return m_untold; }
    /// Rows that it was asked about.
    std::uint64_t seen() const { return m_seen; }

 private:
    const TellsContributors& m_join;
    const int m_input;
    const std::vector<Batch> m_own;
    const SideNames m_names;
    // Of the thread that the run is on
    mutable NoPair m_nearest{};
    mutable std::size_t m_of = 0;
    mutable Batch m_other{};
    mutable std::uint64_t m_seen = 0;
    mutable bool m_untold = false;
};

/// Of `own`, rows of input `input`, and `others`, rows of the other input, the two that miss being a pair by
/// least. Nothing: they are no pair for something else.
NoPair nearestPair(const TellsContributors& join, int input, const SideNames& names,
                   const std::vector<const Batch*>& own, const std::vector<const Batch*>& others);

/// The nearest of `own` with the rows of the other input of `node`, by a run.
struct Nearest {
    Text why{};  ///< what is amiss; empty: nothing is near
    std::optional<LineageMend> mend{};
    Batch own{}, other{};
    SchemaRef schema{};          ///< of `other`
    std::uint64_t compared = 0;  ///< rows of the other input
    bool untold = false;         ///< two are a pair, but for a further condition or their lateness
};
Result<Nearest> nearestOf(const Upstream& upstream, Gatherer& gatherer, const NodeId& node, int input,
                          std::vector<Batch> own);

}  // namespace rw

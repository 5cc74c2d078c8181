// Rows of a stream beside the rows of a table that they meet, a batch at a time.
#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "core/stream/joins/join_plan.h"
#include "core/stream/joins/pair_evaluator.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/operator.h"

namespace rw {

/// begin() · step()* until isBusy() is false. Single-threaded.
class TablePairs {
 public:
    /// The plan outlives this.
    TablePairs(const JoinPlan& plan, const MakeContext& context);

    /// Rows that are to meet those of a table.
    void begin(Batch rows, LookupTableRef table);
    bool isBusy() const { return m_batch.has_value(); }
    std::size_t rows() const { return m_batch->rows; }
    /// Emits about a batch of them.
    Status step(Output& out);

 private:
    /// Left rows beside the slots of right ones; kNoRow: the row is over, and goes on alone if it met none.
    struct Pairs {
        std::vector<std::uint32_t> left{};
        std::vector<RowSlot> right{};
        void add(std::uint32_t row, RowSlot slot) {
            left.push_back(row);
            right.push_back(slot);
        }
        std::size_t size() const { return left.size(); }
    };
    void collect();
    Status keepWhatHolds(Output& out);
    Batch joined(const Pairs& pairs) const;

    const JoinPlan& m_plan;
    PairEvaluator m_rest;
    const std::size_t m_batchRows;
    LookupTableRef m_table{};
    std::optional<Batch> m_batch{};  ///< that is being joined
    std::vector<std::uint64_t> m_hashes{};
    std::vector<const Column*> m_keys{};
    std::uint32_t m_row = 0;         ///< of m_batch, the one that is being joined
    std::vector<RowSlot> m_found{};  ///< the matching rows, once it was looked up
    std::size_t m_taken = 0;         ///< so many of these were taken
    bool m_looked = false, m_met = false;
    Pairs m_pairs{}, m_kept{};  ///< of one call; kept for their memory
};

}  // namespace rw

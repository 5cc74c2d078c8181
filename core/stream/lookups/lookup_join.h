// Rows of a stream beside the rows of a table that they meet: each goes on at once, with its stamp and
// position, once for every row that it meets. A run that goes on from a checkpoint reads the table anew.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/stream/joins/join_plan.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/operator.h"

namespace rw {

/// The first rows wait until the table was read, a piece a call. Later it is read anew behind rows, for some
/// time at once: those that come meanwhile wait no longer than that and see the table of before.
class LookupJoin final : public Operator {
 public:
    /// The plan outlives this.
    LookupJoin(const JoinPlan& plan, const MakeContext& context, std::shared_ptr<LookupTables> tables);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onEnd(Output&) override { return m_stopping() ? Status() : m_tables->failed(); }
    bool hasMore() const override { return m_input.has_value() || m_reading; }
    Status resume(Output& out) override;
    StateSize stateSize() const override;
    Instant tableRead() const override { return m_tables->readAt(); }

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
    /// Takes the next rows, as many as meet one table. False: that is to be read first, or nobody has one.
    Result<bool> begin();
    Instant momentOf(std::size_t row) const;
    void collect();
    Status keepWhatHolds(Output& out);
    Batch joined(const Pairs& pairs) const;
    Status join(Output& out);

    const JoinPlan& m_plan;
    const sql::EvalContext m_eval;
    const bool m_nullOnError;
    const bool m_counts;  ///< the memory of the table, which all instances share
    const std::size_t m_batchRows;
    const std::shared_ptr<Clock> m_clock;
    const std::function<bool()> m_stopping;
    const std::shared_ptr<LookupTables> m_tables;
    LookupTableRef m_table{};
    const LookupBy m_by;
    const int m_eventTime;           ///< column of it, -1: there is none
    std::optional<Batch> m_input{};  ///< came last; none: all of it has gone on
    std::size_t m_begun = 0;         ///< so many of its rows were taken
    std::optional<Batch> m_batch{};  ///< some of them, which are being joined
    std::vector<std::uint64_t> m_hashes{};
    std::vector<const Column*> m_keys{};
    std::uint32_t m_row = 0;         ///< of m_batch, the one that is being joined
    std::vector<RowSlot> m_found{};  ///< what it meets, once it was looked up
    std::size_t m_taken = 0;         ///< so many of these were taken
    bool m_looked = false, m_met = false;
    bool m_reading = false;        ///< the table is read anew
    std::int64_t m_readUntil = 0;  ///< steady milliseconds
    Pairs m_pairs{}, m_kept{};     ///< of one call; kept for their memory
};

}  // namespace rw

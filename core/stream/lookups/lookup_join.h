// Joins rows of a stream with the rows of a table: each goes on at once, with its stamp and position, once for
// every matching row. A run that resumes from a checkpoint reads the table again.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/stream/joins/join_plan.h"
#include "core/stream/joins/pair_evaluator.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/waiting/async_operator.h"

namespace rw {

/// The first rows wait until the table was read. Later it is read again behind rows: those that come meanwhile
/// wait for it, but no longer than some time, and then see the old table.
class LookupJoin final : public AsyncOperator {
 public:
    /// The plan outlives this. `read`: columns of the input that are read below.
    LookupJoin(const WaitingNode& node, const JoinPlan& plan, const MakeContext& context, ColumnSet read,
               std::shared_ptr<LookupTables> tables);

    Status onEnd(Output&) override { return m_stopping() ? Status() : m_tables->failed(); }
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
    Result<RequestRef> ask(const Batch& rows, std::size_t from) override;
    Result<Gone> goOn(const Batch& rows, std::size_t from, const RequestRef& request, Output& out) override;
    Result<bool> settle() override;
    StateSize kept() const override;
    /// Takes the next rows, as many as meet one table. False: that is to be read first.
    bool take(const Batch& rows, std::size_t from);
    Instant momentOf(const Batch& rows, std::size_t row) const;
    RequestRef readFor(Instant moment, Millis patience);
    void collect();
    Status keepWhatHolds(Output& out);
    Batch joined(const Pairs& pairs) const;
    Status join(Output& out);

    const JoinPlan& m_plan;
    PairEvaluator m_rest;
    const bool m_counts;  ///< the memory of the table, which all instances share
    const std::size_t m_batchRows;
    const std::function<bool()> m_stopping;
    const std::shared_ptr<LookupTables> m_tables;
    LookupTableRef m_table{};
    const LookupBy m_by;
    const int m_eventTime;           ///< column of it, -1: there is none
    RequestRef m_reading{};          ///< out, or not settled; null: nothing is read
    std::optional<Batch> m_batch{};  ///< some rows of the first batch, which are being joined
    std::vector<std::uint64_t> m_hashes{};
    std::vector<const Column*> m_keys{};
    std::uint32_t m_row = 0;         ///< of m_batch, the one that is being joined
    std::vector<RowSlot> m_found{};  ///< the matching rows, once it was looked up
    std::size_t m_taken = 0;         ///< so many of these were taken
    bool m_looked = false, m_met = false;
    Pairs m_pairs{}, m_kept{};  ///< of one call; kept for their memory
};

}  // namespace rw

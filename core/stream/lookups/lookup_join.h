// Joins rows of a stream with the rows of a table: each goes on at once, with its stamp and position, once
// for every matching row. A run that resumes from a checkpoint reads the table again.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "core/stream/joins/join_plan.h"
#include "core/stream/lookups/lookup_table.h"
#include "core/stream/lookups/table_pairs.h"
#include "core/stream/waiting/async_operator.h"

namespace rw {

/// The first rows wait until the table was read. Later it is read again behind rows: those that come
/// meanwhile wait for it, but no longer than some time, and then see the old table.
class LookupJoin final : public AsyncOperator {
 public:
    /// The plan outlives this. `read`: columns of the input that are read below.
    LookupJoin(const WaitingNode& node, const JoinPlan& plan, const MakeContext& context, ColumnSet read,
               std::shared_ptr<LookupTables> tables);

    Status onEnd(Output&) override { return m_stopping() ? Status() : m_tables->failed(); }
    Instant tableRead() const override { return m_tables->readAt(); }

 private:
    Result<RequestRef> ask(const Batch& rows, std::size_t from) override;
    Result<Gone> goOn(const Batch& rows, std::size_t from, const RequestRef& request, Output& out) override;
    Result<bool> settle() override;
    StateSize kept() const override;
    /// Takes the next rows, as many as meet one table. False: that is to be read first.
    bool take(const Batch& rows, std::size_t from);
    RequestRef readFor(Instant moment, Millis patience);

    TablePairs m_pairs;
    const bool m_counts;  ///< the memory of the table, which all instances share
    const std::function<bool()> m_stopping;
    const std::shared_ptr<LookupTables> m_tables;
    const LookupBy m_by;
    const int m_eventTime;   ///< column of it, -1: there is none
    RequestRef m_reading{};  ///< out, or not settled; null: nothing is read
};

}  // namespace rw

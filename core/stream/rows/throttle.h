// Rows that go on at a rate: as they came and in that order, none left out.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>

#include "core/stream/call_budget.h"
#include "core/stream/operator.h"
#include "core/stream/rows/held_batches.h"
#include "core/stream/rows/row_pacer.h"

namespace rw {

/// Holds the rows whose time has not come, each batch with the watermark that follows it, and between them the
/// changes of partitions. The runtime gives it no more meanwhile (Operator::wakesAt), so that these are few,
/// unless a barrier is to pass. In a run that is being stopped all held rows go on at once.
class Throttle final : public Operator {
 public:
    /// `rate`: rows a second, a change of a row being one. `input`: the stream that it paces.
    Throttle(double rate, const StreamType& input, const MakeContext& context);

    Status onBatch(int port, const Batch& batch, Output& out) override;
    Status onWatermark(Instant watermark, Output& out) override;
    void onPartition(WireNumber wire, Instant advancedTo, Output& out) override;
    bool hasMore() const override { return !m_held.empty() && m_until == 0; }
    Status resume(Output& out) override;
    std::int64_t wakesAt() const override;
    Status snapshot(StateWriter& out) const override;
    Status restore(const StateReader& state, const KeyGroups& own) override;
    StateSize stateSize() const override { return m_held.stateSize(); }

 private:
    /// Lets rows of the first batch go, or a change of a partition. False: none may before m_until.
    bool goOn(CallBudget& budget, Output& out);
    /// How many of the `left` rows of the first batch may go now; 0: none before m_until.
    std::size_t admit(std::size_t left, std::size_t most);
    /// So many rows of the first batch, and one more where that is the other half of an update.
    std::size_t withPartner(std::size_t rows) const;

    const std::size_t m_batchRows;
    const std::shared_ptr<Clock> m_clock;
    const std::function<bool()> m_stopping;
    RowPacer m_pacer;
    HeldBatches m_held;
    std::uint64_t m_ahead = 0;         ///< rows that went before their time
    Instant m_passed = kMinTimestamp;  ///< watermark of batches that have gone, not yet passed on
    std::int64_t m_until = 0;          ///< steady milliseconds; 0: the held rows may go
};

}  // namespace rw

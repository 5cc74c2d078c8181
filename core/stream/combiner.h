// Rows that are added up where they come from, before an exchange takes them to the operator that would have:
// local aggregation, as Flink calls it, or a combiner in MapReduce.
//
// Without it all rows of a heavy key, and all rows where there are no keys, are the work of one task. Nothing
// is kept from one batch to the next: the sums leave at once, as a batch that stands for the same number of rows
// (Batch::combined), so watermarks, barriers, snapshots, counters and limits need no rules for it.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "core/data/batch.h"

namespace rw {

/// Single-threaded; is part of the task that sends.
class Combiner {
 public:
    virtual ~Combiner() = default;
    /// Adds up the rows of a batch that the operator would take without rejecting any or marking them late:
    /// combined[i] becomes a batch of those that go to instance i of combined.size(), without rows when there
    /// are none. `rest` gets the numbers of the other rows, ascending. The operator receives both before the
    /// next watermark, in any order. Its state and its output are the same, bit for bit, as with the whole
    /// batch. So a sender may combine any batch or none. False: the batch was not combined and is sent whole.
    virtual bool combine(const Batch& batch, std::span<Batch> combined, std::vector<std::uint32_t>& rest) = 0;
};

}  // namespace rw

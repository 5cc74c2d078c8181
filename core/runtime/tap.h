// A tap: recent rows of one output port. Bounded; the engine never waits for it and drops the oldest.
#pragma once
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "core/data/batch.h"

namespace rw {

class Tap {
 public:
    explicit Tap(std::size_t keepRows = 1000) : m_keep(keepRows) {}

    /// Called by the run: keeps the batch until newer ones hold enough rows.
    void push(const Batch& batch);
    /// The batches that hold the last rows, oldest first; they share columns with the engine's. Any thread.
    std::vector<Batch> recent() const;
    std::uint64_t version() const;

 private:
    const std::size_t m_keep;
    mutable std::mutex m_mutex;
    std::deque<Batch> m_batches;
    std::size_t m_rows = 0;
    std::uint64_t m_version = 0;
};

}  // namespace rw

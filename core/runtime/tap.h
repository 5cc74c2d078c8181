// A tap: recent rows of one output port. Bounded in rows and bytes; the engine never waits for it and drops
// the oldest.
#pragma once
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "core/data/batch.h"

namespace rw {

class Tap {
 public:
    static constexpr std::size_t kMaxBytes = std::size_t{16} << 20;
    static constexpr std::size_t kLongestText = std::size_t{64} << 10;  ///< bytes; what is longer is cut

    explicit Tap(std::size_t keepRows = 1000) : m_limits{keepRows, kMaxBytes, kLongestText} {}

    /// Called by the run: keeps the batch until newer ones hold enough rows. A batch that fills the tap alone
    /// is shared as it is while it fits; of others the newest rows are copied where they keep far more bytes
    /// alive than they use.
    void push(const Batch& batch);
    /// The batches that hold the last rows, oldest first; they may share columns with the engine's. Any
    /// thread.
    std::vector<Batch> recent() const;
    std::uint64_t version() const;

 private:
    struct Kept {
        Batch batch;
        std::size_t bytes;
    };
    const KeepLimits m_limits;
    mutable std::mutex m_mutex;
    std::deque<Kept> m_batches;
    std::size_t m_rows = 0, m_bytes = 0;
    std::uint64_t m_version = 0;
};

}  // namespace rw
